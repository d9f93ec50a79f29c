"""What waits for the reader, by program: the same as on home."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from tests.factories.world import at

ON = dt.date(2024, 9, 25)


@pytest.fixture(autouse=True)
def _clock():
    with at(ON):
        yield


def asked(world, client) -> list[dict]:
    answer = client.get(f"/api/v1/plans/{world.plan.slug}/waiting/")
    assert answer.status_code == 200
    return answer.json()["results"]


def test_a_lead_reads_what_waits(world, api_as):
    plan = f"/plans/{world.plan.slug}/milestones"
    due = [
        {
            "group": "Due in the next 7 days",
            "sentence": f"{key}: Complete step {key}.",
            "detail": "Due 30 September 2024",
            "day": "2024-09-30",
            "action": f"Update {key}",
            "path": f"{plan}/{key}/updates/new/",
        }
        for key in ("PA1.1-1", "PA1.1-2")
    ]
    assert asked(world, api_as(Role.WORKSTREAM_LEAD)) == due


def test_home_shows_the_same(world, api_as, as_role):
    shown = as_role(Role.WORKSTREAM_LEAD).get("/")
    assert [entry.matter.sentence for entry in shown.context["waiting"].entries] == [
        row["sentence"] for row in asked(world, api_as(Role.WORKSTREAM_LEAD))
    ]
    assert "Waiting for you" in shown.text


def test_for_whom_nothing_waits_the_list_is_empty_and_home_says_so(world, api_as, as_role):
    assert asked(world, api_as(Role.BOARD_MEMBER)) == []
    assert "Nothing waits for you." in as_role(Role.BOARD_MEMBER).get("/").text


def test_families_read_no_heading_where_nothing_waits(world, as_role):
    assert "Waiting for you" not in as_role(Role.PARENT_CARER_REPRESENTATIVE).get("/").text
