"""The rows of a return, in the customer's words: no database, no clock."""

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from plans import policies
from plans.enums import Rating, RowGroup, RowState, Stage
from plans.policies import UpdateWords
from tests.plans.rules import DONE, DUE, SOUND, TODAY, TOMORROW, YESTERDAY, refused

IN_60_DAYS, IN_61_DAYS = (TODAY + dt.timedelta(days=days) for days in (60, 61))


@pytest.mark.parametrize(
    ("stage", "rating", "day", "group"),
    [
        (Stage.NOT_STARTED, "", YESTERDAY, RowGroup.LATE),
        (Stage.IN_PROGRESS, "green", YESTERDAY, RowGroup.LATE),
        (Stage.IN_PROGRESS, "red", IN_61_DAYS, RowGroup.LATE),
        (Stage.NOT_STARTED, "red", None, RowGroup.LATE),
        (Stage.NOT_STARTED, "", TODAY, RowGroup.SOON),
        (Stage.NOT_STARTED, "", IN_60_DAYS, RowGroup.SOON),
        (Stage.IN_PROGRESS, "amber", IN_60_DAYS, RowGroup.SOON),
        (Stage.IN_PROGRESS, "amber", IN_61_DAYS, RowGroup.STARTED),
        (Stage.IN_PROGRESS, "", None, RowGroup.STARTED),
        (Stage.NOT_STARTED, "", IN_61_DAYS, RowGroup.REST),
        (Stage.NOT_STARTED, "amber", None, RowGroup.REST),
        *((stage, "red", YESTERDAY, RowGroup.ENDED) for stage in DONE),
    ],
)
def test_a_row_stands_where_its_dates_and_stage_put_it(stage, rating, day, group):
    assert policies.row_group(stage=stage, rating=rating, date_in_force=day, on=TODAY) == group


@pytest.mark.parametrize(
    ("stage", "rating", "comes_again", "group"),
    [
        (Stage.IN_PROGRESS, "", True, RowGroup.ENDED),
        (Stage.IN_PROGRESS, "", False, RowGroup.STARTED),
        (Stage.IN_PROGRESS, "amber", True, RowGroup.ENDED),
        (Stage.NOT_STARTED, "", True, RowGroup.ENDED),
        (Stage.NOT_STARTED, "", False, RowGroup.REST),
        (Stage.IN_PROGRESS, "red", True, RowGroup.LATE),
        *((stage, "green", True, RowGroup.ENDED) for stage in DONE),
    ],
)
def test_of_what_comes_again_nobody_asks_unless_it_is_off_track(stage, rating, comes_again, group):
    found = policies.row_group(
        stage=stage, rating=rating, date_in_force=None, on=TODAY, comes_again=comes_again
    )
    assert found == group


DAYS = [None, YESTERDAY, TODAY, TOMORROW, IN_60_DAYS, IN_61_DAYS]


@pytest.mark.parametrize(
    ("stage", "rating", "day"), list(product(Stage, ["", *Rating.values], DAYS))
)
def test_the_expected_groups_are_what_must_be_updated(stage, rating, day):
    given = {"stage": stage, "rating": rating, "date_in_force": day, "on": TODAY}
    expected = policies.row_group(**given) in policies.EXPECTED_GROUPS
    assert expected is policies.needs_update(**given)


@pytest.mark.parametrize(
    ("words", "day", "fields"),
    [
        (SOUND, DUE, set()),
        (replace(SOUND, rating=""), DUE, {"rating"}),
        (replace(SOUND, what_happened=" "), DUE, {"what_happened"}),
        (UpdateWords("in_progress", "", ""), DUE, {"rating", "what_happened"}),
        (UpdateWords("", "", ""), DUE, {"stage", "rating", "what_happened"}),
        (replace(SOUND, rating="red"), YESTERDAY, {"forecast_on"}),
        (replace(SOUND, forecast_on=dt.date(2024, 10, 31)), DUE, {"reason_for_rating"}),
    ],
)
def test_gaps_are_what_an_update_would_be_refused_for(words, day, fields):
    gaps = policies.gaps_of(words, stage_now="in_progress", date_in_force=day, on=TODAY)
    assert set(gaps) == fields


