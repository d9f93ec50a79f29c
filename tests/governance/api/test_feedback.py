"""You said, we did through the interface: what was published, and what is worked on."""

import pytest

from governance.models import FeedbackItem
from hertsend.accounts.roles import Role
from tests.access.feedback import QUARTER_BEFORE, answered, enter, published
from tests.factories.world import TODAY, at
from tests.plans.api.calls import address

FAMILIES, LEAD = Role.PARENT_CARER_REPRESENTATIVE, Role.WORKSTREAM_LEAD
BODY = {
    "theme": "Transport",
    "source": "Drop-in",
    "said_on": "2024-07-01",
    "said": "The bus came late.",
}


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def test_what_was_published(api_as, world):
    published(world, enter(world, by=world.people[FAMILIES]), QUARTER_BEFORE)
    published(world, enter(world, by=world.people[FAMILIES], theme="Transport"))
    here = address(world, "feedback")
    found = api_as(FAMILIES).get(here).json()
    assert [row["theme"] for row in found["results"]] == ["Transport", "Waiting"]
    assert api_as(Role.ADVISER).get(here, {"quarter": "2024-q2"}).json()["results"] == [
        {
            "number": 1,
            "revision": 1,
            "quarter": "2024-q2",
            "theme": "Waiting",
            "source": "Survey of the forum",
            "said_on": "2024-07-05",
            "said": "We wait too long.",
            "will_do": "Hire two more.",
            "done": "One began in June.",
            "difference": "Waits are shorter.",
            "actions": ["PA1.1"],
            "published_on": "2024-09-03",
        }
    ]
    refused = api_as(FAMILIES).get(here, {"quarter": "spring"})
    assert (refused.status_code, "such as 2024-q3" in refused.content.decode()) == (400, True)


def test_a_representative_enters_what_was_said_once(api_as, world):
    here = address(world, "feedback", "entries")
    made = [
        api_as(FAMILIES).post(here, BODY, format="json", headers={"Idempotency-Key": "one"})
        for _ in range(2)
    ]
    assert [each.status_code for each in made] == [201, 201]
    assert made[0].json() == {
        "number": 1,
        "version": 0,
        "state": "draft",
        "theme": "Transport",
        "source": "Drop-in",
        "said_on": "2024-07-01",
        "said": "The bus came late.",
        "approved_at": None,
    }
    assert FeedbackItem.objects.count() == 1


def test_personal_data_is_pointed_at(api_as, world):
    said = BODY | {"said": "Ring 07700 900123."}
    refused = api_as(FAMILIES).post(address(world, "feedback", "entries"), said, format="json")
    assert refused.status_code == 400
    assert "looks like a telephone number" in refused.content.decode()


def test_the_answer_is_for_who_answers(api_as, world):
    item = answered(world, enter(world, by=world.people[FAMILIES]))
    here = address(world, "feedback", "entries", str(item.number))
    assert api_as(LEAD).get(here).json()["will_do"] == "Hire two more."
    assert "will_do" not in api_as(FAMILIES).get(here).json()
    listed = api_as(LEAD).get(address(world, "feedback", "entries")).json()["results"]
    assert [row["entered_by"] for row in listed] == ["Parent carer representative"]
    assert api_as(Role.BOARD_MEMBER).get(here).status_code == 404
