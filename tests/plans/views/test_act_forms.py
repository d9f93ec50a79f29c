"""The forms of the way to sign-off: pressed twice, overtaken, and sent again."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from hertsend.accounts.roles import Role
from plans import selectors
from plans.models import StageChange
from plans.services import milestones
from tests.factories import evidence
from tests.factories import models as make
from tests.factories.world import TODAY, at

KEY = "PA1.1-1"


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


def address(world, name):
    return reverse(f"plans:milestone-{name}", args=[world.plan.slug, KEY])


def fields_of(browser, world, name):
    """What the hidden fields of the opened form hold."""
    form = browser.get(address(world, name)).context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


ACTS = [
    (
        "propose",
        Role.WORKSTREAM_LEAD,
        {"words": "Minutes"} | evidence.typed(),
        " is proposed complete.",
    ),
    ("withdraw", Role.JOINT_CHAIR, {"words": "Decided on 3 September"}, ": withdrawn."),
    ("sign-off", Role.JOINT_CHAIR, {"decision": "return", "words": "Not yet"}, ": returned."),
    ("sign-off", Role.JOINT_CHAIR, {"decision": "sign", "confirmed": "on"}, ": signed off."),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_button_pressed_twice_acts_once_and_says_so_twice(world, as_role, act):
    name, role, typed, said = act
    world.update(by=world.people[Role.PROGRAMME_OFFICE])
    if name == "sign-off":
        world.propose()
    browser, before = as_role(role), StageChange.objects.count()
    sent = fields_of(browser, world, name) | typed
    for _ in range(2):
        answer = browser.post(address(world, name), sent)
        assert answer.status_code == 302
        assert told(answer)[-1] == f"{KEY}{said}"
    assert StageChange.objects.count() == before + 1


def test_a_form_with_other_words_is_not_taken_for_the_first(world, as_role):
    lead = as_role(Role.WORKSTREAM_LEAD)
    sent = fields_of(lead, world, "propose")
    assert (
        lead.post(address(world, "propose"), sent | {"words": "One"} | evidence.typed()).status_code
        == 302
    )
    second = lead.post(address(world, "propose"), sent | {"words": "Two"} | evidence.typed())
    assert second.status_code == 409
    assert second.context["form"]["words"].value() == "Two"
    assert StageChange.objects.get().words == "One"


def test_a_proposal_sent_again_after_it_was_returned_says_that_it_was_overtaken(world, as_role):
    lead = as_role(Role.WORKSTREAM_LEAD)
    sent = fields_of(lead, world, "propose") | {"words": "Minutes"} | evidence.typed()
    lead.post(address(world, "propose"), sent)
    row = world.milestone()
    milestones.return_proposal(
        milestone=row,
        words="Not yet",
        base_version=row.version,
        by=world.people[Role.JOINT_CHAIR],
    )
    answer = lead.post(address(world, "propose"), sent)
    assert told(answer)[-1] == f"You sent this before. {KEY} is in progress now."
    assert world.milestone().stage == "in_progress"


@pytest.mark.parametrize("act", ACTS[:2])
def test_words_of_an_act_that_was_overtaken_can_be_sent_again(world, as_role, act):
    name, role, typed, said = act
    browser = as_role(role)
    sent = fields_of(browser, world, name) | typed
    world.update(by=world.people[Role.PROGRAMME_OFFICE])
    refused = browser.post(address(world, name), sent)
    assert refused.status_code == 409
    form = refused.context["form"]
    again = {field.name: field.value() for field in form.hidden_fields()}
    assert form["words"].value() == typed["words"]
    assert again["submission_key"] != sent["submission_key"]
    answer = browser.post(address(world, name), again | typed)
    assert told(answer)[-1] == f"{KEY}{said}"


def test_a_reason_typed_while_the_milestone_changed_stays(world, as_role):
    world.propose()
    chair = as_role(Role.JOINT_CHAIR)
    sent = fields_of(chair, world, "sign-off") | {"decision": "return", "words": "Not yet"}
    world.update(stage="proposed_complete")
    refused = chair.post(address(world, "sign-off"), sent)
    assert refused.status_code == 409
    form = refused.context["form"]
    assert (form["words"].value(), form["decision"].value()) == ("Not yet", None)
    assert form["fingerprint"].value() == selectors.fingerprint_of(world.milestone())
    assert StageChange.objects.filter(act="returned").count() == 0


@pytest.mark.parametrize("name", ["withdraw", "reopen"])
def test_who_had_a_part_learns_before_typing_that_another_chair_decides(world, as_role, name):
    world.update(by=world.people[Role.PROGRAMME_OFFICE])
    make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.JOINT_CHAIR])
    refused = as_role(Role.JOINT_CHAIR).get(address(world, name))
    assert refused.status_code == 403
    assert "another accountable joint chair does" in refused.content.decode()


@pytest.mark.parametrize("name", ["withdraw", "reopen"])
def test_who_had_none_is_shown_the_form(world, as_role, name):
    world.update(by=world.people[Role.PROGRAMME_OFFICE])
    assert as_role(Role.JOINT_CHAIR).get(address(world, name)).status_code == 200
