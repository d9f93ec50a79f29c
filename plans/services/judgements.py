"""What the programme office says of the judgements that were made in reading the plan."""

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.records.bases import save_audited
from plans.enums import JudgementState
from plans.models import Judgement


@transaction.atomic
def confirm(
    *, judgement: Judgement, by: User, comment: str = "", shown: str | None = None
) -> Judgement:
    """Note that the plan is rightly read so.

    ``shown`` is the text on the page that was read, where there was one. Raises ``NotAllowed``, and
    ``Conflict`` when a new import has changed the text since.
    """
    return _decide(judgement, JudgementState.CONFIRMED, by=by, comment=comment, shown=shown)


@transaction.atomic
def dispute(*, judgement: Judgement, by: User, comment: str, shown: str | None = None) -> Judgement:
    """Note that the plan should be read otherwise, and how.

    Raises ``NotAllowed``, ``RuleBroken`` without a comment, and ``Conflict`` as ``confirm`` does.
    """
    return _decide(judgement, JudgementState.DISPUTED, by=by, comment=comment, shown=shown)


def _decide(
    judgement: Judgement, state: JudgementState, *, by: User, comment: str, shown: str | None
) -> Judgement:
    row = (
        Judgement.objects.select_for_update(of=("self",))
        .select_related("plan")
        .get(pk=judgement.pk)
    )
    access.require(by, Permission.CONFIRM_READING, partnership_id=row.plan.partnership_id)
    comment = comment.strip()
    if state == JudgementState.DISPUTED and not comment:
        raise RuleBroken({"comment": ["Enter how the plan should be read instead."]})
    if shown is not None and shown != row.text:
        raise Conflict("This changed after you opened it. Read it again before you decide.")
    if (row.state, row.comment) == (state, comment):
        return row
    row.state, row.comment = state, comment
    row.decided_by, row.decided_at = by, dates.now()
    save_audited(
        row,
        by=by,
        reason=f"{state.label}: {comment}" if comment else state.label,
        fields=["state", "comment", "decided_by", "decided_at"],
    )
    return row
