"""Risks as tables: bands, what a risk must say, moves, reviews owed each month, mitigations."""

import datetime as dt

import pytest

from governance.enums import ReviewStanding, RiskLevel, Trend
from governance.policies import risks as rules
from governance.policies.risks import BandWords, Cycle, Score
from hertsend.errors import RuleBroken
from tests.governance.risks import words

DAY = dt.date(2024, 9, 3)
BANDS = BandWords(DAY, "Low", "Medium", 4, "High", 10, "Very high", 16)
THREE = BandWords(DAY, "Green", "Amber", 5, "Red", 12)


def refused(call, *args, **given):
    with pytest.raises(RuleBroken) as caught:
        call(*args, **given)
    return caught.value.errors


class TestBands:
    @pytest.mark.parametrize(
        ("score", "name"),
        [
            (1, "Low"),
            (3, "Low"),
            (4, "Moderate"),
            (6, "Moderate"),
            (8, "High"),
            (12, "High"),
            (15, "Extreme"),
            (25, "Extreme"),
        ],
    )
    def test_the_bands_in_common_use(self, score, name):
        assert rules.band_of(score, rules.USUAL_BANDS).name == name

    def test_each_ends_before_the_next_begins(self):
        labels = [band.label for band in rules.bands_from((("A", 1), ("B", 5), ("C", 12)))]
        assert labels == ["A, 1 to 4", "B, 5 to 11", "C, 12 to 25"]

    @pytest.mark.parametrize("bands", [BANDS, THREE])
    def test_four_or_three_are_taken(self, bands):
        rules.check_bands(bands, reason="As the council.", latest_from=DAY)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"first_name": " "}, "first_name"),
            ({"second_from": 1}, "second_from"),
            ({"third_from": 4}, "third_from"),
            ({"third_from": 26, "fourth_name": "", "fourth_from": None}, "third_from"),
            ({"fourth_from": 10}, "fourth_from"),
            ({"fourth_from": None}, "fourth_name"),
            ({"fourth_name": ""}, "fourth_name"),
        ],
    )
    def test_out_of_order_or_without_a_name_they_are_not(self, changed, field):
        bands = BandWords(**(BANDS.__dict__ | changed))
        assert list(refused(rules.check_bands, bands, reason="So.", latest_from=None)) == [field]

    def test_they_do_not_begin_before_the_last_nor_without_a_reason(self):
        later = DAY + dt.timedelta(days=1)
        errors = refused(rules.check_bands, BANDS, reason=" ", latest_from=later)
        assert sorted(errors) == ["from_on", "reason"]


class TestWhatARiskSays:
    @pytest.mark.parametrize("name", ["event", "cause", "effect"])
    def test_cause_event_and_effect_are_needed(self, name):
        assert list(refused(rules.check_risk, words(**{name: " "}))) == [name]

    @pytest.mark.parametrize(
        "name",
        ["inherent_likelihood", "inherent_impact", "target_likelihood", "target_impact"],
    )
    @pytest.mark.parametrize("value", [0, 6])
    def test_every_score_is_on_the_matrix(self, name, value):
        assert list(refused(rules.check_risk, words(**{name: value}))) == [name]

    def test_the_target_is_not_worse_than_the_inherent_score(self):
        worse = words(target_likelihood=5, target_impact=5)
        assert list(refused(rules.check_risk, worse)) == ["target_likelihood"]
        rules.check_risk(words(target_likelihood=4, target_impact=5))

    def test_a_review_says_something_and_is_on_the_matrix(self):
        errors = refused(rules.check_review, Score(6, 1), words="", state="open")
        assert sorted(errors) == ["likelihood", "words"]
        assert "" in refused(rules.check_review, Score(1, 1), words="So.", state="closed")


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([(3, 4)], Trend.NEW),
        ([(3, 4), (4, 3)], Trend.SAME),
        ([(4, 4), (3, 4), (5, 5)], Trend.RISING),
        ([(2, 4), (3, 4)], Trend.FALLING),
    ],
)
def test_the_trend_is_what_the_last_review_did(values, trend):
    assert rules.trend_of([Score(*each) for each in values]) == trend


