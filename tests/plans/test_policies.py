"""The rules of the plan's keeping, in the customer's words: no database, no clock."""

import dataclasses
import datetime as dt

import pytest

from hertsend.errors import RuleBroken
from plans import policies
from plans.enums import PeriodState, Precision, Rating, Stage, StageAct, Standing
from plans.policies import UpdateWords

TODAY = dt.date(2024, 9, 3)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
DUE = dt.date(2024, 9, 30)
OPEN = [Stage.NOT_STARTED, Stage.IN_PROGRESS]
DONE = [Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF, Stage.WITHDRAWN]

SOUND = UpdateWords(stage="in_progress", rating="green", what_happened="Work began.")


def refused(check, *arguments, **values) -> dict[str, list[str]]:
    """The sentences with which a check refuses, by field."""
    with pytest.raises(RuleBroken) as refusal:
        check(*arguments, **values)
    return refusal.value.errors


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
    assert policies.slip_in_days(due_on=due, agreed_on=agreed, forecast_on=forecast) == slip


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
            ("red", None, None, "Green: on track."),
            ("amber", DUE, None, "Green: on track."),
        ],
    )
    def test_the_floor_is_told_in_a_sentence(self, best, date, forecast, sentence):
        told = policies.floor_sentence(best=best, date_in_force=date, forecast_on=forecast)
        assert told == sentence


class TestStanding:
    """What stands for delivery in a month; last month's colour is never carried forward."""

    @pytest.mark.parametrize(
        ("stage", "rating", "standing"),
        [
            (Stage.NOT_STARTED, None, Standing.NOT_STARTED),
            (Stage.NOT_STARTED, "amber", Standing.AMBER),
            (Stage.IN_PROGRESS, None, Standing.NO_UPDATE),
            (Stage.IN_PROGRESS, "", Standing.NO_UPDATE),
            (Stage.IN_PROGRESS, "green", Standing.GREEN),
            (Stage.IN_PROGRESS, "red", Standing.RED),
            (Stage.PROPOSED_COMPLETE, "red", Standing.COMPLETE),
            (Stage.SIGNED_OFF, None, Standing.COMPLETE),
            (Stage.WITHDRAWN, "red", Standing.WITHDRAWN),
        ],
    )
    def test_standing(self, stage, rating, standing):
        shown = policies.standing(stage=stage, rating_of_period=rating, best="green")
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
            stage="in_progress", rating_of_period=rating, best=best, has_reason=has_reason
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


