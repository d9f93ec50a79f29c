"""Both doors to impact and to what comes again, page and API: one service, one outcome, one sentence."""

import html
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction

from hertsend.accounts.roles import Role
from plans import selectors
from plans.models import CommitmentDecision, ImpactDecision, ImpactRating, OccurrenceRecord
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.plans import impact_rows, impact_steps

__all__ = ["built_world", "world"]

LEAD, OFFICE, CHAIR, MEMBER = (
    Role.WORKSTREAM_LEAD,
    Role.PROGRAMME_OFFICE,
    Role.JOINT_CHAIR,
    Role.BOARD_MEMBER,
)
IMPACT, COMMITMENT = "actions/PA1.1/impact/", "commitments/meetings-1/"


@dataclass(frozen=True)
class Door:
    """An act: its page, its endpoint, who may, what is sent, and what a rule refuses.

    ``broken`` is refused with the ``sentence`` beside ``at``, ``stale`` because something was decided
    meanwhile; ``wrong`` may not, ``needs`` is what stands before.
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
    stale: dict[str, Any]
    needs: str = ""
    only_page: tuple[str, ...] = ()
    says: str = ""

    def __str__(self) -> str:
        return self.api


RATING = {"level": 1, "words": "Few have noticed.", "period": "2024-08", "base_number": 0}
RULE = {"frequency": "monthly", "first_on": "2024-06-01", "owner": "lead-pa1", "base_version": 0}
RECORD = {
    "window_from": "2024-08-01",
    "outcome": "done",
    "done_on": "2024-08-14",
    "note": "Minutes of 14 August.",
    "base_number": 0,
}
DOORS = [
    Door(
        f"{IMPACT}new/",
        IMPACT,
        LEAD,
        CHAIR,
        RATING,
        RATING | {"level": 2},
        "evidence",
        "2 needs at least one piece of dated evidence. Choose or add it.",
        ImpactRating,
        stale=RATING | {"base_number": 4},
        says="Saved: the impact of PA1.1 is proposed as 1.",
    ),
    Door(
        f"{IMPACT}1/decide/",
        f"{IMPACT}1/return/",
        CHAIR,
        LEAD,
        {"decision": "return", "words": "Ask the families as well."},
        {"decision": "return", "words": ""},
        "words",
        "Enter the reason.",
        ImpactDecision,
        stale={},
        needs="rated",
        only_page=("decision", "fingerprint"),
        says="The impact of PA1.1 is returned.",
    ),
    Door(
        f"{IMPACT}1/decide/",
        f"{IMPACT}1/confirm/",
        CHAIR,
        OFFICE,
        {"decision": "confirm"},
        {},
        "",
        "",
        ImpactDecision,
        stale={"decision": "confirm", "fingerprint": "0" * 64},
        needs="rated",
        only_page=("decision",),
        says="The impact of PA1.1 is confirmed.",
    ),
    Door(
        f"{IMPACT}1/take-back/",
        f"{IMPACT}1/take-back/",
        LEAD,
        CHAIR,
        {"words": "The figures were of another school."},
        {"words": ""},
        "words",
        "Enter the reason.",
        ImpactDecision,
        stale={},
        needs="rated",
        only_page=("fingerprint",),
        says="The rating of PA1.1 is taken back.",
    ),
    Door(
        f"{COMMITMENT}confirm/",
        f"{COMMITMENT}confirm/",
        OFFICE,
        LEAD,
        RULE,
        RULE | {"frequency": "yearly"},
        "months",
        "Select the months of the year in which it is due.",
        CommitmentDecision,
        stale=RULE | {"base_version": 5},
        says="Confirmed: Meetings of the teams.",
    ),
    Door(
        f"{COMMITMENT}end/",
        f"{COMMITMENT}end/",
        OFFICE,
        LEAD,
        {"words": "It was replaced.", "base_version": 0},
        {"words": "", "base_version": 0},
        "words",
        "Enter the reason.",
        CommitmentDecision,
        stale={"words": "It was replaced.", "base_version": 5},
        says="Ended: Meetings of the teams.",
    ),
    Door(
        f"{COMMITMENT}occurrences/2024-08-01/",
        f"{COMMITMENT}occurrences/",
        LEAD,
        MEMBER,
        RECORD,
        RECORD | {"done_on": "2024-05-31"},
        "done_on",
        "That day is before this one was due. Choose the one before.",
        OccurrenceRecord,
        stale=RECORD | {"base_number": 3},
        needs="ruled",
        says="Recorded: Meetings of the teams, August 2024.",
    ),
]
DATES = {"first_on", "ends_on", "done_on"}


@pytest.fixture(autouse=True)
def _ready(world, request):
    """What the act needs stands already."""
    door = request.node.callspec.params["door"] if hasattr(request.node, "callspec") else None
    with at(TODAY):
        row = impact_rows.commitment(world)
        if door and door.needs == "rated":
            impact_steps.propose(world)
        if door and door.needs == "ruled":
            impact_rows.rule(world, row)
        yield


def owner(world) -> str:
    return world.posts["PA1"].key


def sent(door: Door, values: dict[str, Any], world) -> dict[str, Any]:
    """What is sent: with the real post, and with the fingerprint that the page shows."""
    given = values | ({"owner": owner(world)} if "owner" in values else {})
    if door.needs == "rated" and values and "fingerprint" not in given:
        rating = ImpactRating.objects.get()
        given["fingerprint"] = selectors.fingerprint_of_rating(rating)
    return given


def typed(values: dict[str, Any]) -> dict[str, Any]:
    """What is sent, as a form sends it."""
    data = {name: value for name, value in values.items() if name not in DATES}
    for name in DATES & values.keys():
        year, month, day = values[name].split("-")
        data |= {f"{name}_day": int(day), f"{name}_month": int(month), f"{name}_year": int(year)}
    return data


def page_of(world, door: Door) -> str:
    return f"/plans/{world.plan.slug}/{door.page}"


def endpoint_of(world, door: Door) -> str:
    return f"/api/v1/plans/{world.plan.slug}/{door.api}"


def ask_page(world, door: Door, client: Any, values: dict[str, Any]) -> Any:
    return client.post(page_of(world, door), typed(sent(door, values, world)))


def ask_api(world, door: Door, client: Any, values: dict[str, Any]) -> Any:
    body = {
        name: value
        for name, value in sent(door, values, world).items()
        if name not in door.only_page
    }
    return client.post(endpoint_of(world, door), body, format="json")


def stored(door: Door) -> list[tuple]:
    """The words of what the act writes, without who and when."""
    left_out = {"id", "at", "by_id"}
    return [
        tuple(sorted((name, str(value)) for name, value in row.items() if name not in left_out))
        for row in door.model.objects.order_by("pk").values()
    ]


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_the_page_does_what_is_sound_and_says_so(world, as_role, door):
    page = ask_page(world, door, as_role(door.role), door.sound)
    assert page.status_code == 302, html.unescape(page.content.decode())
    assert [str(each) for each in get_messages(page.wsgi_request)] == [door.says]
    assert as_role(door.role).get(page.headers["Location"]).status_code == 200
    assert len(stored(door)) == 1


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_the_api_writes_the_same_row(world, as_role, api_as, door, django_db_blocker):
    with transaction.atomic():
        ask_page(world, door, as_role(door.role), door.sound)
        by_page = stored(door)
        transaction.set_rollback(True)
    answer = ask_api(world, door, api_as(door.role), door.sound)
    assert answer.status_code == 201, answer.json()
    assert stored(door) == by_page


@pytest.mark.parametrize("door", [door for door in DOORS if door.broken], ids=str)
def test_what_breaks_a_rule_is_refused_with_one_sentence(world, as_role, api_as, door):
    page = ask_page(world, door, as_role(door.role), door.broken)
    answer = ask_api(world, door, api_as(door.role), door.broken)
    assert (page.status_code, answer.status_code) == (200, 400)
    assert page.context["form"].errors[door.at] == [door.sentence]
    assert answer.json()["fields"][door.at] == [door.sentence]
    assert stored(door) == []


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_who_may_not_is_refused_with_one_sentence(world, as_role, api_as, door):
    page = ask_page(world, door, as_role(door.wrong), door.sound)
    answer = ask_api(world, door, api_as(door.wrong), door.sound)
    assert (page.status_code, answer.status_code) == (403, 403)
    assert answer.json()["message"] in html.unescape(page.content.decode())
    assert stored(door) == []


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_pressing_the_button_twice_is_harmless(world, as_role, door):
    browser = as_role(door.role)
    data = typed(sent(door, door.sound, world)) | {"submission_key": "pressed-twice"}
    answers = [browser.post(page_of(world, door), data).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert len(stored(door)) == 1


@pytest.mark.parametrize("door", [door for door in DOORS if door.stale], ids=str)
def test_who_was_overtaken_keeps_what_they_typed(world, as_role, api_as, door):
    page = ask_page(world, door, as_role(door.role), door.stale)
    answer = ask_api(world, door, api_as(door.role), door.stale)
    assert (page.status_code, answer.status_code) == (409, 409)
    shown = html.unescape(page.content.decode())
    assert answer.json()["message"] in shown
    for name in ("words", "note"):
        assert str(door.stale.get(name, "")) in shown
    assert stored(door) == []


def fields_of(page: Any) -> dict[str, Any]:
    """What a form would send as it stands, as a browser does."""
    form = page.context["form"]
    values: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "day"):
            parts = {"day": value.day, "month": value.month, "year": value.year}
            if bound.name in DATES:
                values |= {f"{bound.name}_{part}": number for part, number in parts.items()}
                continue
            value = value.isoformat()
        if value not in (None, ""):
            values[bound.name] = value
    return values


OVERTAKEN = [door for door in DOORS if door.stale and door.model is not ImpactDecision]


@pytest.mark.parametrize("door", OVERTAKEN, ids=str)
def test_who_was_overtaken_can_send_it_again_at_once(world, as_role, door):
    browser = as_role(door.role)
    overtaken = ask_page(world, door, browser, door.stale)
    again = browser.post(page_of(world, door), fields_of(overtaken))
    assert again.status_code == 302, html.unescape(again.content.decode())
    assert len(stored(door)) == 1
