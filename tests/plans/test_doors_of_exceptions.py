"""Both doors, page and API, lead to the same service: the same outcome and the same sentence."""

import html
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.messages import get_messages

from hertsend.accounts.roles import Role
from plans.models import (
    DateChangeRequest,
    DeepDive,
    Escalation,
    ExceptionAnswer,
    ExceptionQuestion,
    ExceptionReport,
)
from tests.factories.exceptions import Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

LEAD, OFFICE, CHAIR, MEMBER = (
    Role.WORKSTREAM_LEAD,
    Role.PROGRAMME_OFFICE,
    Role.JOINT_CHAIR,
    Role.BOARD_MEMBER,
)
ALREADY = ("question", "dive", "raised", "asked")


@dataclass(frozen=True)
class Door:
    """An act: its page, its endpoint, who may, what is sent, and what stands after it.

    ``broken`` is what a rule refuses, with the ``sentence`` beside ``at``; ``wrong`` is a role that
    may not, and ``needs`` what must have been said before.
    """

    page: str
    api: str
    role: Role
    wrong: Role
    sound: dict[str, Any]
    broken: dict[str, Any]
    at: str
    sentence: str
    model: type
    state: str = ""
    needs: str = ""
    says: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.api


REPORT = {
    "cause": "Recruitment took longer.",
    "effect_on_families": "They wait longer.",
    "what_is_being_done": "Agency staff cover.",
    "done_by": "2024-11-29",
    "ask": "none",
    "period": "2024-08",
    "base_version": 0,
}
REQUEST = {
    "asked_for_on": "2024-12-20",
    "reason": "Recruitment took longer.",
    "effect_on_others": "None.",
    "base_version": 0,
}
DOORS = [
    Door(
        "exception",
        "exception-reports",
        LEAD,
        MEMBER,
        REPORT,
        REPORT | {"ask": "help"},
        "asked_of_board",
        "Enter what you ask of the board.",
        ExceptionReport,
        says="Exception report for PA1.1-1, August 2024, is stored.",
    ),
    Door(
        "questions/new",
        "questions",
        MEMBER,
        LEAD,
        {"words": "Why again?"},
        {"words": " "},
        "words",
        "Enter your question.",
        ExceptionQuestion,
        says="Your question on PA1.1-1 is asked.",
    ),
    Door(
        "questions/1/answer",
        "questions/1/answers",
        LEAD,
        MEMBER,
        {"words": "Because."},
        {"words": ""},
        "words",
        "Enter the answer.",
        ExceptionAnswer,
        needs="question",
        says="Your answer on PA1.1-1 is stored.",
    ),
    Door(
        "deep-dives/new",
        "deep-dives",
        Role.EXECUTIVE_MEMBER,
        OFFICE,
        {"planned_on": "2024-09-20", "reason": "Late again."},
        {"planned_on": "2024-09-02", "reason": "Late again."},
        "planned_on",
        "The day of the deep dive must be today or later.",
        DeepDive,
        says="The deep dive into PA1.1-1 is asked for.",
    ),
    Door(
        "deep-dives/1/end",
        "deep-dives/1/end",
        OFFICE,
        LEAD,
        {"becomes": "held", "outcome": "Two posts.", "base_version": 1},
        {"becomes": "held", "outcome": "", "base_version": 1},
        "outcome",
        "Enter what it found, or why it is cancelled.",
        DeepDive,
        state="held",
        needs="dive",
        says="Recorded for the deep dive into PA1.1-1.",
    ),
    Door(
        "escalations/new",
        "escalations",
        MEMBER,
        LEAD,
        {"reason": "Nothing moves."},
        {"reason": ""},
        "reason",
        "Enter why the Executive should act.",
        Escalation,
        says="PA1.1-1 is with the Executive.",
    ),
    Door(
        "escalations/1/answer",
        "escalations/1/answer",
        Role.EXECUTIVE_CHAIR,
        MEMBER,
        {"response": "Seen to.", "who_acts": "The director", "base_version": 1},
        {"response": "Seen to.", "who_acts": "", "base_version": 1},
        "who_acts",
        "Enter who acts.",
        Escalation,
        state="answered",
        needs="raised",
        says="The Executive’s answer on PA1.1-1 is stored.",
    ),
    Door(
        "escalations/1/withdraw",
        "escalations/1/withdraw",
        MEMBER,
        LEAD,
        {"words": "It moves again.", "base_version": 1},
        {"words": "", "base_version": 1},
        "words",
        "Enter the reason.",
        Escalation,
        state="withdrawn",
        needs="raised",
        says="The escalation of PA1.1-1 is withdrawn.",
    ),
    Door(
        "date-changes/new",
        "date-requests",
        LEAD,
        CHAIR,
        REQUEST,
        REQUEST | {"affected": ["PA9"]},
        "affected",
        "This plan has no milestone PA9.",
        DateChangeRequest,
        says="Your request for PA1.1-1 waits for a joint chair.",
    ),
    Door(
        "date-changes/1",
        "date-requests/1/decide",
        CHAIR,
        MEMBER,
        {"becomes": "refused", "decision": "Catch up.", "base_version": 1},
        {"becomes": "", "decision": "Catch up.", "base_version": 1},
        "becomes",
        "Select whether you grant or refuse it.",
        DateChangeRequest,
        state="refused",
        needs="asked",
        says="PA1.1-1: refused.",
    ),
    Door(
        "date-changes/1/change",
        "date-requests/1/change",
        LEAD,
        CHAIR,
        REQUEST | {"asked_for_on": "2025-01-31", "base_version": 1},
        REQUEST | {"reason": "", "base_version": 1},
        "reason",
        "Enter why the date should move.",
        DateChangeRequest,
        needs="asked",
        says="Your request for PA1.1-1 is changed.",
    ),
    Door(
        "date-changes/1/withdraw",
        "date-requests/1/withdraw",
        LEAD,
        CHAIR,
        {"base_version": 1},
        {"base_version": 3},
        "",
        "This request changed after you opened it. Read it again before you go on.",
        DateChangeRequest,
        state="withdrawn",
        needs="asked",
        says="Your request for PA1.1-1 is withdrawn.",
    ),
]
DATES = {"done_by", "planned_on", "asked_for_on"}


