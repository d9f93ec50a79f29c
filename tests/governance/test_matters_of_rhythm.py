"""That the rhythm is to be assessed waits for the executive's chair, and is told the next morning."""

import datetime as dt

import pytest

from governance import matters
from governance.services import rhythm
from hertsend.accounts.roles import Role
from tests.factories.matters import asked
from tests.factories.shared import built_world, world
from tests.factories.world import at
from tests.governance import steps
from tests.governance.rhythm import promise

__all__ = ["built_world", "world"]
FROZEN = steps.SEPTEMBER_FREEZES
NEXT_DAY = FROZEN + dt.timedelta(days=1)


@pytest.fixture
def reported(world):
    """The plan promises an assessment after three months, and these are frozen."""
    promise(world)
    steps.advance(world, FROZEN)
    return world


def waiting(world, on):
    return matters.rhythm(asked(world.plan, on=on, held_on=on))


def test_it_waits_for_the_chair_alone(reported):
    chair = reported.people[Role.EXECUTIVE_CHAIR]
    found = waiting(reported, FROZEN)
    assert list(found) == [chair.pk]
    (matter,) = found[chair.pk]
    assert matter.sentence == "How often the executive meets is to be assessed"
    assert matter.detail == "July 2024 to September 2024 are reported, since 9 October 2024"
    assert matter.path == f"/plans/{reported.plan.slug}/calendar/rhythm/decide/"


@pytest.mark.parametrize(
    ("on", "told_on"),
    [(FROZEN, None), (NEXT_DAY, NEXT_DAY), (dt.date(2024, 10, 15), dt.date(2024, 10, 14))],
)
def test_it_is_told_the_next_morning_and_then_on_mondays(reported, on, told_on):
    ((matter,),) = waiting(reported, on).values()
    assert (matter.step.day if matter.step else None) == told_on


def test_it_waits_no_longer_once_decided_and_not_before(reported):
    assert waiting(reported, FROZEN - dt.timedelta(days=1)) == {}
    with at(NEXT_DAY):
        rhythm.decide_rhythm(
            plan=reported.plan,
            rhythm="monthly",
            from_month=dt.date(2024, 10, 1),
            reason="As before.",
            base_number=0,
            by=reported.people[Role.EXECUTIVE_CHAIR],
        )
    assert waiting(reported, NEXT_DAY) == {}


def test_a_plan_that_promises_nothing_asks_nothing(world):
    steps.advance(world, FROZEN)
    assert waiting(world, NEXT_DAY) == {}


def test_it_takes_the_same_queries_for_any_number_of_chairs(reported, django_assert_num_queries):
    for _ in range(3):
        reported.person(Role.EXECUTIVE_CHAIR)
    with django_assert_num_queries(5):
        assert len(waiting(reported, NEXT_DAY)) == 4
