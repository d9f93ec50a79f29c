"""Barriers: what one must say, who answers, when it is late: on plain values."""

import datetime as dt
from dataclasses import dataclass

from governance.enums import BarrierState
from hertsend.errors import NotAllowed, RuleBroken


@dataclass(frozen=True)
class BarrierWords:
    """What a workstream says of a barrier; the names are those of the form's fields."""

    title: str
    effect: str
    help_wanted: str
    needed_by: dt.date


def check_barrier(words: BarrierWords, *, on: dt.date) -> None:
    """Refuse a barrier that does not say what it is, what it does and what would help, or by when."""
    needed = {
        "title": "Enter what stands in the way.",
        "effect": "Enter what it holds up.",
        "help_wanted": "Enter what help you ask for.",
    }
    errors = {
        name: [sentence] for name, sentence in needed.items() if not getattr(words, name).strip()
    }
    if words.needed_by < on:
        errors["needed_by"] = ["The day by which help is needed must be today or later."]
    if errors:
        raise RuleBroken(errors)


def check_answer(*, state: str, answer: str, raised_by_id: int, answered_by_id: int) -> None:
    """Refuse an answer without words, to a closed barrier, or to one's own."""
    if raised_by_id == answered_by_id:
        raise NotAllowed("You raised this barrier: somebody else answers it.")
    check_not_closed(state)
    if not answer.strip():
        raise RuleBroken({"answer": ["Enter what will be done, by whom and when."]})


def check_owner_change(*, state: str, reason: str) -> None:
    """Refuse another owner of a barrier that is over, or without a reason."""
    check_not_closed(state)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason for the change."]})


def check_close(*, state: str, outcome: str) -> None:
    """Refuse to close what is closed, or without saying what came of it."""
    check_not_closed(state)
    if not outcome.strip():
        raise RuleBroken({"outcome": ["Enter what came of it, or why help is no longer needed."]})


def check_not_closed(state: str) -> None:
    """Refuse what is done to a closed barrier."""
    if state == BarrierState.CLOSED:
        raise RuleBroken("This barrier is closed. Raise a new one if it comes back.")


def is_late(*, state: str, needed_by: dt.date, on: dt.date) -> bool:
    """Whether help is wanted since before today and nobody has answered."""
    return state == BarrierState.OPEN and needed_by < on
