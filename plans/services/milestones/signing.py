"""What an accountable joint chair decides: sign exactly what was shown, return it, or reopen it."""

from django.db import transaction

from hertsend.accounts.models import User
from hertsend.records import submissions
from plans import policies, selectors
from plans.enums import StageAct
from plans.models import Milestone, StageChange
from plans.services import exceptions
from plans.services.deciding import (
    keep_sheet,
    refuse_if_changed,
    refuse_unless_shown,
    require_signer,
)
from plans.services.locking import lock, unique_means_conflict
from plans.services.milestones.acting import (
    check_closed_by_rating,
    check_unchanged,
    earlier_act,
    sent,
    write_act,
)


@unique_means_conflict
@transaction.atomic
def sign_off(
    *,
    milestone: Milestone,
    fingerprint: str,
    by: User,
    submission_key: str = "",
    by_rating: bool = False,
) -> StageChange:
    """Sign exactly what was shown; ``fingerprint`` is the one of the page that was read.

    The signature keeps who, in which role, when, and the fingerprint, whose sheet is kept too.
    Raises ``NotAllowed`` for own work or without accountability for the area, ``RuleBroken`` from
    another stage or without evidence (a confirmed rating is that of a review of impact, then
    ``by_rating``), ``Conflict`` with what changed when it is not what was shown.
    """
    row = lock(milestone)
    role = require_signer(row, by=by)
    check_closed_by_rating(row, by_rating=by_rating)
    request = sent(row, StageAct.SIGNED_OFF, fingerprint)
    if earlier := earlier_act(request, key=submission_key, by=by):
        return earlier
    sheet = selectors.sheet_of(row)
    refuse_if_changed(row.plan, sheet, fingerprint=fingerprint)
    policies.check_act(StageAct.SIGNED_OFF, stage=row.stage)
    refuse_unless_shown(sheet, fingerprint=fingerprint)
    if not by_rating:
        policies.check_has_evidence(selectors.evidence_to_sign(row))
    keep_sheet(sheet, of=row)
    change = write_act(row, StageAct.SIGNED_OFF, by=by, fingerprint=fingerprint, role=role)
    submissions.remember(person=by, key=submission_key, fingerprint=request, result=change.pk)
    return change


@unique_means_conflict
@transaction.atomic
def return_proposal(
    *,
    milestone: Milestone,
    words: str,
    base_version: int,
    by: User,
    submission_key: str = "",
    by_rating: bool = False,
) -> StageChange:
    """Send a proposal back with a reason; a milestone past its date is overdue again.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or from another stage, ``Conflict``.
    """
    check_closed_by_rating(milestone, by_rating=by_rating)
    return _send_back(milestone, StageAct.RETURNED, words, base_version, submission_key, by=by)


@unique_means_conflict
@transaction.atomic
def reopen(
    *, milestone: Milestone, words: str, base_version: int, by: User, submission_key: str = ""
) -> StageChange:
    """Take a signature back with a reason: in progress again, and overdue if it is past its date.

    The signature under its action falls with it (``policies.is_action_signed_off``). Raises
    ``NotAllowed``, ``RuleBroken`` without a reason or from another stage, ``Conflict``.
    """
    return _send_back(milestone, StageAct.REOPENED, words, base_version, submission_key, by=by)


def _send_back(
    milestone: Milestone,
    act: StageAct,
    words: str,
    base_version: int,
    submission_key: str,
    *,
    by: User,
) -> StageChange:
    """Return or reopen: a decision with its reason, after which work goes on."""
    row = lock(milestone)
    role = require_signer(row, by=by)
    request = sent(row, act, base_version, words)
    if earlier := earlier_act(request, key=submission_key, by=by):
        return earlier
    check_unchanged(row, base_version)
    policies.check_act(act, stage=row.stage)
    policies.check_reason(words)
    change = write_act(row, act, by=by, words=words, role=role)
    exceptions.follow(milestone=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=request, result=change.pk)
    return change
