"""The action log: when an action is overdue, when it is told, and what must be said with each act."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from governance.enums import LogStanding
from hertsend.errors import RuleBroken
from hertsend.jobs.matters import Step, last_reached, waiting_step

TOLD_DAYS_BEFORE = 7
"""So long before its day an owner is reminded."""

CLOSED_ALREADY = "It is closed already."


def is_overdue(*, due_on: dt.date, is_closed: bool, on: dt.date) -> bool:
    """Open past its day. Due today is not overdue."""
    return not is_closed and due_on < on


def overdue_q(on: dt.date) -> Q:
    """The same rule for rows of log actions."""
    return Q(closed_at=None, due_on__lt=on)


def standing(*, due_on: dt.date, is_closed: bool, on: dt.date) -> LogStanding:
    """How a log action stands on a day."""
    if is_closed:
        return LogStanding.CLOSED
    is_late = is_overdue(due_on=due_on, is_closed=is_closed, on=on)
    return LogStanding.OVERDUE if is_late else LogStanding.OPEN


def is_carried_to(
    *, raised_at: dt.datetime, closed_at: dt.datetime | None, starts_at: dt.datetime
) -> bool:
    """Whether a meeting has the action before it: raised by then, and not closed before it began."""
    return raised_at <= starts_at and (closed_at is None or closed_at >= starts_at)


def carried_to_q(starts_at: dt.datetime) -> Q:
    """The same rule for rows of log actions."""
    return Q(raised_at__lte=starts_at) & (Q(closed_at=None) | Q(closed_at__gte=starts_at))


def log_step(due_on: dt.date, *, on: dt.date) -> Step | None:
    """The rung on which an owner is told: a week before, on the day, the day after, then Mondays.

    None while the first rung is ahead: until then it is not listed either.
    """
    if on > due_on:
        return waiting_step(Step(due_on + dt.timedelta(days=1), "overdue"), on=on)
    week_before = due_on - dt.timedelta(days=TOLD_DAYS_BEFORE)
    return last_reached([Step(week_before, f"-{TOLD_DAYS_BEFORE}"), Step(due_on, "0")], on=on)


@dataclass(frozen=True)
class Dated:
    """A log action as far as it is counted."""

    due_on: dt.date
    closed_at: dt.datetime | None


@dataclass(frozen=True)
class LogCounts:
    """What stands on top of a log: closed since the last meeting, open, and overdue among the open."""

    closed: int
    open: int
    overdue: int


def counts_of(
    actions: Iterable[Dated], *, last_meeting_at: dt.datetime | None, on: dt.date
) -> LogCounts:
    """Count a group's log; before its first meeting all that was closed counts as closed since."""
    rows = list(actions)
    closed = [each.closed_at for each in rows if each.closed_at is not None]
    still = [each for each in rows if each.closed_at is None]
    return LogCounts(
        closed=sum(last_meeting_at is None or moment >= last_meeting_at for moment in closed),
        open=len(still),
        overdue=sum(is_overdue(due_on=each.due_on, is_closed=False, on=on) for each in still),
    )


def closed_since_q(last_meeting_at: dt.datetime | None) -> Q:
    """The same rule for rows of a group's log: what was closed since its last meeting, else ever."""
    ever = Q(closed_at__isnull=False)
    return ever if last_meeting_at is None else ever & Q(closed_at__gte=last_meeting_at)


def check_raised(*, task: str, due_on: dt.date | None, on: dt.date) -> None:
    """Refuse an action without a task or with a day that is no more; tells all at once."""
    errors: dict[str, list[str]] = {}
    if not task.strip():
        errors["task"] = ["Enter what is to be done."]
    if due_on is None:
        errors["due_on"] = ["Enter by when."]
    elif due_on < on:
        errors["due_on"] = ["The day must be today or later."]
    if errors:
        raise RuleBroken(errors)


def check_changed(
    *, due_on: dt.date | None, was_due_on: dt.date, is_same: bool, reason: str, on: dt.date
) -> None:
    """Refuse another owner or day without a reason, a day gone by, or no change at all."""
    errors: dict[str, list[str]] = {}
    if due_on is None:
        errors["due_on"] = ["Enter by when."]
    elif due_on != was_due_on and due_on < on:
        errors["due_on"] = ["The day must be today or later."]
    if not reason.strip():
        errors["reason"] = ["Enter the reason."]
    if is_same and not errors:
        errors["due_on"] = ["Choose another owner or another day."]
    if errors:
        raise RuleBroken(errors)


def check_words(words: str) -> None:
    """Refuse an update that says nothing."""
    if not words.strip():
        raise RuleBroken({"words": ["Enter what happened."]})


def check_closing(*, note: str, is_closed: bool) -> None:
    """Refuse to close without a note, or what is closed."""
    check_not_closed(is_closed=is_closed)
    if not note.strip():
        raise RuleBroken({"closing_note": ["Enter what was done, or why it is no longer needed."]})


def check_not_closed(*, is_closed: bool) -> None:
    """Refuse to go on with what is closed: raise another action instead."""
    if is_closed:
        raise RuleBroken(CLOSED_ALREADY)
