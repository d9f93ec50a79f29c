"""What is late or off track, why, what is done, and what was asked about it."""

from collections.abc import Iterator

from governance.boardpack.render import ExceptionPart, PackPage
from governance.boardpack.sections import telling
from hertsend.documents.blocks import (
    Block,
    Blocks,
    Fact,
    Facts,
    Heading,
    Paragraph,
    ParagraphRole,
    Together,
)
from hertsend.documents.spans import Text, Tone, led, quiet, strong, text
from hertsend.documents.spans import words_of as plain_words
from hertsend.documents.wording import long_day

LONGEST_WHOLE = 2200
"""Letters up to which an exception stands on one page."""


def exceptions(page: PackPage) -> Blocks:
    """Every exception with its report and what was asked; then what is none any more."""
    if not page.exceptions and not page.challenged:
        return ()
    count = len(page.exceptions)
    head = Heading("Exceptions", 1, "exceptions", count=count, starts_page=True)
    if not page.exceptions:
        return (head, Paragraph(text("Nothing is late or off track.")), *_challenged(page))
    return (
        head,
        Paragraph(
            text(
                "Overdue, or rated off track by the lead; the longest overdue first. In the words of the leads."
            ),
            ParagraphRole.NOTE,
        ),
        *(block for part in page.exceptions for block in _exception(page, part)),
        *_challenged(page),
    )


def _exception(page: PackPage, part: ExceptionPart) -> Blocks:
    entry = part.milestone
    head = Heading(entry.text, 2, f"exception-{entry.key}", kicker=telling.kicker(entry))
    facts = (*_facts(part), *_report(page, part), *_challenge(part))
    whole: Blocks = (head, Facts(facts))
    if sum(len(plain_words(fact.text)) for fact in facts) <= LONGEST_WHOLE:
        return (Together(whole),)
    return whole


def _facts(part: ExceptionPart) -> Iterator[Fact]:
    entry = part.milestone
    leads = telling.joined(entry.leads) + (" (inherited)" if entry.leads_inherited else "")
    yield Fact("Lead", text(leads))
    yield Fact("Dates", text(telling.dates_of(entry)))
    yield Fact("Why", text(entry.what_happened) or quiet("No update received."))
    if entry.what_is_next:
        yield Fact("Next", text(entry.what_is_next))
    if entry.reason_for_rating:
        yield Fact("Rated better than the dates allow", text(entry.reason_for_rating))


def _report(page: PackPage, part: ExceptionPart) -> Iterator[Fact]:
    report = part.report
    if report is None:
        yield Fact("Exception report", strong(f"None for {page.month}."))
        return
    yield Fact("Cause", text(report.cause))
    yield Fact("Effect on families", text(report.effect_on_families))
    yield Fact("Being done", text(f"{report.what_is_being_done} By {long_day(report.done_by)}."))
    asked = led(f"{report.ask_label}:", report.asked_of_board) or text(report.ask_label)
    by = quiet(f"Exception report of {telling.by_whom(report.by, long_day(report.at))}")
    yield Fact("Asked of the board", asked + by)


def _challenge(part: ExceptionPart) -> Iterator[Fact]:
    """Questions, deep dives and escalations, each with what came of it."""
    waiting = text("Not answered yet.", Tone.STRONG)
    for question in part.questions:
        answers = tuple(line for each in question.answers for line in telling.said("Answer", each))
        yield Fact("Question", telling.said("Question", question.asked) + (answers or waiting))
    for dive in part.deep_dives:
        lead = f"{long_day(dive.planned_on)}, {dive.state_label.lower()}:"
        ended = telling.done(dive.state_label, dive.ended) if dive.ended else ()
        by = quiet(dive.asked.by)
        yield Fact("Deep dive", led(lead, dive.asked.words) + by + ended)
    for escalation in part.escalations:
        ended = waiting
        if escalation.ended:
            ended = telling.said(escalation.state_label, escalation.ended)
            ended += led("Who acts:", escalation.who_acts)
        yield Fact("Escalated", telling.said("To the Executive", escalation.raised) + ended)


def _challenged(page: PackPage) -> Blocks:
    if not page.challenged:
        return ()
    parts: list[Block] = []
    for part in page.challenged:
        entry = part.milestone
        heading = Heading(entry.text, 3, kicker=telling.kicker(entry))
        parts += [heading, Facts(tuple(_challenge(part)))]
    count = len(page.challenged)
    return (Heading("Challenged, and no exception any more", 2, "challenged", count), *parts)


def missed(page: PackPage) -> Blocks:
    """What the plan promises again and again, and was missed."""
    if not page.content.missed:
        return ()
    return (
        Heading("Comes again, and was missed", 1, "missed", len(page.content.missed)),
        telling.table(
            "Promises that come again and were missed",
            (telling.wide("Promise", 1.2), telling.wide("Missed"), telling.wide("Post", 0.8)),
            [
                (
                    strong(each.title) + quiet(f"{each.place}. {each.rule}"),
                    _times(each.times),
                    text(each.owner),
                )
                for each in page.content.missed
            ],
        ),
    )


def _times(times: tuple[str, ...]) -> Text:
    return tuple(line for time in times for line in text(time))
