"""What was said of a month's exceptions and dates: reports, challenge, and requests for new dates."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from governance.selectors.reading import Reading
from plans.enums import DateRequestState
from plans.models import Plan
from plans.selectors import MilestoneLine
from plans.selectors.challenges import (
    NOTHING_SAID,
    DeepDiveLine,
    EscalationLine,
    ExceptionFile,
    QuestionLine,
    ReportLine,
    exception_files,
)
from plans.selectors.date_requests import RequestLine, requests_of


@dataclass(frozen=True)
class Case:
    """An exception before the board: its report for the month, and what else was said lately."""

    line: MilestoneLine
    report: ReportLine | None
    questions: tuple[QuestionLine, ...] = ()
    deep_dives: tuple[DeepDiveLine, ...] = ()
    escalations: tuple[EscalationLine, ...] = ()

    @property
    def waiting(self) -> int:
        """How many questions wait for an answer."""
        return sum(question.is_waiting for question in self.questions)

    @property
    def planned_dives(self) -> tuple[DeepDiveLine, ...]:
        """The deep dives still to come."""
        return tuple(dive for dive in self.deep_dives if dive.is_planned)

    @property
    def is_with_executive(self) -> bool:
        """Whether an escalation waits for the Executive."""
        return any(each.is_open for each in self.escalations)

    @property
    def was_challenged(self) -> bool:
        """Whether anything was asked, looked into or escalated lately."""
        return bool(self.questions or self.deep_dives or self.escalations)


@dataclass(frozen=True)
class Dated:
    """A request for a new date with its milestone."""

    line: MilestoneLine
    request: RequestLine


@dataclass(frozen=True)
class Heard:
    """All that was said.

    ``cases`` are the exceptions, ``others`` what was challenged and is none any more. ``requests``
    wait for a decision; ``refused`` were refused since the month compared with, ``refusals`` counts
    all of a milestone, ever.
    """

    cases: tuple[Case, ...]
    others: tuple[Case, ...]
    requests: tuple[Dated, ...]
    refused: tuple[Dated, ...]
    refusals: dict[int, int]

    @property
    def asking(self) -> tuple[Case, ...]:
        """The exceptions whose report asks something of the board."""
        return tuple(case for case in self.cases if case.report and case.report.asks)

    @property
    def unreported(self) -> int:
        """How many exceptions have no report."""
        return sum(case.report is None for case in self.cases)


def heard(
    plan: Plan,
    reading: Reading,
    exceptions: Iterable[MilestoneLine],
    *,
    since: dt.datetime | None,
    visible: Collection[str],
) -> Heard:
    """What was said of these exceptions, and of others and dates, up to the moment of the reading.

    Of the challenge it holds what happened after ``since`` or is still open; None is ever. Six
    queries.
    """
    said = exception_files(plan.milestones.all(), at=reading.at, visible=visible)
    cases = tuple(
        _case(line, said.get(line.pk, NOTHING_SAID), reading, since) for line in exceptions
    )
    listed = {case.line.pk for case in cases}
    others = (
        _case(line, said[line.pk], reading, since)
        for line in reading.lines
        if line.pk in said and line.pk not in listed
    )
    requests = requests_of(plan.milestones.all(), at=reading.at, visible=visible)
    refused = [each for each in requests if each.state == DateRequestState.REFUSED]
    return Heard(
        cases=cases,
        others=tuple(case for case in others if case.was_challenged),
        requests=_dated(reading, (each for each in reversed(requests) if each.is_open)),
        refused=_dated(reading, (each for each in refused if _after(each.decided_at, since))),
        refusals=_counted(refused),
    )


def _case(
    line: MilestoneLine, said: ExceptionFile, reading: Reading, since: dt.datetime | None
) -> Case:
    return Case(
        line=line,
        report=_report(said, reading),
        questions=tuple(
            each for each in said.questions if each.is_waiting or _after(each.last_at, since)
        ),
        deep_dives=tuple(
            each for each in said.deep_dives if each.ended is None or _after(each.ended.at, since)
        ),
        escalations=tuple(
            each for each in said.escalations if each.ended is None or _after(each.ended.at, since)
        ),
    )


def _report(said: ExceptionFile, reading: Reading) -> ReportLine | None:
    """The last report for one of the months whose ratings count."""
    counting = (each for each in said.reports if reading.rated_since <= each.month <= reading.month)
    return next(counting, None)


def _after(moment: dt.datetime | None, since: dt.datetime | None) -> bool:
    return moment is not None and (since is None or moment > since)


def _dated(reading: Reading, requests: Iterable[RequestLine]) -> tuple[Dated, ...]:
    lines = reading.by_pk()
    return tuple(Dated(lines[each.milestone], each) for each in requests if each.milestone in lines)


def _counted(requests: Iterable[RequestLine]) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in requests:
        found[each.milestone] = found.get(each.milestone, 0) + 1
    return found
