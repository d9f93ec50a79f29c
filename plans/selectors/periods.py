"""Which months are being reported, and which have been."""

import datetime as dt

from plans.models import Plan, ReportingPeriod


def default_period(plan: Plan) -> ReportingPeriod | None:
    """The month that an update is for unless another is chosen: the earliest not frozen (13)."""
    return plan.periods.accepting_updates().first()


def latest_closed_period(plan: Plan) -> ReportingPeriod | None:
    """The last month that was frozen: what a board has in its hands."""
    return plan.periods.closed().first()


def period_of_month(plan: Plan, month: dt.date) -> ReportingPeriod | None:
    """The period of a calendar month, given by its first day."""
    return plan.periods.filter(month=month).first()


def current_periods(plan: Plan) -> list[ReportingPeriod]:
    """The months whose ratings are current on live pages: the last frozen, the due, the open one.

    An older rating is never shown as today's (6).
    """
    closed = latest_closed_period(plan)
    return [*([closed] if closed else []), *plan.periods.accepting_updates()]
