"""The way of a return: which act leads where, what is late, and what stands once its month froze."""

import datetime as dt
from collections.abc import Collection

from governance.enums import ReturnAct, ReturnStanding, ReturnState
from hertsend.errors import RuleBroken
from plans.policies import PERIODS_ACCEPTING_UPDATES, check_period_accepts

ACTS: dict[ReturnAct, tuple[tuple[ReturnState, ...], ReturnState]] = {
    ReturnAct.SUBMITTED: (tuple(ReturnState), ReturnState.SUBMITTED),
    ReturnAct.ACCEPTED: ((ReturnState.SUBMITTED,), ReturnState.ACCEPTED),
    ReturnAct.SENT_BACK: ((ReturnState.SUBMITTED, ReturnState.ACCEPTED), ReturnState.SENT_BACK),
}
"""For each act: the states from which it is possible, and the state to which it leads.

A return that was submitted or accepted is submitted again when its lead changed something.
"""

OWED: tuple[ReturnState, ...] = (ReturnState.DRAFT, ReturnState.SENT_BACK)
"""The states in which a workstream still has to hand something in."""


def check_act(act: ReturnAct, *, state: str, period_state: str, period_label: str) -> ReturnState:
    """Refuse an act that the return's state or its month does not allow; answer where it leads."""
    check_period_accepts(state=period_state, label=period_label)
    before, after = ACTS[act]
    if state not in before:
        now = ReturnState(state).label.lower()
        raise RuleBroken(f"This return is {now} now, so it cannot be {act.label.lower()}.")
    return after


def check_comment(words: str) -> None:
    """Refuse to send a return back without saying what is missing."""
    if not words.strip():
        raise RuleBroken({"comment": ["Enter what should be put right."]})


def is_own_return(*, decider_id: int, author_ids: Collection[int]) -> bool:
    """Whether the decider submitted the return or wrote in it: nobody decides what they wrote."""
    return decider_id in author_ids


def standing(*, state: str, period_state: str) -> ReturnStanding:
    """What a return shows: its state, and after the freeze whether it was received at all."""
    if period_state in PERIODS_ACCEPTING_UPDATES or period_state == "scheduled":
        return ReturnStanding(state)
    return ReturnStanding.NOT_RECEIVED if state == ReturnState.DRAFT else ReturnStanding.LOCKED


def is_owed(*, state: str, period_state: str) -> bool:
    """Whether the workstream still has to hand it in."""
    return period_state in PERIODS_ACCEPTING_UPDATES and state in OWED


def check_owed(*, state: str, period_state: str, period_label: str) -> None:
    """Refuse to remind of a return that has been handed in, or that nobody can hand in any more."""
    check_period_accepts(state=period_state, label=period_label)
    if state not in OWED:
        raise RuleBroken(
            f"This return is {ReturnState(state).label.lower()} now, so nobody needs a reminder."
        )


def is_late(*, first_submitted_on: dt.date | None, due_on: dt.date, on: dt.date) -> bool:
    """Whether a return came, or is still missing, after the day on which it was due."""
    return (first_submitted_on or on) > due_on
