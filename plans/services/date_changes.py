"""Agreed dates: the only way in which the date in force of a milestone moves."""

import datetime as dt

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.records.bases import save_changed
from plans import permissions, policies
from plans.models import DateChange, Milestone
from plans.services import exceptions
from plans.services.locking import lock, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def agree_date(
    *,
    milestone: Milestone,
    agreed_on: dt.date,
    reason: str,
    requested_by: User,
    decision: str,
    by: User,
) -> DateChange:
    """Record the date that an accountable joint chair agreed, with both reasons.

    The published date stays as it is; an overdue spell that the new date ends is closed.
    Raises ``NotAllowed`` without accountability for the area, ``RuleBroken`` for an own request.
    """
    row = lock(milestone)
    access.require(by, Permission.DECIDE_DATE_CHANGE, **permissions.scope_of(row))
    policies.check_date_change(
        requested_by_id=requested_by.pk,
        decided_by_id=by.pk,
        stage=row.stage,
        reason=reason,
        decision=decision,
    )
    change = DateChange.add(
        milestone=row,
        number=row.date_changes.count() + 1,
        agreed_on=agreed_on,
        reason=reason.strip(),
        requested_by=requested_by,
        decision=decision.strip(),
        decided_by=by,
        at=dates.now(),
    )
    save_changed(row, by=by, reason=f"New date agreed: {agreed_on:%d %B %Y}. {decision.strip()}")
    exceptions.close_if_ended(milestone=row, by=by)
    return change
