"""What the board is asked: by exception reports, and for new dates."""

from governance.boardpack.render import DateRequestLine, ExceptionPart, PackPage
from governance.boardpack.sections import telling
from hertsend.documents.blocks import Block, Blocks, Heading, Items, Paragraph, ParagraphRole, Table
from hertsend.documents.spans import Span, Text, Tone, led, quiet, strong, text
from hertsend.documents.wording import counted, long_day, short_day

HEADINGS = {
    "decision": "Decisions",
    "help": "Help",
    "information": "To take note of",
}
"""What is asked for, the weightiest first."""


def asked(page: PackPage) -> Blocks:
    """Decisions and help that exception reports ask for, and dates to decide."""
    if not page.asking and not page.date_requests:
        return ()
    blocks: list[Block] = [Heading("Asked of the board", 1, "asks", starts_page=True)]
    number = 1
    for ask, words in HEADINGS.items():
        parts = [part for part in ordered(page) if part.report and part.report.ask == ask]
        if parts:
            blocks.append(Heading(words, 2, f"asks-{ask}", count=len(parts)))
            blocks.append(Items(tuple(map(_ask, parts)), first=number))
            number += len(parts)
    return (*blocks, *_dates(page))


def ordered(page: PackPage) -> list[ExceptionPart]:
    """The exceptions that ask for something, the weightiest request first."""
    weights = {ask: weight for weight, ask in enumerate(HEADINGS)}
    return sorted(
        page.asking,
        key=lambda part: weights.get(part.report.ask, len(weights)) if part.report else 0,
    )


def _ask(part: ExceptionPart) -> Text:
    """One request, the milestone that it is about, and where all of it stands."""
    report, entry = part.report, part.milestone
    if report is None:
        return ()
    by = (Span(f"{report.by}.", Tone.QUIET),) if report.by else ()
    place = Span("In full", Tone.QUIET, to=f"exception-{entry.key}", names_page=True)
    return (
        *strong(report.asked_of_board or report.ask_label),
        *text(entry.text),
        telling.kicker(entry),
        (*by, place),
    )


def _dates(page: PackPage) -> Blocks:
    if not page.date_requests:
        return ()
    return (
        Heading("Dates to decide", 2, "date-requests", count=len(page.date_requests)),
        Paragraph(
            text(
                "Asked for by the leads. A joint chair who is accountable for the area decides, with a reason."
            ),
            ParagraphRole.NOTE,
        ),
        requests(page.date_requests, "Requests for a new date that wait for a decision"),
    )


def requests(lines: tuple[DateRequestLine, ...], caption: str) -> Table:
    """Requests for new dates, with the decision where there is one."""
    return telling.table(
        caption,
        (
            telling.wide("Milestone", 1),
            telling.days("Published"),
            telling.days("In force"),
            telling.days("Asked for"),
            telling.wide("Reason, and effect on others", 1.3),
        ),
        [
            (
                telling.milestone(line.milestone, note=_moved(line)),
                text(telling.published(line.milestone)),
                text(short_day(line.request.in_force)),
                strong(short_day(line.request.asked_for_on)),
                _reason(line),
            )
            for line in lines
        ],
    )


def _moved(line: DateRequestLine) -> str:
    moves = line.milestone.moves
    return f"moved {counted(moves, 'time')} before" if moves else ""


def _reason(line: DateRequestLine) -> Text:
    request = line.request
    affected = f" ({', '.join(request.affected)})" if request.affected else ""
    decided = f" by {request.decided_by}" if request.decided_by else ""
    return (
        *text(request.reason),
        *led("Effect on others:", f"{request.effect_on_others}{affected}"),
        *led(f"{request.state_label}{decided}, {long_day(request.decided_at)}:", request.decision),
        *quiet(telling.by_whom(request.requested_by, long_day(request.requested_at))),
    )
