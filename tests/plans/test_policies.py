"""The rules of the plan's keeping, in the customer's words: no database, no clock."""

import datetime as dt

import pytest

from plans import policies
from plans.enums import Precision, Rating, Stage, Standing
from tests.plans.rules import DONE, DUE, OPEN, TODAY, TOMORROW, YESTERDAY


class TestOverdue:
    """Past the date in force, and neither proposed complete, signed off nor withdrawn."""

    @pytest.mark.parametrize("stage", OPEN)
    @pytest.mark.parametrize(
        ("date", "overdue", "days"),
        [
            (dt.date(2024, 8, 31), True, 3),
            (YESTERDAY, True, 1),
            (TODAY, False, 0),
            (TOMORROW, False, 0),
            (None, False, 0),
        ],
    )
    def test_open_milestones(self, stage, date, overdue, days):
        given = {"stage": stage, "date_in_force": date, "on": TODAY}
        assert policies.is_overdue(**given) is overdue
        assert policies.days_overdue(**given) == days

    @pytest.mark.parametrize("stage", DONE)
    def test_what_is_complete_or_withdrawn_is_never_overdue(self, stage):
        given = {"stage": stage, "date_in_force": dt.date(2020, 1, 1), "on": TODAY}
        assert policies.is_overdue(**given) is False
        assert policies.days_overdue(**given) == 0

    def test_days_are_counted_over_the_change_of_clocks_and_leap_days(self):
        given = {"stage": Stage.IN_PROGRESS, "date_in_force": dt.date(2024, 2, 28)}
        assert policies.days_overdue(**given, on=dt.date(2024, 3, 1)) == 2
        assert policies.days_overdue(**given, on=dt.date(2024, 4, 1)) == 33


@pytest.mark.parametrize(
    ("due", "agreed", "forecast", "slip"),
    [
        (DUE, None, None, None),
        (None, dt.date(2024, 10, 1), dt.date(2024, 10, 1), None),
        (DUE, dt.date(2024, 10, 31), None, 31),
        (DUE, None, dt.date(2024, 10, 7), 7),
        (DUE, dt.date(2024, 10, 31), dt.date(2024, 11, 7), 38),
        (DUE, dt.date(2024, 10, 31), dt.date(2024, 10, 7), 31),
        (DUE, dt.date(2024, 10, 31), dt.date(2024, 9, 20), 31),
        (DUE, None, dt.date(2024, 9, 20), -10),
        (DUE, DUE, None, 0),
    ],
)
def test_slip_is_counted_from_the_published_date(due, agreed, forecast, slip):
    assert policies.slip_in_days(start=due, agreed_on=agreed, forecast_on=forecast) == slip


@pytest.mark.parametrize("precision", list(Precision))
def test_without_a_day_there_is_no_date_until_one_is_agreed(precision):
    without = policies.has_no_agreed_date(precision=precision, agreed_on=None)
    assert without is (precision != Precision.DAY)
    assert policies.has_no_agreed_date(precision=precision, agreed_on=DUE) is False


@pytest.mark.parametrize(
    ("window_to", "agreed_on", "stage", "passed"),
    [
        (YESTERDAY, None, Stage.IN_PROGRESS, True),
        (YESTERDAY, None, Stage.NOT_STARTED, True),
        (TODAY, None, Stage.IN_PROGRESS, False),
        (None, None, Stage.IN_PROGRESS, False),
        (YESTERDAY, TOMORROW, Stage.IN_PROGRESS, False),
        (YESTERDAY, None, Stage.PROPOSED_COMPLETE, False),
        (YESTERDAY, None, Stage.WITHDRAWN, False),
    ],
)
def test_a_window_has_passed_when_its_words_are_over(window_to, agreed_on, stage, passed):
    given = {"window_to": window_to, "agreed_on": agreed_on, "stage": stage, "on": TODAY}
    assert policies.window_has_passed(**given) is passed


@pytest.mark.parametrize(
    ("stage", "date", "due_soon"),
    [
        (Stage.IN_PROGRESS, YESTERDAY, True),
        (Stage.NOT_STARTED, TODAY + dt.timedelta(days=7), True),
        (Stage.NOT_STARTED, TODAY + dt.timedelta(days=8), False),
        (Stage.NOT_STARTED, None, False),
        (Stage.PROPOSED_COMPLETE, YESTERDAY, False),
    ],
)
def test_leads_are_reminded_of_what_is_overdue_or_due_within_a_week(stage, date, due_soon):
    assert policies.needs_reminder(stage=stage, date_in_force=date, on=TODAY) is due_soon