class TestMoving:
    @pytest.mark.parametrize(
        ("level", "has_workstream", "near"),
        [
            ("workstream", True, (RiskLevel.BOARD,)),
            ("board", True, (RiskLevel.WORKSTREAM, RiskLevel.EXECUTIVE)),
            ("board", False, (RiskLevel.EXECUTIVE,)),
            ("executive", True, (RiskLevel.BOARD,)),
        ],
    )
    def test_it_goes_one_level_at_a_time(self, level, has_workstream, near):
        assert rules.levels_next_to(level, has_workstream=has_workstream) == near

    def test_over_a_level_without_a_reason_and_closed_it_stays(self):
        given = {"from_level": "workstream", "has_workstream": True, "roles": ()}
        errors = refused(rules.check_move, state="open", to_level="executive", reason="", **given)
        assert sorted(errors) == ["reason", "to_level"]
        assert "" in refused(
            rules.check_move, state="closed", to_level="board", reason="So.", **given
        )


@pytest.mark.parametrize(
    ("from_level", "to_level", "role"),
    [
        ("board", "workstream", "workstream_lead"),
        ("workstream", "board", "joint_chair"),
        ("board", "executive", "executive_chair"),
    ],
)
def test_a_restricted_risk_goes_only_where_somebody_sees_it(from_level, to_level, role):
    given = {"state": "open", "from_level": from_level, "to_level": to_level, "reason": "So."}
    given["has_workstream"] = True
    rules.check_move(**given, roles=[role])
    rules.check_move(**given, roles=[])
    assert list(refused(rules.check_move, **given, roles=["programme_office"])) == ["to_level"]


JULY, AUGUST, SEPTEMBER = (dt.date(2024, month, 1) for month in (7, 8, 9))
CYCLES = [
    Cycle(JULY, dt.date(2024, 8, 7)),
    Cycle(AUGUST, dt.date(2024, 9, 6)),
    Cycle(SEPTEMBER, dt.date(2024, 10, 7)),
]


class TestReviewsOfEachMonth:
    @pytest.mark.parametrize(
        ("reviewed_for", "on", "standing"),
        [
            (AUGUST, DAY, ReviewStanding.REVIEWED),
            (JULY, DAY, ReviewStanding.DUE),
            (JULY, dt.date(2024, 9, 6), ReviewStanding.DUE),
            (JULY, dt.date(2024, 9, 7), ReviewStanding.UNREVIEWED),
            (None, DAY, ReviewStanding.UNREVIEWED),
        ],
    )
    def test_who_was_not_reviewed_in_time_says_so(self, reviewed_for, on, standing):
        owed = rules.owed_cycle(reviewed_for, CYCLES, current=AUGUST)
        assert rules.review_standing(owed, on=on) == standing

    def test_a_month_that_went_by_without_a_review_stays_owed(self):
        assert rules.owed_cycle(JULY, CYCLES, current=SEPTEMBER) == CYCLES[1]

    def test_without_a_month_nothing_is_owed(self):
        assert rules.owed_cycle(None, CYCLES, current=None) is None

    @pytest.mark.parametrize(
        ("on", "told_on"),
        [
            (dt.date(2024, 8, 31), None),
            (dt.date(2024, 9, 1), dt.date(2024, 9, 1)),
            (dt.date(2024, 9, 5), dt.date(2024, 9, 1)),
            (dt.date(2024, 9, 6), dt.date(2024, 9, 6)),
            (dt.date(2024, 9, 7), dt.date(2024, 9, 7)),
            (dt.date(2024, 9, 10), dt.date(2024, 9, 7)),
            (dt.date(2024, 9, 17), dt.date(2024, 9, 16)),
        ],
    )
    def test_it_is_told_once_the_month_is_over_on_its_last_day_and_then_on_mondays(
        self, on, told_on
    ):
        step = rules.review_step(CYCLES[1], on=on)
        assert (step.day if step else None) == told_on


class TestMitigations:
    @pytest.mark.parametrize(
        ("state", "days", "overdue"),
        [("open", -1, True), ("open", 0, False), ("open", 1, False), ("done", -1, False)],
    )
    def test_due_today_is_not_overdue(self, state, days, overdue):
        due_on = DAY + dt.timedelta(days=days)
        assert rules.is_overdue(state=state, due_on=due_on, on=DAY) is overdue

    def test_it_has_words_and_a_day_to_come(self):
        gone_by = DAY - dt.timedelta(days=1)
        errors = refused(rules.check_mitigation, text=" ", due_on=gone_by, on=DAY)
        assert sorted(errors) == ["due_on", "text"]

    def test_it_ends_once_and_with_words(self):
        errors = refused(rules.check_mitigation_end, state="open", becomes="open", words="")
        assert sorted(errors) == ["becomes", "words"]
        assert "" in refused(rules.check_mitigation_end, state="done", becomes="done", words="So.")


def test_only_roles_of_the_list_are_named():
    assert "seen_by" in refused(rules.check_restriction, ["adviser"], allowed=["board_member"])
    rules.check_restriction(["board_member"], allowed=["board_member"])
