"""What families said waits for the programme office until it is published."""

import datetime as dt

import pytest

from governance import matters
from hertsend.accounts.roles import Role
from tests.access.feedback import answered, approved, enter, published
from tests.factories.matters import asked
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def waiting(world, on=TODAY):
    return matters.feedback(asked(world.plan, on=on, held_on=on))


def test_it_says_what_comes_next_and_none_of_the_words(world):
    families, office = (
        world.people[Role.PARENT_CARER_REPRESENTATIVE],
        world.people[Role.PROGRAMME_OFFICE],
    )
    enter(world, by=families)
    answered(world, enter(world, by=families))
    approved(world, enter(world, by=families))
    published(world, enter(world, by=families))
    found = waiting(world)
    assert list(found) == [office.pk]
    assert [matter.sentence for matter in found[office.pk]] == [
        "Entry 1 of “You said, we did” waits for an answer",
        "Entry 2 of “You said, we did” waits for approval",
        "Entry 3 of “You said, we did” can be published",
    ]
    assert found[office.pk][0].path == f"/plans/{world.plan.slug}/you-said-we-did/entries/1/"


def test_it_is_told_the_next_morning(world):
    enter(world, by=world.people[Role.WORKSTREAM_LEAD])
    for on, told_on in ((TODAY, None), (TOMORROW, TOMORROW)):
        ((matter,),) = waiting(world, on).values()
        assert (matter.step.day if matter.step else None) == told_on


def test_nothing_waits_for_anybody_and_the_queries_stay(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert waiting(world) == {}
    for _ in range(3):
        enter(world, by=world.people[Role.WORKSTREAM_LEAD])
    with django_assert_num_queries(2):
        assert len(waiting(world)[world.people[Role.PROGRAMME_OFFICE].pk]) == 3
