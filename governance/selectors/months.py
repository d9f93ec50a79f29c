"""Which months a dashboard offers, which it shows first, and with which it compares."""

import datetime as dt
from dataclasses import dataclass

from governance.selectors.wording import day_in_words
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod


@dataclass(frozen=True)
class Months:
    """The plan's months that have opened, latest first; ``scheduled`` is the first of those to come."""

    offered: tuple[ReportingPeriod, ...]
    scheduled: ReportingPeriod | None

    @property
    def closed(self) -> tuple[ReportingPeriod, ...]:
        """Those whose figures no longer change."""
        return tuple(row for row in self.offered if row.frozen_at)

    @property
    def running(self) -> tuple[ReportingPeriod, ...]:
        """Those that still take updates."""
        return tuple(row for row in self.offered if not row.frozen_at)

    def of(self, month: dt.date) -> ReportingPeriod | None:
        """The period of a month, if it has opened."""
        return next((row for row in self.offered if row.month == month), None)

    def before(
        self, month: dt.date, *, asked: dt.date | None = None, at: dt.datetime | None = None
    ) -> ReportingPeriod | None:
        """The closed month to compare with: the one asked for, if it is earlier, else the last.

        ``at`` leaves out the months that were not closed by then.
        """
        earlier = self.earlier(month, at=at)
        chosen = next((row for row in earlier if row.month == asked), None)
        return chosen or next(iter(earlier), None)

    def earlier(self, month: dt.date, *, at: dt.datetime | None = None) -> list[ReportingPeriod]:
        """The closed months before a month, latest first, of those closed by ``at``."""
        return [
            row
            for row in self.closed
            if row.month < month and (at is None or (row.frozen_at and row.frozen_at <= at))
        ]

    def first_freeze(self) -> str:
        """The sentence that stands for the figures until a month has been frozen."""
        waiting = [*reversed(self.running), *([self.scheduled] if self.scheduled else [])]
        if not waiting:
            return "No month has been frozen yet, and none is planned."
        first = waiting[0]
        return (
            "No month has been frozen yet. "
            f"The first is {first.label}, on {day_in_words(first.freezes_on)}."
        )


def months_of(plan: Plan) -> Months:
    """The plan's months; one query."""
    rows = list(plan.periods.order_by("-month"))
    opened = tuple(row for row in rows if row.state != PeriodState.SCHEDULED)
    scheduled = [row for row in rows if row.state == PeriodState.SCHEDULED]
    return Months(offered=opened, scheduled=scheduled[-1] if scheduled else None)
