"""One line for each milestone, as at a moment: what everything else is made of."""

import datetime as dt

import pytest

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import selectors
from plans.enums import Stage, Standing
from plans.models import Milestone
from plans.policies import UpdateWords
from plans.services import date_changes, exceptions, milestones, periods
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon

__all__ = ["built_world", "world"]

ALL_WORDS = {"what_happened", "what_is_next", "reason_for_rating", "sentence_for_families"}
AUGUST, SEPTEMBER = dt.date(2024, 8, 1), dt.date(2024, 9, 1)


def lines(world, *, day=TODAY, months=(AUGUST,), visible=ALL_WORDS):
    """The lines of the world's plan at noon of a day, by key."""
    found = selectors.lines_of(
        Milestone.objects.filter(plan=world.plan),
        periods=[world.period(month) for month in months],
        at=noon(day),
        on=day,
        visible=visible,
    )
    return {line.key: line for line in found}


def on(day: int) -> dt.date:
    """A day of October 2024, after the published date."""
    return dt.date(2024, 10, day)


def agree(world, key, agreed_on, *, day):
    with at(day):
        date_changes.agree_date(
            milestone=world.milestone(key),
            agreed_on=agreed_on,
            reason="A reason",
            requested_by=world.people[Role.WORKSTREAM_LEAD],
            decision="Agreed",
            by=world.people[Role.JOINT_CHAIR],
        )


def test_without_a_moment_all_that_is_stored_counts_whatever_the_clock_said(world):
    evening, morning = (dt.datetime(2024, 9, 3, hour, tzinfo=dates.LONDON) for hour in (17, 9))
    with dates.at(evening):
        milestone = world.milestone()
        milestones.record_update(
            milestone=milestone,
            period=world.period(),
            words=UpdateWords(stage="in_progress", rating="green", what_happened="Work began."),
            base_version=0,
            by=world.people[Role.WORKSTREAM_LEAD],
        )
    rows = Milestone.objects.filter(pk=milestone.pk)
    asked = {"periods": [world.period()], "on": TODAY, "visible": ALL_WORDS}
    (now,) = selectors.lines_of(rows, at=None, **asked)
    assert (now.stage, now.rating, now.what_happened) == (
        Stage.IN_PROGRESS,
        "green",
        "Work began.",
    )
    (before,) = selectors.lines_of(rows, at=morning, **asked)
    assert (before.stage, before.rating) == (Stage.NOT_STARTED, "")


def test_without_a_moment_open_exceptions_count_and_closed_ones_do_not(world):
    day = on(2)
    with at(day):
        exceptions.flag_overdue(plan=world.plan, on=day, by=User.objects.system())
    agree(world, "PA1.1-1", dt.date(2024, 12, 6), day=on(3))
    found = selectors.lines_of(
        Milestone.objects.filter(plan=world.plan), periods=[], at=None, on=on(1), visible=()
    )
    assert {line.key: line.has_exception for line in found} == {
        "PA1.1-1": False,
        "PA1.1-2": True,
        "AI1.1-1": True,
        "AI1.1-2": True,
    }


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2024, 7, 31), Standing.NOT_STARTED),  # due in 61 days
        (dt.date(2024, 8, 1), Standing.NO_UPDATE),  # due in 60 days
        (on(1), Standing.NO_UPDATE),
        (on(31), Standing.NO_UPDATE),
    ],
)
def test_silence_about_what_is_due_soon_or_late_is_no_update_though_work_has_not_begun(
    world, day, shown
):
    line = lines(world, day=day)["PA1.1-1"]
    assert (line.due_on, line.stage) == (dt.date(2024, 9, 30), Stage.NOT_STARTED)
    assert line.standing == shown


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ({"rating": "green"}, Standing.GREEN, Standing.RED),
        # A reason that nobody asked for answers nothing.
        ({"rating": "green", "reason_for_rating": "All is well."}, Standing.GREEN, Standing.RED),
        # This one answered the forecast, not the date that passed since.
        (
            {
                "rating": "green",
                "reason_for_rating": "Promised in writing.",
                "forecast_on": dt.date(2024, 10, 20),
            },
            Standing.GREEN,
            Standing.RED,
        ),
    ],
)
def test_a_reason_answers_the_dates_of_its_day_only(world, words, before, after):
    world.update(**words)
    assert lines(world)["PA1.1-1"].standing == before
    assert lines(world, day=on(1))["PA1.1-1"].standing == after


