"""My return, for who leads several workstreams."""

import pytest

from hertsend.accounts.roles import Role
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import steps
from tests.governance.returning import LEAD, Desk
from tests.governance.views.test_my_return import address, browser

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


class TestSeveralWorkstreams:
    """A lead of two workstreams comes to the one that is owed, and sees the other."""

    @pytest.fixture
    def both(self, world):
        make.RoleAssignmentFactory(
            user=world.people[LEAD],
            partnership=world.partnership,
            role=Role.WORKSTREAM_LEAD,
            scope_key="AI1",
        )
        return browser(world.people[LEAD])

    def led_to(self, world, client):
        return client.get(f"/plans/{world.plan.slug}/returns/").headers["Location"]

    def test_the_first_that_is_still_owed_comes_first(self, world, both):
        assert self.led_to(world, both) == address(world)
        steps.advance(world, TODAY)
        desk = Desk(world)
        for key in ("PA1.1-1", "PA1.1-2"):
            desk.save(key)
        desk.submit()
        assert self.led_to(world, both) == address(world, stream="AI1")
        # Who leads this one alone stays with it.
        alone = browser(world.person(Role.WORKSTREAM_LEAD, "PA1"))
        assert self.led_to(world, alone) == address(world)

    def test_the_other_is_linked_in_the_head_of_the_page(self, world, both):
        words = both.get(address(world)).content.decode()
        name = world.workstreams["AI1"].name
        assert (
            f'<a class="govuk-link" href="{address(world, stream="AI1")}">AI1: {name}</a>' in words
        )
        assert "(still to hand in)" in words
        alone = browser(world.person(Role.WORKSTREAM_LEAD, "PA1"))
        assert "You also lead" not in alone.get(address(world)).content.decode()
