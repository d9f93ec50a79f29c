"""Moving the date in force of a milestone: what is asked, and what is decided (4)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from hertsend.errors import RuleBroken
from plans.enums import DateRequestState, Stage
from plans.policies.stages import ENDED_STAGES, OPEN_STAGES
from plans.policies.updates import LATEST_FORECAST

NOT_YOUR_OWN = "Nobody decides their own request."


@dataclass(frozen=True)
class RequestWords:
    """A request for a new date; the names are those of the form's fields.

    ``affected`` are the keys of other milestones on which the move has an effect.
    """

    asked_for_on: dt.date | None
    reason: str
    effect_on_others: str
    affected: tuple[str, ...] = ()


def check_date_change(
    *, requested_by_id: int, decided_by_id: int, stage: str, reason: str, decision: str
) -> None:
    """Refuse a date change decided by its requester, without reasons, or after the end (4)."""
    errors: dict[str, list[str]] = {}
    if requested_by_id == decided_by_id:
        errors[""] = [NOT_YOUR_OWN]
    if stage in ENDED_STAGES:
        errors["agreed_on"] = [f"This milestone is {Stage(stage).label.lower()}."]
    if not reason.strip():
        errors["reason"] = ["Enter why the date should move."]
    if not decision.strip():
        errors["decision"] = ["Enter why the board agrees."]
    if errors:
        raise RuleBroken(errors)


def check_date_request(
    words: RequestWords,
    *,
    stage: str,
    own_key: str,
    known_keys: Collection[str],
    date_in_force: dt.date | None,
    on: dt.date,
) -> None:
    """Refuse a request without a day to come, without reasons, or naming what the plan lacks."""
    if stage not in OPEN_STAGES:
        raise RuleBroken(f"This milestone is {Stage(stage).label.lower()}: its date stays.")
    errors = _of_day(words.asked_for_on, date_in_force=date_in_force, on=on)
    if not words.reason.strip():
        errors["reason"] = ["Enter why the date should move."]
    if not words.effect_on_others.strip():
        errors["effect_on_others"] = ["Enter what it means for other milestones, or “None”."]
    if unknown := [key for key in words.affected if key not in known_keys]:
        errors["affected"] = [f"This plan has no milestone {', '.join(unknown)}."]
    elif own_key in words.affected:
        errors["affected"] = ["Name other milestones than this one."]
    if errors:
        raise RuleBroken(errors)


def _of_day(
    day: dt.date | None, *, date_in_force: dt.date | None, on: dt.date
) -> dict[str, list[str]]:
    if day is None:
        return {"asked_for_on": ["Enter the date that you ask for."]}
    if day < on:
        return {"asked_for_on": ["The date that you ask for must be today or later."]}
    if day > LATEST_FORECAST:
        return {"asked_for_on": [f"The date must be in {LATEST_FORECAST.year} or before."]}
    if day == date_in_force:
        return {"asked_for_on": ["This is the date in force already."]}
    return {}


REQUEST_STEPS: dict[DateRequestState, tuple[DateRequestState, ...]] = {
    DateRequestState.OPEN: (
        DateRequestState.GRANTED,
        DateRequestState.REFUSED,
        DateRequestState.WITHDRAWN,
    ),
}
"""How a request for a new date may end; what has ended stays as it is."""

DECISIONS: tuple[DateRequestState, ...] = (DateRequestState.GRANTED, DateRequestState.REFUSED)
"""The ends that a joint chair decides."""


def check_request_open(state: str) -> None:
    """Refuse to decide, change or withdraw a request that is over."""
    if state not in REQUEST_STEPS:
        raise RuleBroken(f"This request is {DateRequestState(state).label.lower()} already.")


def check_request_decision(
    *,
    decided_by_id: int,
    requester_ids: Collection[int],
    becomes: str,
    decision: str,
    asked_for_on: dt.date,
    on: dt.date,
) -> None:
    """Refuse a decision on one's own request, without a reason, or that grants a day gone by.

    ``requester_ids`` are the person who asked and those on whose behalf it was asked.
    """
    errors: dict[str, list[str]] = {}
    if decided_by_id in requester_ids:
        errors[""] = [NOT_YOUR_OWN]
    if becomes not in DECISIONS:
        errors["becomes"] = ["Select whether you grant or refuse it."]
    if becomes == DateRequestState.GRANTED and asked_for_on < on:
        errors["becomes"] = ["The date asked for has passed. Refuse it, so that another is asked."]
    if not decision.strip():
        errors["decision"] = ["Enter the reason for the decision."]
    if errors:
        raise RuleBroken(errors)
