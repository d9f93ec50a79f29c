"""The calendar and the rhythm through the interface: the rules and sentences of the pages."""

import datetime as dt

import pytest

from governance.models import RhythmDecision
from hertsend.accounts.roles import Role
from plans.models import PeriodUnfreezing
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import steps
from tests.governance.calendar import AGAIN, FREEZES, REOPENED, WHY, boxes, post
from tests.governance.calendar import address as page
from tests.governance.rhythm import QUOTE, promise
from tests.governance.steps import OCTOBER
from tests.journeys.office import words_of
from tests.plans.api.calls import address

__all__ = ["built_world", "world"]
OFFICE, FAMILIES, CHAIR = (
    Role.PROGRAMME_OFFICE,
    Role.PARENT_CARER_REPRESENTATIVE,
    Role.EXECUTIVE_CHAIR,
)
OCTOBER_NOW = {
    "month": "2024-10",
    "state": "scheduled",
    "opens_on": "2024-10-01",
    "due_on": "2024-11-07",
    "freezes_on": "2024-11-11",
    "frozen_at": None,
    "carries_meeting": True,
    "reopened": 0,
    "version": 0,
}
DAYS = {"due_on": "2024-11-08", "freezes_on": "2024-11-12", "reason": "Board", "base_version": 0}


@pytest.fixture
def asked(api_as, world):
    """Ask as a role on a day; the same key is sent as with a page's form."""

    def ask(role, method, *parts, on=TODAY, key="", **body):
        headers = {"Idempotency-Key": key} if key else {}
        with at(on):
            call = getattr(api_as(role), method)
            return call(address(world, *parts), body, format="json", headers=headers)

    return ask


class TestCalendar:
    """Months, their days and their reopenings."""

    def test_the_months_that_run_and_come_then_those_gone_by(self, asked):
        months = asked(Role.ADVISER, "get", "calendar").json()["results"]
        assert [month["month"] for month in months] == [
            *(f"2024-{number:02}" for number in (8, 9, 10, 11, 12)),
            "2024-07",
        ]
        assert months[2] == OCTOBER_NOW

    def test_days_are_changed(self, asked, world):
        answer = asked(OFFICE, "post", "calendar", "2024-10", "days", **DAYS)
        moved = {"due_on": "2024-11-08", "freezes_on": "2024-11-12", "version": 1}
        assert (answer.status_code, answer.json()) == (
            200,
            OCTOBER_NOW | moved | {"reopenings": []},
        )
        assert world.period(OCTOBER).history.latest().history_change_reason == "Board"

    @pytest.mark.parametrize(
        ("changed", "field", "said"),
        [
            (
                {"due_on": dt.date(2024, 11, 9)},
                "due_on",
                "9 November 2024 is a Saturday. Enter a working day.",
            ),
            (
                {"freezes_on": dt.date(2024, 11, 8)},
                "freezes_on",
                "Enter a day after the last day for returns.",
            ),
            (
                {"due_on": dt.date(2024, 10, 31)},
                "due_on",
                "Enter a day from 1 November 2024 to 1 December 2024.",
            ),
        ],
    )
    def test_both_doors_refuse_with_one_sentence(self, asked, world, changed, field, said):
        days = {"due_on": dt.date(2024, 11, 8), "freezes_on": dt.date(2024, 11, 12)} | changed
        sent = DAYS | {name: day.isoformat() for name, day in days.items()}
        answer = asked(OFFICE, "post", "calendar", "2024-10", "days", **sent)
        assert (answer.status_code, answer.json()["fields"]) == (400, {field: [said]})
        where = page(world, "period-days", "2024-10")
        form = {"reason": "Board", "base_version": 0} | boxes(**days)
        assert said in words_of(post(world.people[OFFICE], where, on=TODAY, **form))

    def test_who_comes_second_reads_both(self, asked):
        asked(OFFICE, "post", "calendar", "2024-10", "days", **DAYS)
        answer = asked(
            OFFICE, "post", "calendar", "2024-10", "days", **(DAYS | {"due_on": "2024-11-06"})
        )
        assert answer.status_code == 409
        assert answer.json()["current"] == {"due_on": "2024-11-08", "freezes_on": "2024-11-12"}
        assert answer.json()["submitted"] == {"due_on": "2024-11-06", "freezes_on": "2024-11-12"}

    @pytest.mark.parametrize("month", ["1999-01", "soon"])
    def test_a_month_that_is_not_there(self, asked, month):
        assert asked(OFFICE, "get", "calendar", month).status_code == 404
        assert asked(OFFICE, "post", "calendar", month, "days", **DAYS).status_code == 404


