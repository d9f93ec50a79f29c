"""The milestones as a month or a past day shows them: one reading for dashboard, pack and comparison.

A closed month is read as at the moment of its freeze, and so reads the same for ever. A month that
still takes updates is read now, and says "so far". A day gone by is read as at its end, and shows
what the live pages showed then.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from hertsend import dates
from plans import selectors
from plans.enums import PeriodState, Stage
from plans.models import CommitmentDecision, DateChange, Plan, ReportingPeriod, StageChange
from plans.selectors import MilestoneLine, Moment
from plans.selectors.measured import HeldSource
from plans.selectors.pointers import Asked

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Reading:
    """All milestones of a plan as at a moment, for a month or a day gone by.

    ``period`` is None for a day, ``month`` the first of the month in which it lies. ``on`` is the
    day by which overdue is judged. ``moment`` is that as at which the table of milestones shows
    these very lines, so that a count may link to it; None where none does. ``rated_since`` is the
    first month whose ratings count.
    """

    period: ReportingPeriod | None
    month: dt.date
    label: str
    at: dt.datetime
    on: dt.date
    lines: tuple[MilestoneLine, ...]
    moment: Moment | None
    rated_since: dt.date

    @property
    def is_closed(self) -> bool:
        """Whether it is of a frozen month."""
        return self.period is not None and self.period.frozen_at is not None

    @property
    def is_live(self) -> bool:
        """Whether the lines are those of the live pages."""
        return self.moment is not None and not self.moment.is_past

    @property
    def title(self) -> str:
        """The month or day in words, and that a month can still change."""
        return f"{self.label} so far" if self.period and not self.is_closed else self.label

    @property
    def due_by(self) -> dt.date:
        """The last day whose milestones count as due: the month's last, or yesterday until then."""
        return min(last_day_of(self.month), self.on - ONE_DAY)

    def by_pk(self) -> dict[int, MilestoneLine]:
        """The lines by the milestone's primary key."""
        return {line.pk: line for line in self.lines}


@dataclass(frozen=True)
class Act:
    """An act on the way to sign-off; words, link, name and role are "" where they may not be seen."""

    milestone: int
    act: str
    to_stage: Stage
    at: dt.datetime
    words: str
    evidence_link: str
    by: str
    role: str


@dataclass(frozen=True)
class Agreement:
    """The latest agreed date of a milestone; words and name are "" where they may not be seen."""

    agreed_on: dt.date
    at: dt.datetime
    reason: str
    decision: str
    agreed_by: str


def last_day_of(month: dt.date) -> dt.date:
    """The last day of the month in which ``month`` lies."""
    return dates.next_month(month) - ONE_DAY


def read_month(
    plan: Plan,
    period: ReportingPeriod,
    *,
    visible: Collection[str],
    at: dt.datetime | None = None,
    held: HeldSource = selectors.held_of,
) -> Reading:
    """The plan's milestones for a month.

    ``visible`` are the reader's fields; ``at`` is the moment for a month that is not frozen, by
    default now. ``held`` answers what measures show of actions, for who has read them already. The
    open month shows what the live pages show; a month that is being returned shows only what was
    reported for it.
    """
    (reading,) = read_months(plan, [period], visible=visible, at=at, held=held)
    return reading


def read_months(
    plan: Plan,
    months: Sequence[ReportingPeriod],
    *,
    visible: Collection[str],
    at: dt.datetime | None = None,
    held: HeldSource = selectors.held_of,
    decided: Sequence[CommitmentDecision] | None = None,
) -> list[Reading]:
    """The same for each of several months, with the queries of one; of months that are open, one more each.

    ``decided`` is what was decided on what comes again, for who has read it.
    """
    moments = [period.frozen_at or at or dates.now() for period in months]
    asked = [
        _asked(plan, period, at=moment, held=held)
        for period, moment in zip(months, moments, strict=True)
    ]
    lines = selectors.lines_of_each(plan.milestones.all(), asked, visible=visible, decided=decided)
    return [
        _of_month(period, each, tuple(found), at=moment)
        for period, moment, each, found in zip(months, moments, asked, lines, strict=True)
    ]


def _asked(plan: Plan, period: ReportingPeriod, *, at: dt.datetime, held: HeldSource) -> Asked:
    day = dates.day_of(at)
    return Asked(
        periods=selectors.current_periods(plan) if _is_live(period) else [period],
        at=at,
        on=day,
        held=held(plan, on=day, at=at),
    )


def _is_live(period: ReportingPeriod) -> bool:
    return period.state == PeriodState.OPEN


def _of_month(
    period: ReportingPeriod, asked: Asked, lines: tuple[MilestoneLine, ...], *, at: dt.datetime
) -> Reading:
    read_as = selectors.frozen(period) if period.frozen_at else None
    return Reading(
        period=period,
        month=period.month,
        label=period.label,
        at=at,
        on=asked.on,
        lines=lines,
        moment=Moment(on=asked.on) if _is_live(period) else read_as,
        rated_since=min(each.month for each in asked.periods),
    )


def read_at(plan: Plan, moment: Moment, *, visible: Collection[str]) -> Reading:
    """The plan's milestones as at a moment that an address asks for: now, a past day, a month."""
    if moment.period is not None:
        return read_month(plan, moment.period, visible=visible)
    periods = selectors.periods_at(plan, moment)
    lines = selectors.lines_of(
        plan.milestones.all(),
        periods=periods,
        at=moment.at,
        on=moment.on,
        visible=visible,
        held=selectors.held_of(plan, on=moment.on, at=moment.at),
    )
    month = dates.first_of(moment.on)
    return Reading(
        period=None,
        month=month,
        label=moment.label,
        at=moment.at or dates.now(),
        on=moment.on,
        lines=tuple(lines),
        moment=moment,
        rated_since=min((each.month for each in periods), default=month),
    )


def changes_until(plan: Plan, at: dt.datetime) -> list[StageChange]:
    """Every act on the plan's milestones up to a moment with who acted, oldest first; one query."""
    rows = StageChange.objects.filter(milestone__plan=plan, at__lte=at).select_related("by")
    return list(rows.order_by("milestone_id", "version"))


def acts_in(changes: Iterable[StageChange], *, visible: Collection[str]) -> list[Act]:
    """The acts as the reader may see them."""
    return [
        Act(
            milestone=row.milestone_id,
            act=row.act,
            to_stage=Stage(row.to_stage),
            at=row.at,
            words=row.words if "words" in visible else "",
            evidence_link=row.evidence_link if "evidence_link" in visible else "",
            by=row.by.name if "by" in visible else "",
            role=row.get_role_display() if "role" in visible else "",
        )
        for row in changes
    ]


def latest_acts(acts: Sequence[Act], act: str) -> dict[int, Act]:
    """For each milestone the last act of one kind."""
    return {entry.milestone: entry for entry in acts if entry.act == act}


def agreements_until(
    plan: Plan, at: dt.datetime, *, visible: Collection[str]
) -> dict[int, Agreement]:
    """For each milestone that was moved: the last agreement up to a moment; one query."""
    rows = DateChange.objects.filter(milestone__plan=plan, at__lte=at).select_related("decided_by")
    return {
        row.milestone_id: Agreement(
            agreed_on=row.agreed_on,
            at=row.at,
            reason=row.reason if "reason" in visible else "",
            decision=row.decision if "decision" in visible else "",
            agreed_by=row.decided_by.name if "decided_by" in visible else "",
        )
        for row in rows.order_by("milestone_id", "number")
    }
