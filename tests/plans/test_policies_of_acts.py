"""The rules of what people send and do: updates, months, sign-off, date changes."""

import dataclasses
import datetime as dt

import pytest

from plans import policies
from plans.enums import PeriodState, Rating, Stage, StageAct
from plans.policies import UpdateWords
from tests.plans.rules import DUE, SOUND, TODAY, TOMORROW, YESTERDAY, refused


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
        StageAct.TAKEN_BACK: ({Stage.PROPOSED_COMPLETE}, Stage.IN_PROGRESS),
        StageAct.REOPENED: ({Stage.SIGNED_OFF}, Stage.IN_PROGRESS),
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

    def test_a_proposal_says_what_shows_it(self):
        assert policies.check_showing("Minutes of the board") is None
        assert refused(policies.check_showing, " ") == {
            "words": ["Say what shows that it is complete."]
        }

    @pytest.mark.parametrize("stage", list(Stage))
    def test_only_a_proposal_waits_for_a_signature(self, stage):
        if stage == Stage.PROPOSED_COMPLETE:
            assert policies.check_is_proposed(stage) is None
        else:
            assert refused(policies.check_is_proposed, stage) == {
                "": [f"It is {stage.label.lower()} now, so no signature is waited for."]
            }

    def test_own_work_is_named_with_its_day(self):
        sentence = policies.own_work_sentence("proposed it as complete", on=TODAY)
        assert sentence == (
            "You proposed it as complete (3 September 2024). Nobody decides on their own work, in any "
            "role: another accountable joint chair does."
        )

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
