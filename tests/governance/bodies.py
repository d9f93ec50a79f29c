"""Groups in a small world, kept through the services."""

import datetime as dt
from typing import Any

from governance.models import Group, Membership
from governance.services import groups
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import PlanSection
from tests.factories.world import TODAY, World, at

NAMED = [
    {"key": "executive", "name": "Executive", "kind": "executive", "reports_to": []},
    {"key": "board", "name": "Board", "kind": "board", "reports_to": ["executive"]},
    {
        "key": "delivery",
        "name": "Delivery",
        "kind": "workstream",
        "reports_to": ["board"],
        "workstreams": ["PA1", "AI1"],
        "description": "To deliver.",
    },
]


def name_groups(world: World) -> None:
    """The plan names three groups."""
    section = PlanSection(plan=world.plan, key="groups", content=NAMED)
    save_audited(section, by=User.objects.system(), reason="Set up for a test")


def office(world: World) -> User:
    """Who keeps the groups."""
    return world.people[Role.PROGRAMME_OFFICE]


def kept(world: World) -> dict[str, Group]:
    """The plan's groups, taken over, by key."""
    name_groups(world)
    with at(TODAY):
        groups.take_over(plan=world.plan, by=office(world))
    return {group.key: group for group in world.plan.groups.all()}


def joined(
    group: Group, person: User | None, *, by: User, on: dt.date = TODAY, **changed: Any
) -> Membership:
    """Somebody sits in a group from a day."""
    given = {
        "capacity": "member",
        "organisation": "County council",
        "sector": "education",
        "starts_on": on,
    }
    with at(on):
        return groups.join(group=group, person=person, by=by, **(given | changed))
