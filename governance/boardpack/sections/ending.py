"""What stands at the end: who did not report, what was reopened, what the words mean."""

from governance.boardpack.content import DefinitionEntry
from governance.boardpack.render import PackPage
from governance.boardpack.sections import telling
from hertsend.documents.blocks import (
    Block,
    Blocks,
    Heading,
    Meaning,
    Meanings,
    Paragraph,
    ParagraphRole,
    Row,
    RowKind,
    Table,
)
from hertsend.documents.spans import Mark, MarkKind, quiet, text
from hertsend.documents.wording import long_day, month

FEW = 8
"""So many rows are no reason for a page of their own."""


def silent(page: PackPage) -> Blocks:
    """What was to be reported and was not; an earlier rating is not carried forward."""
    if not page.silent:
        return ()
    rows: list[Row] = []
    for part in page.silent:
        rows.append(Row((text(f"{part.stream.key} {part.stream.name}"),), RowKind.GROUP))
        rows += [
            Row((telling.milestone(entry), text(telling.joined(entry.leads))))
            for entry in part.milestones
        ]
    count = len(page.content.no_update)
    columns = (telling.wide("Milestone", 1.6), telling.wide("Lead"))
    return (
        Heading(
            "Who did not report",
            1,
            "no-update",
            count,
            starts_page=count > FEW,
        ),
        Paragraph(
            text(
                f"Begun, due soon or late, and nothing was reported for {page.month}. "
                "An earlier rating is not carried forward."
            ),
            ParagraphRole.NOTE,
        ),
        Table("Milestones without an update, by workstream", columns, tuple(rows)),
    )


def reopened(page: PackPage) -> Blocks:
    """Months that were frozen and took updates again for a time."""
    entries = page.content.reopened
    if not entries:
        return ()
    since = " since the last pack" if page.compared_with else ""
    return (
        Heading(
            f"What was reopened{since}",
            1,
            "reopened",
            len(entries),
            may_follow=True,
        ),
        Paragraph(
            text("What was issued of these months before stays as it was."), ParagraphRole.NOTE
        ),
        telling.table(
            "Months that were reopened",
            (
                telling.narrow("Month", 27),
                telling.narrow("Frozen", 29),
                telling.narrow("Reopened", 29),
                telling.wide("By", 0.7),
                telling.wide("Reason"),
            ),
            [
                (
                    text(month(each.month)),
                    text(long_day(each.frozen_at)),
                    text(long_day(each.at)),
                    (text(each.by) + quiet(each.role)) if each.by else text(each.role),
                    text(each.reason),
                )
                for each in entries
            ],
        ),
    )


def words(page: PackPage) -> Blocks:
    """What the marks mean, and the abbreviations."""
    content = page.content
    blocks: list[Block] = [
        Heading("Key and glossary", 1, "key", may_follow=True),
        Heading("Delivery: is it done in time?", 2),
        Meanings(_meanings(content.definitions, MarkKind.RATING)),
    ]
    if content.impact_definitions:
        blocks += [
            Heading("Impact: do families notice?", 2),
            Meanings(_meanings(content.impact_definitions, MarkKind.IMPACT)),
        ]
    if content.assurance_definitions:
        blocks += [
            Heading("Assurance: how sure may the board be?", 2),
            Meanings(_meanings(content.assurance_definitions, MarkKind.ASSURANCE)),
        ]
    if content.glossary:
        terms = tuple(Meaning(each.term, each.expansion) for each in content.glossary)
        blocks += [Heading("Glossary", 2, "glossary"), Meanings(terms, is_short=True)]
    return tuple(blocks)


def proof(page: PackPage) -> Blocks:
    """By what a copy is known to be what readers were given."""
    told = page.content.proof
    return (Paragraph(text(f"SHA-256 {told}"), ParagraphRole.NOTE),) if told else ()


def _meanings(entries: tuple[DefinitionEntry, ...], kind: MarkKind) -> tuple[Meaning, ...]:
    return tuple(
        Meaning(
            each.label,
            each.meaning,
            Mark(
                kind,
                str(telling.ASSURANCE_BLOCKS[each.value])
                if kind == MarkKind.ASSURANCE
                else each.value,
            ),
        )
        for each in entries
    )
