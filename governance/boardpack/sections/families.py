"""The families' edition: counts, dates, and what was written for families, in plain words.

Its content holds nothing else (``governance.boardpack.families``), so nothing here speaks of what was
taken out: an empty field is no statement.
"""

from governance.boardpack.content import MilestoneEntry
from governance.boardpack.render import PackPage, StreamPart
from governance.boardpack.sections import front, telling
from hertsend.documents.blocks import (
    Blocks,
    Heading,
    Paragraph,
    ParagraphRole,
    Row,
    RowKind,
    Table,
)
from hertsend.documents.spans import Text, quiet, strong, text
from hertsend.documents.wording import counted, long_day, short_day

NOTHING_WRITTEN = "Nothing was written for families this month."


def at_a_glance(page: PackPage) -> Blocks:
    """The month in a sentence, in counts and in judgements."""
    return (
        Heading("At a glance", 1, "at-a-glance", starts_page=True),
        *front.in_short(page),
        Heading("Area by area", 2),
        front.areas_beside_each_other(page),
        *front.changes(page),
        front.marks(page),
    )


def late(page: PackPage) -> Blocks:
    """What is late or off track, with the sentence that was written for families."""
    if not page.exceptions:
        return ()
    return (
        Heading("Late or off track", 1, "late", len(page.exceptions), may_follow=True),
        Paragraph(
            text("Past its day, or off track in the view of who leads it. The longest late first."),
            ParagraphRole.NOTE,
        ),
        telling.table(
            "Late or off track",
            (
                telling.wide("What was promised", 1.1),
                telling.narrow("How it stands", 38),
                telling.wide("In plain words"),
            ),
            [
                (
                    telling.milestone(part.milestone),
                    telling.rating(part.milestone.standing)
                    + strong(telling.overdue(part.milestone)),
                    text(part.milestone.sentence_for_families) or quiet(NOTHING_WRITTEN),
                )
                for part in page.exceptions
            ],
        ),
    )


def moved(page: PackPage) -> Blocks:
    """What is later than the plan said."""
    if not page.slips:
        return ()
    return (
        Heading("Dates that moved", 1, "moved", len(page.slips), may_follow=True),
        Paragraph(
            text(
                "A new date was agreed, or its lead expects it later than the plan said. "
                "The plan’s own date never changes."
            ),
            ParagraphRole.NOTE,
        ),
        telling.table(
            "Dates that were agreed anew, or are later than in the plan",
            (
                telling.wide("What was promised"),
                telling.days("In the plan", 26),
                telling.days("Agreed", 24),
                telling.days("Expected", 24),
            ),
            [
                (
                    telling.milestone(line.milestone),
                    text(telling.published(line.milestone)),
                    text(short_day(line.milestone.agreed_on)),
                    text(short_day(line.milestone.forecast_on)),
                )
                for line in page.slips
            ],
        ),
    )


def promised(page: PackPage) -> Blocks:
    """Every milestone by workstream, with the sentence that was written for families."""
    told = [part for part in page.streams if part.milestones]
    if not told:
        return ()
    return (
        Heading("What was promised, and how far it is", 1, "promised", may_follow=True),
        *(block for part in told for block in _stream(part)),
    )


def _stream(part: StreamPart) -> Blocks:
    stream = part.stream
    columns = (
        telling.wide("What was promised", 1.1),
        telling.narrow("How it stands", 34),
        telling.narrow("Date", 36),
        telling.wide("In plain words"),
    )
    rows = [
        Row(
            (
                telling.milestone(entry),
                telling.rating(entry.standing) + quiet(telling.stage(entry)),
                _dates(entry),
                text(entry.sentence_for_families) or quiet("–"),
            ),
            RowKind.PLAIN,
        )
        for entry in part.milestones
    ]
    counts = (
        f"{stream.complete_of_due} of {stream.due} due are complete, {stream.overdue} overdue; "
        f"{counted(stream.total, 'milestone')} in all."
    )
    return (
        Heading(stream.name, 2, part.anchor),
        Paragraph(text(counts), ParagraphRole.NOTE),
        Table(f"What was promised in {stream.key}", columns, tuple(rows)),
    )


def _dates(entry: MilestoneEntry) -> Text:
    """The plan's own date, then what was agreed, expected and done."""
    agreed = f"agreed {long_day(entry.agreed_on)}" if entry.agreed_on else ""
    done = f"done {long_day(entry.completed_on)}" if entry.completed_on else ""
    return text(telling.published(entry)) + quiet(agreed) + quiet(done)
