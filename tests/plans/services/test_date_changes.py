"""Agreed dates: the published date stays, and nobody decides their own request."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed, RuleBroken
from plans.models import DateChange
from plans.services import date_changes
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon

__all__ = ["built_world", "world"]

LATER = dt.date(2024, 12, 20)


@pytest.fixture
def agree(world):
    def agreeing(key="PA1.1-1", *, by=Role.JOINT_CHAIR, **changes):
        sound = {
            "agreed_on": LATER,
            "reason": " Recruitment took longer. ",
            "requested_by": world.people[Role.WORKSTREAM_LEAD],
            "decision": " The board agrees. ",
        }
        person = world.people[by] if isinstance(by, Role) else by
        with at(TODAY):
            return date_changes.agree_date(
                milestone=world.milestone(key), by=person, **sound | changes
            )

    return agreeing


def test_the_agreed_date_is_in_force_and_the_published_one_stays(world, agree):
    change = agree()
    assert (change.number, change.agreed_on, change.reason, change.decision, change.at) == (
        1,
        LATER,
        "Recruitment took longer.",
        "The board agrees.",
        noon(TODAY),
    )
    assert change.decided_by == world.people[Role.JOINT_CHAIR]
    assert change.requested_by == world.people[Role.WORKSTREAM_LEAD]
    row = type(world.milestone()).objects.with_dates().get(pk=world.milestone().pk)
    assert (row.due_on, row.agreed_on, row.date_in_force, row.moves) == (
        dt.date(2024, 9, 30),
        LATER,
        LATER,
        1,
    )


def test_it_counts_as_a_change_of_the_milestone_with_who_and_why(world, agree):
    agree()
    milestone = world.milestone()
    entry = milestone.history.latest()
    assert milestone.version == 1
    assert entry.history_user == world.people[Role.JOINT_CHAIR]
    assert entry.history_change_reason == ("New date agreed: 20 December 2024. The board agrees.")


def test_each_further_move_is_counted(agree):
    assert [agree(agreed_on=LATER + dt.timedelta(days=n)).number for n in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
def test_only_a_joint_chair_decides(agree, role):
    with pytest.raises(NotAllowed):
        agree(by=role)
    assert not DateChange.objects.exists()


def test_only_for_the_chairs_own_area(world, agree):
    with pytest.raises(NotAllowed):
        agree("AI1.1-1")
    with pytest.raises(NotAllowed):
        agree(by=world.foreign.people[Role.JOINT_CHAIR])
    assert not DateChange.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": " "}, "reason"), ({"decision": ""}, "decision")],
)
def test_both_reasons_are_needed(world, agree, changes, field):
    with pytest.raises(RuleBroken) as refusal:
        agree(**changes)
    assert set(refusal.value.errors) == {field}
    assert world.milestone().version == 0


def test_nobody_decides_their_own_request(world, agree):
    with pytest.raises(RuleBroken) as refusal:
        agree(requested_by=world.people[Role.JOINT_CHAIR])
    assert refusal.value.errors == {"": ["Nobody decides their own request."]}
    assert agree(requested_by=world.people[Role.JOINT_CHAIR], by=world.second_chair).number == 1


def test_what_was_signed_off_does_not_move(world, agree):
    world.propose()
    milestone = world.milestone()
    milestone.stage = "signed_off"
    milestone.save_base(raw=True)
    with pytest.raises(RuleBroken) as refusal:
        agree()
    assert refusal.value.errors == {"agreed_on": ["This milestone is signed off."]}


def test_a_milestone_without_a_day_gets_one_by_agreement(world, agree):
    make.MilestoneFactory(
        action=world.actions["PA1.1"], key="TBD", due_on=None, precision="tbd", due_text="TBD"
    )
    agree("TBD")
    row = type(world.milestone()).objects.with_overdue(LATER + dt.timedelta(days=1)).get(key="TBD")
    assert (row.due_on, row.date_in_force, row.is_overdue) == (None, LATER, True)
