"""You said, we did: what may be done with an entry when, and what it needs: on plain values."""

import datetime as dt
from collections.abc import Collection, Mapping

from governance.enums import FeedbackAct, FeedbackState
from governance.policies.quarters import quarter_before, quarter_of
from hertsend.errors import RuleBroken

_OPEN = frozenset({FeedbackState.DRAFT, FeedbackState.APPROVED, FeedbackState.PUBLISHED})

FEEDBACK_ACTS: Mapping[FeedbackAct, tuple[frozenset[FeedbackState], FeedbackState]] = {
    FeedbackAct.WRITE: (_OPEN, FeedbackState.DRAFT),
    FeedbackAct.APPROVE: (frozenset({FeedbackState.DRAFT}), FeedbackState.APPROVED),
    FeedbackAct.PUBLISH: (frozenset({FeedbackState.APPROVED}), FeedbackState.PUBLISHED),
    FeedbackAct.WITHDRAW: (_OPEN, FeedbackState.WITHDRAWN),
}
"""From which states an act may come, and to which it leads. Changed words are a draft again."""

WHY_NOT: Mapping[FeedbackAct, str] = {
    FeedbackAct.WRITE: "This was withdrawn. Enter it anew if it is to be answered after all.",
    FeedbackAct.APPROVE: "Only a draft can be approved.",
    FeedbackAct.PUBLISH: "Approve the words first: what was changed since is a draft again.",
    FeedbackAct.WITHDRAW: "This was withdrawn already.",
}


def is_possible(act: FeedbackAct, state: str) -> bool:
    """Whether an entry in this state may be dealt with so."""
    return state in FEEDBACK_ACTS[act][0]


def state_after(act: FeedbackAct, state: str) -> FeedbackState:
    """The state to which an act leads. Raises ``RuleBroken`` where it is not possible."""
    if not is_possible(act, state):
        raise RuleBroken(WHY_NOT[act])
    return FEEDBACK_ACTS[act][1]


def check_said(*, theme: str, source: str, said: str, said_on: dt.date, on: dt.date) -> None:
    """Refuse what was said without its theme, its source or its words, or on a day to come."""
    errors: dict[str, list[str]] = {}
    if not theme.strip():
        errors["theme"] = ["Enter what it is about, such as waiting times."]
    if not source.strip():
        errors["source"] = ["Enter where it was said, such as a survey or an event."]
    if not said.strip():
        errors["said"] = ["Enter what was said."]
    if said_on > on:
        errors["said_on"] = ["The day must be today or before."]
    if errors:
        raise RuleBroken(errors)


def check_answer(*, will_do: str, done: str, difference: str) -> None:
    """Refuse a difference of nothing done, and an answer without what will be done."""
    errors: dict[str, list[str]] = {}
    if not will_do.strip():
        errors["will_do"] = ["Enter what you will do, or why nothing can be done."]
    if difference.strip() and not done.strip():
        errors["done"] = ["Enter what you did that made this difference."]
    if errors:
        raise RuleBroken(errors)


def check_approval(*, will_do: str, writers: Collection[int], approver: int) -> None:
    """Refuse the approval of what has no answer yet, or by somebody who wrote any of it."""
    if not will_do.strip():
        raise RuleBroken("Write what you will do before it is approved.")
    if approver in writers:
        raise RuleBroken(
            "You wrote some of these words. Somebody else in the programme office approves them."
        )


def quarters_to_publish_in(on: dt.date) -> tuple[dt.date, dt.date]:
    """The quarters of whose page something may still become part: this one, and the one before."""
    this = quarter_of(on)
    return this, quarter_before(this)


def check_quarter(quarter: dt.date, *, on: dt.date) -> None:
    """Refuse to add to the page of a quarter that is long over, or of one to come."""
    if quarter not in quarters_to_publish_in(on):
        raise RuleBroken({"quarter": ["Select this quarter or the one before."]})


def check_withdrawal(reason: str) -> None:
    """Refuse a withdrawal without a reason."""
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})
