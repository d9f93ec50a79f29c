"""All that was said of exceptions: reports, questions and answers, deep dives, escalations.

Read as at a moment, for any number of milestones in four queries, and reduced to what the reader
may see: to whom officers' words are closed, nothing was ever said.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from plans.enums import BoardAsk, DeepDiveState, EscalationState
from plans.models import (
    DeepDive,
    Escalation,
    ExceptionQuestion,
    ExceptionReport,
)

FIRST_VERSION = 1
"""Of what can only end: until then nothing is written to the row."""

OFFICERS_WORDS = "cause"
"""Whoever may see this field of reports may read what was said of exceptions."""


@dataclass(frozen=True)
class ReportLine:
    """What a lead said of an exception for a month; ``by`` is "" where names may not be seen."""

    month: dt.date
    number: int
    cause: str
    effect_on_families: str
    what_is_being_done: str
    done_by: dt.date
    ask: BoardAsk
    asked_of_board: str
    by: str
    at: dt.datetime

    @property
    def asks(self) -> bool:
        """Whether the board is asked for anything."""
        return self.ask != BoardAsk.NONE


@dataclass(frozen=True)
class Said:
    """Words of a person at a moment."""

    words: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class QuestionLine:
    """A question with its answers; ``month`` is that of the report which was read, None without one."""

    number: int
    month: dt.date | None
    asked: Said
    answers: tuple[Said, ...]

    @property
    def is_waiting(self) -> bool:
        """Nobody has answered yet."""
        return not self.answers

    @property
    def last_at(self) -> dt.datetime:
        """When something was last said in it."""
        return self.answers[-1].at if self.answers else self.asked.at


@dataclass(frozen=True)
class DeepDiveLine:
    """A deep dive as it stood at the moment of reading; ``ended`` is None while it is planned."""

    number: int
    planned_on: dt.date
    state: DeepDiveState
    asked: Said
    ended: Said | None
    version: int

    @property
    def is_planned(self) -> bool:
        """Its outcome is still to be recorded."""
        return self.ended is None


@dataclass(frozen=True)
class EscalationLine:
    """An escalation as it stood at the moment of reading; ``ended`` is None while it is open."""

    number: int
    state: EscalationState
    raised: Said
    ended: Said | None
    who_acts: str
    version: int

    @property
    def is_open(self) -> bool:
        """It waits for the Executive."""
        return self.ended is None


@dataclass(frozen=True)
class ExceptionFile:
    """All that was said of one milestone's exceptions; reports, dives and escalations latest first."""

    reports: tuple[ReportLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    deep_dives: tuple[DeepDiveLine, ...] = ()
    escalations: tuple[EscalationLine, ...] = ()

    def report_of(self, month: dt.date) -> ReportLine | None:
        """The report that counts for a month: its last one."""
        return next((report for report in self.reports if report.month == month), None)

    def latest_before(self, month: dt.date) -> ReportLine | None:
        """The last report for an earlier month."""
        return next((report for report in self.reports if report.month < month), None)

    @property
    def waiting(self) -> int:
        """How many questions wait for an answer."""
        return sum(question.is_waiting for question in self.questions)

    @property
    def open_escalation(self) -> EscalationLine | None:
        """The one that waits for the Executive."""
        return next((each for each in self.escalations if each.is_open), None)

    @property
    def planned_dives(self) -> tuple[DeepDiveLine, ...]:
        """The deep dives still to come, the next first."""
        planned = [each for each in self.deep_dives if each.is_planned]
        return tuple(sorted(planned, key=lambda each: each.planned_on))


NOTHING_SAID = ExceptionFile()


def exception_files(
    milestones: QuerySet, *, at: dt.datetime | None = None, visible: Collection[str]
) -> dict[int, ExceptionFile]:
    """What was said of each of these milestones, by primary key; those of whom nothing was are left out.

    ``visible`` are the reader's fields (``permissions.visible_exception_fields``), ``at`` is the
    moment up to which rows are read, None for all. Four queries.
    """
    if OFFICERS_WORDS not in visible:
        return {}
    show = "by" in visible
    parts: dict[str, dict[int, list[Any]]] = {
        "reports": _reports(milestones, at, show=show),
        "questions": _questions(milestones, at, show=show),
        "deep_dives": _deep_dives(milestones, at, show=show),
        "escalations": _escalations(milestones, at, show=show),
    }
    keys = {key for rows in parts.values() for key in rows}
    return {
        key: ExceptionFile(
            **{name: tuple(rows[key]) for name, rows in parts.items() if key in rows}
        )
        for key in keys
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, line in pairs:
        found[key].append(line)
    return dict(found)


def _until(rows: QuerySet, at: dt.datetime | None, field: str) -> QuerySet:
    return rows if at is None else rows.filter(**{f"{field}__lte": at})


def _name(row: Any, field: str = "by", *, show: bool) -> str:
    """The person's name, with the post for which they spoke."""
    if not show:
        return ""
    post = getattr(row, "on_behalf_of", None)
    return _named(getattr(row, field).name, post.title if post else None)


def _named(name: str, post: str | None) -> str:
    return f"{name}, for {post}" if post else name


def _reports(
    milestones: QuerySet, at: dt.datetime | None, *, show: bool
) -> dict[int, list[ReportLine]]:
    rows = _until(ExceptionReport.objects.filter(milestone__in=milestones), at, "at")
    rows = rows.select_related("period", "by", "on_behalf_of").order_by("-period__month", "-number")
    return _grouped(
        (
            row.milestone_id,
            ReportLine(
                month=row.period.month,
                number=row.number,
                cause=row.cause,
                effect_on_families=row.effect_on_families,
                what_is_being_done=row.what_is_being_done,
                done_by=row.done_by,
                ask=BoardAsk(row.ask),
                asked_of_board=row.asked_of_board,
                by=_name(row, show=show),
                at=row.at,
            ),
        )
        for row in rows
    )


def _questions(
    milestones: QuerySet, at: dt.datetime | None, *, show: bool
) -> dict[int, list[QuestionLine]]:
    """The questions, each read together with its answers: a row for each answer, or one without any."""
    by_then = Q() if at is None else Q(answers__at__lte=at)
    rows = _until(ExceptionQuestion.objects.filter(milestone__in=milestones), at, "at")
    rows = rows.alias(given=FilteredRelation("answers", condition=by_then))
    asked: dict[int, tuple[int, QuestionLine]] = {}
    answers: dict[int, list[Said]] = defaultdict(list)
    for row in rows.order_by("number", "pk", "given__number").values(*_OF_QUESTIONS):
        said = Said(row["words"], row["by__name"] if show else "", row["at"])
        line = QuestionLine(row["number"], row["report__period__month"], said, ())
        asked[row["pk"]] = row["milestone_id"], line
        if row["given__at"] is not None:
            name = _named(row["given__by__name"], row["given__on_behalf_of__title"])
            told = Said(row["given__words"], name if show else "", row["given__at"])
            answers[row["pk"]].append(told)
    return _grouped(
        (milestone, replace(line, answers=tuple(answers[pk])))
        for pk, (milestone, line) in asked.items()
    )


_OF_QUESTIONS = (
    *("pk", "milestone_id", "number", "words", "at", "by__name", "report__period__month"),
    *("given__words", "given__at", "given__by__name", "given__on_behalf_of__title"),
)


def _deep_dives(
    milestones: QuerySet, at: dt.datetime | None, *, show: bool
) -> dict[int, list[DeepDiveLine]]:
    rows = _until(DeepDive.objects.filter(milestone__in=milestones), at, "asked_at")
    return _grouped(
        (row.milestone_id, _deep_dive(row, at, show=show))
        for row in rows.select_related("asked_by", "ended_by").order_by("-number")
    )


def _deep_dive(row: DeepDive, at: dt.datetime | None, *, show: bool) -> DeepDiveLine:
    ended = _ended(row, row.outcome, at, show=show)
    return DeepDiveLine(
        number=row.number,
        planned_on=row.planned_on,
        state=DeepDiveState(row.state) if ended else DeepDiveState.PLANNED,
        asked=Said(row.reason, _name(row, "asked_by", show=show), row.asked_at),
        ended=ended,
        version=row.version if ended else FIRST_VERSION,
    )


def _escalations(
    milestones: QuerySet, at: dt.datetime | None, *, show: bool
) -> dict[int, list[EscalationLine]]:
    rows = _until(Escalation.objects.filter(milestone__in=milestones), at, "escalated_at")
    return _grouped(
        (row.milestone_id, _escalation(row, at, show=show))
        for row in rows.select_related("escalated_by", "ended_by").order_by("-number")
    )


def _escalation(row: Escalation, at: dt.datetime | None, *, show: bool) -> EscalationLine:
    ended = _ended(row, row.response, at, show=show)
    return EscalationLine(
        number=row.number,
        state=EscalationState(row.state) if ended else EscalationState.OPEN,
        raised=Said(row.reason, _name(row, "escalated_by", show=show), row.escalated_at),
        ended=ended,
        who_acts=row.who_acts if ended and show else "",
        version=row.version if ended else FIRST_VERSION,
    )


def _ended(row: Any, words: str, at: dt.datetime | None, *, show: bool) -> Said | None:
    """How it ended, if it had by the moment of reading."""
    if row.ended_at is None or (at is not None and row.ended_at > at):
        return None
    return Said(words, _name(row, "ended_by", show=show), row.ended_at)
