"""Questions and answers: who may ask, who answers, and nobody themselves."""

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import ExceptionAnswer, ExceptionQuestion
from tests.factories import models as make
from tests.factories.exceptions import Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, noon

__all__ = ["built_world", "world"]

ASKERS = {Role.JOINT_CHAIR, Role.BOARD_MEMBER, Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER}
ANSWERERS = {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}


@pytest.fixture
def said(world):
    said = Said(world)
    said.off_track()
    return said


@pytest.mark.parametrize("role", ASKERS)
def test_boards_and_executive_ask(world, said, role):
    question = said.ask(role, " Why again? ")
    assert (question.number, question.words, question.by, question.at, question.report) == (
        1,
        "Why again?",
        world.people[role],
        noon(TODAY),
        None,
    )


@pytest.mark.parametrize("role", set(Role) - ASKERS)
def test_others_do_not(said, role):
    with pytest.raises(NotAllowed):
        said.ask(role)
    assert not ExceptionQuestion.objects.exists()


def test_nor_does_a_board_member_of_another_partnership(world, said):
    with pytest.raises(NotAllowed):
        said.ask(world.foreign.people[Role.BOARD_MEMBER])


def test_a_question_keeps_the_report_that_could_be_read(said):
    report = said.report()
    question = said.ask()
    said.report(base_version=1, cause="Later.")
    assert ExceptionQuestion.objects.get(pk=question.pk).report == report


def test_a_question_needs_words_and_an_exception(world, said):
    with pytest.raises(RuleBroken) as refusal:
        said.ask(words=" ")
    assert set(refusal.value.errors) == {"words"}
    with pytest.raises(RuleBroken) as refusal:
        Said(world, "PA1.1-2").ask()
    assert refusal.value.errors == {"": ["This milestone is neither overdue nor off track."]}


def test_what_was_reported_as_an_exception_is_one(world):
    """A lead reports before the return is sent, so before the milestone is rated red."""
    said = Said(world, "PA1.1-2")
    said.report()
    assert said.ask().number == 1


@pytest.mark.parametrize("role", ANSWERERS)
def test_the_lead_or_the_office_answers(world, said, role):
    answer = said.answer(said.ask(), role, " Because. ")
    assert (answer.number, answer.words, answer.by, answer.at) == (
        1,
        "Because.",
        world.people[role],
        noon(TODAY),
    )
    post = world.posts["PA1"] if role == Role.PROGRAMME_OFFICE else None
    assert answer.on_behalf_of == post


@pytest.mark.parametrize("role", set(Role) - ANSWERERS)
def test_others_do_not_answer(said, role):
    question = said.ask()
    with pytest.raises(NotAllowed):
        said.answer(question, role)
    assert not ExceptionAnswer.objects.exists()


def test_nobody_answers_their_own_question_in_any_role(world, said):
    lead = world.people[Role.WORKSTREAM_LEAD]
    make.RoleAssignmentFactory(user=lead, partnership=world.partnership, role=Role.BOARD_MEMBER)
    question = said.ask(lead)
    with pytest.raises(RuleBroken) as refusal:
        said.answer(question, lead)
    assert refusal.value.errors == {"": ["You asked this question, so somebody else answers it."]}
    assert said.answer(question, Role.PROGRAMME_OFFICE).number == 1


def test_a_further_answer_stands_beside_the_first(said):
    question = said.ask()
    said.answer(question)
    said.answer(question, words="More exactly.")
    assert list(question.answers.values_list("number", "words")) == [
        (1, "Because."),
        (2, "More exactly."),
    ]


def test_an_open_question_is_answered_also_when_the_milestone_is_complete(world, said):
    question = said.ask()
    world.propose()
    assert said.answer(question).number == 1
    with pytest.raises(RuleBroken):
        said.ask()


def test_pressing_twice_asks_and_answers_once(said):
    question = said.ask(submission_key="one")
    assert said.ask(submission_key="one") == question
    answer = said.answer(question, submission_key="two")
    assert said.answer(question, submission_key="two") == answer
    with pytest.raises(Conflict):
        said.answer(question, words="Other words.", submission_key="two")
    assert (ExceptionQuestion.objects.count(), ExceptionAnswer.objects.count()) == (1, 1)
