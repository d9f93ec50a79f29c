"""What a reader sees first: the cover, and the month on one page."""

from governance.boardpack.content import AreaEntry, AssuranceEntry, Cover
from governance.boardpack.render import PackPage
from governance.boardpack.sections import telling
from governance.boardpack.sections.asked import ordered
from governance.enums import Edition
from hertsend.documents.blocks import (
    Block,
    Blocks,
    Chart,
    Contents,
    Count,
    Counts,
    Fact,
    Facts,
    Figure,
    Figures,
    Heading,
    Items,
    Marks,
    Meaning,
    Paragraph,
    ParagraphRole,
    Row,
    Table,
    Title,
)
from hertsend.documents.spans import Mark, MarkKind, Span, Text, Tone, text
from hertsend.documents.wording import clock, counted, full_day, long_day

MOST_ASKED = 4
"""How much of what is asked has room on the one page; the section itself has all."""


FOR_FAMILIES = (
    "What was promised to families, how far it is, and what is late, in plain words. "
    "Ask your parent carer representatives about anything that is not clear."
)


def cover(page: PackPage) -> Blocks:
    """Which meeting, for what, as at when, and what stands where."""
    told = page.content.cover
    blocks: list[Block] = [
        Title(
            told.partnership,
            (page.name, page.month),
            f"Progress of the {told.plan}, {told.published}",
        ),
        Facts(tuple(_facts(page, told)), is_large=True),
        Contents("In this pack"),
    ]
    if page.left_out:
        left_out = "; ".join(page.left_out)
        blocks.append(
            Paragraph(text(f"Left out by the programme office: {left_out}."), ParagraphRole.NOTE)
        )
    if page.empty:
        nothing = "; ".join(page.empty)
        blocks.append(Paragraph(text(f"Nothing to report in: {nothing}."), ParagraphRole.NOTE))
    return tuple(blocks)


def foreword(page: PackPage) -> Blocks:
    """The programme office's words, where there are any."""
    said = page.content.foreword
    if said is None:
        return ()
    by = f"{said.by}, {long_day(said.at)}" if said.by else long_day(said.at)
    return (
        Heading("Foreword of the programme office", 1, "foreword"),
        Paragraph(text(said.words)),
        Paragraph(text(by), ParagraphRole.NOTE),
    )


def _facts(page: PackPage, told: Cover) -> list[Fact]:
    moment = f"{full_day(told.cut_off)}, {clock(told.cut_off)}. Later changes are not in this pack."
    facts = [Fact("Meeting", text(told.meeting))] if told.meeting else []
    facts += [
        Fact("Purpose", _purpose(page)),
        Fact("Cut-off", text(moment)),
        Fact("Compared with", text(page.compared_with or "No earlier month")),
        Fact("Version", text(f"{told.revision}, {told.edition_label} edition")),
    ]
    if told.reason:
        facts.append(Fact("Why this version", text(told.reason)))
    if page.content.changed:
        changed = tuple(line for each in page.content.changed for line in text(each))
        facts.append(Fact("What changed", changed))
    return [*facts, Fact("Classification", text(told.marking))]


def _purpose(page: PackPage) -> Text:
    """What the reader is to do with it: decide and help where asked to, be assured of the rest."""
    if page.content.cover.edition == Edition.FAMILIES:
        return text(FOR_FAMILIES)
    asked = [part.report.ask for part in page.asking if part.report]
    to_executive = page.content.cover.edition == Edition.EXECUTIVE
    waiting = [line for line in page.escalations if not line.escalation.ended]
    wanted = {
        "For decision:": [
            (len(waiting) if to_executive else 0, "escalation"),
            (asked.count("decision"), "request"),
            (len(page.date_requests), "new date"),
            (len(page.content.waiting_for_decision), "question"),
        ],
        "For help:": [(asked.count("help"), "request")],
    }
    said: list[Span] = []
    for lead, counts in wanted.items():
        words = [counted(count, noun) for count, noun in counts if count]
        if words:
            said += [Span(lead, Tone.STRONG), Span(f"{' and '.join(words)}.")]
    rest = "the rest." if said else "no decision is asked for."
    return ((*said, Span("For assurance:", Tone.STRONG), Span(rest)),)


def summary(page: PackPage) -> Blocks:
    """How it is, what is asked, the three judgements, and what changed: on one page, always."""
    return (
        Heading("Summary", 1, "summary", starts_page=True),
        *in_short(page),
        *_asked(page),
        Heading("Three judgements, side by side" if page.is_judged else "Delivery by area", 2),
        areas_beside_each_other(page),
        *changes(page),
        marks(page),
        # It is not about workstreams: without their part it stands here, after the page, wide and alone.
        *(() if page.has_workstreams else burn_up(page, is_wide=True)),
    )


