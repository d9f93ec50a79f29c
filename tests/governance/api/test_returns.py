"""Returns by program: the same services, rights and sentences as on pages."""

from urllib.parse import quote

import pytest
from rest_framework.test import APIClient

from governance.models import Return
from hertsend.accounts.roles import Role
from plans.models import MilestoneUpdate, UpdateDraft
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.returning import LEAD, OFFICE, Desk

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def desk(world):
    return Desk(world)


def acting(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def address(world, *parts, stream="PA1"):
    plan = f"/api/v1/plans/{world.plan.slug}/returns/"
    return plan + "/".join(["2024-08", quote(stream, safe=""), *parts, ""])


def save(client, world, key="PA1.1-1", **words):
    body = {"base_version": 0, "milestone_version": 0} | words
    return client.post(address(world, "rows", key), body, format="json")


WORDS = {"stage": "in_progress", "rating": "green", "what_happened": "Three schools answered."}


def row(answer, key="PA1.1-1"):
    return next(each for each in answer.json()["rows"] if each["milestone"] == key)


def test_a_return_is_filled_submitted_and_accepted(world):
    lead, office = acting(world.people[LEAD]), acting(world.people[OFFICE])
    kept = save(lead, world, what_happened="Three schools answered.")
    assert kept.status_code == 200
    assert (row(kept)["state"], row(kept)["draft_version"]) == ("incomplete", 1)
    assert row(kept)["gaps"] == {"rating": ["Select how confident you are: green, amber or red."], "stage": ["Select a stage that follows from where it is now."]}  # fmt: skip
    save(lead, world, **WORDS, base_version=1)
    ready = save(lead, world, "PA1.1-2", **WORDS).json()
    assert (ready["state"], ready["drafted"], ready["received"]) == ("draft", 2, [])
    press = {"base_version": ready["version"], "shown": ready["shown_to_submit"]}
    submitted = lead.post(address(world, "submit"), press, format="json").json()
    assert (submitted["state"], submitted["received"]) == ("submitted", ["PA1.1-1", "PA1.1-2"])
    assert submitted["submitted_by"] == "Workstream lead PA1"
    press = {"base_version": submitted["version"], "shown": submitted["shown_to_decide"]}
    accepted = office.post(address(world, "accept"), press, format="json").json()
    assert [step["act"] for step in accepted["steps"]] == ["submitted", "accepted"]


def test_every_gap_is_named_by_milestone_and_field(world):
    lead = acting(world.people[LEAD])
    shown = save(lead, world, **(WORDS | {"rating": ""})).json()
    press = {"base_version": shown["version"], "shown": shown["shown_to_submit"]}
    answer = lead.post(address(world, "submit"), press, format="json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "rule_broken"
    assert answer.json()["fields"] == {
        "PA1.1-1.rating": ["Select how confident you are: green, amber or red."],
        "PA1.1-2.rating": ["Select how confident you are: green, amber or red."],
        "PA1.1-2.what_happened": ["Enter what happened this month."],
    }
    assert not MilestoneUpdate.objects.exists()


def test_the_second_of_two_is_shown_both_texts(world):
    save(acting(world.people[OFFICE]), world, **WORDS)
    answer = save(acting(world.people[LEAD]), world, what_happened="My own words.")
    assert answer.status_code == 409
    assert answer.json()["current"]["what_happened"] == "Three schools answered."
    assert answer.json()["current"]["by"] == "Programme office"
    assert answer.json()["submitted"]["what_happened"] == "My own words."
    assert UpdateDraft.objects.get().what_happened == "Three schools answered."


def test_a_row_is_thrown_away_and_nothing_to_report_is_refused_where_an_update_is_due(world):
    lead = acting(world.people[LEAD])
    save(lead, world, **WORDS)
    gone = lead.post(
        address(world, "rows", "PA1.1-1", "discard"), {"base_version": 1}, format="json"
    )
    assert row(gone)["draft"] is None
    for keys, sentence in (
        (["PA1.1-1"], "PA1.1-1 is due within 60 days, so it needs an update."),
        (["AI1.1-1"], "This return has no milestone “AI1.1-1”."),
    ):
        answer = lead.post(address(world, "nothing-to-report"), {"confirmed": keys}, format="json")
        assert answer.status_code == 400
        assert sentence in str(answer.json()["fields"])


def test_it_is_sent_back_with_a_comment(world, desk):
    desk.save("PA1.1-1")
    desk.save("PA1.1-2")
    desk.submit()
    office = acting(world.people[OFFICE])
    shown = office.get(address(world)).json()
    press = {"base_version": shown["version"], "shown": shown["shown_to_decide"]}
    empty = office.post(address(world, "send-back"), press | {"comment": ""}, format="json")
    assert empty.json()["fields"] == {"comment": ["Enter what should be put right."]}
    back = office.post(
        address(world, "send-back"), press | {"comment": "How many schools?"}, format="json"
    )
    assert back.json()["state"] == "sent_back"
    assert back.json()["steps"][-1]["words"] == "How many schools?"
    again = office.post(address(world, "accept"), press, format="json")
    assert again.status_code == 400
    assert Return.objects.get().state == "sent_back"


def test_the_list_shows_drafts_to_the_office_alone(world, desk):
    desk.save("PA1.1-1")
    listed = f"/api/v1/plans/{world.plan.slug}/returns/?month=2024-08"
    office = acting(world.people[OFFICE]).get(listed).json()["results"]
    chair = acting(world.people[Role.EXECUTIVE_CHAIR]).get(listed).json()["results"]
    assert [(each["workstream"], each["drafted"], each["asked"]) for each in office] == [
        ("PA1", 1, 2),
        ("AI1", 0, 2),
    ]
    assert [set(office[0]) - set(each) for each in chair] == [{"drafted"}, {"drafted"}]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 200), ("?month=2024-07", 200), ("?month=2024-12", 400), ("?x=1", 400)],
)
def test_the_list_is_of_a_month_that_has_opened(world, query, status):
    office = acting(world.people[OFFICE])
    assert office.get(f"/api/v1/plans/{world.plan.slug}/returns/{query}").status_code == status