class TestUpdate:
    """What an update may say."""

    def check(self, *, stage_now="in_progress", date_in_force=DUE, **changes):
        words = dataclasses.replace(SOUND, **changes)
        return policies.check_update(
            words, stage_now=stage_now, date_in_force=date_in_force, on=TODAY
        )

    def errors(self, **values):
        return refused(self.check, **values)

    def test_a_sound_update_is_answered_with_the_best_rating(self):
        assert self.check() == Rating.GREEN
        assert self.check(rating="red") == Rating.GREEN

    @pytest.mark.parametrize(
        ("now", "reported"),
        [(now, reported) for now in Stage for reported in Stage],
    )
    def test_only_a_stage_that_follows_may_be_reported(self, now, reported):
        follows = {
            Stage.NOT_STARTED: {Stage.NOT_STARTED, Stage.IN_PROGRESS},
            Stage.IN_PROGRESS: {Stage.IN_PROGRESS},
            Stage.PROPOSED_COMPLETE: {Stage.PROPOSED_COMPLETE},
        }
        if reported in follows.get(now, set()):
            assert self.check(stage_now=now, stage=reported) == Rating.GREEN
        else:
            assert set(self.errors(stage_now=now, stage=reported)) == {"stage"}

    @pytest.mark.parametrize(
        ("now", "sentence"),
        [
            ("not_started", "Select a stage that follows from where it is now."),
            ("in_progress", "Select a stage that follows from where it is now."),
            (
                "proposed_complete",
                "It is proposed complete. A joint chair signs it off or returns it.",
            ),
            ("signed_off", "This milestone is signed off: nothing more is reported."),
            ("withdrawn", "This milestone is withdrawn: nothing more is reported."),
        ],
    )
    def test_a_wrong_stage_is_explained_by_the_present_one(self, now, sentence):
        assert self.errors(stage_now=now, stage="done") == {"stage": [sentence]}

    @pytest.mark.parametrize("rating", ["", "blue", "complete", "GREEN"])
    def test_only_three_ratings_exist(self, rating):
        assert self.errors(rating=rating) == {
            "rating": ["Select how confident you are: green, amber or red."]
        }

    @pytest.mark.parametrize("words", ["", " ", "\n\t"])
    def test_what_happened_is_said(self, words):
        assert self.errors(what_happened=words) == {
            "what_happened": ["Enter what happened this month."]
        }

    def test_a_forecast_lies_in_this_century(self):
        late = dt.date(2101, 1, 1)
        assert self.errors(forecast_on=late, rating="amber") == {
            "forecast_on": ["The forecast must be in 2100 or before."]
        }
        last = dt.date(2100, 12, 31)
        assert self.check(forecast_on=last, rating="amber") == Rating.AMBER

    def test_a_forecast_is_not_in_the_past(self):
        assert self.errors(forecast_on=YESTERDAY) == {
            "forecast_on": ["The forecast must be today or later."]
        }
        assert self.check(forecast_on=TODAY) == Rating.GREEN
        assert (
            self.check(
                stage_now="proposed_complete", stage="proposed_complete", forecast_on=YESTERDAY
            )
            == Rating.GREEN
        )

    def test_past_its_date_it_needs_a_forecast_and_is_red(self):
        assert self.errors(date_in_force=YESTERDAY) == {
            "forecast_on": ["Enter the day on which you now expect it: it is past its date."],
            "reason_for_rating": ["Say why you rate this Green: the dates allow Red at best."],
        }
        best = self.check(date_in_force=YESTERDAY, forecast_on=TOMORROW, rating="red")
        assert best == Rating.RED

    @pytest.mark.parametrize(
        ("date", "rating", "sentence"),
        [
            (DUE, "green", "Say why you rate this Green: the dates allow Amber at best."),
            (YESTERDAY, "amber", "Say why you rate this Amber: the dates allow Red at best."),
        ],
    )
    def test_better_than_the_dates_allow_needs_a_reason(self, date, rating, sentence):
        given = {"date_in_force": date, "rating": rating, "forecast_on": dt.date(2024, 10, 9)}
        assert self.errors(**given) == {"reason_for_rating": [sentence]}
        assert self.errors(**given, reason_for_rating="  ") == {"reason_for_rating": [sentence]}
        best = Rating.AMBER if date == DUE else Rating.RED
        assert self.check(**given, reason_for_rating="The contract is signed.") == best

    def test_everything_that_is_wrong_is_told_at_once(self):
        errors = self.errors(stage="done", rating="", what_happened="", forecast_on=YESTERDAY)
        assert set(errors) == {"stage", "rating", "what_happened", "forecast_on"}

    def test_every_error_stands_beside_a_field_of_the_form(self):
        errors = self.errors(
            stage="done", rating="", what_happened="", date_in_force=YESTERDAY
        ) | self.errors(forecast_on=dt.date(2024, 10, 9))
        assert set(errors) <= {each.name for each in dataclasses.fields(UpdateWords)}


class TestPeriods:
    """A month is open while it runs, due until it freezes."""

    @pytest.mark.parametrize("state", ["open", "due"])
    def test_months_that_take_updates(self, state):
        assert policies.check_period_accepts(state=state, label="August 2024") is None

    @pytest.mark.parametrize(
        ("state", "reason"),
        [
            ("scheduled", "has not opened yet"),
            ("frozen", "is frozen"),
            ("reported", "is frozen"),
        ],
    )
    def test_months_that_do_not(self, state, reason):
        assert refused(policies.check_period_accepts, state=state, label="August 2024") == {
            "period": [
                f"August 2024 {reason}. Choose a month that is open, or ask the programme office."
            ]
        }

    @pytest.mark.parametrize(
        ("states", "index"),
        [
            (["frozen", "due", "open", "scheduled"], 1),
            (["reported", "open"], 1),
            (["open"], 0),
            (["frozen", "scheduled"], None),
            ([], None),
        ],
    )
    def test_an_update_is_for_the_earliest_that_is_not_frozen(self, states, index):
        assert policies.default_period_index(states) == index

    def test_the_way_through_a_month_has_no_branch_and_no_return(self):
        way, state = [PeriodState.SCHEDULED], PeriodState.SCHEDULED
        while state in policies.PERIOD_STEPS:
            state = policies.PERIOD_STEPS[state]
            way.append(state)
        assert way == list(PeriodState)

    @pytest.mark.parametrize(
        ("published", "first"),
        [
            ("2023-12", dt.date(2024, 1, 1)),
            ("2023-11-30", dt.date(2023, 12, 1)),
            ("2023", dt.date(2024, 1, 1)),
            ("2024-01", dt.date(2024, 2, 1)),
        ],
    )
    def test_the_first_month_reported_is_the_first_whole_one(self, published, first):
        assert policies.first_reported_month(published) == first

    @pytest.mark.parametrize(
        ("on", "last"),
        [
            (dt.date(2024, 9, 3), dt.date(2025, 9, 1)),
            (dt.date(2024, 12, 31), dt.date(2025, 12, 1)),
            (dt.date(2024, 2, 29), dt.date(2025, 2, 1)),
        ],
    )
    def test_a_years_months_are_scheduled_ahead(self, on, last):
        assert policies.last_scheduled_month(on) == last


