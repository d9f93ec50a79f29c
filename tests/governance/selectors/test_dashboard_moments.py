"""As at when a month is read: freezes, late runs, midnight in London, and months to come."""

import datetime as dt

import pytest

from governance.selectors import dashboard_as_at
from governance.selectors.figures import is_due
from hertsend import dates
from plans import selectors
from plans.enums import Standing
from plans.selectors import day_gone_by
from tests.factories import models as make
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.selectors.reading import SEEN, board, due, keys, lines_of
from tests.governance.steps import AUGUST, JULY, OCTOBER, SEPTEMBER


def test_what_happens_after_the_freeze_is_not_in_the_month(september):
    before = board(september, SEPTEMBER)
    steps.propose(september, "AI1.1-1", on=dt.date(2024, 10, 10))
    steps.withdraw(september, "PA1.1-2", on=dt.date(2024, 10, 10))
    after = board(september, SEPTEMBER)
    assert lines_of(after) == lines_of(before)
    assert (after.figures, after.sentence, after.burn_up) == (
        before.figures,
        before.sentence,
        before.burn_up,
    )
    live = board(september, OCTOBER, at=noon(dt.date(2024, 10, 15)))
    assert (live.figures.withdrawn, live.figures.complete) == (1, 2)


def test_what_a_later_edition_of_the_plan_adds_is_not_in_a_month_that_was_frozen(september):
    before = board(september, SEPTEMBER)
    past = dashboard_as_at(september.plan, day_gone_by(dt.date(2024, 10, 15)), visible=SEEN)
    make.MilestoneFactory(
        action=september.actions["PA1.1"],
        key="PA1.1-9",
        position=9,
        added_at=noon(dt.date(2024, 10, 16)),
    )
    after = board(september, SEPTEMBER)
    assert (after.figures, after.streams, after.areas) == (
        before.figures,
        before.streams,
        before.areas,
    )
    assert lines_of(after) == lines_of(before)
    again = dashboard_as_at(september.plan, day_gone_by(dt.date(2024, 10, 15)), visible=SEEN)
    assert again.figures == past.figures
    live = board(september, OCTOBER, at=noon(dt.date(2024, 10, 17)))
    assert keys(live.reading.lines) == ["PA1.1-1", "PA1.1-2", "PA1.1-9", "AI1.1-1", "AI1.1-2"]


@pytest.mark.parametrize(
    ("later", "counts"),
    [
        # The plan's own rows are of 1 December 2023: all of that day is its first import.
        (dt.timedelta(hours=11, minutes=59), True),
        (dt.timedelta(hours=12), False),
    ],
)
def test_what_came_with_the_plans_first_import_counts_for_months_before_it(world, later, counts):
    make.MilestoneFactory(
        action=world.actions["PA1.1"],
        key="PA1.1-9",
        position=9,
        added_at=noon(make.START) + later,
    )
    found = selectors.lines_of(
        world.plan.milestones.all(),
        periods=[],
        at=noon(dt.date(2023, 9, 1)),
        on=dt.date(2023, 9, 1),
        visible=(),
    )
    assert ("PA1.1-9" in keys(found), len(found)) == (counts, 5 if counts else 4)


def test_the_open_month_shows_what_the_live_pages_show(september):
    live = board(september, OCTOBER, at=noon(dt.date(2024, 10, 15)))
    assert (live.reading.is_live, live.reading.is_closed) == (True, False)
    assert live.reading.due_by == dt.date(2024, 10, 14)
    assert {line.key: line.standing for line in live.reading.lines}["AI1.1-1"] == Standing.RED
    assert live.cut_off == (
        "So far: as at 15 October 2024, 12:00. These figures still change. "
        "Ratings are those given for September 2024 or later."
    )


def test_a_month_that_is_being_returned_shows_only_what_was_reported_for_it(world):
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)))
    found = board(world, AUGUST, at=noon(dt.date(2024, 9, 5)))
    assert (found.reading.is_live, found.reading.is_closed) == (False, False)
    assert found.all_streams.standings[Standing.GREEN] == 1
    assert found.cut_off.endswith("Ratings are those given for August 2024.")


