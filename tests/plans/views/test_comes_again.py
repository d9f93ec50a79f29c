"""A milestone that comes again says so on its page and in the table, once its rule is confirmed."""

import re

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.plans import impact_rows

KEY = "PA1.1-3"
RULE = "Every quarter, from 1 June 2024"
NEXT = "December 2024 to February 2025"


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def quarterly(world):
    row = make.MilestoneFactory(
        action=world.actions["PA1.1"],
        key=KEY,
        position=3,
        due_on=None,
        due_text="Quarterly",
        precision="recurring",
    )
    return impact_rows.commitment(world, milestone=row)


def words_of(browser, name, *args) -> str:
    page = browser.get(reverse(f"plans:{name}", args=args)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_its_page_says_the_rule_and_when_it_is_due_next(world, as_role, quarterly):
    browser, where = as_role(Role.BOARD_MEMBER), (world.plan.slug, KEY)
    assert "The plan gives no day." in words_of(browser, "milestone-detail", *where)
    impact_rows.rule(world, quarterly, frequency="quarterly")
    words = words_of(browser, "milestone-detail", *where)
    assert f"It comes again: {RULE}. Next: {NEXT}." in words
    assert "The plan gives no day." not in words
    assert "“Quarterly”" in words


def test_the_table_says_it_below_the_plans_words(world, as_role, quarterly):
    browser = as_role(Role.BOARD_MEMBER)
    assert "Comes again:" not in words_of(browser, "milestone-list", world.plan.slug)
    impact_rows.rule(world, quarterly, frequency="quarterly")
    words = words_of(browser, "milestone-list", world.plan.slug)
    assert words.count(f"Comes again: {RULE}. Next: {NEXT}.") == 1


def test_what_was_missed_is_among_the_exceptions(world, as_role, quarterly):
    browser = as_role(Role.BOARD_MEMBER)
    assert "missed" not in words_of(browser, "exception-list", world.plan.slug)
    impact_rows.rule(world, quarterly, frequency="quarterly")
    words = words_of(browser, "exception-list", world.plan.slug)
    assert "1 promise that comes again was missed." in words
    assert "June to August 2024 (nothing recorded)" in words


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({"workstream": "PA1"}, True),
        ({"workstream": "AI1"}, False),
        ({"area": "PA1"}, False),
        ({"report": "without"}, True),
        ({"report": "with"}, False),
    ],
)
def test_the_filters_of_exceptions_hold_for_what_was_missed(
    world, as_role, quarterly, query, is_shown
):
    impact_rows.rule(world, quarterly, frequency="quarterly")
    page = as_role(Role.BOARD_MEMBER).get(
        reverse("plans:exception-list", args=[world.plan.slug]), query
    )
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))
    assert "1 promise that comes again was missed." in words
    assert ("June to August 2024 (nothing recorded)" in words) == is_shown
