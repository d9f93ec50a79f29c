"""The reporting calendar, and when a month takes updates (13)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from hertsend import dates
from hertsend.errors import RuleBroken
from plans.enums import PeriodState

PERIODS_ACCEPTING_UPDATES: tuple[PeriodState, ...] = (PeriodState.OPEN, PeriodState.DUE)
PERIODS_CLOSED: tuple[PeriodState, ...] = (PeriodState.FROZEN, PeriodState.REPORTED)
ONE_DAY = dt.timedelta(days=1)

PERIOD_STEPS: dict[PeriodState, PeriodState] = {
    PeriodState.SCHEDULED: PeriodState.OPEN,
    PeriodState.OPEN: PeriodState.DUE,
    PeriodState.DUE: PeriodState.FROZEN,
    PeriodState.FROZEN: PeriodState.REPORTED,
}
"""The one way through a reporting period (13)."""

PERIOD_REOPENED = PeriodState.DUE
"""Where a frozen month is when the programme office reopened it; the one step back."""


def check_period_accepts(*, state: str, label: str) -> None:
    """Refuse an update for a month that is not open, or that is frozen."""
    if state not in PERIODS_ACCEPTING_UPDATES:
        reason = "has not opened yet" if state == PeriodState.SCHEDULED else "is frozen"
        raise RuleBroken(
            {
                "period": [
                    f"{label} {reason}. Choose a month that is open, or ask the programme office."
                ]
            }
        )


def default_period_index(states: Collection[str]) -> int | None:
    """The place of the earliest period that still takes updates, in month order (13)."""
    for index, state in enumerate(states):
        if state in PERIODS_ACCEPTING_UPDATES:
            return index
    return None


CALENDAR_MONTHS_AHEAD = 12
"""Scheduled so far ahead that a year's returns can stand in people's diaries."""


def first_reported_month(published: str) -> dt.date:
    """The month after publication: the first of which the whole lay under the plan.

    ``published`` is as precise as the plan says, YYYY, YYYY-MM or YYYY-MM-DD; after a bare year it
    is the next January, as nothing may be owed for a month in which the plan was perhaps not out.
    """
    year, month = int(published[:4]), int(published[5:7] or 12)
    return dt.date(year + month // 12, month % 12 + 1, 1)


def last_scheduled_month(on: dt.date) -> dt.date:
    """The month up to which the calendar reaches on a day."""
    months = on.year * 12 + on.month - 1 + CALENDAR_MONTHS_AHEAD
    return dt.date(months // 12, months % 12 + 1, 1)


# --- steps ---------------------------------------------------------------------------------------


def falls_due_on(month: dt.date) -> dt.date:
    """The first day of the next month, from which a month is due and no longer open."""
    return dates.next_month(month)


def latest_freeze(month: dt.date) -> dt.date:
    """The last day on which a month can freeze: on it the next month falls due, and one is due at a time."""
    return falls_due_on(falls_due_on(month))


def period_step_due(
    *, state: str, month: dt.date, opens_on: dt.date, freezes_on: dt.date, on: dt.date
) -> PeriodState | None:
    """The next step of a month that the calendar asks for by the day ``on``, or None."""
    days = {
        PeriodState.SCHEDULED: opens_on,
        PeriodState.OPEN: falls_due_on(month),
        PeriodState.DUE: freezes_on,
    }
    now = PeriodState(state)
    return PERIOD_STEPS[now] if now in days and days[now] <= on else None


# --- days that are set by hand -------------------------------------------------------------------


@dataclass(frozen=True)
class PeriodDays:
    """The days of a month that the programme office sets."""

    due_on: dt.date
    freezes_on: dt.date


def check_may_set_days(*, state: str, month: dt.date) -> None:
    """Refuse to change the days of a month that has opened."""
    if state != PeriodState.SCHEDULED:
        raise RuleBroken(
            f"{month:%B %Y} has opened, so its days stand. "
            "You can change months that have not opened."
        )


def check_period_days(
    days: PeriodDays, *, now: PeriodDays, state: str, month: dt.date, reason: str, on: dt.date
) -> None:
    """Refuse days that the calendar cannot keep; all that is wrong is told at once."""
    check_may_set_days(state=state, month=month)
    earliest = max(falls_due_on(month), on + ONE_DAY)
    errors: dict[str, list[str]] = {}
    if fault := _fault_of_day(days.due_on, earliest=earliest, latest=latest_freeze(month)):
        errors["due_on"] = [fault]
    if days.freezes_on <= days.due_on:
        errors["freezes_on"] = ["Enter a day after the last day for returns."]
    elif fault := _fault_of_day(days.freezes_on, earliest=earliest, latest=latest_freeze(month)):
        errors["freezes_on"] = [fault]
    if not errors and days == now:
        errors[""] = ["These are the days of this month already. Change at least one of them."]
    _check(errors, reason=reason)


def check_may_unfreeze(
    *, state: str, month: dt.date, latest_closed: dt.date | None, due: dt.date | None
) -> None:
    """Refuse to reopen a month that must stay frozen.

    ``latest_closed`` is the last frozen month of the plan, ``due`` the one that is being returned.
    """
    label = f"{month:%B %Y}"
    if state not in PERIODS_CLOSED:
        raise RuleBroken(f"{label} is not frozen, so there is nothing to reopen.")
    if due is not None:
        raise RuleBroken(
            f"{due:%B %Y} is being returned, so no frozen month can be reopened now. "
            f"Report what is to be put right in {due:%B %Y}."
        )
    if latest_closed and month != latest_closed:
        raise RuleBroken(f"Only the last frozen month can be reopened, {latest_closed:%B %Y}.")


def check_unfreezing(*, month: dt.date, freezes_on: dt.date, reason: str, on: dt.date) -> None:
    """Refuse to give a reopened month no reason, or no fit day to freeze again."""
    errors: dict[str, list[str]] = {}
    if fault := _fault_of_day(freezes_on, earliest=on + ONE_DAY, latest=latest_freeze(month)):
        errors["freezes_on"] = [fault]
    _check(errors, reason=reason)


def _check(errors: dict[str, list[str]], *, reason: str) -> None:
    if not reason.strip():
        errors["reason"] = ["Enter the reason."]
    if errors:
        raise RuleBroken(errors)


def _fault_of_day(day: dt.date, *, earliest: dt.date, latest: dt.date) -> str:
    """Why a day cannot be one of the calendar, "" if it can."""
    if not earliest <= day <= latest:
        return f"Enter a day from {_in_words(earliest)} to {_in_words(latest)}."
    if holiday := dates.bank_holiday(day):
        return f"{_in_words(day)} is a bank holiday ({holiday}). Enter a working day."
    if not dates.is_working_day(day):
        return f"{_in_words(day)} is a {day:%A}. Enter a working day."
    return ""


def _in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