def test_a_reason_for_a_date_that_had_passed_still_holds(world):
    day = on(1)
    with at(day):
        milestones.record_update(
            milestone=world.milestone(),
            period=world.period(SEPTEMBER),
            words=UpdateWords(
                stage="in_progress",
                rating="amber",
                what_happened="Held up.",
                reason_for_rating="Promised in writing.",
                forecast_on=on(20),
            ),
            base_version=0,
            by=world.people[Role.WORKSTREAM_LEAD],
        )
    line = lines(world, day=on(2), months=(SEPTEMBER,))["PA1.1-1"]
    assert (line.standing, line.days_overdue) == (Standing.AMBER, 2)


def test_a_milestone_nobody_touched(world):
    line = lines(world)["PA1.1-1"]
    assert (line.stage, line.standing, line.rating, line.rating_month) == (
        Stage.NOT_STARTED,
        Standing.NO_UPDATE,
        "",
        None,
    )
    assert (line.date_in_force, line.slip, line.moves, line.days_overdue) == (
        dt.date(2024, 9, 30),
        None,
        0,
        0,
    )
    assert line.lead_line == "Head of PA1"
    assert line.is_open
    flags = (
        "is_silent",
        "is_overdue",
        "has_slipped",
        "is_complete",
        "has_exception",
        "has_no_agreed_date",
    )
    assert [flag for flag in flags if getattr(line, flag)] == ["is_silent"]
    assert line.last_updated_at is None


def test_the_latest_update_of_the_months_asked_about_counts(world):
    world.update(rating="amber", what_happened="First.")
    world.update(rating="red", what_happened="Second.", forecast_on=dt.date(2024, 10, 20))
    line = lines(world)["PA1.1-1"]
    assert (line.standing, line.rating, line.rating_month) == (Standing.RED, "red", AUGUST)
    assert (line.what_happened, line.forecast_on, line.slip) == (
        "Second.",
        dt.date(2024, 10, 20),
        20,
    )
    assert line.has_slipped
    assert line.last_updated_at == noon(TODAY)


def test_a_rating_of_another_month_is_never_shown_as_this_months(world):
    world.update(rating="green")
    line = lines(world, months=(SEPTEMBER,))["PA1.1-1"]
    assert (line.stage, line.standing, line.rating) == (Stage.IN_PROGRESS, Standing.NO_UPDATE, "")
    assert line.what_happened == ""
    assert line.is_silent


def test_words_are_empty_where_they_may_not_be_seen(world):
    world.update(
        what_happened="RAW", what_is_next="RAW", sentence_for_families="Plain.", internal_note="RAW"
    )
    line = lines(world, visible={"sentence_for_families"})["PA1.1-1"]
    assert "RAW" not in repr(line)
    assert line.sentence_for_families == "Plain."


def test_a_moment_gone_by_reads_as_it_was(world):
    world.update(rating="green", what_happened="Before.")
    before = lines(world)
    world.update(on=dt.date(2024, 9, 4), rating="red", what_happened="After.")
    agree(world, "PA1.1-2", dt.date(2025, 1, 31), day=dt.date(2024, 9, 5))
    with at(dt.date(2024, 9, 6)):
        milestones.withdraw(
            milestone=world.milestone("PA1.1-2"),
            words="Decided",
            base_version=1,
            by=world.people[Role.JOINT_CHAIR],
        )
    again = lines(world)
    after = lines(world, day=dt.date(2024, 9, 6))
    versions = {key: line.version for key, line in again.items()}
    assert versions == {"PA1.1-1": 2, "PA1.1-2": 2, "AI1.1-1": 0, "AI1.1-2": 0}
    for key, line in before.items():
        assert dates_and_states(line) == dates_and_states(again[key])
    assert after["PA1.1-1"].what_happened == "After."
    assert (after["PA1.1-2"].standing, after["PA1.1-2"].agreed_on) == (
        Standing.WITHDRAWN,
        dt.date(2025, 1, 31),
    )


def dates_and_states(line):
    """What a line says, but for the version, which is the row's own now."""
    return {name: value for name, value in vars(line).items() if name != "version"}


