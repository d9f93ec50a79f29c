"""Escalations: one at a time, answered by the Executive, withdrawn by who escalated."""

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import Escalation
from tests.factories.exceptions import Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, noon

__all__ = ["built_world", "world"]

EXECUTIVE = {Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER}
CHALLENGERS = {Role.JOINT_CHAIR, Role.BOARD_MEMBER, *EXECUTIVE}


@pytest.fixture
def said(world):
    said = Said(world)
    said.off_track()
    return said


@pytest.mark.parametrize("role", CHALLENGERS)
def test_boards_and_executive_escalate(world, said, role):
    raised = said.escalate(role, " Nothing moves. ")
    assert (raised.number, raised.reason, raised.state, raised.escalated_by) == (
        1,
        "Nothing moves.",
        "open",
        world.people[role],
    )
    assert raised.history.get().history_change_reason == (
        "Escalated to the Executive: Nothing moves."
    )


@pytest.mark.parametrize("role", set(Role) - CHALLENGERS)
def test_others_do_not(said, role):
    with pytest.raises(NotAllowed):
        said.escalate(role)
    assert not Escalation.objects.exists()


def test_it_needs_a_reason_and_an_exception(world, said):
    with pytest.raises(RuleBroken) as refusal:
        said.escalate(reason=" ")
    assert set(refusal.value.errors) == {"reason"}
    with pytest.raises(RuleBroken):
        Said(world, "PA1.1-2").escalate()


def test_one_at_a_time(said):
    first = said.escalate()
    with pytest.raises(Conflict, match="with the Executive already"):
        said.escalate(Role.JOINT_CHAIR)
    said.respond(first)
    assert said.escalate(Role.JOINT_CHAIR).number == 2


@pytest.mark.parametrize("role", EXECUTIVE)
def test_the_executive_answers_and_says_who_acts(world, said, role):
    answered = said.respond(said.escalate(), role, response=" Seen to. ")
    assert (
        answered.state,
        answered.response,
        answered.who_acts,
        answered.ended_by,
        answered.ended_at,
        answered.version,
    ) == ("answered", "Seen to.", "The director", world.people[role], noon(TODAY), 2)
    assert answered.history.latest().history_change_reason == "Seen to."


@pytest.mark.parametrize("role", set(Role) - EXECUTIVE)
def test_others_do_not_answer(said, role):
    raised = said.escalate()
    with pytest.raises(NotAllowed):
        said.respond(raised, role)
    assert Escalation.objects.get().state == "open"


def test_nobody_answers_their_own_escalation(said):
    raised = said.escalate(Role.EXECUTIVE_MEMBER)
    with pytest.raises(RuleBroken) as refusal:
        said.respond(raised, Role.EXECUTIVE_MEMBER)
    assert refusal.value.errors == {
        "": ["You escalated this, so another member of the Executive answers."]
    }
    assert said.respond(raised).state == "answered"


def test_an_answer_needs_words_and_who_acts(said):
    raised = said.escalate()
    with pytest.raises(RuleBroken) as refusal:
        said.respond(raised, response="", who_acts=" ")
    assert set(refusal.value.errors) == {"response", "who_acts"}


def test_who_escalated_withdraws_it_with_the_reason(world, said):
    taken = said.take_back(said.escalate())
    assert (taken.state, taken.response, taken.who_acts, taken.ended_by) == (
        "withdrawn",
        "It moves again.",
        "",
        world.people[Role.BOARD_MEMBER],
    )


@pytest.mark.parametrize("role", set(Role) - {Role.BOARD_MEMBER})
def test_nobody_else_withdraws_it(said, role):
    raised = said.escalate()
    with pytest.raises(NotAllowed):
        said.take_back(raised, role)
    assert Escalation.objects.get().state == "open"


def test_a_withdrawal_needs_its_reason(said):
    raised = said.escalate()
    with pytest.raises(RuleBroken) as refusal:
        said.take_back(raised, words="")
    assert refusal.value.errors == {"words": ["Enter the reason."]}


def test_it_ends_once(said):
    raised = said.escalate()
    said.respond(raised)
    with pytest.raises(Conflict):
        said.take_back(raised)
    with pytest.raises(RuleBroken) as refusal:
        said.take_back(raised, base_version=2)
    assert refusal.value.errors == {"": ["This escalation is answered already."]}
    with pytest.raises(Conflict):
        said.respond(raised)


def test_pressing_twice_is_harmless(said):
    raised = said.escalate(submission_key="one")
    assert said.escalate(submission_key="one") == raised
    answered = said.respond(raised, submission_key="two")
    assert said.respond(raised, submission_key="two") == answered
    again = said.escalate()
    taken = said.take_back(again, submission_key="three")
    assert said.take_back(again, submission_key="three") == taken
    assert answered.history.count() == taken.history.count() == 2
