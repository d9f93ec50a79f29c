"""The rules of exception reports, challenges and date requests, as tables of cases."""

import datetime as dt
from dataclasses import replace

import pytest

from hertsend.errors import RuleBroken
from plans import policies
from plans.enums import DateRequestState, DeepDiveState, EscalationState, Stage
from plans.policies import ReportWords, RequestWords
from tests.plans.rules import refused

TODAY = dt.date(2024, 9, 3)
DAY = dt.timedelta(days=1)
TOO_LATE = dt.date(2101, 1, 1)
REPORT = ReportWords(
    cause="Recruitment took longer.",
    effect_on_families="They wait longer.",
    what_is_being_done="Agency staff cover.",
    done_by=TODAY,
    ask="none",
)
REQUEST = RequestWords(
    asked_for_on=TODAY,
    reason="Recruitment took longer.",
    effect_on_others="None.",
    affected=("PA1.1-2",),
)
NOT_NOTHING = "Select what you ask of the board. “Nothing” is an answer too."


def check_report(stage=Stage.IN_PROGRESS, **changes):
    policies.check_report(replace(REPORT, **changes), stage=stage, on=TODAY)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"cause": " "}, {"cause": ["Enter why it is late or off track."]}),
        (
            {"effect_on_families": ""},
            {
                "effect_on_families": [
                    "Enter what it means for families; say so if they do not notice yet."
                ]
            },
        ),
        (
            {"what_is_being_done": ""},
            {"what_is_being_done": ["Enter what is being done about it."]},
        ),
        ({"done_by": None}, {"done_by": ["Enter the day by which it is done."]}),
        (
            {"done_by": TODAY - DAY},
            {"done_by": ["The day by which it is done must be today or later."]},
        ),
        ({"done_by": TOO_LATE}, {"done_by": ["The day must be in 2100 or before."]}),
        ({"ask": ""}, {"ask": [NOT_NOTHING]}),
        ({"ask": "money"}, {"ask": [NOT_NOTHING]}),
        ({"ask": "help"}, {"asked_of_board": ["Enter what you ask of the board."]}),
        (
            {"asked_of_board": "More staff."},
            {"asked_of_board": ["Leave this empty, or select what you ask of the board."]},
        ),
    ],
)
def test_a_report_says_everything(changes, errors):
    assert refused(check_report, **changes) == errors


@pytest.mark.parametrize(
    "changes",
    [{}, {"done_by": TODAY + DAY}, {"ask": "decision", "asked_of_board": "Agree a new date."}],
)
def test_a_whole_report_is_taken(changes):
    check_report(**changes)
    check_report(stage=Stage.NOT_STARTED, **changes)


def test_all_that_is_missing_is_told_at_once():
    empty = dict.fromkeys(("cause", "effect_on_families", "what_is_being_done", "ask"), "")
    assert set(refused(check_report, done_by=None, **empty)) == {
        "cause",
        "effect_on_families",
        "what_is_being_done",
        "done_by",
        "ask",
    }


@pytest.mark.parametrize("stage", [Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF, Stage.WITHDRAWN])
def test_what_is_no_longer_open_needs_no_report_and_no_challenge(stage):
    word = stage.label.lower()
    assert refused(check_report, stage=stage) == {
        "": [f"This milestone is {word}, so it needs no exception report."]
    }
    assert refused(policies.check_challengeable, stage=stage, is_exception=True) == {
        "": [f"This milestone is {word}: there is no exception to challenge."]
    }


def test_only_an_exception_is_challenged():
    policies.check_challengeable(stage=Stage.IN_PROGRESS, is_exception=True)
    assert refused(policies.check_challengeable, stage=Stage.IN_PROGRESS, is_exception=False) == {
        "": ["This milestone is neither overdue nor off track."]
    }


def test_questions_and_answers_have_words():
    policies.check_question("Why?")
    assert refused(policies.check_question, " ") == {"words": ["Enter your question."]}
    policies.check_answer("Because.", asked_by_id=1, answered_by_id=2)
    assert refused(policies.check_answer, "", asked_by_id=1, answered_by_id=1) == {
        "": ["You asked this question, so somebody else answers it."],
        "words": ["Enter the answer."],
    }


@pytest.mark.parametrize(
    ("planned_on", "sentence"),
    [
        (None, "Enter the day of the deep dive."),
        (TODAY - DAY, "The day of the deep dive must be today or later."),
        (TOO_LATE, "The day must be in 2100 or before."),
    ],
)
def test_a_deep_dive_has_a_day_to_come_and_a_reason(planned_on, sentence):
    policies.check_deep_dive(planned_on=TODAY, reason="Late again.", on=TODAY)
    assert refused(policies.check_deep_dive, planned_on=planned_on, reason="", on=TODAY) == {
        "planned_on": [sentence],
        "reason": ["Enter what the deep dive should look into."],
    }


