"""The workstreams beside each other, then each on pages of its own."""

from governance.boardpack.content import MilestoneEntry, StreamEntry
from governance.boardpack.drawings import STAGE_PARTS
from governance.boardpack.render import PackPage, StreamPart
from governance.boardpack.sections import front, telling
from hertsend.documents.blocks import (
    Blocks,
    Chart,
    Figure,
    Figures,
    Heading,
    Pair,
    Paragraph,
    ParagraphRole,
    Row,
    RowKind,
    Table,
)
from hertsend.documents.spans import Mark, MarkKind, Span, Text, led, quiet, strong, text
from hertsend.documents.wording import counted, short_day
from plans.enums import Standing

OVER = (Standing.COMPLETE, Standing.EMBEDDED, Standing.WITHDRAWN)

COUNTED = (
    ("stages", "signed_off", "Signed off"),
    ("stages", "proposed_complete", "Proposed"),
    ("stages", "in_progress", "In progress"),
    ("stages", "not_started", "Not started"),
    ("standings", "red", "Off track"),
    ("standings", "amber", "At risk"),
    ("standings", "green", "On track"),
    ("standings", "no_update", "No update"),
)


def workstreams(page: PackPage) -> Blocks:
    """Stages and delivery of all, as pictures and in figures; then a part for each."""
    if not page.streams:
        return ()
    whole = page.content.all_streams
    withdrawn = whole.stages.get("withdrawn", 0)
    said = f"{withdrawn} withdrawn by the board are counted under All alone."
    return (
        Heading("Workstreams", 1, "workstreams", starts_page=True),
        *_charts(page),
        Heading("In figures", 2),
        _overview(page, whole),
        *((Paragraph(text(said), ParagraphRole.NOTE),) if withdrawn else ()),
        *(block for part in page.streams for block in _stream(part)),
    )


def _charts(page: PackPage) -> Blocks:
    """Both drawings side by side, or the one that there is."""
    stages = Chart("By stage in each workstream", page.stage_chart.narrow, _stages_in_words(page))
    burn_up = front.burn_up(page)
    return (Pair(burn_up, (stages,)),) if burn_up else (stages,)


def _stages_in_words(page: PackPage) -> str:
    """What the bars show, for whoever cannot see them."""
    return "; ".join(
        f"{part.stream.key}: "
        + ", ".join(
            f"{words.lower()} {part.stream.stages.get(key, 0)}"
            for key, words in STAGE_PARTS.items()
        )
        for part in page.streams
    )


def _overview(page: PackPage, whole: StreamEntry) -> Table:
    columns = (
        telling.wide("Workstream"),
        *(telling.numbers(words, 13.5 if words != "Proposed" else 17) for _, _, words in COUNTED),
        telling.numbers("Overdue", 16),
        telling.numbers("All", 10),
    )
    rows = [
        Row(_counts(part.stream, f"{part.stream.key} {part.stream.name}")) for part in page.streams
    ]
    rows.append(Row(_counts(whole, "All workstreams"), RowKind.TOTAL))
    return Table("Stages and delivery in each workstream", columns, tuple(rows))


def _counts(stream: StreamEntry, name: str) -> tuple[Text, ...]:
    counts = (getattr(stream, kind).get(key, 0) for kind, key, _ in COUNTED)
    return (
        text(name),
        *map(telling.number, counts),
        telling.number(stream.overdue),
        telling.number(stream.total),
    )


def _stream(part: StreamPart) -> Blocks:
    """One workstream: its figures, and its milestones in the plan's order."""
    stream = part.stream
    head = Heading(f"{stream.key} {stream.name}", 2, part.anchor, starts_page=True)
    if not part.milestones:
        return (head, Paragraph(quiet("None.")))
    return (head, _figures(stream), *_open(part), *_done(part))


def _figures(stream: StreamEntry) -> Figures:
    return Figures(
        (
            Figure(str(stream.complete_of_due), f"complete of {stream.due} due"),
            Figure(str(stream.overdue), "overdue"),
            Figure(str(stream.standings.get("red", 0)), "off track"),
            Figure(str(stream.standings.get("amber", 0)), "at risk"),
            Figure(str(stream.total), "milestones in all"),
        )
    )


def _open(part: StreamPart) -> Blocks:
    """What is still to do, with the leads' words."""
    entries = [entry for entry in part.milestones if entry.standing not in OVER]
    if not entries:
        return ()
    return (
        Heading("Still to do", 3, count=len(entries)),
        telling.table(
            f"Milestones of {part.stream.key} that are still to do",
            (
                telling.wide("Milestone", 1.15),
                telling.narrow("Delivery", 27),
                telling.narrow("Dates", 32),
                telling.wide("What happened, and what is next", 1.2),
            ),
            [
                (
                    telling.milestone(entry, note=", ".join(entry.leads)),
                    telling.rating(entry.standing)
                    + quiet(telling.stage(entry))
                    + strong(_days_late(entry)),
                    _dates(entry),
                    _words(entry),
                )
                for entry in entries
            ],
        ),
    )


def _done(part: StreamPart) -> Blocks:
    """What is over, in few words."""
    entries = [entry for entry in part.milestones if entry.standing in OVER]
    if not entries:
        return ()
    return (
        Heading(
            "Complete, or withdrawn" if _withdrawn(entries) else "Complete", 3, count=len(entries)
        ),
        telling.table(
            f"Milestones of {part.stream.key} that are over",
            (
                telling.wide("Milestone"),
                telling.narrow("Stage", 34),
                telling.days("Published", 24),
                telling.days("Done", 20),
            ),
            [
                (
                    telling.milestone(entry, note=", ".join(entry.leads)) + _words(entry),
                    _stage(entry),
                    text(telling.published(entry)),
                    text(short_day(entry.completed_on)),
                )
                for entry in entries
            ],
        ),
    )


def _withdrawn(entries: list[MilestoneEntry]) -> bool:
    return any(entry.standing == Standing.WITHDRAWN for entry in entries)


def _stage(entry: MilestoneEntry) -> Text:
    """The stage, with the mark of the rating."""
    mark = Mark(MarkKind.RATING, entry.standing)
    return ((Span(telling.stage(entry), mark=mark),),)


def _days_late(entry: MilestoneEntry) -> str:
    return f"{counted(entry.days_overdue, 'day')} late" if entry.days_overdue else ""


def _dates(entry: MilestoneEntry) -> Text:
    lines = text(telling.published(entry))
    if entry.agreed_on:
        lines += quiet(f"agreed {short_day(entry.agreed_on)}")
    if entry.completed_on:
        return lines + quiet(f"done {short_day(entry.completed_on)}")
    if entry.forecast_on:
        lines += quiet(f"forecast {short_day(entry.forecast_on)}")
    if entry.slip and entry.slip > 0:
        lines += strong(f"+{counted(entry.slip, 'day')}")
    return lines


def _words(entry: MilestoneEntry) -> Text:
    why = "Rated better than the dates allow because:"
    return (
        text(entry.what_happened)
        + led("Next:", entry.what_is_next)
        + led(why, entry.reason_for_rating)
    )
