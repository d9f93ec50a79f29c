"""Risks in a small world, raised through the services."""

import datetime as dt
from typing import Any

from governance.models import Mitigation, Risk, RiskReview
from governance.policies.risks import RiskWords, Score
from governance.services import mitigations, risks
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World, at

WORDS = {
    "event": "New assessments wait longer than 20 weeks",
    "cause": "Two posts are vacant.",
    "effect": "Children get their plans late.",
    "inherent_likelihood": 4,
    "inherent_impact": 5,
    "target_likelihood": 2,
    "target_impact": 3,
    "controls": "A weekly list.",
    "gaps": "No cover in August.",
}
RESTRICTED = (Role.PROGRAMME_OFFICE, Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER)
IN_A_MONTH = TODAY + dt.timedelta(days=30)


def words(**changed: Any) -> RiskWords:
    """What is said of a risk."""
    return RiskWords(**(WORDS | changed))


def raised(
    world: World, stream: str = "PA1", *, by: User | None = None, on: dt.date = TODAY, **given: Any
) -> Risk:
    """A risk of a workstream (of the whole partnership for ""), owned by the lead of PA1."""
    said = {name: given.pop(name) for name in list(given) if name in WORDS}
    default = {"current": Score(3, 4), "owner": world.people[Role.WORKSTREAM_LEAD]}
    with at(on):
        return risks.raise_risk(
            plan=world.plan,
            workstream=world.workstreams[stream] if stream else None,
            words=words(**said),
            by=by or world.people[Role.PROGRAMME_OFFICE],
            **(default | given),
        )


def restricted(world: World, stream: str = "AI1", **given: Any) -> Risk:
    """A risk that the programme office and the Executive see."""
    default = {"seen_by": RESTRICTED, "owner": world.people[Role.EXECUTIVE_CHAIR]}
    return raised(world, stream, **(default | given))


def reviewed(risk: Risk, *, by: User, on: dt.date = TODAY, **changed: Any) -> RiskReview:
    """The risk scored anew."""
    given = {"score": Score(3, 4), "words": "Nothing changed."} | changed
    now = Risk.objects.get(pk=risk.pk)
    with at(on):
        return risks.review_risk(risk=now, base_version=now.version, by=by, **given)


def moved(risk: Risk, to_level: str, *, by: User, on: dt.date = TODAY) -> Risk:
    """The risk brought to another level."""
    now = Risk.objects.get(pk=risk.pk)
    with at(on):
        risks.move_risk(
            risk=now, to_level=to_level, reason="Beyond us.", base_version=now.version, by=by
        )
    return Risk.objects.get(pk=risk.pk)


def mitigated(risk: Risk, *, by: User, on: dt.date = TODAY, **changed: Any) -> Mitigation:
    """Something that is done against the risk."""
    given = {"text": "Fill both posts.", "owner": risk.owner, "due_on": IN_A_MONTH} | changed
    with at(on):
        return mitigations.add_mitigation(risk=risk, by=by, **given)
