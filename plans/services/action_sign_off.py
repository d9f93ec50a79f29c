"""Whole actions: signed off by an accountable joint chair once all is done and its impact reviewed."""

from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import Conflict
from hertsend.records import submissions
from plans import policies, selectors
from plans.enums import ActionAct
from plans.models import Action, ActionSignOff
from plans.services.deciding import (
    keep_sheet,
    refuse_if_changed,
    refuse_unless_shown,
    require_signer_of_action,
)
from plans.services.locking import lock_action, lock_all, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def sign_action(
    *, action: Action, fingerprint: str, by: User, submission_key: str = ""
) -> ActionSignOff:
    """Sign a whole action off, exactly as it was shown.

    All its milestones are locked with it, so that none is reopened while it is signed. Raises
    ``NotAllowed`` for who had a part in anything of it, ``RuleBroken`` before all is over and its
    impact confirmed, ``Conflict`` with what changed when it is not what was shown.
    """
    row = _lock(action)
    role = require_signer_of_action(row, by=by)
    sent = _sent(row, ActionAct.SIGNED, fingerprint)
    if earlier := submissions.earlier_row(
        ActionSignOff, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    sheet = selectors.action_sheet(row)
    refuse_if_changed(row.plan, sheet, fingerprint=fingerprint)
    policies.check_action_unsigned(is_signed_off=selectors.action_standing(row).is_signed_off)
    policies.check_action_ready(
        stages=selectors.stages_in(row), impact_reviewed=selectors.has_been_reviewed(row)
    )
    refuse_unless_shown(sheet, fingerprint=fingerprint)
    keep_sheet(sheet, of=row)
    signed = _add(
        row,
        ActionAct.SIGNED,
        by=by,
        role=role,
        fingerprint=fingerprint,
        last_change=selectors.last_change_in(row),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=signed.pk)
    return signed


@unique_means_conflict
@transaction.atomic
def reopen_action(
    *, action: Action, words: str, base_number: int, by: User, submission_key: str = ""
) -> ActionSignOff:
    """Take the signature under an action back, with a reason.

    ``base_number`` is the number of the signature that was shown. Raises ``NotAllowed``,
    ``RuleBroken`` without a reason or a signature that stands, ``Conflict``.
    """
    row = _lock(action)
    role = require_signer_of_action(row, by=by)
    sent = _sent(row, ActionAct.REOPENED, base_number, words)
    if earlier := submissions.earlier_row(
        ActionSignOff, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    standing = selectors.action_standing(row)
    policies.check_action_signed(is_signed_off=standing.is_signed_off)
    if standing.latest is None or standing.latest.number != base_number:
        raise Conflict("This changed after you opened it. Look at it again, then decide.")
    policies.check_reason(words)
    reopened = _add(row, ActionAct.REOPENED, by=by, role=role, words=words.strip())
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=reopened.pk)
    return reopened


def _lock(action: Action) -> Action:
    row = lock_action(action)
    lock_all(row.milestones.all())
    return row


def _add(action: Action, act: ActionAct, *, by: User, **details: Any) -> ActionSignOff:
    return ActionSignOff.add(
        action=action,
        number=action.sign_offs.count() + 1,
        act=act,
        by=by,
        at=dates.now(),
        **details,
    )


def _sent(action: Action, act: ActionAct, *values: Any) -> str:
    body = {"action": action.pk, "values": values}
    return submissions.fingerprint_of(f"action.{act.value}", body)
