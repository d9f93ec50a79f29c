"""Risks through the interface: the same rows, rules and sentences as on the pages."""

import pytest

from governance.policies.risks import BandWords
from governance.services import risk_bands
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, at
from tests.governance.risks import mitigated, raised, restricted
from tests.plans.api.calls import address

REVIEW = {"likelihood": 4, "impact": 4, "words": "Worse.", "base_version": 1}


@pytest.fixture
def register(world):
    risk = raised(world, actions=[world.actions["PA1.1"]])
    mitigated(risk, by=risk.owner)
    restricted(world)
    return risk


def read(api_as, world, role, *parts):
    with at(TODAY):
        return api_as(role).get(address(world, "risks", *parts))


def send(api_as, world, role, body, *parts):
    with at(TODAY):
        return api_as(role).post(address(world, "risks", *parts), body, format="json")


def test_a_risk_with_all_that_became_of_it(api_as, world, register):
    found = read(api_as, world, Role.ADVISER, "R1").json()
    assert {name: found[name] for name in ("key", "level", "trend", "review", "seen_by")} == {
        "key": "R1",
        "level": "workstream",
        "trend": "new",
        "review": "reviewed",
        "seen_by": [],
    }
    assert found["current"] == {"likelihood": 3, "impact": 4, "score": 12, "band": "High"}
    assert (found["actions"], found["measures"], found["reviewed_for"]) == (
        ["PA1.1"],
        [],
        "2024-08",
    )
    assert [row["text"] for row in found["mitigations"]] == ["Fill both posts."]
    assert [row["number"] for row in found["reviews"]] == [1]


@pytest.mark.parametrize(
    ("role", "keys"), [(Role.ADVISER, ["R1"]), (Role.EXECUTIVE_CHAIR, ["R1", "X1"])]
)
def test_the_list_counts_what_the_reader_may_see(api_as, world, register, role, keys):
    found = read(api_as, world, role).json()
    assert (found["count"], [row["key"] for row in found["results"]]) == (len(keys), keys)


def test_a_restricted_risk_is_not_there_for_others(api_as, world, register):
    for parts in (("X1",), ("R9",)):
        assert read(api_as, world, Role.BOARD_MEMBER, *parts).status_code == 404
    for act in ("reviews", "moves"):
        answer = send(api_as, world, Role.WORKSTREAM_LEAD, {}, "X1", act)
        assert answer.status_code == 404
    assert read(api_as, world, Role.PARENT_CARER_REPRESENTATIVE, "X1").status_code == 403


def test_a_review_through_the_interface(api_as, world, register):
    answer = send(api_as, world, Role.WORKSTREAM_LEAD, REVIEW, "R1", "reviews")
    assert answer.status_code == 201
    assert (answer.json()["current"]["score"], answer.json()["trend"]) == (16, "rising")
    again = send(api_as, world, Role.WORKSTREAM_LEAD, REVIEW, "R1", "reviews")
    assert again.status_code == 409


def test_a_move_is_refused_with_the_sentence_of_the_page(api_as, world, register):
    body = {"to_level": "executive", "reason": "So.", "base_version": 1}
    answer = send(api_as, world, Role.PROGRAMME_OFFICE, body, "R1", "moves")
    said = "Select the level next to where the risk is now."
    assert (answer.status_code, answer.json()["fields"]) == (400, {"to_level": [said]})
    body["to_level"] = "board"
    answer = send(api_as, world, Role.PROGRAMME_OFFICE, body | {"reason": ""}, "R1", "moves")
    assert answer.json()["fields"] == {"reason": ["Enter the reason."]}
    answer = send(api_as, world, Role.PROGRAMME_OFFICE, body, "R1", "moves")
    assert (answer.status_code, answer.json()["level"]) == (201, "board")


def test_who_was_overtaken_hears_what_changed_and_then_who_goes_on(api_as, world, register):
    body = {"to_level": "board", "reason": "So.", "base_version": 1}
    send(api_as, world, Role.PROGRAMME_OFFICE, body, "R1", "moves")
    late = send(api_as, world, Role.WORKSTREAM_LEAD, body, "R1", "moves")
    assert late.status_code == 409
    assert "Programme office changed it last: “So”. It is with: board." in late.json()["message"]
    again = send(api_as, world, Role.WORKSTREAM_LEAD, body | {"base_version": 2}, "R1", "moves")
    assert again.status_code == 403
    assert again.json()["message"].startswith("It is with the board now. A joint chair")
    never = send(api_as, world, Role.BOARD_MEMBER, {}, "R1", "moves")
    assert never.json()["message"] == "Your role does not let you move this risk."


def test_the_bands_in_force(api_as, world):
    def bands(role):
        with at(TODAY):
            return api_as(role).get(address(world, "risk-bands"))

    usual = bands(Role.ADVISER).json()
    assert usual == {
        "from_on": None,
        "bands": [
            {"name": "Low", "first": 1, "last": 3},
            {"name": "Moderate", "first": 4, "last": 7},
            {"name": "High", "first": 8, "last": 14},
            {"name": "Extreme", "first": 15, "last": 25},
        ],
    }
    with at(TODAY):
        risk_bands.set_bands(
            plan=world.plan,
            words=BandWords(TODAY, "Green", "Amber", 5, "Red", 12),
            reason="As the council.",
            base_number=0,
            by=world.people[Role.PROGRAMME_OFFICE],
        )
    own = bands(Role.BOARD_MEMBER).json()
    assert own["from_on"] == "2024-09-03"
    assert "As the council." not in str(own)
    assert own["bands"][-1] == {"name": "Red", "first": 12, "last": 25}
    assert bands(Role.PARENT_CARER_REPRESENTATIVE).status_code == 403
