"""The action log: overdue, told, carried on, counted, and what must be said."""

import datetime as dt

import pytest

from governance.enums import LogStanding
from governance.policies import log as rules
from governance.policies.log import Dated, LogCounts
from hertsend.errors import RuleBroken
from tests.factories.world import noon

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
    ("due_on", "is_closed", "standing"),
    [
        (ON - DAY, False, LogStanding.OVERDUE),
        (ON, False, LogStanding.OPEN),
        (ON + DAY, False, LogStanding.OPEN),
        (ON - DAY, True, LogStanding.CLOSED),
        (ON + DAY, True, LogStanding.CLOSED),
    ],
)
def test_how_an_action_stands(due_on, is_closed, standing):
    assert rules.standing(due_on=due_on, is_closed=is_closed, on=ON) == standing


@pytest.mark.parametrize(
    ("raised", "closed", "is_carried"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-9, -1, False),
        (-9, 0, True),
        (-9, 1, True),
    ],
)
def test_what_a_meeting_has_before_it(raised, closed, is_carried):
    """By days from the meeting: raised by then, and not closed before it began."""
    found = rules.is_carried_to(
        raised_at=noon(ON + raised * DAY),
        closed_at=None if closed is None else noon(ON + closed * DAY),
        starts_at=noon(ON),
    )
    assert found is is_carried


@pytest.mark.parametrize(
    ("days", "rung"),
    [
        (-8, None),
        (-7, (-7, "-7")),
        (-1, (-7, "-7")),
        (0, (0, "0")),
        (1, (1, "overdue")),
        (5, (1, "overdue")),
        (6, (6, "weekly")),
        (13, (13, "weekly")),
        (15, (13, "weekly")),
    ],
)
def test_when_an_owner_is_told(days, rung):
    """By days from the day on which it is due, a Tuesday."""
    step = rules.log_step(ON, on=ON + days * DAY)
    assert (step and ((step.day - ON).days, step.name)) == rung


def counted(*actions, last=None):
    dated = [
        Dated(ON + due * DAY, None if closed is None else noon(ON + closed * DAY))
        for due, closed in actions
    ]
    moment = None if last is None else noon(ON + last * DAY)
    return rules.counts_of(dated, last_meeting_at=moment, on=ON)


@pytest.mark.parametrize(
    ("actions", "last", "counts"),
    [
        ([], None, (0, 0, 0)),
        ([(-1, None), (0, None), (1, None)], None, (0, 3, 1)),
        ([(-9, -8), (-9, -3)], None, (2, 0, 0)),
        ([(-9, -8), (-9, -5), (-9, -3)], -5, (2, 0, 0)),
    ],
)
def test_what_stands_on_top_of_a_log(actions, last, counts):
    """Each action as its day and the day on which it was closed, from today."""
    assert counted(*actions, last=last) == LogCounts(*counts)


@pytest.mark.parametrize(
    ("task", "due_on", "refused"),
    [
        ("Recruit", ON, None),
        (
            " ",
            None,
            {"task": ["Enter what is to be done."], "due_on": ["Enter by when."]},
        ),
        ("Recruit", ON - DAY, {"due_on": ["The day must be today or later."]}),
    ],
)
def test_what_an_action_must_say(task, due_on, refused):
    assert refusal(rules.check_raised, task=task, due_on=due_on, on=ON) == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, None),
        ({"due_on": ON - 5 * DAY}, None),
        ({"due_on": None}, {"due_on": ["Enter by when."]}),
        ({"due_on": ON - DAY}, {"due_on": ["The day must be today or later."]}),
        ({"reason": ""}, {"reason": ["Enter the reason."]}),
        ({"is_same": True}, {"due_on": ["Choose another owner or another day."]}),
        ({"is_same": True, "reason": " "}, {"reason": ["Enter the reason."]}),
    ],
)
def test_what_a_change_of_owner_or_day_must_say(changed, refused):
    """The day may stay in the past where only the owner changes."""
    given = {
        "due_on": ON + DAY,
        "was_due_on": ON - 5 * DAY,
        "is_same": False,
        "reason": "Left.",
        "on": ON,
    }
    assert refusal(rules.check_changed, **(given | changed)) == refused


def test_an_update_says_something():
    assert refusal(rules.check_words, " ") == {"words": ["Enter what happened."]}
    assert refusal(rules.check_words, "Half done.") is None


@pytest.mark.parametrize(
    ("note", "is_closed", "refused"),
    [
        ("Done.", False, None),
        (
            " ",
            False,
            {"closing_note": ["Enter what was done, or why it is no longer needed."]},
        ),
        ("Done.", True, {"": ["It is closed already."]}),
    ],
)
def test_what_closing_needs(note, is_closed, refused):
    assert refusal(rules.check_closing, note=note, is_closed=is_closed) == refused
