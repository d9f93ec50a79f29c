"""Overdue, slip and reminders: what the dates say on a day (4, 5, 7)."""

import datetime as dt

from django.db.models import Q

from hertsend.jobs.matters import Step, last_reached, waiting_step
from plans.enums import Precision
from plans.policies.stages import OPEN_STAGES


def is_overdue(*, stage: str, date_in_force: dt.date | None, on: dt.date) -> bool:
    """Past the date in force, and neither proposed complete, signed off nor withdrawn.

    Due today is not overdue; without a definite date nothing is ever overdue.
    """
    return stage in OPEN_STAGES and date_in_force is not None and date_in_force < on


def overdue_q(on: dt.date) -> Q:
    """The same rule for rows annotated with ``date_in_force`` (``MilestoneQuerySet.with_dates``)."""
    return Q(stage__in=OPEN_STAGES, date_in_force__isnull=False, date_in_force__lt=on)


def days_overdue(*, stage: str, date_in_force: dt.date | None, on: dt.date) -> int:
    """Days since the date in force passed; 0 when not overdue."""
    if date_in_force is None or not is_overdue(stage=stage, date_in_force=date_in_force, on=on):
        return 0
    return (on - date_in_force).days


def slip_in_days(
    *, start: dt.date | None, agreed_on: dt.date | None, forecast_on: dt.date | None
) -> int | None:
    """Days from ``start`` to the later of forecast and agreed date.

    ``start`` is the published date; where the plan gives no day it is the first that was agreed, so
    that the moves of such a milestone show too. What was moved with approval still shows as
    slipped, whatever its lead forecast before. None without a start, or where nothing moved it;
    negative when early (4).
    """
    known = [day for day in (agreed_on, forecast_on) if day is not None]
    if start is None or not known:
        return None
    return (max(known) - start).days


def has_no_agreed_date(*, precision: str, agreed_on: dt.date | None) -> bool:
    """The plan gives no day and the board has not agreed one (5)."""
    return precision != Precision.DAY and agreed_on is None


def window_has_passed(
    *, window_to: dt.date | None, agreed_on: dt.date | None, stage: str, on: dt.date
) -> bool:
    """No day, but the words bound a time, and that has gone by (7)."""
    return agreed_on is None and window_to is not None and window_to < on and stage in OPEN_STAGES


REMINDED_DAYS_AHEAD = 7
"""So long before its date a milestone's leads are reminded."""


def needs_reminder(*, stage: str, date_in_force: dt.date | None, on: dt.date) -> bool:
    """Overdue, or due on that day or within the next seven; never without a definite date (7)."""
    return (
        stage in OPEN_STAGES
        and date_in_force is not None
        and (date_in_force - on).days <= REMINDED_DAYS_AHEAD
    )


def reminder_q(on: dt.date) -> Q:
    """The same rule for rows annotated with ``date_in_force`` (``MilestoneQuerySet.with_dates``)."""
    last = on + dt.timedelta(days=REMINDED_DAYS_AHEAD)
    return Q(stage__in=OPEN_STAGES, date_in_force__isnull=False, date_in_force__lte=last)


def reminder_step(date_in_force: dt.date, *, on: dt.date) -> Step | None:
    """The last day by ``on`` on which an open milestone's leads are told of it.

    Seven days before, on the day, on the first day overdue, then every Monday; in between it is
    listed where something else is told, so that nobody is written to daily about the same thing.
    """
    if on > date_in_force:
        return waiting_step(Step(date_in_force + dt.timedelta(days=1), "newly overdue"), on=on)
    ahead = Step(date_in_force - dt.timedelta(days=REMINDED_DAYS_AHEAD), "7 days before")
    return last_reached([ahead, Step(date_in_force, "on the day")], on=on)
