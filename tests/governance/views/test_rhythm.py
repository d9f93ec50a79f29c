"""The rhythm's pages: the plan's words, the decisions, the months with a meeting, the chair's form."""

import datetime as dt

import pytest

from governance.models import RhythmDecision
from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World
from tests.governance import steps
from tests.governance.calendar import address, get, post
from tests.governance.rhythm import QUOTE, promise
from tests.journeys.office import words_of

__all__ = ["built_world", "world"]

CHAIR = Role.EXECUTIVE_CHAIR
OCTOBER_15 = dt.date(2024, 10, 15)


@pytest.fixture
def promised(world):
    return promise(world)


def decide(world: World, *, role: Role = CHAIR, **typed: object):
    values = {
        "rhythm": "two_monthly",
        "from_month": "2024-10",
        "reason": "Delivery is steady.",
        "base_version": 0,
        "submission_key": "k",
    }
    where = address(world, "rhythm-decide")
    return post(world.people[role], where, on=TODAY, **(values | typed))


def read(world: World, role: Role = Role.ADVISER, *, on: dt.date = TODAY) -> str:
    return words_of(get(world.people[role], address(world, "rhythm"), on=on))


def test_before_any_decision_the_plan_is_quoted(promised):
    words = read(promised)
    assert (
        "Every month. The next report that goes to a meeting, with an Executive edition of the pack, is that of August 2024."
        in words
    )
    assert f"What the plan says “{QUOTE}”" in words
    assert "Nothing has been decided." in words
    assert "Decide the rhythm" not in words


def test_a_plan_that_says_nothing_is_not_quoted(world):
    assert "The plan does not say how often." in read(world)


def test_a_decision_is_shown_with_who_and_why_and_the_months_follow(promised):
    words = words_of(decide(promised))
    assert "The decision is noted." in words
    name = promised.people[CHAIR].name
    assert f"Every two months October 2024 3 September 2024 {name} Delivery is steady." in words
    assert "October 2024 11 November 2024 Yes Yes" in words
    assert "November 2024 10 December 2024 No No" in words
    assert "December 2024 10 January 2025 Yes Yes" in words


def test_what_is_missing_stands_at_the_field(promised):
    words = words_of(decide(promised, rhythm="", reason=""))
    assert "Select how often the executive meets." in words
    assert "Enter reason" in words
    words = words_of(decide(promised, from_month="2024-09"))
    assert "Choose a month from October 2024 to September 2025." in words
    assert "Select a month from the list." in words_of(decide(promised, from_month="soon"))
    assert RhythmDecision.objects.count() == 0


def test_who_comes_second_is_told_and_keeps_the_words(promised):
    decide(promised)
    page = decide(promised, rhythm="quarterly", reason="Less is enough.", submission_key="other")
    assert page.status_code == 409
    assert "The rhythm was decided after you opened the page." in words_of(page)
    assert "Less is enough." in page.content.decode()
    assert RhythmDecision.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != CHAIR])
def test_nobody_else_decides(promised, role):
    assert decide(promised, role=role).status_code == 403
    assert RhythmDecision.objects.count() == 0


def test_families_do_not_read_the_boards_papers(promised):
    page = get(
        promised.people[Role.PARENT_CARER_REPRESENTATIVE], address(promised, "rhythm"), on=TODAY
    )
    assert page.status_code == 403


def test_the_assessment_is_asked_for_and_waits_on_the_chairs_home(promised):
    steps.advance(promised, steps.SEPTEMBER_FREEZES)
    said = "July 2024 to September 2024 are reported, and the plan says that this is then assessed."
    assert f"{said} Decide how it goes on" in read(promised, CHAIR, on=OCTOBER_15)
    assert f"{said} The executive’s chair decides" in read(promised, on=OCTOBER_15)
    waiting = "How often the executive meets is to be assessed"
    for role in (CHAIR, Role.EXECUTIVE_MEMBER, Role.PROGRAMME_OFFICE):
        home = words_of(get(promised.people[role], "/", on=OCTOBER_15))
        assert (waiting in home) is (role == CHAIR)
