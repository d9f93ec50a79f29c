"""The reporting calendar: each month opens, falls due and freezes once, late rather than never."""

import datetime as dt

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.records.bases import save_audited
from plans import policies
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod

DUE_ON_WORKING_DAY = 5
FREEZES_ON_WORKING_DAY = 7

_MOMENTS: dict[PeriodState, str] = {
    PeriodState.OPEN: "opened_at",
    PeriodState.DUE: "due_at",
    PeriodState.FROZEN: "frozen_at",
    PeriodState.REPORTED: "reported_at",
}


@transaction.atomic
def ensure_calendar(
    *, plan: Plan, first: dt.date, last: dt.date, by: User
) -> list[ReportingPeriod]:
    """Schedule the months from ``first`` to ``last`` that the plan does not have yet."""
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=plan.partnership_id)
    known = set(plan.periods.values_list("month", flat=True))
    made = []
    for month in dates.months_between(first, last):
        if month in known:
            continue
        after = dates.next_month(month)
        period = ReportingPeriod(
            plan=plan,
            month=month,
            opens_on=month,
            due_on=dates.working_day_of_month(after, DUE_ON_WORKING_DAY),
            freezes_on=dates.working_day_of_month(after, FREEZES_ON_WORKING_DAY),
        )
        save_audited(period, by=by, reason="Scheduled by the reporting calendar")
        made.append(period)
    return made


@transaction.atomic
def advance(*, plan: Plan, on: dt.date, by: User) -> list[ReportingPeriod]:
    """Take every step that is due by the day ``on``, oldest month first; answer what moved.

    A period is open from its first day, due from the first day of the next month, and frozen on
    its freezing day. Steps that were missed are taken now, in order, so
    that after an outage nothing is skipped; running twice changes nothing.
    """
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=plan.partnership_id)
    moved: list[ReportingPeriod] = []
    waiting = plan.periods.select_for_update().filter(
        state__in=[PeriodState.SCHEDULED, PeriodState.OPEN, PeriodState.DUE], opens_on__lte=on
    )
    for period in waiting.order_by("month"):
        while (step := _step_due(period, on=on)) is not None:
            _take(period, step, by=by)
            moved.append(period)
    return moved


def _step_due(period: ReportingPeriod, *, on: dt.date) -> PeriodState | None:
    """The next step of a period that the calendar asks for by ``on``, or None."""
    starts = {
        PeriodState.SCHEDULED: period.opens_on,
        PeriodState.OPEN: dates.next_month(period.month),
        PeriodState.DUE: period.freezes_on,
    }
    state = PeriodState(period.state)
    return policies.PERIOD_STEPS[state] if state in starts and starts[state] <= on else None


def _take(period: ReportingPeriod, step: PeriodState, *, by: User) -> None:
    period.state = step
    setattr(period, _MOMENTS[step], dates.now())
    save_audited(
        period,
        by=by,
        reason=f"{period.label}: {step.label.lower()}",
        fields=["state", _MOMENTS[step]],
    )


@transaction.atomic
def mark_reported(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Note that the pack of a frozen period was assembled."""
    row = ReportingPeriod.objects.select_for_update().select_related("plan").get(pk=period.pk)
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=row.plan.partnership_id)
    if row.state == PeriodState.FROZEN:
        _take(row, PeriodState.REPORTED, by=by)
    return row
