"""Quarters of the calendar, held as their first day: "2024-q3" is July to September 2024."""

import datetime as dt
import re

WORD = re.compile(r"(\d{4})-q([1-4])")
MONTHS = 3


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter in which a day lies."""
    return dt.date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def quarter_before(quarter: dt.date) -> dt.date:
    """The quarter before this one."""
    return quarter_of(quarter - dt.timedelta(days=1))


def last_day_of(quarter: dt.date) -> dt.date:
    """The last day of a quarter."""
    return quarter_of(quarter + dt.timedelta(days=100)) - dt.timedelta(days=1)


def word_of(quarter: dt.date) -> str:
    """The quarter in addresses: 2024-q3."""
    return f"{quarter.year:04}-q{(quarter.month - 1) // MONTHS + 1}"


def quarter_named(word: str) -> dt.date | None:
    """The quarter of an address; None for what names none."""
    found = WORD.fullmatch(word)
    if found is None or not int(found[1]):
        return None
    return dt.date(int(found[1]), (int(found[2]) - 1) * MONTHS + 1, 1)


def label_of(quarter: dt.date) -> str:
    """The quarter in words: July to September 2024."""
    return f"{quarter:%B} to {last_day_of(quarter):%B %Y}"