class TestFloor:
    """The dates set the best rating that the facts allow."""

    @pytest.mark.parametrize(
        ("stage", "date", "forecast", "best"),
        [
            (Stage.IN_PROGRESS, DUE, None, Rating.GREEN),
            (Stage.IN_PROGRESS, DUE, DUE, Rating.GREEN),
            (Stage.IN_PROGRESS, DUE, dt.date(2024, 10, 1), Rating.AMBER),
            (Stage.NOT_STARTED, DUE, dt.date(2024, 10, 1), Rating.AMBER),
            (Stage.IN_PROGRESS, YESTERDAY, None, Rating.RED),
            (Stage.IN_PROGRESS, YESTERDAY, TOMORROW, Rating.RED),
            (Stage.IN_PROGRESS, TODAY, None, Rating.GREEN),
            (Stage.IN_PROGRESS, None, TOMORROW, Rating.GREEN),
            (Stage.IN_PROGRESS, None, None, Rating.GREEN),
            (Stage.PROPOSED_COMPLETE, YESTERDAY, TOMORROW, Rating.GREEN),
        ],
    )
    def test_best_rating(self, stage, date, forecast, best):
        given = {"stage": stage, "date_in_force": date, "forecast_on": forecast, "on": TODAY}
        assert policies.best_rating(**given) == best

    @pytest.mark.parametrize(
        ("rating", "best", "better"),
        [
            ("green", "green", False),
            ("green", "amber", True),
            ("green", "red", True),
            ("amber", "red", True),
            ("amber", "green", False),
            ("red", "green", False),
            ("red", "red", False),
        ],
    )
    def test_worse_is_free_and_better_is_noticed(self, rating, best, better):
        assert policies.is_better_than(rating, best) is better

    @pytest.mark.parametrize(
        ("best", "date", "forecast", "sentence"),
        [
            ("red", DUE, None, "Red: off track. It is past 30 September 2024 and not complete."),
            (
                "amber",
                DUE,
                dt.date(2024, 10, 1),
                "Amber: at risk. The forecast, 1 October 2024, is after 30 September 2024.",
            ),
            ("green", DUE, None, "Green: on track."),
        ],
    )
    def test_the_floor_is_told_in_a_sentence(self, best, date, forecast, sentence):
        told = policies.floor_sentence(best=best, date_in_force=date, forecast_on=forecast)
        assert told == sentence


class TestStanding:
    """What stands for delivery in a month; last month's colour is never carried forward."""

    @pytest.mark.parametrize(
        ("stage", "rating", "is_owed", "standing"),
        [
            (Stage.NOT_STARTED, None, False, Standing.NOT_STARTED),
            (Stage.NOT_STARTED, None, True, Standing.NO_UPDATE),
            (Stage.NOT_STARTED, "amber", True, Standing.AMBER),
            (Stage.IN_PROGRESS, None, True, Standing.NO_UPDATE),
            (Stage.IN_PROGRESS, "", True, Standing.NO_UPDATE),
            (Stage.IN_PROGRESS, "green", True, Standing.GREEN),
            (Stage.IN_PROGRESS, "red", True, Standing.RED),
            (Stage.PROPOSED_COMPLETE, "red", False, Standing.COMPLETE),
            (Stage.SIGNED_OFF, None, False, Standing.COMPLETE),
            (Stage.WITHDRAWN, "red", False, Standing.WITHDRAWN),
        ],
    )
    def test_standing(self, stage, rating, is_owed, standing):
        shown = policies.standing(
            stage=stage, rating_of_period=rating, best="green", is_owed=is_owed
        )
        assert shown == standing

    @pytest.mark.parametrize(
        ("rating", "best", "has_reason", "standing"),
        [
            ("green", "red", False, "red"),
            ("green", "red", True, "green"),
            ("green", "amber", False, "amber"),
            ("amber", "red", False, "red"),
            ("amber", "green", False, "amber"),
            ("red", "amber", False, "red"),
        ],
    )
    def test_a_rating_given_before_the_date_passed_is_not_shown_as_more_hopeful(
        self, rating, best, has_reason, standing
    ):
        shown = policies.standing(
            stage="in_progress",
            rating_of_period=rating,
            best=best,
            is_owed=True,
            has_reason=has_reason,
        )
        assert shown == standing

    def test_every_standing_has_its_place_among_the_worst(self):
        assert sorted(policies.WORST_FIRST) == sorted(Standing)

    @pytest.mark.parametrize(
        ("several", "worst"),
        [
            ([Standing.GREEN, Standing.RED, Standing.NO_UPDATE], Standing.RED),
            ([Standing.GREEN, Standing.NO_UPDATE, Standing.AMBER], Standing.NO_UPDATE),
            ([Standing.COMPLETE, Standing.GREEN], Standing.GREEN),
            ([], Standing.NO_UPDATE),
        ],
    )
    def test_an_area_shows_the_worst_of_its_own(self, several, worst):
        assert policies.worst(several) == worst


@pytest.mark.parametrize(
    ("stage", "rating", "date", "owed"),
    [
        (Stage.IN_PROGRESS, "", None, True),
        (Stage.NOT_STARTED, "", TODAY + dt.timedelta(days=60), True),
        (Stage.NOT_STARTED, "", TODAY + dt.timedelta(days=61), False),
        (Stage.NOT_STARTED, "", YESTERDAY, True),
        (Stage.NOT_STARTED, "", None, False),
        (Stage.NOT_STARTED, "red", None, True),
        (Stage.PROPOSED_COMPLETE, "red", YESTERDAY, False),
        (Stage.SIGNED_OFF, "", YESTERDAY, False),
        (Stage.WITHDRAWN, "", YESTERDAY, False),
    ],
)
def test_an_update_is_owed_once_it_started_or_its_date_is_near(stage, rating, date, owed):
    given = {"stage": stage, "rating": rating, "date_in_force": date, "on": TODAY}
    assert policies.needs_update(**given) is owed
