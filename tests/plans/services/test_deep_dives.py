"""Deep dives: asked for by boards, ended once, and never by whoever they look into."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import DeepDive
from tests.factories import models as make
from tests.factories.exceptions import Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, noon

__all__ = ["built_world", "world"]

CHALLENGERS = {Role.JOINT_CHAIR, Role.BOARD_MEMBER, Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER}


@pytest.fixture
def said(world):
    said = Said(world)
    said.off_track()
    return said


@pytest.mark.parametrize("role", CHALLENGERS)
def test_boards_and_executive_ask_for_one(world, said, role):
    dive = said.dive(role, reason=" Why? ")
    assert (dive.number, dive.planned_on, dive.reason, dive.state, dive.asked_by) == (
        1,
        TODAY,
        "Why?",
        "planned",
        world.people[role],
    )
    entry = dive.history.get()
    assert (entry.history_user, entry.history_change_reason) == (
        world.people[role],
        "Deep dive asked for: Why?",
    )


@pytest.mark.parametrize("role", set(Role) - CHALLENGERS)
def test_others_do_not(said, role):
    with pytest.raises(NotAllowed):
        said.dive(role)
    assert not DeepDive.objects.exists()


def test_it_needs_a_day_a_reason_and_an_exception(world, said):
    with pytest.raises(RuleBroken) as refusal:
        said.dive(planned_on=None, reason="")
    assert set(refusal.value.errors) == {"planned_on", "reason"}
    with pytest.raises(RuleBroken):
        Said(world, "PA1.1-2").dive()
    assert not DeepDive.objects.exists()


@pytest.mark.parametrize("becomes", ["held", "cancelled"])
@pytest.mark.parametrize("role", [*CHALLENGERS, Role.PROGRAMME_OFFICE])
def test_what_became_of_it_is_recorded_with_who_and_when(world, said, role, becomes):
    dive = said.end_dive(said.dive(), role, becomes=becomes)
    assert (dive.state, dive.outcome, dive.ended_by, dive.ended_at, dive.version) == (
        becomes,
        "Two posts are vacant.",
        world.people[role],
        noon(TODAY),
        2,
    )
    assert dive.history.latest().history_change_reason == "Two posts are vacant."


@pytest.mark.parametrize("role", set(Role) - CHALLENGERS - {Role.PROGRAMME_OFFICE})
def test_others_do_not_end_it(said, role):
    dive = said.dive()
    with pytest.raises(NotAllowed):
        said.end_dive(dive, role)
    assert DeepDive.objects.get().state == "planned"


def test_nobody_ends_a_dive_into_what_they_reported_in_any_role(world, said):
    lead = world.people[Role.WORKSTREAM_LEAD]
    make.RoleAssignmentFactory(user=lead, partnership=world.partnership, role=Role.BOARD_MEMBER)
    dive = said.dive()
    with pytest.raises(NotAllowed, match="You reported on this milestone"):
        said.end_dive(dive, lead, becomes="cancelled")
    said.report(Role.PROGRAMME_OFFICE)
    with pytest.raises(NotAllowed, match="You reported on this milestone"):
        said.end_dive(dive)
    assert DeepDive.objects.get().state == "planned"
    assert said.end_dive(dive, Role.BOARD_MEMBER).state == "held"


def test_who_asked_for_it_may_cancel_it_whatever_they_reported(world, said):
    lead = world.people[Role.WORKSTREAM_LEAD]
    make.RoleAssignmentFactory(user=lead, partnership=world.partnership, role=Role.BOARD_MEMBER)
    assert said.end_dive(said.dive(lead), lead, becomes="cancelled").state == "cancelled"


def test_it_ends_once(said):
    dive = said.dive()
    said.end_dive(dive)
    with pytest.raises(Conflict):
        said.end_dive(dive, becomes="cancelled")
    with pytest.raises(RuleBroken) as refusal:
        said.end_dive(dive, becomes="cancelled", base_version=2)
    assert refusal.value.errors == {"": ["This deep dive is held already."]}
    assert DeepDive.objects.get().state == "held"


def test_it_was_not_held_before_its_day(said):
    dive = said.dive(planned_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(RuleBroken) as refusal:
        said.end_dive(dive)
    assert set(refusal.value.errors) == {"becomes"}


def test_pressing_twice_is_harmless(said):
    dive = said.dive(submission_key="one")
    assert said.dive(submission_key="one") == dive
    ended = said.end_dive(dive, submission_key="two")
    assert said.end_dive(dive, submission_key="two") == ended
    assert ended.history.count() == 2