class TestSignOff:
    """Stages change by acts, with reasons, and nobody signs off their own work."""

    POSSIBLE = {
        StageAct.PROPOSED: ({Stage.NOT_STARTED, Stage.IN_PROGRESS}, Stage.PROPOSED_COMPLETE),
        StageAct.SIGNED_OFF: ({Stage.PROPOSED_COMPLETE}, Stage.SIGNED_OFF),
        StageAct.RETURNED: ({Stage.PROPOSED_COMPLETE}, Stage.IN_PROGRESS),
        StageAct.WITHDRAWN: (
            {Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.PROPOSED_COMPLETE},
            Stage.WITHDRAWN,
        ),
    }

    @pytest.mark.parametrize("stage", list(Stage))
    @pytest.mark.parametrize("act", list(StageAct))
    def test_acts_are_possible_from_some_stages_only(self, act, stage):
        possible, leads_to = self.POSSIBLE[act]
        assert policies.can_act(act, stage=stage) is (stage in possible)
        if stage in possible:
            assert policies.check_act(act, stage=stage) == leads_to
        else:
            assert refused(policies.check_act, act, stage=stage) == {
                "": [f"It is {stage.label.lower()} now, so it cannot be {act.label.lower()}."]
            }

    @pytest.mark.parametrize(("words", "link"), [("Minutes", ""), ("", "https://example.org/m")])
    def test_a_note_or_a_link_is_evidence(self, words, link):
        assert policies.check_evidence(words=words, link=link) is None

    def test_without_either_there_is_none(self):
        assert refused(policies.check_evidence, words=" ", link=" ") == {
            "words": ["Say what shows that it is complete, or give a link to it."]
        }

    def test_a_reason_is_needed(self):
        assert policies.check_reason("No minutes yet.") is None
        assert refused(policies.check_reason, " \n") == {"words": ["Enter the reason."]}

    def test_own_work(self):
        assert policies.is_own_work(signer_id=1, author_ids={1, 2}) is True
        assert policies.is_own_work(signer_id=3, author_ids={1, 2}) is False

    @pytest.mark.parametrize(
        ("current", "base", "same"), [(3, 3, True), (4, 3, False), (3, 4, False)]
    )
    def test_a_form_is_as_old_as_the_version_it_was_opened_on(self, current, base, same):
        assert policies.check_version(current=current, base=base) is same


class TestDateChange:
    """The agreed date moves by a decision that is not the requester's own."""

    SOUND = {
        "requested_by_id": 1,
        "decided_by_id": 2,
        "stage": "in_progress",
        "reason": "Recruitment took longer.",
        "decision": "Agreed.",
    }

    def test_a_sound_change(self):
        assert policies.check_date_change(**self.SOUND) is None
        assert policies.check_date_change(**self.SOUND | {"stage": "proposed_complete"}) is None

    @pytest.mark.parametrize(
        ("change", "errors"),
        [
            ({"decided_by_id": 1}, {"": ["Nobody decides their own request."]}),
            ({"stage": "signed_off"}, {"agreed_on": ["This milestone is signed off."]}),
            ({"stage": "withdrawn"}, {"agreed_on": ["This milestone is withdrawn."]}),
            ({"reason": " "}, {"reason": ["Enter why the date should move."]}),
            ({"decision": ""}, {"decision": ["Enter why the board agrees."]}),
        ],
    )
    def test_what_is_refused(self, change, errors):
        assert refused(policies.check_date_change, **self.SOUND | change) == errors


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (policies.STAGES_BY_UPDATE, Stage),
        (policies.STAGES_BY_ACT, StageAct),
    ],
)
def test_tables_that_must_be_whole_are(table, keys):
    assert set(table) == set(keys)
