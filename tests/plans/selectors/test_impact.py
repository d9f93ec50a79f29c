"""The impact of actions as at a moment, and what each reader sees of it; blue only where measured."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from plans import permissions, selectors
from plans.enums import Standing
from plans.models import ImpactRating, Milestone
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.governance import steps
from tests.plans import impact_rows

__all__ = ["built_world", "world"]

FIRST, SECOND, THIRD = (dt.date(2024, 9, day) for day in (4, 6, 10))


def seen(world, role=Role.BOARD_MEMBER):
    return permissions.visible_fields(
        world.people[role], ImpactRating, partnership_id=world.partnership.pk
    )


@pytest.fixture
def rated(world):
    """PA1.1: 1 on the 4th, confirmed on the 6th; then 2 on the 10th, which waits."""
    first = impact_rows.rating(world, 1, level=1, at=noon(FIRST))
    impact_rows.decision(world, first, at=noon(SECOND))
    impact_rows.rating(world, 2, level=2, words="Some have noticed.", at=noon(THIRD))
    return world


def levels(found):
    one = found.get("PA1.1", selectors.NO_IMPACT)
    return (one.level, one.proposed.level.value if one.proposed else None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2024, 9, 3), (None, None)),
        (FIRST, (None, 1)),
        (SECOND, (1, None)),
        (dt.date(2024, 9, 9), (1, None)),
        (THIRD, (1, 2)),
    ],
)
def test_it_is_read_as_at_a_moment(rated, day, expected):
    found = selectors.impacts_of(rated.plan, at=noon(day), visible=seen(rated))
    assert levels(found) == expected


def test_a_rating_that_was_given_back_is_neither(rated):
    second = ImpactRating.objects.get(number=2)
    impact_rows.decision(
        rated, second, outcome="returned", words="Ask more.", fingerprint="", at=noon(THIRD)
    )
    assert levels(selectors.impacts_of(rated.plan, visible=seen(rated))) == (1, None)


def test_readers_of_plain_english_see_what_was_confirmed_alone(rated):
    visible = seen(rated, Role.PARENT_CARER_REPRESENTATIVE)
    found = selectors.impacts_of(rated.plan, visible=visible)
    assert levels(found) == (1, None)
    assert (found["PA1.1"].confirmed.words, found["PA1.1"].confirmed.by) == ("", "")
    history = selectors.history_of_impact(rated.actions["PA1.1"], visible=visible)
    assert [line.number for line in history] == [1]


def test_the_history_is_latest_first_with_words_and_names(rated):
    lines = selectors.history_of_impact(rated.actions["PA1.1"], visible=seen(rated))
    assert [(line.number, line.outcome, line.words) for line in lines] == [
        (2, "", "Some have noticed."),
        (1, "confirmed", "Too few have noticed."),
    ]
    assert lines[1].decided_by == "Joint chair PA1"
    assert lines[0].by == "Workstream lead PA1"


def test_reviewed_once_a_rating_was_confirmed(rated):
    action = rated.actions["PA1.1"]
    assert selectors.has_been_reviewed(action)
    assert selectors.has_been_reviewed(action, at=noon(SECOND))
    assert not selectors.has_been_reviewed(action, at=noon(FIRST))
    assert not selectors.has_been_reviewed(rated.actions["AI1.1"])


def test_one_query_however_many(rated):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            selectors.impacts_of(rated.plan, visible=seen_now)
        return len(captured)

    seen_now = seen(rated)
    assert queries() == 1
    for _ in range(3):
        action = make.ActionFactory(workstream=rated.workstreams["PA1"])
        impact_rows.decision(rated, impact_rows.rating(rated, action=action))
    assert queries() == 1


@pytest.mark.parametrize(
    ("held", "standing"),
    [
        ({}, Standing.COMPLETE),
        ({"PA1.1": 2}, Standing.COMPLETE),
        ({"PA1.1": 3}, Standing.EMBEDDED),
        ({"PA1.1": 9}, Standing.EMBEDDED),
        ({"AI1.1": 3}, Standing.COMPLETE),
    ],
)
def test_a_signed_milestone_is_blue_only_where_its_measure_held(world, held, standing):
    steps.propose(world, "PA1.1-1", on=TODAY)
    steps.sign(world, "PA1.1-1", on=TODAY)
    with at(TODAY):
        lines = selectors.lines_of(
            Milestone.objects.filter(plan=world.plan),
            periods=[world.period()],
            at=None,
            on=TODAY,
            visible=frozenset(),
            held=held,
        )
    found = {line.key: line.standing for line in lines}
    assert found["PA1.1-1"] == standing
    assert Standing.EMBEDDED not in {found["PA1.1-2"], found["AI1.1-1"]}
