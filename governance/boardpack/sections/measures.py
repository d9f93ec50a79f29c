"""What is measured: all of it in a table, then the charts of what needs attention, two beside each other."""

from collections.abc import Iterator

from governance.boardpack.measured import MeasureEntry
from governance.boardpack.render import PackPage
from governance.boardpack.sections import telling
from hertsend.documents.blocks import (
    Block,
    Blocks,
    Chart,
    Heading,
    Pair,
    Paragraph,
    ParagraphRole,
    Row,
    RowKind,
    Table,
)
from hertsend.documents.spans import Text, quiet, strong, text

THREE_ANSWERS = (
    "Three answers stand apart. The trajectory says what is expected by now. The target is the plan’s own number, "
    "judged by what chance alone does. The legal standard is what the law asks, whatever the plan aims at."
)
TO_LOOK_AT = (
    "Will not meet its target as things are, is getting worse beyond chance, or does not move although delivery is "
    "on track."
)


def measures(page: PackPage) -> Blocks:
    """Every measure with figures, by workstream."""
    count = len(page.content.measures)
    if not count:
        return ()
    return (
        Heading("Measures", 1, "measures", count, may_follow=True),
        Paragraph(text(f"Against what is expected by now: {page.measured_in_words}")),
        Paragraph(text(THREE_ANSWERS), ParagraphRole.NOTE),
        _table(page),
        *_charts(page),
    )


def _table(page: PackPage) -> Table:
    rows: list[Row] = []
    for part in page.measured:
        rows.append(Row((text(f"{part.stream.key} {part.stream.name}"),), RowKind.GROUP))
        rows += [Row(_cells(entry)) for entry in part.measures]
    columns = (
        telling.wide("Measure, and what the plan says"),
        telling.narrow("Latest", 26),
        telling.narrow("Trajectory", 26),
        telling.narrow("Change", 24),
        telling.narrow("Target", 24),
        telling.narrow("Legal standard", 23),
    )
    return Table("Measures by workstream", columns, tuple(rows))


def _cells(entry: MeasureEntry) -> tuple[Text, ...]:
    expected = f"expected {entry.expected}" if entry.expected else ""
    stands = strong if entry.status == "missed" else text
    return (
        strong(entry.name) + quiet(entry.promise),
        latest(entry),
        stands(entry.status_label) + quiet(expected),
        (strong if entry.is_worsening else text)(entry.change),
        (strong if entry.will_miss else text)(entry.target or "–"),
        text(entry.law or "–"),
    )


def latest(entry: MeasureEntry) -> Text:
    """The latest figure, of which period it is, and whether a newer one is owed."""
    old = strong("old: a newer figure is owed") if entry.is_old else ()
    return strong(entry.latest) + quiet(entry.period) + old


def _charts(page: PackPage) -> Blocks:
    """The charts of what needs attention, in pairs; the last stands alone where their number is odd."""
    entries = page.to_look_at
    if not entries:
        return ()
    return (
        Heading("To look at", 2, "measures-to-look-at", len(entries)),
        Paragraph(text(TO_LOOK_AT), ParagraphRole.NOTE),
        *_pairs(entries),
    )


def _pairs(entries: tuple[MeasureEntry, ...]) -> Iterator[Block]:
    for first in range(0, len(entries), 2):
        left, *right = map(_chart, entries[first : first + 2])
        yield Pair((left,), tuple(right))


def _chart(entry: MeasureEntry) -> Chart:
    said = f"{entry.sentence} {entry.more}".strip()
    why = ". ".join(entry.attention)
    return Chart(entry.chart_title, entry.chart, said, f"{why}. {said}")


def for_families(page: PackPage) -> Blocks:
    """What the numbers say, a plain sentence each, with the same charts."""
    entries = page.content.measures
    if not entries:
        return ()
    return (
        Heading("What the numbers say", 1, "numbers", len(entries), may_follow=True),
        Paragraph(
            text("A real change is one that is more than chance. Small numbers are left out."),
            ParagraphRole.NOTE,
        ),
        telling.table(
            "What the numbers say",
            (
                telling.wide("What is counted", 0.8),
                telling.narrow("Latest", 30),
                telling.wide("In plain words"),
            ),
            [
                (
                    strong(entry.name),
                    latest(entry),
                    text(f"{entry.sentence} {entry.more}") + quiet(entry.promise),
                )
                for entry in entries
            ],
        ),
        *_charts(page),
    )
