"""Who may decide, and on what: accountable joint chairs, on what they were shown, and none of them on
work in which they had a part (8).
"""

from django.db import IntegrityError, transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission, Role
from hertsend.errors import Conflict, NotAllowed
from plans import permissions, policies, selectors
from plans.models import Action, Milestone, Plan, SignatureSheet
from plans.policies import Sheet
from plans.selectors import Part

CHANGED = "This changed after you opened it, so nothing was signed. Read what changed, then decide."


def require_signer(milestone: Milestone, *, by: User) -> Role:
    """The role in which the person may decide on a milestone. Raises ``NotAllowed``."""
    return _require(
        Permission.SIGN_OFF_MILESTONE,
        permissions.scope_of(milestone),
        selectors.parts_of(milestone),
        by=by,
    )


def require_withdrawer(milestone: Milestone, *, by: User) -> Role:
    """The role in which the person may withdraw a milestone. Raises ``NotAllowed``."""
    return _require(
        Permission.WITHDRAW_MILESTONE,
        permissions.scope_of(milestone),
        selectors.parts_of(milestone),
        by=by,
    )


def require_signer_of_action(action: Action, *, by: User) -> Role:
    """The role in which the person may decide on an action. Raises ``NotAllowed``."""
    return _require(
        Permission.SIGN_OFF_MILESTONE,
        permissions.scope_of_action(action),
        selectors.action_parts(action),
        by=by,
    )


def _require(
    permission: Permission, scope: dict, parts: dict[int, list[Part]], *, by: User
) -> Role:
    access.require(by, permission, **scope)
    if own := parts.get(by.pk):
        raise NotAllowed(policies.own_work_sentence(own[-1].what, on=own[-1].on))
    role = access.of(by).role_for(permission, **scope)
    if role is None:
        raise NotAllowed("Your role ended a moment ago.")
    return role


def refuse_if_changed(plan: Plan, sheet: Sheet, *, fingerprint: str) -> None:
    """Raise ``Conflict`` with old and new side by side when another sheet was shown than stands now.

    ``submitted`` holds what was shown and ``current`` what stands now, of each line that differs.
    """
    shown = SignatureSheet.objects.filter(plan=plan, fingerprint=fingerprint).first()
    if fingerprint == sheet.fingerprint or shown is None or shown.content["key"] != sheet.key:
        return
    changed = policies.differences(Sheet.of_content(shown.content), sheet)
    raise Conflict(
        CHANGED,
        current={each.label: each.after for each in changed},
        submitted={each.label: each.before for each in changed},
    )


def refuse_unless_shown(sheet: Sheet, *, fingerprint: str) -> None:
    """Raise ``Conflict`` for a fingerprint of nothing that was ever shown."""
    if fingerprint != sheet.fingerprint:
        raise Conflict(CHANGED)


def keep_sheet(sheet: Sheet, *, of: Milestone | Action) -> SignatureSheet:
    """Keep a sheet under its fingerprint, once however often it is shown, and to whomever."""
    kept = SignatureSheet.objects.filter(plan=of.plan, fingerprint=sheet.fingerprint).first()
    if kept:
        return kept
    try:
        with transaction.atomic():
            return SignatureSheet.add(
                plan=of.plan,
                milestone=of if isinstance(of, Milestone) else None,
                action=of if isinstance(of, Action) else None,
                fingerprint=sheet.fingerprint,
                content=sheet.content,
                at=dates.now(),
            )
    except IntegrityError:
        # Somebody was shown the same at the same moment.
        return SignatureSheet.objects.get(plan=of.plan, fingerprint=sheet.fingerprint)