def burn_up(page: PackPage, *, is_wide: bool = False) -> Blocks:
    """What was due and is complete by month: beside the stages, or wide where it stands alone."""
    drawn = page.burn_up_chart
    if drawn is None:
        return ()
    said = page.content.summary.burn_up_words
    svg = drawn.wide if is_wide else drawn.narrow
    return (Chart("Due and complete, by month", svg, said, said),)


def in_short(page: PackPage) -> Blocks:
    """The month in a sentence and in the big numbers."""
    told = page.content.summary
    figures = (Figure(str(each.value), each.label, each.note) for each in told.figures)
    return (
        Paragraph(((Span(told.headline, Tone.STRONG), Span(told.rest)),), ParagraphRole.LEAD),
        Figures(tuple(figures)),
    )


def _asked(page: PackPage) -> Blocks:
    """The first of what is asked of the board; each item names its page."""
    items: list[Text] = [
        (
            (
                Span(f"{part.report.ask_label}:", Tone.STRONG),
                Span(telling.shortened(part.report.asked_of_board or part.milestone.text)),
                Span(
                    telling.late(part.milestone),
                    Tone.QUIET,
                    to=f"exception-{part.milestone.key}",
                    names_page=True,
                ),
            ),
        )
        for part in ordered(page)
        if part.report
    ]
    items += [
        (
            (
                Span("A new date:", Tone.STRONG),
                Span(
                    f"{long_day(line.request.asked_for_on)} instead of "
                    f"{long_day(line.request.in_force)} for"
                    if line.request.in_force
                    else f"{long_day(line.request.asked_for_on)}, the first, for"
                ),
                Span(telling.shortened(line.milestone.text, 90)),
                Span(line.milestone.key, Tone.QUIET, to="date-requests", names_page=True),
            ),
        )
        for line in page.date_requests
    ]
    if not items:
        return ()
    shown = tuple(items[:MOST_ASKED])
    rest = len(items) - len(shown)
    more = Span(f"And {rest} more", Tone.QUIET, to="asks", names_page=True)
    return (
        Heading("Asked of the board", 2, count=len(items)),
        Items(shown),
        *((Paragraph(((more,),), ParagraphRole.NOTE),) if rest else ()),
    )


def areas_beside_each_other(page: PackPage) -> Table:
    """Delivery, impact and assurance of each area in one row."""
    judged = page.is_judged
    columns = [
        telling.wide("Area", 1),
        telling.narrow("Delivery", 25),
        telling.numbers("Complete", 20),
    ]
    if judged:
        columns += [telling.narrow("Impact", 57), telling.narrow("Assurance", 34)]
    is_plain = page.content.cover.edition == Edition.FAMILIES
    # The others tell it with the reasons, in a part of its own.
    before = page.compared_with if is_plain else ""
    rows = [_area(row, judged=judged, compared_with=before) for row in page.content.areas]
    caption = "Delivery, impact and assurance by area" if judged else "Delivery by area"
    return Table(caption, tuple(columns), tuple(Row(cells) for cells in rows))


def _area(row: AreaEntry, *, judged: bool, compared_with: str) -> tuple[Text, ...]:
    name = ((Span(" and ".join(row.keys), Tone.STRONG), Span("; ".join(row.names))),)
    cells = (
        name,
        telling.rating(row.standing),
        text(f"{row.complete_of_due} of {row.due}"),
    )
    if not judged:
        return cells
    level = telling.impact(row.impact.level, row.impact.label) if row.impact else ()
    return (*cells, level, assurances(row.assurance, compared_with=compared_with))


def assurances(given: tuple[AssuranceEntry, ...], *, compared_with: str = "") -> Text:
    """The assurance of each area of a row, once where all have the same."""
    levels = {each.level for each in given}
    lines: list[tuple[Span, ...]] = []
    for each in given[:1] if len(levels) == 1 else given:
        (line, *_) = telling.assurance(each.level, each.label)
        named = (Span(each.key, Tone.STRONG),) if len(levels) > 1 else ()
        lines.append((*named, *line))
        lines += telling.assurance_before(each, compared_with=compared_with)
    return tuple(lines)


def changes(page: PackPage) -> Blocks:
    """What differs from the month before, counted."""
    if not page.compared_with:
        return ()
    found = (change.partition(" ") for change in page.content.summary.changes)
    counts = tuple(Count(count, words) for count, _, words in found)
    return (
        Heading(f"Changed since {page.compared_with}", 2),
        Counts(counts) if counts else Paragraph(text("Nothing.")),
    )


def marks(page: PackPage) -> Marks:
    """The key at the foot of a page that shows ratings."""
    return Marks(
        tuple(
            Meaning(each.label, each.meaning, Mark(MarkKind.RATING, each.value))
            for each in page.content.definitions
        ),
        to="key",
    )