@pytest.fixture(autouse=True)
def _ready(world, request):
    """The milestone is off track, and what the act needs was said."""
    said = Said(world)
    said.off_track()
    door = request.node.callspec.params.get("door")
    needed = door.needs if door else ""
    makers = {
        "question": said.ask,
        "dive": said.dive,
        "raised": said.escalate,
        "asked": said.request,
    }
    if needed:
        makers[needed]()
    with at(TODAY):
        yield


def typed(sent: dict[str, Any]) -> dict[str, Any]:
    """What is sent, as a form sends it."""
    data = {name: value for name, value in sent.items() if name not in DATES}
    for name in DATES & sent.keys():
        year, month, day = sent[name].split("-")
        data |= {f"{name}_day": int(day), f"{name}_month": int(month), f"{name}_year": int(year)}
    return {
        name: ", ".join(value) if isinstance(value, list) else value for name, value in data.items()
    }


def address(world, path: str, *, api: bool = False) -> str:
    root = "/api/v1/plans" if api else "/plans"
    return f"{root}/{world.plan.slug}/milestones/PA1.1-1/{path}/"


def stored(door: Door) -> tuple:
    """How many rows there are, and in which states."""
    rows = door.model.objects.order_by("pk")
    states = tuple(getattr(row, "state", "") for row in rows)
    return (len(rows), states)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_is_sound_is_done_by_both(world, as_role, api_as, door):
    before = stored(door)
    page = as_role(door.role).post(address(world, door.page), typed(door.sound))
    assert page.status_code == 302, html.unescape(page.content.decode())
    assert page.headers["Location"] == address(world, "exceptions")
    assert [str(each) for each in get_messages(page.wsgi_request)] == [door.says]
    after = stored(door)
    assert after != before
    if door.state:
        assert after[1][0] == door.state


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_the_api_does_the_same(world, api_as, door):
    before = stored(door)
    answer = api_as(door.role).post(address(world, door.api, api=True), door.sound, format="json")
    assert answer.status_code == 201, answer.json()
    after = stored(door)
    assert after != before
    if door.state:
        assert after[1][0] == door.state
        assert answer.json()["state"] == door.state


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_breaks_a_rule_is_refused_with_one_sentence(world, as_role, api_as, door):
    before = stored(door)
    page = as_role(door.role).post(address(world, door.page), typed(door.broken))
    answer = api_as(door.role).post(address(world, door.api, api=True), door.broken, format="json")
    shown = html.unescape(page.content.decode())
    if door.at:
        assert (page.status_code, answer.status_code) == (200, 400)
        assert page.context["form"].errors[door.at] == [door.sentence]
        assert answer.json()["fields"] == {door.at: [door.sentence]}
    else:
        assert (page.status_code, answer.status_code) == (409, 409)
        assert answer.json()["message"] == door.sentence
    assert door.sentence in shown
    assert stored(door) == before


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_who_may_not_is_refused_with_one_sentence(world, as_role, api_as, door):
    before = stored(door)
    page = as_role(door.wrong).post(address(world, door.page), typed(door.sound))
    answer = api_as(door.wrong).post(address(world, door.api, api=True), door.sound, format="json")
    assert (page.status_code, answer.status_code) == (403, 403)
    assert answer.json()["message"] in html.unescape(page.content.decode())
    assert stored(door) == before


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_pressing_the_button_twice_is_harmless(world, as_role, door):
    browser = as_role(door.role)
    sent = typed(door.sound) | {"submission_key": "pressed-twice"}
    first = browser.post(address(world, door.page), sent)
    after = stored(door)
    second = browser.post(address(world, door.page), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert stored(door) == after


VERSIONED = [door for door in DOORS if "base_version" in door.sound]


@pytest.mark.parametrize("door", VERSIONED, ids=str)
def test_who_was_overtaken_keeps_what_they_typed(world, as_role, api_as, door):
    before = stored(door)
    stale = door.sound | {"base_version": 7}
    page = as_role(door.role).post(address(world, door.page), typed(stale))
    answer = api_as(door.role).post(address(world, door.api, api=True), stale, format="json")
    assert (page.status_code, answer.status_code) == (409, 409)
    shown = html.unescape(page.content.decode())
    assert answer.json()["message"] in shown
    for name in ("cause", "reason", "decision", "outcome", "response"):
        if name in door.sound:
            assert door.sound[name] in shown
            assert answer.json()["submitted"][name] == door.sound[name]
    assert stored(door) == before