def check_end(**changes):
    sound = {"state": "planned", "becomes": "held", "outcome": "Two posts.", "planned_on": TODAY}
    policies.check_deep_dive_end(**sound | changes, on=TODAY)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"state": DeepDiveState.HELD}, {"": ["This deep dive is held already."]}),
        ({"state": DeepDiveState.CANCELLED}, {"": ["This deep dive is cancelled already."]}),
        ({"becomes": ""}, {"becomes": ["Select whether it was held or is cancelled."]}),
        ({"becomes": "planned"}, {"becomes": ["Select whether it was held or is cancelled."]}),
        (
            {"planned_on": TODAY + DAY},
            {"becomes": ["It cannot have been held yet: its day is still to come."]},
        ),
        ({"outcome": " "}, {"outcome": ["Enter what it found, or why it is cancelled."]}),
    ],
)
def test_a_deep_dive_ends_once_with_words(changes, errors):
    assert refused(check_end, **changes) == errors


def test_a_deep_dive_is_held_on_its_day_and_cancelled_at_any_time():
    check_end()
    check_end(becomes="cancelled", planned_on=TODAY + DAY)


@pytest.mark.parametrize("state", [EscalationState.ANSWERED, EscalationState.WITHDRAWN])
def test_an_escalation_ends_once(state):
    policies.check_escalation_open(EscalationState.OPEN)
    assert refused(policies.check_escalation_open, state) == {
        "": [f"This escalation is {state.label.lower()} already."]
    }


def test_an_escalation_has_a_reason_and_its_answer_says_who_acts():
    policies.check_escalation("Nothing moves.")
    assert refused(policies.check_escalation, "") == {
        "reason": ["Enter why the Executive should act."]
    }
    said = {"response": "Yes.", "who_acts": "The director", "escalated_by_id": 1}
    policies.check_response(**said, answered_by_id=2)
    silent = said | {"response": "", "who_acts": " "}
    assert refused(policies.check_response, **silent, answered_by_id=1) == {
        "": ["You escalated this, so another member of the Executive answers."],
        "response": ["Enter the Executive's answer."],
        "who_acts": ["Enter who acts."],
    }


def check_request(stage=Stage.IN_PROGRESS, date_in_force=TODAY - DAY, **changes):
    policies.check_date_request(
        replace(REQUEST, **changes),
        stage=stage,
        own_key="PA1.1-1",
        known_keys={"PA1.1-1", "PA1.1-2"},
        date_in_force=date_in_force,
        on=TODAY,
    )


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"asked_for_on": None}, {"asked_for_on": ["Enter the date that you ask for."]}),
        (
            {"asked_for_on": TODAY - DAY},
            {"asked_for_on": ["The date that you ask for must be today or later."]},
        ),
        ({"asked_for_on": TOO_LATE}, {"asked_for_on": ["The date must be in 2100 or before."]}),
        (
            {"date_in_force": TODAY},
            {"asked_for_on": ["This is the date in force already."]},
        ),
        ({"reason": ""}, {"reason": ["Enter why the date should move."]}),
        (
            {"effect_on_others": " "},
            {"effect_on_others": ["Enter what it means for other milestones, or “None”."]},
        ),
        (
            {"affected": ("PA1.1-2", "PA9", "X")},
            {"affected": ["This plan has no milestone PA9, X."]},
        ),
        ({"affected": ("PA1.1-1",)}, {"affected": ["Name other milestones than this one."]}),
    ],
)
def test_a_request_says_everything(changes, errors):
    assert refused(check_request, **changes) == errors


@pytest.mark.parametrize(
    "changes",
    [{}, {"date_in_force": None}, {"affected": ()}, {"date_in_force": TODAY + 90 * DAY}],
)
def test_a_whole_request_is_taken_also_without_a_date_in_force_or_for_an_earlier_one(changes):
    check_request(**changes)


@pytest.mark.parametrize("stage", [Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF, Stage.WITHDRAWN])
def test_no_new_date_for_what_is_no_longer_open(stage):
    assert refused(check_request, stage=stage) == {
        "": [f"This milestone is {stage.label.lower()}: its date stays."]
    }


@pytest.mark.parametrize("state", set(DateRequestState) - {DateRequestState.OPEN})
def test_a_request_ends_once(state):
    policies.check_request_open(DateRequestState.OPEN)
    assert refused(policies.check_request_open, state) == {
        "": [f"This request is {state.label.lower()} already."]
    }


def decide(**changes):
    sound = {
        "decided_by_id": 1,
        "requester_ids": {2, 3},
        "becomes": "granted",
        "decision": "Agreed.",
        "asked_for_on": TODAY,
    }
    policies.check_request_decision(**sound | changes, on=TODAY)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"decided_by_id": 3}, {"": ["Nobody decides their own request."]}),
        ({"becomes": ""}, {"becomes": ["Select whether you grant or refuse it."]}),
        ({"becomes": "withdrawn"}, {"becomes": ["Select whether you grant or refuse it."]}),
        (
            {"asked_for_on": TODAY - DAY},
            {"becomes": ["The date asked for has passed. Refuse it, so that another is asked."]},
        ),
        ({"decision": " "}, {"decision": ["Enter the reason for the decision."]}),
    ],
)
def test_a_decision_is_another_persons_with_a_reason(changes, errors):
    assert refused(decide, **changes) == errors


def test_a_sound_decision_is_taken():
    decide()
    decide(becomes="refused", asked_for_on=TODAY - DAY)


def test_a_rule_broken_reads_as_one_sentence():
    with pytest.raises(RuleBroken, match=r"Nobody decides their own request\."):
        decide(decided_by_id=2)
