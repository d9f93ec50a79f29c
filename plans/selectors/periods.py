"""Which months are being reported, and which have been."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from plans import policies
from plans.enums import PeriodState
from plans.models import PeriodUnfreezing, Plan, ReportingPeriod


def default_period(plan: Plan) -> ReportingPeriod | None:
    """The month that an update is for unless another is chosen: the earliest not frozen (13)."""
    return plan.periods.accepting_updates().first()


def latest_closed_period(plan: Plan) -> ReportingPeriod | None:
    """The last month that was frozen: what a board has in its hands."""
    return plan.periods.closed().first()


def period_of_month(plan: Plan, month: dt.date) -> ReportingPeriod | None:
    """The period of a calendar month, given by its first day."""
    return plan.periods.filter(month=month).first()


def current_periods(plan: Plan, *, at: dt.datetime | None = None) -> list[ReportingPeriod]:
    """The months whose ratings are current on live pages: the last frozen, the due, the open one.

    An older rating is never shown as today's (6). ``at`` asks for those that were current at a
    moment gone by.
    """
    if at is not None:
        return _current_then(plan, at)
    closed = latest_closed_period(plan)
    return [*([closed] if closed else []), *plan.periods.accepting_updates()]


def _current_then(plan: Plan, at: dt.datetime) -> list[ReportingPeriod]:
    """The same from the moments at which each month opened and froze; one query."""
    opened = _opened_by(plan, at)
    frozen = [row for row, freeze in opened if freeze is not None]
    return [*frozen[-1:], *(row for row, freeze in opened if freeze is None)]


def frozen_months(
    plan: Plan, *, at: dt.datetime | None = None
) -> list[tuple[ReportingPeriod, dt.datetime]]:
    """The months that are frozen, or were at a moment, each with its freeze; latest first."""
    if at is None:
        rows = [(row, row.frozen_at) for row in plan.periods.closed()]
    else:
        rows = _opened_by(plan, at)[::-1]
    return [(row, freeze) for row, freeze in rows if freeze is not None]


def _opened_by(plan: Plan, at: dt.datetime) -> list[tuple[ReportingPeriod, dt.datetime | None]]:
    """The months that had opened by a moment, oldest first, each with the freeze in force then.

    A freeze that was undone later was in force until then.
    """
    undone = PeriodUnfreezing.objects.filter(
        period=OuterRef("pk"), frozen_at__lte=at, at__gt=at
    ).order_by("-frozen_at")
    rows = plan.periods.filter(opened_at__lte=at).annotate(
        freeze_then=Subquery(undone.values("frozen_at")[:1])
    )
    return [
        (row, row.frozen_at if row.frozen_at and row.frozen_at <= at else row.freeze_then)
        for row in rows.order_by("month")
    ]


def check_may_reopen(period: ReportingPeriod) -> None:
    """Refuse to reopen a month that must stay frozen as the plan's months are now.

    Raises ``RuleBroken``. Two queries.
    """
    closed = latest_closed_period(period.plan)
    due = period.plan.periods.filter(state=PeriodState.DUE).exclude(pk=period.pk).first()
    policies.check_may_unfreeze(
        state=period.state,
        month=period.month,
        latest_closed=closed.month if closed else None,
        due=due.month if due else None,
    )