class TestReopening:
    """The last frozen month."""

    @pytest.fixture
    def body(self, world):
        steps.advance(world, FREEZES)
        return {
            "freezes_on": AGAIN.isoformat(),
            "reason": WHY,
            "base_version": world.period().version,
        }

    def test_it_goes_back_to_due_once_for_each_key(self, asked, world, body):
        for _ in range(2):
            answer = asked(
                OFFICE, "post", "calendar", "2024-08", "reopen", on=REOPENED, key="k", **body
            )
            assert (answer.status_code, answer.json()["state"]) == (201, "due")
        assert answer.json()["reopenings"] == [
            {
                "frozen_at": "2024-09-10T12:00:00+01:00",
                "at": "2024-09-16T12:00:00+01:00",
                "freezes_on": "2024-09-20",
                "reason": WHY,
                "role": "Programme office",
                "by": world.people[OFFICE].name,
            }
        ]
        assert PeriodUnfreezing.objects.count() == 1

    def test_families_read_when_and_neither_who_nor_why(self, asked, body):
        asked(OFFICE, "post", "calendar", "2024-08", "reopen", on=REOPENED, **body)
        (row,) = asked(FAMILIES, "get", "calendar", "2024-08", on=REOPENED).json()["reopenings"]
        assert set(row) == {"frozen_at", "at", "freezes_on"}

    def test_both_doors_refuse_with_one_sentence(self, asked, world, body):
        said = "Only the last frozen month can be reopened, August 2024."
        july = world.period(dt.date(2024, 7, 1)).version
        sent = body | {"base_version": july}
        answer = asked(OFFICE, "post", "calendar", "2024-07", "reopen", on=REOPENED, **sent)
        assert (answer.status_code, answer.json()["message"]) == (400, said)
        where = page(world, "period-reopen", "2024-07")
        form = {"reason": WHY, "base_version": july} | boxes(freezes_on=AGAIN)
        assert said in words_of(post(world.people[OFFICE], where, on=REOPENED, **form))


class TestRhythm:
    """How often the executive meets."""

    BODY = {
        "rhythm": "quarterly",
        "from_month": "2024-10",
        "reason": "Delivery is steady.",
        "base_number": 0,
    }

    @pytest.fixture
    def promised(self, world):
        return promise(world)

    def test_before_any_decision(self, asked, promised):
        assert asked(Role.ADVISER, "get", "rhythm").json() == {
            "in_force": "monthly",
            "is_assessment_due": False,
            "promise": {
                "rhythm": "monthly",
                "from_month": "2024-07",
                "assessed_after": 3,
                "quote": QUOTE,
            },
            "decisions": [],
        }

    def test_the_chair_decides_once_for_each_key(self, asked, promised):
        for _ in range(2):
            answer = asked(CHAIR, "post", "rhythm", key="k", **self.BODY)
            assert answer.status_code == 201
        assert answer.json()["decisions"] == [
            {
                "number": 1,
                "rhythm": "quarterly",
                "from_month": "2024-10",
                "reason": "Delivery is steady.",
                "by": promised.people[CHAIR].name,
                "at": "2024-09-03T12:00:00+01:00",
            }
        ]
        assert asked(CHAIR, "post", "rhythm", **self.BODY).status_code == 409
        assert RhythmDecision.objects.count() == 1

    def test_both_doors_refuse_with_one_sentence(self, asked, promised):
        said = "Choose a month from October 2024 to September 2025."
        answer = asked(CHAIR, "post", "rhythm", **(self.BODY | {"from_month": "2024-09"}))
        assert answer.json()["fields"] == {"from_month": [said]}
        form = {
            "rhythm": "quarterly",
            "from_month": "2024-09",
            "reason": "Delivery is steady.",
            "base_version": 0,
        }
        where = page(promised, "rhythm-decide")
        assert said in words_of(post(promised.people[CHAIR], where, on=TODAY, **form))
