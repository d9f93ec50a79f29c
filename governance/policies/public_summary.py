"""The public summary: when it is on, and what must be so before something is published: on plain values."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hertsend.errors import RuleBroken

LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 3, 20


@dataclass(frozen=True)
class Decision:
    """That the summary is on or off from a day, and which numbers are small; decided in turn."""

    number: int
    is_on: bool
    from_on: dt.date
    threshold: int


def in_force(decisions: Iterable[Decision], *, on: dt.date) -> Decision | None:
    """The decision that counts on a day: the last one taken of those whose day has come."""
    begun = [each for each in decisions if each.from_on <= on]
    return max(begun, key=lambda each: each.number, default=None)


def check_setting(*, from_on: dt.date, threshold: int, reason: str, on: dt.date) -> None:
    """Refuse a decision for the past, without a reason, or with a threshold that protects nobody."""
    errors: dict[str, list[str]] = {}
    if from_on < on:
        errors["from_on"] = ["The day must be today or later."]
    if not LOWEST_THRESHOLD <= threshold <= HIGHEST_THRESHOLD:
        errors["threshold"] = [f"Enter a number from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}."]
    if not reason.strip():
        errors["reason"] = ["Enter the reason."]
    if errors:
        raise RuleBroken(errors)


def check_sentences(*, progress: str, meaning: str, next_step: str) -> None:
    """Refuse an area of which not all three sentences are written."""
    errors: dict[str, list[str]] = {}
    if not progress.strip():
        errors["progress"] = ["Enter what happened."]
    if not meaning.strip():
        errors["meaning"] = ["Enter what it means for families."]
    if not next_step.strip():
        errors["next_step"] = ["Enter what comes next."]
    if errors:
        raise RuleBroken(errors)


def check_summary_approval(*, is_draft: bool, writers: Collection[int], approver: int) -> None:
    """Refuse the approval of what is approved already, or by somebody who wrote any of it."""
    if not is_draft:
        raise RuleBroken("These sentences are approved already.")
    if approver in writers:
        raise RuleBroken("You wrote some of these sentences. Somebody else approves them.")


def check_publication(
    *, is_on: bool, is_frozen: bool, missing: Collection[str], number: int, correction: str
) -> None:
    """Refuse to publish while it is off, an open month, unapproved areas, or an unexplained change."""
    if not is_on:
        raise RuleBroken("The public summary is switched off. The executive chair switches it on.")
    if not is_frozen:
        raise RuleBroken("This month is not frozen yet, so its figures may still change.")
    if missing:
        raise RuleBroken(f"Not approved yet: {', '.join(missing)}.")
    if number > 1 and not correction.strip():
        raise RuleBroken({"correction": ["Enter what changed, in plain English."]})
