"""What every change of a risk does first: lock it, see that it is shown to who acts, compare versions."""

from governance.enums import RiskState
from governance.models import Risk
from governance.permissions import risks as permissions
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.models import User
from hertsend.errors import Conflict, NotAllowed

CHANGED = (
    "This risk changed after you opened the form. {who} changed it last: “{reason}”. It {now}. Read it "
    "again before you go on."
)
NOT_SEEN = "Your role does not let you see this risk."


def lock_risk(risk: Risk) -> Risk:
    """The risk as it is stored now, locked until the transaction ends."""
    return (
        Risk.objects.select_for_update(of=("self",))
        .select_related("plan", "workstream", "owner")
        .get(pk=risk.pk)
    )


def check_risk_unchanged(risk: Risk, base_version: int) -> None:
    """Refuse a form that was opened on an earlier version of a risk, saying who changed it and why.

    Who acts on a risk sees its history. Raises ``Conflict``.
    """
    if risk.version == base_version:
        return
    latest = risk.history.select_related("history_user").latest("history_id")
    who = latest.history_user.name if latest.history_user else "Somebody"
    place = f"is with: {risk.get_level_display().lower()}"
    now = place if risk.state == RiskState.OPEN else "is closed"
    raise Conflict(
        CHANGED.format(who=who, reason=(latest.history_change_reason or "").rstrip("."), now=now)
    )


def held_by(by: User, risk: Risk) -> Access:
    """What a person holds now. Raises ``NotAllowed`` where they do not see the risk."""
    held = access.read(by, on=dates.today())
    if not permissions.sees_risk(held, risk):
        raise NotAllowed(NOT_SEEN)
    return held


def require_manager(by: User, risk: Risk) -> None:
    """Refuse whoever may not change and close the risk. Raises ``NotAllowed``."""
    if not permissions.manages_risk(held_by(by, risk), risk):
        raise NotAllowed("Your role does not let you change this risk.")


def require_reviewer(by: User, risk: Risk) -> None:
    """Refuse whoever neither manages nor owns the risk. Raises ``NotAllowed``."""
    if not permissions.reviews_risk(held_by(by, risk), risk, person_id=by.pk):
        raise NotAllowed("Only its owner and who keeps the register review this risk.")
