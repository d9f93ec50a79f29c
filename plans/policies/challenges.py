"""Questions, deep dives and escalations: what each needs, and who may not end it."""

import datetime as dt

from hertsend.errors import RuleBroken
from plans.enums import DeepDiveState, EscalationState, Stage
from plans.policies.stages import OPEN_STAGES
from plans.policies.updates import LATEST_FORECAST

DEEP_DIVE_STEPS: dict[DeepDiveState, tuple[DeepDiveState, ...]] = {
    DeepDiveState.PLANNED: (DeepDiveState.HELD, DeepDiveState.CANCELLED),
}
"""How a deep dive may end."""

ESCALATION_STEPS: dict[EscalationState, tuple[EscalationState, ...]] = {
    EscalationState.OPEN: (EscalationState.ANSWERED, EscalationState.WITHDRAWN),
}
"""How an escalation may end."""


def check_challengeable(*, stage: str, is_exception: bool) -> None:
    """Refuse to challenge what is neither overdue nor off track."""
    if stage not in OPEN_STAGES:
        raise RuleBroken(
            f"This milestone is {Stage(stage).label.lower()}: there is no exception to challenge."
        )
    if not is_exception:
        raise RuleBroken("This milestone is neither overdue nor off track.")


def check_question(words: str) -> None:
    """Refuse an empty question."""
    if not words.strip():
        raise RuleBroken({"words": ["Enter your question."]})


def check_answer(words: str, *, asked_by_id: int, answered_by_id: int) -> None:
    """Refuse an empty answer, and one by the person who asked."""
    errors: dict[str, list[str]] = {}
    if asked_by_id == answered_by_id:
        errors[""] = ["You asked this question, so somebody else answers it."]
    if not words.strip():
        errors["words"] = ["Enter the answer."]
    if errors:
        raise RuleBroken(errors)


def check_deep_dive(*, planned_on: dt.date | None, reason: str, on: dt.date) -> None:
    """Refuse a deep dive without a day to come, or without what it should look into."""
    errors: dict[str, list[str]] = {}
    if planned_on is None:
        errors["planned_on"] = ["Enter the day of the deep dive."]
    elif planned_on < on:
        errors["planned_on"] = ["The day of the deep dive must be today or later."]
    elif planned_on > LATEST_FORECAST:
        errors["planned_on"] = [f"The day must be in {LATEST_FORECAST.year} or before."]
    if not reason.strip():
        errors["reason"] = ["Enter what the deep dive should look into."]
    if errors:
        raise RuleBroken(errors)


def check_deep_dive_end(
    *, state: str, becomes: str, outcome: str, planned_on: dt.date, on: dt.date
) -> None:
    """Refuse to record twice what became of a deep dive, without words, or before its day."""
    if state not in DEEP_DIVE_STEPS:
        raise RuleBroken(f"This deep dive is {DeepDiveState(state).label.lower()} already.")
    errors: dict[str, list[str]] = {}
    if becomes not in DEEP_DIVE_STEPS[DeepDiveState.PLANNED]:
        errors["becomes"] = ["Select whether it was held or is cancelled."]
    if becomes == DeepDiveState.HELD and planned_on > on:
        errors["becomes"] = ["It cannot have been held yet: its day is still to come."]
    if not outcome.strip():
        errors["outcome"] = ["Enter what it found, or why it is cancelled."]
    if errors:
        raise RuleBroken(errors)


def check_escalation(reason: str) -> None:
    """Refuse an escalation without its reason."""
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why the Executive should act."]})


def check_escalation_open(state: str) -> None:
    """Refuse to answer or withdraw what is over."""
    if state not in ESCALATION_STEPS:
        raise RuleBroken(f"This escalation is {EscalationState(state).label.lower()} already.")


def check_response(
    *, response: str, who_acts: str, escalated_by_id: int, answered_by_id: int
) -> None:
    """Refuse a response without words or without who acts, and one by the person who escalated."""
    errors: dict[str, list[str]] = {}
    if escalated_by_id == answered_by_id:
        errors[""] = ["You escalated this, so another member of the Executive answers."]
    if not response.strip():
        errors["response"] = ["Enter the Executive's answer."]
    if not who_acts.strip():
        errors["who_acts"] = ["Enter who acts."]
    if errors:
        raise RuleBroken(errors)
