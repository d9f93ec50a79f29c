"""Who may see, raise, review and move risks; a restricted one only in a role that it names."""

from typing import Any

from django.db import models
from django.db.models import Q

from governance.enums import RiskLevel, RiskState
from governance.models import Risk
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.roles import MATRIX, Permission, Role
from hertsend.errors import NotAllowed
from plans.models import Plan, Workstream


def visible_risks(user: Any) -> models.QuerySet[Risk]:
    """The risks that the person may see: a restricted one only in a role that it names."""
    held = access.of(user)
    readers = held.partnerships_where(Permission.READ_RISKS)
    readable = Q(plan__partnership__in=readers, seen_by="")
    for grant in held.grants_of(Permission.READ_RESTRICTED_RISKS):
        named = Q(plan__partnership=grant.partnership_id, seen_by__contains=f"|{grant.role}|")
        if grant.role == Role.WORKSTREAM_LEAD:
            named &= Q(workstream=None) | Q(workstream__key=grant.scope_key)
        readable |= named
    return Risk.objects.filter(readable)


def sees_risk(held: Access, risk: Risk) -> bool:
    """The same for one risk and what somebody holds on a day."""
    place = risk.plan.partnership_id
    if not risk.is_restricted:
        return held.may(Permission.READ_RISKS, partnership_id=place)
    key = risk.workstream.key if risk.workstream else ""
    return any(
        grant.partnership_id == place
        and grant.role in risk.roles
        and (grant.role != Role.WORKSTREAM_LEAD or not key or grant.scope_key == key)
        for grant in held.grants_of(Permission.READ_RESTRICTED_RISKS)
    )


def require_risks(user: Any, plan: Plan) -> None:
    """Refuse whoever may read the plan but not its risks. Raises ``NotAllowed``."""
    access.require(user, Permission.READ_RISKS, partnership_id=plan.partnership_id)


def scope_of_risk(plan: Plan, workstream: Workstream | None) -> dict[str, Any]:
    """Where a risk stands, in the words that ``access`` asks for."""
    return {
        "partnership_id": plan.partnership_id,
        "workstream_key": workstream.key if workstream else None,
    }


def manages_risk(held: Access, risk: Risk) -> bool:
    """Whether somebody may change and close a risk that they see."""
    scope = scope_of_risk(risk.plan, risk.workstream)
    return sees_risk(held, risk) and held.may(Permission.MANAGE_RISK, **scope)


def may_own_risk(held: Access, risk: Risk) -> bool:
    """Whether somebody may be named as owner of a risk or of one of its mitigations."""
    place = risk.plan.partnership_id
    return sees_risk(held, risk) and held.may(Permission.OWN_RISK, partnership_id=place)


def reviews_risk(held: Access, risk: Risk, *, person_id: int | None) -> bool:
    """Whether somebody may review a risk and keep its mitigations: who manages it, and its owner."""
    if manages_risk(held, risk):
        return True
    return person_id == risk.owner_id and may_own_risk(held, risk)


def moves_risk(held: Access, risk: Risk, to_level: str, *, person_id: int | None) -> bool:
    """Whether somebody may bring a risk from its level to the next, or hand it back."""
    if not sees_risk(held, risk):
        return False
    place = risk.plan.partnership_id
    if risk.level == RiskLevel.EXECUTIVE:
        return held.may(Permission.RETURN_EXECUTIVE_RISK, partnership_id=place)
    if risk.level == RiskLevel.BOARD:
        return held.may(Permission.MOVE_BOARD_RISK, partnership_id=place)
    return to_level == RiskLevel.BOARD and reviews_risk(held, risk, person_id=person_id)


def ever_moves_risk(held: Access, risk: Risk, *, person_id: int | None) -> bool:
    """Whether somebody moves the risk from one of its levels, be it another than where it is now."""
    place = risk.plan.partnership_id
    of_higher = (Permission.MOVE_BOARD_RISK, Permission.RETURN_EXECUTIVE_RISK)
    if sees_risk(held, risk) and any(held.may(each, partnership_id=place) for each in of_higher):
        return True
    return risk.workstream is not None and reviews_risk(held, risk, person_id=person_id)


def require_mover(held: Access, risk: Risk, *, person_id: int | None) -> None:
    """Refuse whoever moves the risk from no level at all. Raises ``NotAllowed``."""
    if not ever_moves_risk(held, risk, person_id=person_id):
        raise NotAllowed("Your role does not let you move this risk.")


MOVED_FROM_THERE_BY: dict[RiskLevel, str] = {
    RiskLevel.WORKSTREAM: "It is with its workstream now. Its owner, the lead or the programme office "
    "escalates it from there.",
    RiskLevel.BOARD: "It is with the board now. A joint chair or the programme office moves it from there.",
    RiskLevel.EXECUTIVE: "It is with the Executive now. The Executive chair or the programme office "
    "hands it back from there.",
}
"""What is said to whoever moves a risk from another level than where it is."""
CLOSED = "This risk is closed. Raise a new one if it comes back."


def why_not_from_here(risk: Risk) -> str:
    """Why whoever moves the risk from another level, or moved it before it was closed, does not now."""
    return MOVED_FROM_THERE_BY[RiskLevel(risk.level)] if risk.state == RiskState.OPEN else CLOSED


def require_mover_from_here(held: Access, risk: Risk, *, person_id: int | None) -> None:
    """Refuse whoever moves the risk nowhere from where it is. Raises ``NotAllowed``."""
    require_mover(held, risk, person_id=person_id)
    if not any(moves_risk(held, risk, level, person_id=person_id) for level in RiskLevel):
        raise NotAllowed(why_not_from_here(risk))


def restrictable_roles() -> tuple[Role, ...]:
    """The roles that a restricted risk may name."""
    return tuple(role for role in Role if Permission.READ_RESTRICTED_RISKS in MATRIX[role].may)


def streams_of_risks(user: Any, plan: Plan) -> list[Workstream]:
    """The workstreams for which the person raises risks."""
    held = access.of(user)
    return [
        stream
        for stream in plan.workstreams.all()
        if held.may(Permission.MANAGE_RISK, **scope_of_risk(plan, stream))
    ]


def raises_risks(user: Any, plan: Plan) -> bool:
    """Whether the person raises risks anywhere in the plan."""
    held = access.of(user)
    return plan.partnership_id in held.partnerships_where(Permission.MANAGE_RISK)


def sets_risk_bands(user: Any, plan: Plan) -> bool:
    """Whether the person sets the bands of risk scores."""
    return access.of(user).may(Permission.SET_RISK_BANDS, partnership_id=plan.partnership_id)
