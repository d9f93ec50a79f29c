"""The reporting calendar: the days of the months to come."""

import datetime as dt

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from hertsend.records.bases import save_changed
from plans import policies
from plans.models import ReportingPeriod
from plans.policies import PeriodDays
from plans.services.locking import lock_period

CHANGED = "Someone else changed the days of this month first. Both are shown below: choose again."


@transaction.atomic
def set_days(
    *,
    period: ReportingPeriod,
    due_on: dt.date,
    freezes_on: dt.date,
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> ReportingPeriod:
    """Give a month that has not opened another last day for returns or another freezing day.

    Raises ``NotAllowed``, ``RuleBroken`` for days that the calendar cannot keep, ``Conflict`` with
    what is stored beside what was typed.
    """
    row = lock_period(period)
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=row.plan.partnership_id)
    days = PeriodDays(due_on=due_on, freezes_on=freezes_on)
    sent = submissions.fingerprint_of(
        "set_days", {"values": [row.pk, due_on, freezes_on, reason, base_version]}
    )
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return row
    now = PeriodDays(due_on=row.due_on, freezes_on=row.freezes_on)
    policies.check_period_days(
        days, now=now, state=row.state, month=row.month, reason=reason, on=dates.today()
    )
    if not policies.check_version(current=row.version, base=base_version):
        raise Conflict(
            CHANGED,
            current={"due_on": row.due_on, "freezes_on": row.freezes_on},
            submitted={"due_on": due_on, "freezes_on": freezes_on},
        )
    save_changed(row, by=by, reason=reason.strip(), due_on=due_on, freezes_on=freezes_on)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row
