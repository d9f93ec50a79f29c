"""The way of a month: it opens, falls due and freezes once, late rather than never; and may be reopened."""

import datetime as dt

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed
from hertsend.records import submissions
from hertsend.records.bases import save_audited, save_changed
from plans import policies, selectors
from plans.enums import PeriodState
from plans.models import PeriodUnfreezing, Plan, ReportingPeriod
from plans.services.locking import lock_period, lock_plan, unique_means_conflict

DUE_ON_WORKING_DAY = 5
FREEZES_ON_WORKING_DAY = 7

CHANGED = "This month changed after you opened the page. Look at it again, then decide."

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
    waiting = plan.periods.select_for_update(no_key=True).filter(
        state__in=[PeriodState.SCHEDULED, PeriodState.OPEN, PeriodState.DUE], opens_on__lte=on
    )
    for period in waiting.order_by("month"):
        while (step := _step_due(period, on=on)) is not None:
            _take(period, step, by=by)
            moved.append(period)
    return moved


def _step_due(period: ReportingPeriod, *, on: dt.date) -> PeriodState | None:
    return policies.period_step_due(
        state=period.state,
        month=period.month,
        opens_on=period.opens_on,
        freezes_on=period.freezes_on,
        on=on,
    )


def _take(period: ReportingPeriod, step: PeriodState, *, by: User) -> None:
    reason = f"{period.label}: {step.label.lower()}"
    save_changed(period, by=by, reason=reason, state=step, **{_MOMENTS[step]: dates.now()})


@transaction.atomic
def mark_reported(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Note that the pack of a frozen period was assembled."""
    row = lock_period(period)
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=row.plan.partnership_id)
    if row.state == PeriodState.FROZEN:
        _take(row, PeriodState.REPORTED, by=by)
    return row


@unique_means_conflict
@transaction.atomic
def unfreeze(
    *,
    period: ReportingPeriod,
    freezes_on: dt.date,
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> PeriodUnfreezing:
    """Take the last frozen month back to due, until the day ``freezes_on``; what was issued stays.

    Updates are accepted again until then. ``base_version`` is the period's version on the page that
    was read. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict`` when the month changed since.
    """
    # The plan first, as the calendar does: so that no other month falls due meanwhile.
    lock_plan(period.plan)
    row = lock_period(period)
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=row.plan.partnership_id)
    sent = submissions.fingerprint_of("unfreeze", {"values": [row.pk, freezes_on, reason]})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return PeriodUnfreezing.objects.get(pk=earlier)
    selectors.check_may_reopen(row)
    policies.check_unfreezing(
        month=row.month, freezes_on=freezes_on, reason=reason, on=dates.today()
    )
    if not policies.check_version(current=row.version, base=base_version):
        raise Conflict(CHANGED)
    unfreezing = PeriodUnfreezing.add(
        period=row,
        frozen_at=row.frozen_at,
        freezes_on=freezes_on,
        reason=reason.strip(),
        role=_role_of(by, row),
        by=by,
        at=dates.now(),
    )
    save_changed(
        row,
        by=by,
        reason=f"Reopened: {unfreezing.reason}",
        state=policies.PERIOD_REOPENED,
        freezes_on=freezes_on,
        frozen_at=None,
        reported_at=None,
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=unfreezing.pk)
    return unfreezing


def _role_of(by: User, row: ReportingPeriod) -> str:
    """The role through which the person keeps the calendar; what runs by itself reopens nothing."""
    held = access.of(by)
    role = held.role_for(Permission.MANAGE_PERIODS, partnership_id=row.plan.partnership_id)
    if role is None:
        raise NotAllowed("A person of the programme office reopens a month.")
    return role
