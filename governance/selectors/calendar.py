"""The reporting calendar as people read it: each month with its days, its state and its meeting."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from governance.selectors.rhythm import RhythmOfPlan, rhythm_of
from hertsend import dates
from hertsend.records.trail import TrailEntry, trail_of
from plans.enums import PeriodState
from plans.models import PeriodUnfreezing, Plan, ReportingPeriod
from plans.policies import PERIODS_CLOSED, falls_due_on

PLAIN_STATES: dict[PeriodState, str] = {
    PeriodState.SCHEDULED: "To come",
    PeriodState.OPEN: "Under way",
    PeriodState.DUE: "Being reported",
    PeriodState.FROZEN: "Reported",
    PeriodState.REPORTED: "Reported",
}
"""What a state means to somebody who does not keep the calendar."""

WORDING = {
    "state": "State",
    "due_on": "Last day for returns",
    "freezes_on": "Freezing day",
}
"""What of a month's history is told, by its noun."""


@dataclass(frozen=True)
class CalendarLine:
    """One month of the calendar.

    ``reopened`` counts how often it was reopened; ``holidays`` are the bank holidays between its
    end and its freeze, which move its days.
    """

    period: ReportingPeriod
    carries_meeting: bool
    reopened: int
    holidays: tuple[tuple[dt.date, str], ...]

    @property
    def state(self) -> PeriodState:
        """Where the month is."""
        return PeriodState(self.period.state)

    @property
    def is_reopened(self) -> bool:
        """Whether it takes updates again after a freeze."""
        return self.state == PeriodState.DUE and bool(self.reopened)

    @property
    def state_words(self) -> str:
        """The state; that of a reopened month says so."""
        return "Reopened" if self.is_reopened else str(self.state.label)

    @property
    def plain_state(self) -> str:
        """The state in plain English."""
        return "Being put right" if self.is_reopened else PLAIN_STATES[self.state]

    @property
    def is_closed(self) -> bool:
        """Whether its figures no longer change."""
        return self.state in PERIODS_CLOSED

    @property
    def can_change(self) -> bool:
        """Whether its days may still be set: until it opens."""
        return self.state == PeriodState.SCHEDULED


@dataclass(frozen=True)
class Calendar:
    """A plan's months: those to come and those that run, earliest first; and those that are closed."""

    ahead: tuple[CalendarLine, ...]
    closed: tuple[CalendarLine, ...]
    reopenable: ReportingPeriod | None

    @property
    def running(self) -> tuple[CalendarLine, ...]:
        """The months that take updates."""
        return tuple(line for line in self.ahead if not line.can_change)

    def of(self, month: dt.date) -> CalendarLine | None:
        """One month of the calendar, if it has it."""
        return next(
            (line for line in (*self.ahead, *self.closed) if line.period.month == month), None
        )

    @property
    def next_meeting(self) -> CalendarLine | None:
        """The first month, of those not closed yet, whose report goes to a meeting."""
        return next((line for line in self.ahead if line.carries_meeting), None)


def calendar_of(plan: Plan) -> Calendar:
    """The whole calendar of a plan. Five queries, however many months."""
    rhythm = rhythm_of(plan)
    lines = _lines(plan.periods.order_by("month"), rhythm, _times_reopened(plan))
    closed = tuple(line for line in reversed(lines) if line.is_closed)
    is_one_due = any(line.state == PeriodState.DUE for line in lines)
    return Calendar(
        ahead=tuple(line for line in lines if not line.is_closed),
        closed=closed,
        reopenable=closed[0].period if closed and not is_one_due else None,
    )


def _lines(
    periods: Iterable[ReportingPeriod], rhythm: RhythmOfPlan, reopened: Mapping[int, int]
) -> list[CalendarLine]:
    return [
        CalendarLine(
            period=row,
            carries_meeting=rhythm.carries_meeting(row.month),
            reopened=reopened[row.pk],
            holidays=dates.bank_holidays_between(falls_due_on(row.month), row.freezes_on),
        )
        for row in periods
    ]


def _times_reopened(plan: Plan) -> Counter[int]:
    rows = PeriodUnfreezing.objects.filter(period__plan=plan)
    return Counter(rows.values_list("period_id", flat=True))


def history_of_period(
    period: ReportingPeriod, *, show_people: bool, show_reasons: bool
) -> list[TrailEntry]:
    """Every change of a month's state and days in sentences, latest first; two queries."""
    return trail_of(
        ReportingPeriod,
        about=Q(id=period.pk),
        wording=WORDING,
        created="Scheduled by the reporting calendar.",
        show_people=show_people,
        show_reasons=show_reasons,
    )
