"""When a decision may be asked for and taken, and what must be said: in the plan office's words."""

import datetime as dt

import pytest

from governance.enums import DecisionRequestState, PromptKind
from governance.policies import decisions as rules
from governance.policies.decisions import DecisionWords, PromptWords, RequestWords
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.governance.deciding import decision_words

ON = dt.date(2024, 9, 3)
DAY = dt.timedelta(days=1)


def refusal(check, *args, **given):
    """What is said at which field; None where nothing is refused."""
    try:
        check(*args, **given)
    except RuleBroken as error:
        return error.errors
    return None


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (RequestWords("Fund it?", "Waits grow."), None),
        (RequestWords("Fund it?", "Waits grow.", ON), None),
        (
            RequestWords("Fund it?", "Waits grow.", ON - DAY),
            {"wanted_by": ["The day must be today or later."]},
        ),
        (
            RequestWords(" ", ""),
            {
                "question": ["Enter what is to be decided."],
                "background": ["Enter why it is to be decided."],
            },
        ),
    ],
)
def test_what_a_request_must_say(words, refused):
    assert refusal(rules.check_request, words, on=ON) == refused


def test_a_withdrawal_needs_a_reason():
    assert refusal(rules.check_withdrawal, " ") == {"reason": ["Enter the reason."]}
    assert refusal(rules.check_withdrawal, "Not needed.") is None


@pytest.mark.parametrize("state", DecisionRequestState)
def test_only_what_is_open_can_be_decided_or_withdrawn(state):
    if state == DecisionRequestState.OPEN:
        rules.check_open(state)
    else:
        with pytest.raises(Conflict, match="Read it again"):
            rules.check_open(state)


def test_nobody_decides_what_they_asked_for():
    rules.check_not_asker(asked_by_id=1, by_id=2)
    with pytest.raises(NotAllowed, match="Another chair of the group decides"):
        rules.check_not_asker(asked_by_id=1, by_id=1)


@pytest.mark.parametrize(
    ("changed", "taken_on", "asked_on", "refused"),
    [
        ({}, ON, None, None),
        ({}, ON, ON, None),
        ({"effective_on": ON + DAY}, ON, ON - DAY, None),
        ({"internal_note": ""}, ON, None, None),
        (
            {"title": " ", "decided": "", "reasons": "", "effective_on": None},
            None,
            None,
            {
                "title": ["Enter what it is about."],
                "decided": ["Enter what was decided."],
                "reasons": ["Enter why."],
                "taken_on": ["Enter the day on which it was decided."],
                "effective_on": ["Enter from when it holds."],
            },
        ),
        (
            {"effective_on": ON + DAY},
            ON + DAY,
            None,
            {"taken_on": ["The day must be today or before."]},
        ),
        (
            {},
            ON - DAY,
            ON,
            {"taken_on": ["It cannot be decided before it was asked for."]},
        ),
        (
            {"effective_on": ON - DAY},
            ON,
            None,
            {"effective_on": ["It cannot take effect before it was decided."]},
        ),
    ],
)
def test_what_a_decision_must_say(changed, taken_on, asked_on, refused):
    words = DecisionWords(**(decision_words(effective_on=ON) | changed))
    found = refusal(rules.check_decision, words, taken_on=taken_on, asked_on=asked_on, on=ON)
    assert found == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, None),
        ({"is_of_group": False}, {"meeting": ["Select a meeting of this group."]}),
        ({"is_cancelled": True}, {"meeting": ["This meeting was cancelled. Select another."]}),
        ({"held_on": ON + DAY}, {"meeting": ["This meeting is still to come."]}),
    ],
)
def test_in_which_meetings_a_decision_is_taken(changed, refused):
    given = {"is_of_group": True, "is_cancelled": False, "held_on": ON, "on": ON} | changed
    assert refusal(rules.check_meeting, **given) == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, None),
        ({"taken_on": None}, None),
        ({"reason": " "}, {"reason_for_change": ["Enter why the decision changes."]}),
        (
            {"taken_on": ON - 2 * DAY},
            {"taken_on": ["It must not be earlier than the decision it supersedes."]},
        ),
    ],
)
def test_what_supersedes_a_decision(changed, refused):
    given = {"is_superseded": False, "reason": "New.", "taken_on": ON, "earlier_on": ON - DAY}
    assert refusal(rules.check_supersession, **(given | changed)) == refused


def test_a_decision_is_superseded_once():
    with pytest.raises(Conflict, match="Read that one first"):
        rules.check_supersession(is_superseded=True, reason="x", taken_on=ON, earlier_on=ON)


MEASURE = PromptWords("indicator", "in-time", "34% in July")
KNOWN = {("indicator", "in-time"), ("milestone", "PA1.1-1")}


@pytest.mark.parametrize(
    ("prompts", "refused"),
    [
        ([], None),
        ([MEASURE, PromptWords("milestone", "PA1.1-1")], None),
        (
            [PromptWords("rumour", "x")],
            {"prompts": ["Select what prompted it from the list."]},
        ),
        (
            [PromptWords("indicator", "lost", "1")],
            {"indicator": ["The plan has no measure “lost”."]},
        ),
        (
            [PromptWords("milestone", "PA9.9")],
            {"milestone": ["The plan has no milestone “PA9.9”."]},
        ),
        (
            [PromptWords("exception", "PA9.9")],
            {"prompts": ["The milestone “PA9.9” has no exception report."]},
        ),
        (
            [PromptWords("date_request", "PA9.9/1")],
            {"prompts": ["There is no request “PA9.9/1” for a new date."]},
        ),
        (
            [PromptWords("indicator", "in-time", " ")],
            {"what_it_showed": ["Enter what the measure showed."]},
        ),
        ([MEASURE, MEASURE], {"prompts": ["Name each thing that prompted it once."]}),
    ],
)
def test_what_prompts_something(prompts, refused):
    assert refusal(rules.check_prompts, prompts, known=KNOWN) == refused


def test_each_kind_of_prompt_is_refused_in_words_of_its_own():
    assert set(rules.FIELDS) == set(rules.NOT_THERE) == set(PromptKind)
