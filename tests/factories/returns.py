"""Returns that were handed in and accepted, for tests in which nobody is to be chased for them."""

import pytest

from governance.models import Return
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, World, noon


def hand_in_all(world: World) -> None:
    """Every return of the world's plan is in, and was accepted by the programme office."""
    for period in world.plan.periods.all():
        for workstream in world.plan.workstreams.all():
            row = Return(
                period=period,
                workstream=workstream,
                state="accepted",
                version=2,
                submitted_by=world.people[Role.WORKSTREAM_LEAD],
                submitted_at=noon(TODAY),
                decided_by=world.people[Role.PROGRAMME_OFFICE],
                decided_at=noon(TODAY),
            )
            save_audited(row, by=User.objects.system(), reason="Set up for a test")


@pytest.fixture
def _returns_are_in(world):
    """Nobody is chased for a return here, so that what is left to be told is the plan's own."""
    for each in (world, world.foreign):
        hand_in_all(each)
