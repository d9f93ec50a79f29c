"""What was said of a milestone's exceptions and dates, as entries of its timeline."""

import datetime as dt
from collections.abc import Collection, Iterable

from plans.enums import BoardAsk, DateRequestState
from plans.models import Milestone
from plans.selectors.challenges import NOTHING_SAID, ExceptionFile, ReportLine, exception_files
from plans.selectors.date_requests import RequestLine, requests_of
from plans.selectors.entries import TimelineEntry

WORDS, NAMES = frozenset({"cause", "asked_for_on"}), frozenset({"by", "requested_by"})


def said_entries(milestone: Milestone, *, visible: Collection[str]) -> Iterable[TimelineEntry]:
    """Reports, questions, deep dives, escalations and date requests, for readers of officers' words.

    ``visible`` are the reader's fields of ``MilestoneUpdate``. Seven queries, or none.
    """
    if "what_happened" not in visible:
        return []
    shown = WORDS | (NAMES if "by" in visible else frozenset())
    own = Milestone.objects.filter(pk=milestone.pk)
    said = exception_files(own, visible=shown).get(milestone.pk, NOTHING_SAID)
    return [
        *map(_report, said.reports),
        *_thread(said),
        *_dives(said),
        *_escalations(said),
        *(entry for line in requests_of(own, visible=shown) for entry in _request(line)),
    ]


def _report(line: ReportLine) -> TimelineEntry:
    asked = "" if line.ask == BoardAsk.NONE else f": {line.asked_of_board}"
    return TimelineEntry(
        title=f"Exception report for {line.month:%B %Y}",
        at=line.at,
        by=line.by,
        what_happened=line.cause,
        what_is_next=f"{line.what_is_being_done} By {_day(line.done_by)}.",
        asked=f"{line.ask.label}{asked}",
    )


def _thread(said: ExceptionFile) -> Iterable[TimelineEntry]:
    for question in said.questions:
        asked = question.asked
        yield TimelineEntry(
            title=f"Question {question.number}", at=asked.at, by=asked.by, what_happened=asked.words
        )
        for answer in question.answers:
            yield TimelineEntry(
                title=f"Answer to question {question.number}",
                at=answer.at,
                by=answer.by,
                what_happened=answer.words,
            )


def _dives(said: ExceptionFile) -> Iterable[TimelineEntry]:
    for dive in said.deep_dives:
        day = _day(dive.planned_on)
        yield TimelineEntry(
            title=f"Deep dive asked for on {day}",
            at=dive.asked.at,
            by=dive.asked.by,
            what_happened=dive.asked.words,
        )
        if dive.ended:
            yield TimelineEntry(
                title=f"Deep dive of {day} {dive.state.label.lower()}",
                at=dive.ended.at,
                by=dive.ended.by,
                what_happened=dive.ended.words,
            )


def _escalations(said: ExceptionFile) -> Iterable[TimelineEntry]:
    for each in said.escalations:
        raised = each.raised
        yield TimelineEntry(
            title="Escalated to the Executive",
            at=raised.at,
            by=raised.by,
            what_happened=raised.words,
        )
        if each.ended:
            acts = f"{each.who_acts} acts." if each.who_acts else ""
            yield TimelineEntry(
                title=f"Escalation {each.state.label.lower()}",
                at=each.ended.at,
                by=each.ended.by,
                what_happened=each.ended.words,
                what_is_next=acts,
            )


def _request(line: RequestLine) -> Iterable[TimelineEntry]:
    """The request, and its end; a grant has an entry of its own, that of the date agreed."""
    yield TimelineEntry(
        title=f"New date asked for: {_day(line.asked_for_on)}",
        at=line.requested_at,
        by=line.requested_by,
        what_happened=line.reason,
    )
    if line.decided_at and line.state != DateRequestState.GRANTED:
        yield TimelineEntry(
            title=f"Request for {_day(line.asked_for_on)} {line.state.label.lower()}",
            at=line.decided_at,
            by=line.decided_by,
            reason=line.decision,
        )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
