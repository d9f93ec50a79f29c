"""The programme office's word on how the published plan was read."""

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.records.bases import save_audited
from plans.enums import JudgementState
from plans.models import Judgement


@transaction.atomic
def confirm(*, judgement: Judgement, comment: str = "", by: User) -> Judgement:
    """Say that a reading of the plan is right.

    Raises ``NotAllowed`` for those who do not confirm readings.
    """
    return _decide(judgement, JudgementState.CONFIRMED, comment=comment, by=by)


@transaction.atomic
def dispute(*, judgement: Judgement, comment: str, by: User) -> Judgement:
    """Say that a reading of the plan is wrong, and how it should be.

    Raises ``NotAllowed``, and ``RuleBroken`` without a comment.
    """
    if not comment.strip():
        raise RuleBroken({"comment": ["Say what is wrong with this reading."]})
    return _decide(judgement, JudgementState.DISPUTED, comment=comment, by=by)


def _decide(judgement: Judgement, state: JudgementState, *, comment: str, by: User) -> Judgement:
    row = Judgement.objects.select_for_update().select_related("plan").get(pk=judgement.pk)
    access.require(by, Permission.CONFIRM_READING, partnership_id=row.plan.partnership_id)
    row.state, row.comment = state, comment.strip()
    row.decided_by, row.decided_at = by, dates.now()
    save_audited(
        row,
        by=by,
        reason=comment.strip() or state.label,
        fields=["state", "comment", "decided_by", "decided_at"],
    )
    return row
