"""Requests for new dates: asked by the lead, decided once by somebody else on what was shown."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import DateChange, DateChangeRequest
from plans.selectors.date_requests import requester_ids
from tests.factories import models as make
from tests.factories.exceptions import ASKED_FOR, REQUEST, Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon

__all__ = ["built_world", "world"]

NOT_YOUR_OWN = {"": ["Nobody decides their own request."]}
ASKERS = {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}


@pytest.fixture
def said(world):
    return Said(world)


def test_a_request_is_kept_with_who_and_why(world, said):
    asked = said.request(reason="  Recruitment took longer. ")
    lead = world.people[Role.WORKSTREAM_LEAD]
    assert (asked.number, asked.state, asked.version, asked.requested_by, asked.requested_at) == (
        1,
        "open",
        1,
        lead,
        noon(TODAY),
    )
    assert (asked.asked_for_on, asked.reason, asked.effect_on_others) == (
        ASKED_FOR,
        REQUEST["reason"],
        REQUEST["effect_on_others"],
    )
    assert [row.key for row in asked.affected.all()] == ["PA1.1-2"]
    entry = asked.history.get()
    assert (entry.history_user, entry.history_change_reason) == (lead, REQUEST["reason"])
    assert (world.milestone().version, DateChange.objects.count()) == (0, 0)


def test_the_office_asks_for_the_post_that_leads(world, said):
    assert said.request(Role.PROGRAMME_OFFICE).on_behalf_of == world.posts["PA1"]


@pytest.mark.parametrize("role", set(Role) - ASKERS)
def test_others_do_not_ask(said, role):
    with pytest.raises(NotAllowed):
        said.request(role)
    assert not DateChangeRequest.objects.exists()


def test_a_request_with_a_part_missing_or_unknown_milestones_is_refused(world, said):
    foreign = world.foreign.milestones["PA1.1-1"]
    foreign.key = "FOREIGN"
    foreign.save_base(raw=True)
    with pytest.raises(RuleBroken) as refusal:
        said.request(asked_for_on=None, reason="", affected=("FOREIGN",))
    assert set(refusal.value.errors) == {"asked_for_on", "reason", "affected"}
    assert not DateChangeRequest.objects.exists()


def test_a_second_request_waits_until_the_first_is_over(said):
    first = said.request()
    for base in (0, 1):
        with pytest.raises(Conflict) as conflict:
            said.request(Role.PROGRAMME_OFFICE, base_version=base)
        assert conflict.value.submitted["reason"] == REQUEST["reason"]
    said.decide(first, becomes="refused")
    assert said.request(base_version=1).number == 2


def test_who_did_not_see_the_last_request_is_told_of_it(said):
    said.withdraw(said.request())
    with pytest.raises(Conflict):
        said.request(base_version=0)


def test_a_grant_moves_the_date_in_force_and_nothing_else(world, said):
    granted = said.decide(said.request())
    chair = world.people[Role.JOINT_CHAIR]
    assert (
        granted.state,
        granted.decision,
        granted.decided_by,
        granted.decided_at,
        granted.version,
    ) == ("granted", "The board agrees.", chair, noon(TODAY), 2)
    change = DateChange.objects.get()
    assert granted.granted == change
    assert (change.agreed_on, change.reason, change.decision) == (
        ASKED_FOR,
        REQUEST["reason"],
        "The board agrees.",
    )
    assert (change.requested_by, change.decided_by) == (world.people[Role.WORKSTREAM_LEAD], chair)
    row = type(world.milestone()).objects.with_dates().get(pk=world.milestone().pk)
    assert (row.due_on, row.date_in_force, row.moves) == (dt.date(2024, 9, 30), ASKED_FOR, 1)
    assert granted.history.latest().history_change_reason == "The board agrees."


def test_a_refusal_leaves_every_date_where_it_was(world, said):
    refused = said.decide(said.request(), becomes="refused", decision="Catch up instead.")
    assert (refused.state, refused.decision, refused.granted) == (
        "refused",
        "Catch up instead.",
        None,
    )
    assert not DateChange.objects.exists()
    assert world.milestone().version == 0


@pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
def test_only_a_joint_chair_decides(said, role):
    asked = said.request()
    with pytest.raises(NotAllowed):
        said.decide(asked, role)
    assert DateChangeRequest.objects.get().state == "open"


def test_only_for_the_chairs_own_area_and_partnership(world):
    said = Said(world, "AI1.1-1")
    asked = said.request(world.other_lead, affected=())
    for chair in (Role.JOINT_CHAIR, world.foreign.people[Role.JOINT_CHAIR]):
        with pytest.raises(NotAllowed):
            said.decide(asked, chair)
    assert DateChangeRequest.objects.get().state == "open"


def make_chair(world, person):
    make.RoleAssignmentFactory(
        user=person, partnership=world.partnership, role=Role.JOINT_CHAIR, scope_key="PA1"
    )
    return person


def test_nobody_decides_their_own_request_in_any_role(world, said):
    lead = make_chair(world, world.people[Role.WORKSTREAM_LEAD])
    asked = said.request(lead)
    with pytest.raises(RuleBroken) as refusal:
        said.decide(asked, lead)
    assert refusal.value.errors == NOT_YOUR_OWN
    assert said.decide(asked).state == "granted"


def test_nor_what_the_office_asked_for_them(world, said):
    lead = make_chair(world, world.people[Role.WORKSTREAM_LEAD])
    holder = make_chair(world, world.person(Role.BOARD_MEMBER))
    make.PostHoldingFactory(post=world.posts["PA1"], user=holder)
    asked = said.request(Role.PROGRAMME_OFFICE)
    for person in (lead, holder):
        with pytest.raises(RuleBroken) as refusal:
            said.decide(asked, person, becomes="refused")
        assert refusal.value.errors == NOT_YOUR_OWN
    assert said.decide(asked).state == "granted"


def test_those_asked_for_are_who_held_the_post_then_or_hold_it_now(world, said):
    with at(TODAY):
        asked = said.request(Role.PROGRAMME_OFFICE)
    gone = make.PostHoldingFactory(
        post=world.posts["PA1"], ends_on=TODAY + dt.timedelta(days=1)
    ).user
    come = make.PostHoldingFactory(
        post=world.posts["PA1"], starts_on=TODAY + dt.timedelta(days=2)
    ).user
    later = requester_ids(asked, on=TODAY + dt.timedelta(days=3))
    office, lead = world.people[Role.PROGRAMME_OFFICE], world.people[Role.WORKSTREAM_LEAD]
    assert later == {office.pk, lead.pk, gone.pk, come.pk}
    own = Said(world, "PA1.1-2").request(affected=())
    assert requester_ids(own, on=TODAY) == {lead.pk}


def test_a_decision_is_on_exactly_what_was_shown(world, said):
    shown = said.request()
    changed = said.change(shown, asked_for_on=ASKED_FOR + dt.timedelta(days=90))
    assert (changed.number, changed.state, changed.version) == (2, "open", 1)
    with pytest.raises(Conflict) as conflict:
        said.decide(shown)
    assert conflict.value.submitted == {"becomes": "granted", "decision": "The board agrees."}
    shown.refresh_from_db()
    assert (shown.state, shown.decision, shown.asked_for_on) == (
        "withdrawn",
        "Replaced by request 2.",
        ASKED_FOR,
    )
    assert not DateChange.objects.exists()
    assert said.decide(changed).granted.agreed_on == ASKED_FOR + dt.timedelta(days=90)


def test_a_withdrawn_request_is_not_decided_and_a_decided_one_not_withdrawn(said):
    asked = said.request()
    assert said.withdraw(asked).state == "withdrawn"
    with pytest.raises(Conflict):
        said.decide(asked)
    again = said.request(base_version=1)
    said.decide(again, becomes="refused")
    for act in (said.withdraw, said.change):
        with pytest.raises(Conflict):
            act(again)
        with pytest.raises(RuleBroken) as refusal:
            act(again, base_version=2)
        assert refusal.value.errors == {"": ["This request is refused already."]}
    assert not DateChange.objects.exists()


@pytest.mark.parametrize("person", ["other_lead", Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR])
def test_only_who_asked_changes_or_withdraws(world, said, person):
    by = (
        getattr(world, person)
        if isinstance(person, str) and not isinstance(person, Role)
        else person
    )
    asked = said.request()
    for act in (said.withdraw, said.change):
        with pytest.raises(NotAllowed):
            act(asked, by)
    assert DateChangeRequest.objects.get().state == "open"


def test_a_date_that_has_passed_while_it_waited_can_only_be_refused(said):
    asked = said.request(asked_for_on=TODAY)
    tomorrow = TODAY + dt.timedelta(days=1)
    with pytest.raises(RuleBroken) as refusal:
        said.decide(asked, on=tomorrow)
    assert set(refusal.value.errors) == {"becomes"}
    assert said.decide(asked, on=tomorrow, becomes="refused").state == "refused"


def test_a_decision_needs_its_reason(said):
    asked = said.request()
    with pytest.raises(RuleBroken) as refusal:
        said.decide(asked, decision=" ")
    assert refusal.value.errors == {"decision": ["Enter the reason for the decision."]}


def test_what_was_withdrawn_meanwhile_gets_no_new_date(world, said):
    asked = said.request()
    milestone = world.milestone()
    milestone.stage = "withdrawn"
    milestone.save_base(raw=True)
    with pytest.raises(RuleBroken) as refusal:
        said.decide(asked)
    assert refusal.value.errors == {"": ["This milestone is withdrawn."]}
    assert said.decide(asked, becomes="refused").state == "refused"


def test_a_milestone_without_a_day_gets_one_the_same_way(world):
    make.MilestoneFactory(
        action=world.actions["PA1.1"], key="TBD", due_on=None, precision="tbd", due_text="TBD"
    )
    said = Said(world, "TBD")
    said.decide(said.request())
    row = type(world.milestone()).objects.with_dates().get(plan=world.plan, key="TBD")
    assert (row.due_on, row.date_in_force, row.moves) == (None, ASKED_FOR, 1)


def test_pressing_twice_is_harmless(said):
    asked = said.request(submission_key="one")
    assert said.request(submission_key="one") == asked
    changed = said.change(asked, submission_key="two", reason="Other words.")
    assert said.change(asked, submission_key="two", reason="Other words.") == changed
    decided = said.decide(changed, submission_key="three")
    assert said.decide(changed, submission_key="three") == decided
    with pytest.raises(Conflict):
        said.decide(changed, becomes="refused", submission_key="three")
    again = said.request(base_version=2, asked_for_on=ASKED_FOR + dt.timedelta(days=9))
    withdrawn = said.withdraw(again, submission_key="four")
    assert said.withdraw(again, submission_key="four") == withdrawn
    assert (DateChange.objects.count(), withdrawn.history.count()) == (1, 2)