def test_a_freeze_that_runs_three_days_late_cuts_where_it_ran(september):
    late = dt.datetime(2024, 11, 14, 9, 30, tzinfo=dates.LONDON)
    steps.report(
        september,
        "AI1.1-2",
        month=OCTOBER,
        moment=noon(dt.date(2024, 11, 13)),
        rating="red",
        forecast_on=dt.date(2024, 12, 31),
    )
    steps.advance(september, dt.date(2024, 11, 14), moment=late)
    found = board(september, OCTOBER)
    assert (found.reading.at, found.reading.on) == (late, dt.date(2024, 11, 14))
    assert found.reading.due_by == dt.date(2024, 10, 31)
    assert [line.days_overdue for line in found.overdue] == [45, 45]
    assert {line.key: line.standing for line in found.reading.lines}["AI1.1-2"] == Standing.RED
    assert found.cut_off.startswith("Frozen on 14 November 2024 at 09:30.")


def test_what_fell_due_between_the_month_and_its_freeze_is_overdue_besides(september):
    due(september, "AI1.1-2", dt.date(2024, 10, 4))
    found = board(september, SEPTEMBER)
    figures = found.figures
    assert (figures.due, figures.overdue, figures.overdue_of_due) == (3, 2, 1)
    assert figures.overdue_besides == 1
    assert figures.due == figures.complete_of_due + figures.overdue_of_due + figures.moved_of_due
    assert "1 more has passed the agreed date or fallen due since, by 9 October 2024." in (
        found.sentence.rest
    )


@pytest.mark.parametrize(
    ("moment", "complete"),
    [
        pytest.param(dt.datetime(2024, 10, 9, 11, 59, 59, tzinfo=dates.LONDON), 2, id="before"),
        pytest.param(dt.datetime(2024, 10, 9, 12, 0, 1, tzinfo=dates.LONDON), 1, id="after"),
    ],
)
def test_a_second_decides_on_which_side_of_the_freeze_a_proposal_is(september, moment, complete):
    steps.propose(september, "AI1.1-1", on=dt.date(2024, 10, 9), moment=moment)
    assert board(september, SEPTEMBER).figures.complete == complete


@pytest.mark.parametrize(
    ("moment", "overdue"),
    [
        pytest.param(dt.datetime(2024, 9, 30, 23, 59, 59, tzinfo=dates.LONDON), 0, id="due today"),
        pytest.param(dt.datetime(2024, 10, 1, 0, 0, 0, tzinfo=dates.LONDON), 4, id="midnight"),
        pytest.param(dt.datetime(2024, 9, 30, 23, 0, 0, tzinfo=dt.UTC), 4, id="midnight in UTC+1"),
    ],
)
def test_days_end_at_midnight_in_london(world, moment, overdue):
    found = board(world, SEPTEMBER, at=moment)
    assert found.figures.overdue == overdue
    assert found.figures.due == overdue


def test_a_milestone_due_on_29_february_is_due_in_february(world):
    due(world, "PA1.1-1", dt.date(2024, 2, 29))
    points = {point.month: point.due for point in board(world, JULY).burn_up}
    assert (points[dt.date(2024, 2, 1)], points[dt.date(2024, 3, 1)]) == (1, 1)
    line = next(line for line in board(world, JULY).reading.lines if line.key == "PA1.1-1")
    assert is_due(line, by=dt.date(2024, 2, 29))
    assert not is_due(line, by=dt.date(2024, 2, 28))


def test_the_burn_up_says_of_each_month_what_that_month_said(september):
    steps.send_back(september, "PA1.1-1", on=dt.date(2024, 10, 10))
    steps.advance(september, dt.date(2024, 11, 11))
    found = board(september, OCTOBER)
    points = {point.month: (point.due, point.complete) for point in found.burn_up}
    assert points == {SEPTEMBER: (4, 1), OCTOBER: (4, 0)}
    assert points[OCTOBER] == (found.figures.due, found.figures.complete_of_due)


def test_months_to_come_have_no_complete(world):
    due(world, "PA1.1-1", dt.date(2024, 11, 30))
    points = [
        (each.month, each.due, each.complete)
        for each in board(world, AUGUST, at=noon(dt.date(2024, 9, 3))).burn_up
    ]
    assert points == [
        (AUGUST, 0, 0),
        (SEPTEMBER, 3, None),
        (OCTOBER, 3, None),
        (dt.date(2024, 11, 1), 4, None),
    ]


def test_due_soon_holds_open_milestones_from_today_to_the_thirtieth_day(world):
    today = dt.date(2024, 9, 3)
    due(world, "PA1.1-1", today)
    due(world, "PA1.1-2", today + dt.timedelta(days=30))
    due(world, "AI1.1-1", today + dt.timedelta(days=31))
    due(world, "AI1.1-2", today - dt.timedelta(days=1))
    assert keys(board(world, SEPTEMBER, at=noon(today)).due_soon) == ["PA1.1-1", "PA1.1-2"]
