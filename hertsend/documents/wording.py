"""Days, moments and counts in words, as documents write them; nothing is an en dash."""

import datetime as dt

from hertsend import dates

NOTHING = "–"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_of(value: dt.date | None) -> dt.date | None:
    """The day of a date, or of a moment in London."""
    return dates.day_of(value) if isinstance(value, dt.datetime) else value


def short_day(value: dt.date | None) -> str:
    """A day in a table: "30 Jun 2024"."""
    day = day_of(value)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else NOTHING


def long_day(value: dt.date | None) -> str:
    """A day in a sentence: "30 June 2024"."""
    day = day_of(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else NOTHING


def full_day(value: dt.date | None) -> str:
    """A day as in a diary: "Thursday 17 October 2024"."""
    day = day_of(value)
    return f"{DAYS[day.weekday()]} {long_day(day)}" if day else NOTHING


def month(value: dt.date) -> str:
    """A month: "September 2024"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def clock(value: dt.datetime) -> str:
    """A time of day in London: "17:00"."""
    return f"{value.astimezone(dates.LONDON):%H:%M}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 day", "9 days"."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
