"""The way of a return, in the customer's words: no database, no clock."""

import datetime as dt
from itertools import product

import pytest

from governance import policies
from governance.enums import ReturnAct, ReturnStanding, ReturnState
from plans.enums import PeriodState
from tests.plans.rules import refused

DRAFT, SUBMITTED, ACCEPTED, SENT_BACK = ReturnState
MONTH = {"period_state": "due", "period_label": "August 2024"}

ALLOWED = {
    (ReturnAct.SUBMITTED, DRAFT): SUBMITTED,
    (ReturnAct.SUBMITTED, SUBMITTED): SUBMITTED,
    (ReturnAct.SUBMITTED, ACCEPTED): SUBMITTED,
    (ReturnAct.SUBMITTED, SENT_BACK): SUBMITTED,
    (ReturnAct.ACCEPTED, SUBMITTED): ACCEPTED,
    (ReturnAct.SENT_BACK, SUBMITTED): SENT_BACK,
    (ReturnAct.SENT_BACK, ACCEPTED): SENT_BACK,
}


@pytest.mark.parametrize(("act", "state"), list(product(ReturnAct, ReturnState)))
def test_an_act_leads_where_the_table_says_and_nowhere_else(act, state):
    if (act, state) in ALLOWED:
        assert policies.check_act(act, state=state, **MONTH) == ALLOWED[act, state]
    else:
        said = f"This return is {state.label.lower()} now, so it cannot be {act.label.lower()}."
        assert refused(policies.check_act, act, state=state, **MONTH) == {"": [said]}


@pytest.mark.parametrize("act", ReturnAct)
@pytest.mark.parametrize(
    ("month", "words"),
    [("scheduled", "has not opened yet"), ("frozen", "is frozen"), ("reported", "is frozen")],
)
def test_nothing_is_done_with_a_return_of_a_month_that_takes_no_updates(act, month, words):
    told = refused(
        policies.check_act, act, state=SUBMITTED, period_state=month, period_label="August 2024"
    )
    assert told == {
        "period": [
            f"August 2024 {words}. Choose a month that is open, or ask the programme office."
        ]
    }


@pytest.mark.parametrize("month", ["scheduled", "open", "due"])
@pytest.mark.parametrize("state", ReturnState)
def test_before_the_freeze_a_return_shows_its_state(state, month):
    assert policies.standing(state=state, period_state=month).value == state.value


@pytest.mark.parametrize("month", ["frozen", "reported"])
@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (DRAFT, ReturnStanding.NOT_RECEIVED),
        (SUBMITTED, ReturnStanding.LOCKED),
        (ACCEPTED, ReturnStanding.LOCKED),
        (SENT_BACK, ReturnStanding.LOCKED),
    ],
)
def test_after_the_freeze_it_is_locked_or_was_not_received(state, shown, month):
    assert policies.standing(state=state, period_state=month) == shown


@pytest.mark.parametrize(("state", "month"), list(product(ReturnState, PeriodState)))
def test_owed_is_what_was_not_handed_in_while_its_month_takes_updates(state, month):
    owed = state in (DRAFT, SENT_BACK) and month in ("open", "due")
    assert policies.is_owed(state=state, period_state=month) is owed


DUE = dt.date(2024, 9, 6)


@pytest.mark.parametrize(
    ("first", "on", "late"),
    [
        (None, DUE, False),
        (None, DUE + dt.timedelta(days=1), True),
        (DUE, DUE + dt.timedelta(days=9), False),
        (DUE + dt.timedelta(days=1), DUE + dt.timedelta(days=9), True),
    ],
)
def test_late_is_after_the_day_on_which_it_was_due(first, on, late):
    assert policies.is_late(first_submitted_on=first, due_on=DUE, on=on) is late


def test_sending_back_says_what_to_put_right():
    policies.check_comment("Give the number of schools.")
    assert refused(policies.check_comment, " ") == {"comment": ["Enter what should be put right."]}


def test_nobody_decides_what_they_wrote():
    assert policies.is_own_return(decider_id=1, author_ids={1, 2})
    assert not policies.is_own_return(decider_id=3, author_ids={1, 2})