def test_overdue_is_judged_on_the_day_asked_about(world):
    assert lines(world, day=dt.date(2024, 9, 30))["PA1.1-1"].days_overdue == 0
    line = lines(world, day=on(1))["PA1.1-1"]
    assert (line.days_overdue, line.is_overdue) == (1, True)
    agree(world, "PA1.1-1", on(10), day=on(1))
    moved = lines(world, day=on(2))["PA1.1-1"]
    assert (moved.is_overdue, moved.date_in_force, moved.moves, moved.slip) == (
        False,
        on(10),
        1,
        10,
    )
    assert moved.has_slipped
    assert lines(world, day=on(11))["PA1.1-1"].days_overdue == 1


def test_an_exception_is_shown_while_its_spell_lasts(world):
    system = User.objects.system()
    with at(on(2)):
        exceptions.flag_overdue(plan=world.plan, on=on(2), by=system)
    agree(world, "PA1.1-1", on(31), day=on(4))
    shown = [lines(world, day=on(day))["PA1.1-1"].has_exception for day in (1, 2, 3, 4, 5)]
    assert shown == [False, True, True, False, False]


def test_the_way_to_sign_off_is_read_from_its_acts(world):
    world.update()
    world.propose()
    proposed = lines(world)["PA1.1-1"]
    assert (proposed.stage, proposed.standing, proposed.completed_on) == (
        Stage.PROPOSED_COMPLETE,
        Standing.COMPLETE,
        TODAY,
    )
    assert proposed.is_complete
    assert not proposed.is_open
    with at(dt.date(2024, 9, 4)):
        milestones.return_proposal(
            milestone=world.milestone(),
            words="No minutes",
            base_version=2,
            by=world.people[Role.JOINT_CHAIR],
        )
    returned = lines(world, day=dt.date(2024, 9, 4))["PA1.1-1"]
    assert (returned.stage, returned.standing, returned.completed_on) == (
        Stage.IN_PROGRESS,
        Standing.GREEN,
        None,
    )


def test_four_queries_however_many_lines(world, django_assert_num_queries):
    months = [world.period()]
    for key in ("PA1.1-1", "PA1.1-2"):
        world.update(key)
    world.propose()
    for rows in (Milestone.objects.filter(pk=world.milestone().pk), Milestone.objects.all()):
        with django_assert_num_queries(4):
            selectors.lines_of(rows, periods=months, at=dates.now(), on=TODAY, visible=ALL_WORDS)


class TestMonths:
    """Which months are being reported, and which have been."""

    def test_on_3_september_july_is_closed_august_due_and_september_open(self, world):
        july = world.period(dt.date(2024, 7, 1))
        assert selectors.default_period(world.plan) == world.period(AUGUST)
        assert selectors.latest_closed_period(world.plan) == july
        assert selectors.current_periods(world.plan) == [
            july,
            world.period(AUGUST),
            world.period(SEPTEMBER),
        ]

    def test_once_august_froze_september_is_meant(self, world):
        freezes = dt.date(2024, 9, 10)
        with at(freezes):
            periods.advance(plan=world.plan, on=freezes, by=User.objects.system())
        assert selectors.default_period(world.plan) == world.period(SEPTEMBER)
        assert selectors.latest_closed_period(world.plan) == world.period(AUGUST)
        assert selectors.current_periods(world.plan) == [
            world.period(AUGUST),
            world.period(SEPTEMBER),
        ]

    def test_a_month_by_its_first_day(self, world):
        assert selectors.period_of_month(world.plan, AUGUST) == world.period(AUGUST)
        assert selectors.period_of_month(world.plan, dt.date(2030, 1, 1)) is None


def test_the_dates_of_one_milestone_side_by_side(world):
    assert selectors.dates_of(world.milestone()) == selectors.MilestoneDates(
        published=dt.date(2024, 9, 30), agreed=None, forecast=None, moves=0, slip=None
    )
    for number, day in enumerate((dt.date(2024, 10, 31), dt.date(2024, 11, 30)), start=1):
        agree(world, "PA1.1-1", day, day=TODAY)
        found = selectors.dates_of(world.milestone())
        assert (found.agreed, found.in_force, found.moves) == (day, day, number)
    assert found.slip == 61
    assert selectors.dates_of(world.milestone("PA1.1-2")).in_force == dt.date(2024, 9, 30)
