"""Barriers are raised by a workstream, answered by who was asked, and closed with what came of it."""

import pytest

from governance.models import Barrier
from governance.services import barriers
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.barriers import IN_A_WEEK, answered, closed, raised

__all__ = ["built_world", "world"]


def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


def test_a_lead_raises_in_the_own_workstream_alone(world):
    barrier = raised(world)
    assert (barrier.key, barrier.state, barrier.raised_by) == ("B1", "open", lead(world))
    assert barrier.history.get().history_change_reason == f"Raised. Asked of: {barrier.owner}"
    with pytest.raises(NotAllowed):
        raised(world, "AI1")
    for role in set(Role) - {Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD}:
        with pytest.raises(NotAllowed):
            raised(world, by=world.people[role])


def test_the_same_press_twice_is_once(world):
    assert raised(world, submission_key="k") == raised(world, submission_key="k")
    assert Barrier.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ADVISER, Role.PARENT_CARER_REPRESENTATIVE])
def test_who_cannot_see_to_it_is_not_asked(world, role):
    with pytest.raises(RuleBroken) as caught:
        raised(world, owner=world.people[role])
    assert list(caught.value.errors) == ["owner"]


def test_who_was_asked_answers_and_so_does_the_office_but_not_who_asked(world):
    barrier = raised(world)
    for person in (lead(world), world.people[Role.BOARD_MEMBER], world.people[Role.ADVISER]):
        with pytest.raises(NotAllowed):
            answered(barrier, by=person)
    first = answered(barrier, by=barrier.owner)
    assert (first.state, first.answer, first.answered_by) == (
        "answered",
        "Room 4 from Monday.",
        barrier.owner,
    )
    second = answered(barrier, by=world.people[Role.PROGRAMME_OFFICE], answer="Room 5.")
    assert [row.answer for row in second.history.order_by("history_id")] == [
        "",
        "Room 4 from Monday.",
        "Room 5.",
    ]


def test_an_owner_who_is_only_a_member_answers_when_asked(world):
    member = world.people[Role.BOARD_MEMBER]
    assert answered(raised(world, owner=member), by=member).state == "answered"


def test_a_chair_says_who_sees_to_it(world):
    barrier, member = raised(world), world.people[Role.BOARD_MEMBER]
    given = {"owner": member, "needed_by": IN_A_WEEK, "base_version": 1}
    with at(TODAY):
        with pytest.raises(NotAllowed):
            barriers.assign_barrier(barrier=barrier, reason="So.", by=lead(world), **given)
        with pytest.raises(RuleBroken, match="Enter the reason"):
            barriers.assign_barrier(barrier=barrier, reason="", by=barrier.owner, **given)
        row = barriers.assign_barrier(
            barrier=barrier, reason="On leave.", by=barrier.owner, **given
        )
    assert row.owner == member
    assert row.history.latest("history_id").history_change_reason == f"On leave. Asked of: {member}"


def test_its_workstream_closes_it_with_what_came_of_it(world):
    barrier = raised(world)
    with pytest.raises(NotAllowed):
        closed(barrier, by=world.other_lead)
    with pytest.raises(RuleBroken, match="what came of it"):
        closed(barrier, by=lead(world), outcome=" ")
    assert closed(barrier, by=lead(world)).state == "closed"
    with pytest.raises(RuleBroken, match="closed"):
        answered(barrier, by=barrier.owner)


def test_the_second_of_two_is_told(world):
    barrier = raised(world)
    answered(barrier, by=barrier.owner)
    with pytest.raises(Conflict):
        answered(barrier, by=barrier.owner, answer="Other words", base_version=1)
    with pytest.raises(Conflict):
        closed(barrier, by=lead(world), base_version=1)