@pytest.mark.parametrize(
    ("words", "judged"),
    [
        (UpdateWords("in_progress", "", ""), set()),
        (UpdateWords("in_progress", "green", "", forecast_on=YESTERDAY), {"forecast_on"}),
        (
            UpdateWords("in_progress", "green", "", forecast_on=dt.date(2024, 10, 31)),
            {"reason_for_rating"},
        ),
        (UpdateWords("signed_off", "", ""), {"stage"}),
    ],
)
def test_only_what_was_typed_is_judged_before_it_is_sent(words, judged):
    gaps = policies.gaps_of(words, stage_now="in_progress", date_in_force=DUE, on=TODAY)
    assert set(policies.judged_gaps(gaps, words)) == judged
    assert judged < set(gaps)


def test_a_draft_may_be_empty_but_not_impossible():
    policies.check_draft(UpdateWords("", "", ""), stage_now="in_progress")
    policies.check_draft(UpdateWords("not_started", "red", "x" * 4000), stage_now="in_progress")
    wrong = UpdateWords("done", "blue", "x" * 4001, sentence_for_families="x" * 301)
    assert refused(policies.check_draft, wrong, stage_now="in_progress") == {
        "stage": ["Select a stage that follows from where it is now."],
        "rating": ["Select how confident you are: green, amber or red."],
        "what_happened": ["Use 4000 characters or fewer."],
        "sentence_for_families": ["Use 300 characters or fewer."],
    }


def test_nothing_is_drafted_of_a_milestone_that_has_ended():
    assert refused(policies.check_draft, SOUND, stage_now="signed_off") == {
        "stage": ["This milestone is signed off: nothing more is reported."]
    }


@pytest.mark.parametrize(
    ("rating", "is_overdue", "needed"),
    [
        ("green", False, False),
        ("amber", False, False),
        ("", False, False),
        ("red", False, True),
        ("green", True, True),
        ("", True, True),
    ],
)
def test_an_overdue_or_red_row_needs_an_exception_report(rating, is_overdue, needed):
    assert policies.needs_exception(rating=rating, is_overdue=is_overdue) is needed


PLAIN = {
    "is_drafted": False,
    "is_nothing": False,
    "is_overtaken": False,
    "is_reported": False,
    "has_gaps": False,
    "lacks_exception": False,
}


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, RowState.NOT_BEGUN),
        ({"lacks_exception": True}, RowState.NOT_BEGUN),
        ({"is_drafted": True}, RowState.READY),
        ({"is_drafted": True, "has_gaps": True}, RowState.INCOMPLETE),
        ({"is_drafted": True, "has_gaps": True, "lacks_exception": True}, RowState.INCOMPLETE),
        ({"is_drafted": True, "lacks_exception": True}, RowState.NEEDS_EXCEPTION),
        ({"is_drafted": True, "is_overtaken": True, "has_gaps": True}, RowState.OVERTAKEN),
        ({"is_drafted": True, "is_reported": True}, RowState.READY),
        ({"is_reported": True}, RowState.REPORTED),
        ({"is_reported": True, "is_overtaken": True}, RowState.REPORTED),
        ({"is_reported": True, "lacks_exception": True}, RowState.NEEDS_EXCEPTION),
        ({"is_nothing": True}, RowState.NOTHING),
    ],
)
def test_what_is_in_the_way_of_sending_a_row_comes_first(given, state):
    assert policies.row_state(**(PLAIN | given)) == state


def test_nothing_to_report_is_for_the_rest_alone():
    policies.check_nothing_to_report({"PA1.1-1": RowGroup.REST})
    groups = {group.value: group for group in RowGroup}
    assert refused(policies.check_nothing_to_report, groups) == {
        "milestones": [
            "late is overdue or off track, so it needs an update.",
            "soon is due within 60 days, so it needs an update.",
            "started has started, so it needs an update.",
            "ended is not asked about this month.",
        ]
    }
