"""Months that were reopened after their freeze: who, when and why, for dashboard and pack."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from hertsend.accounts.roles import Role
from plans.models import PeriodUnfreezing, Plan, ReportingPeriod


@dataclass(frozen=True)
class Reopening:
    """One reopening as a reader sees it; role, reason and name are "" where they may not be seen."""

    month: dt.date
    frozen_at: dt.datetime
    at: dt.datetime
    freezes_on: dt.date
    role: str = ""
    reason: str = ""
    by: str = ""


def reopenings_of(
    period: ReportingPeriod, *, until: dt.datetime | None = None, visible: Collection[str]
) -> tuple[Reopening, ...]:
    """How often a month was reopened up to a moment, oldest first; one query."""
    rows = PeriodUnfreezing.objects.filter(period=period)
    return _read(rows if until is None else rows.filter(at__lte=until), visible)


def reopened_between(
    plan: Plan, *, after: dt.datetime | None, until: dt.datetime, visible: Collection[str]
) -> tuple[Reopening, ...]:
    """What was reopened in a plan after a moment (or ever) and up to another; one query."""
    rows = PeriodUnfreezing.objects.filter(period__plan=plan, at__lte=until)
    return _read(rows if after is None else rows.filter(at__gt=after), visible)


def _read(rows: QuerySet[PeriodUnfreezing], visible: Collection[str]) -> tuple[Reopening, ...]:
    return tuple(
        Reopening(
            month=row.period.month,
            frozen_at=row.frozen_at,
            at=row.at,
            freezes_on=row.freezes_on,
            role=str(Role(row.role).label) if "role" in visible else "",
            reason=row.reason if "reason" in visible else "",
            by=row.by.name if "by" in visible else "",
        )
        for row in rows.select_related("period", "by").order_by("at", "pk")
    )
