"""Exceptions: which milestones are overdue or off track, and what has been said of each."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from plans import policies
from plans.enums import EscalationState
from plans.models import ExceptionReport, Milestone, Plan, ReportingPeriod
from plans.selectors.challenges import (
    NOTHING_SAID,
    EscalationLine,
    ExceptionFile,
    ReportLine,
    exception_files,
)
from plans.selectors.lines import MilestoneLine
from plans.selectors.moments import Moment, lines_at, periods_at
from plans.selectors.single import dates_of


def reported(plan: Plan, period: ReportingPeriod) -> set[int]:
    """The milestones with an exception report for a period, by primary key; one query."""
    rows = ExceptionReport.objects.filter(milestone__plan=plan, period=period)
    return set(rows.values_list("milestone_id", flat=True))


def is_exception(milestone: Milestone, *, on: dt.date) -> bool:
    """Whether a milestone is overdue or off track, or reported as such for a month that is running."""
    overdue = policies.is_overdue(
        stage=milestone.stage, date_in_force=dates_of(milestone).in_force, on=on
    )
    running = milestone.plan.periods.accepting_updates()
    return (
        policies.needs_exception(rating=milestone.rating, is_overdue=overdue)
        or milestone.exception_reports.filter(period__in=running).exists()
    )


def exception_author_ids(milestone: Milestone) -> set[int]:
    """Everyone who reported on the milestone's exceptions."""
    return set(milestone.exception_reports.values_list("by_id", flat=True))


def needing_report(lines: Iterable[MilestoneLine]) -> list[MilestoneLine]:
    """The lines that are exceptions: overdue or shown as off track; the longest overdue first."""
    found = [
        line
        for line in lines
        if line.is_open
        and policies.needs_exception(rating=line.standing, is_overdue=line.is_overdue)
    ]
    return sorted(found, key=lambda line: (-line.days_overdue, line.key))


def period_reported_on(plan: Plan, moment: Moment) -> ReportingPeriod | None:
    """The month whose reports a list shows: the earliest that took some then, else the last frozen."""
    months = periods_at(plan, moment)
    running = [row for row in months if row.frozen_at is None or _frozen_later(row, moment)]
    return moment.period or next(iter(running or months), None)


def _frozen_later(row: ReportingPeriod, moment: Moment) -> bool:
    return bool(moment.at and row.frozen_at and row.frozen_at > moment.at)


@dataclass(frozen=True)
class ExceptionRow:
    """An exception as a list shows it: the milestone, all that was said, and the month's report."""

    line: MilestoneLine
    file: ExceptionFile
    month: dt.date | None
    report: ReportLine | None

    @property
    def is_reported(self) -> bool:
        """Whether its lead has reported on it for the month."""
        return self.report is not None

    @property
    def earlier(self) -> ReportLine | None:
        """The last report for an earlier month, while the month's own is missing."""
        return self.file.latest_before(self.month) if self.month and not self.report else None


def exception_rows(
    milestones: QuerySet[Milestone], *, plan: Plan, moment: Moment, visible: Collection[str]
) -> list[ExceptionRow]:
    """The exceptions among these milestones of a plan as at a moment, the longest overdue first.

    ``visible`` are the reader's fields (``permissions.visible_exception_fields``).
    """
    lines = needing_report(lines_at(milestones, plan=plan, moment=moment, visible=()))
    said = exception_files(
        milestones.filter(pk__in=[line.pk for line in lines]), at=moment.at, visible=visible
    )
    period = period_reported_on(plan, moment)
    return [_row(line, said.get(line.pk, NOTHING_SAID), period) for line in lines]


def _row(line: MilestoneLine, said: ExceptionFile, period: ReportingPeriod | None) -> ExceptionRow:
    month = period.month if period else None
    return ExceptionRow(line, said, month, said.report_of(month) if month else None)


@dataclass(frozen=True)
class EscalatedRow:
    """What the Executive has before it: the milestone, its latest escalation, and the last report."""

    line: MilestoneLine
    escalation: EscalationLine
    report: ReportLine | None


def escalated(
    lines: Iterable[MilestoneLine],
    milestones: QuerySet[Milestone],
    *,
    at: dt.datetime | None,
    visible: Collection[str],
) -> list[EscalatedRow]:
    """What is with the Executive, and what it answered of milestones still open; the open ones first.

    ``lines`` are those of ``milestones`` as at ``at``. Five queries.
    """
    said = exception_files(
        milestones.filter(escalations__isnull=False).distinct(), at=at, visible=visible
    )
    found = [
        EscalatedRow(line, said[line.pk].escalations[0], next(iter(said[line.pk].reports), None))
        for line in lines
        if line.pk in said and said[line.pk].escalations
    ]
    shown = [
        row
        for row in found
        if row.escalation.is_open
        or (row.escalation.state == EscalationState.ANSWERED and row.line.is_open)
    ]
    return sorted(shown, key=lambda row: (not row.escalation.is_open, row.escalation.raised.at))
