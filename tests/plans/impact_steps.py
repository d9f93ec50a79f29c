"""Steps of rating impact, as the people of the world take them."""

from typing import Any

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import selectors
from plans.models import Evidence, ImpactDecision, ImpactRating, Milestone
from plans.services import impact
from tests.factories import models as make
from tests.factories.world import World
from tests.plans import signing_rows

REVIEW = "PA1.1-3"


def make_review(world: World, key: str = REVIEW, **values: Any) -> Milestone:
    """A review of PA1.1's impact, due on 30 September 2024 unless said otherwise."""
    given = {"action": world.actions["PA1.1"], "key": key, "position": 3, "kind": "impact_review"}
    return make.MilestoneFactory(**(given | values))


def shown_by(world: World, *kinds: str, **values: Any) -> list[Evidence]:
    """A piece of evidence of PA1.1 of each kind, added by the lead."""
    return [
        signing_rows.evidence(world, milestone=None, kind=kind, title=kind, **values)
        for kind in kinds
    ]


def propose(world: World, level: int | None = 1, *, by: User | None = None, **given: Any):
    """Propose a rating of PA1.1 for August, as the lead unless said otherwise."""
    action = given.pop("action", world.actions["PA1.1"])
    latest = ImpactRating.objects.filter(action=action).first()
    default = {
        "period": world.period(),
        "words": "Few have noticed.",
        "base_number": latest.number if latest else 0,
    }
    return impact.propose_impact(
        action=action,
        level=level,
        by=by or world.people[Role.WORKSTREAM_LEAD],
        **(default | given),
    )


def confirm(world: World, rating: ImpactRating, *, by: User | None = None, **given: Any):
    """Confirm exactly what is stored, as the joint chair unless said otherwise."""
    default = {"fingerprint": selectors.fingerprint_of_rating(fresh(rating))}
    return impact.confirm_impact(
        rating=rating, by=by or world.people[Role.JOINT_CHAIR], **(default | given)
    )


def send_back(
    world: World, rating: ImpactRating, *, by: User | None = None, **given: Any
) -> ImpactDecision:
    """Return a rating, as the joint chair unless said otherwise."""
    default = {"words": "Ask the families as well."}
    return impact.return_impact(
        rating=rating, by=by or world.people[Role.JOINT_CHAIR], **(default | given)
    )


def take_back(
    world: World, rating: ImpactRating, *, by: User | None = None, **given: Any
) -> ImpactDecision:
    """Take a rating back, as the lead unless said otherwise."""
    default = {"words": "The figures were of another school."}
    return impact.take_back_impact(
        rating=rating, by=by or world.people[Role.WORKSTREAM_LEAD], **(default | given)
    )


def fresh(rating: ImpactRating) -> ImpactRating:
    """The rating as it is stored now."""
    return ImpactRating.objects.get(pk=rating.pk)
