"""As at which moment the plan may be read: any day since it was taken over, or a frozen month."""

import datetime as dt
import re
from dataclasses import dataclass

from hertsend.errors import RuleBroken

_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a day, or a month by its first day."""

    day: dt.date
    is_month: bool


def asked_moment(text: str, *, field: str) -> Asked:
    """Read "2024-06-30" or "2024-06". Raises ``RuleBroken`` at ``field`` for anything else."""
    written = _WRITTEN.fullmatch(text)
    try:
        year, month, day = written.groups() if written else ("", "", "")
        return Asked(dt.date(int(year), int(month), int(day or 1)), is_month=day is None)
    except ValueError:
        example = "a day such as 2024-06-30, or a month such as 2024-06"
        raise RuleBroken({field: [f"“{text[:20]}” is no date. Give {example}."]}) from None


def check_past_day(day: dt.date, *, first: dt.date, today: dt.date, field: str) -> None:
    """Refuse a day that is still to come, or before anything was written down here."""
    if day > today:
        words = f"{_words(day)} is still to come. Choose a day up to today, {_words(today)}."
        raise RuleBroken({field: [words]})
    if day < first:
        words = f"Nothing is written down here of a day before {_words(first)}. Choose a later one."
        raise RuleBroken({field: [words]})


def check_frozen_month(month: dt.date, *, is_frozen: bool, field: str) -> None:
    """Refuse a month whose figures can still change, or that was never reported."""
    if not is_frozen:
        name = f"{month:%B} {month.year}"
        words = f"{name} is not frozen. Choose a month that is, or give a day."
        raise RuleBroken({field: [words]})


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
