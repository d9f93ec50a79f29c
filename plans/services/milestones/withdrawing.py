"""Withdrawing a milestone: a decision of the board, recorded by a joint chair."""

from django.db import transaction

from hertsend.accounts.models import User
from hertsend.records import submissions
from plans import policies
from plans.enums import StageAct
from plans.models import Milestone, StageChange
from plans.services import exceptions
from plans.services.deciding import require_withdrawer
from plans.services.locking import lock, unique_means_conflict
from plans.services.milestones.acting import check_unchanged, earlier_act, sent, write_act


@unique_means_conflict
@transaction.atomic
def withdraw(
    *, milestone: Milestone, words: str, base_version: int, by: User, submission_key: str = ""
) -> StageChange:
    """Withdraw a milestone by a decision of the board, with its reason and the role of who recorded it.

    Raises ``NotAllowed`` for own work or without accountability for the area, ``RuleBroken``
    without a reason or after the end, ``Conflict``.
    """
    row = lock(milestone)
    role = require_withdrawer(row, by=by)
    request = sent(row, StageAct.WITHDRAWN, base_version, words)
    if earlier := earlier_act(request, key=submission_key, by=by):
        return earlier
    check_unchanged(row, base_version)
    policies.check_act(StageAct.WITHDRAWN, stage=row.stage)
    policies.check_reason(words)
    change = write_act(row, StageAct.WITHDRAWN, by=by, words=words, role=role)
    exceptions.close_if_ended(milestone=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=request, result=change.pk)
    return change
