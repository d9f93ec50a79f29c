"""Barriers in a small world, raised through the services."""

import datetime as dt
from typing import Any

from governance.models import Barrier
from governance.policies.barriers import BarrierWords
from governance.services import barriers
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World, at

IN_A_WEEK = TODAY + dt.timedelta(days=7)
WORDS = {
    "title": "No room for the clinic",
    "effect": "Ten children wait.",
    "help_wanted": "A room on two days a week.",
    "needed_by": IN_A_WEEK,
}


def words(**changed: Any) -> BarrierWords:
    """What is said of a barrier."""
    return BarrierWords(**(WORDS | changed))


def raised(world: World, stream: str = "PA1", *, by: User | None = None, **given: Any) -> Barrier:
    """A barrier of a workstream, raised by the lead of PA1 and asked of a joint chair."""
    said = {name: given.pop(name) for name in list(given) if name in WORDS}
    default = {"owner": world.people[Role.JOINT_CHAIR]}
    with at(TODAY):
        return barriers.raise_barrier(
            plan=world.plan,
            workstream=world.workstreams[stream],
            words=words(**said),
            by=by or world.people[Role.WORKSTREAM_LEAD],
            **(default | given),
        )


def answered(barrier: Barrier, *, by: User, **changed: Any) -> Barrier:
    """The barrier answered."""
    now = Barrier.objects.get(pk=barrier.pk)
    given = {"answer": "Room 4 from Monday.", "base_version": now.version} | changed
    with at(TODAY):
        return barriers.answer_barrier(barrier=now, by=by, **given)


def closed(barrier: Barrier, *, by: User, **changed: Any) -> Barrier:
    """The barrier closed."""
    now = Barrier.objects.get(pk=barrier.pk)
    given = {"outcome": "The clinic is held.", "base_version": now.version} | changed
    with at(TODAY):
        return barriers.close_barrier(barrier=now, by=by, **given)
