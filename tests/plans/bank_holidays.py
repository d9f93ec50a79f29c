"""The bank holidays of England by their own rules, worked out without the library that the product uses."""

import datetime as dt
from functools import cache

MONDAY, SATURDAY = 0, 5
ONE_DAY = dt.timedelta(days=1)


def easter(year: int) -> dt.date:
    """Easter Sunday, by the anonymous Gregorian rule."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def first_monday(day: dt.date) -> dt.date:
    """The first Monday from a day on."""
    while day.weekday() != MONDAY:
        day += ONE_DAY
    return day


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The eight of a year without a royal occasion; one on a weekend is kept on the next free weekday."""
    found = {
        easter(year) - 2 * ONE_DAY,
        easter(year) + ONE_DAY,
        first_monday(dt.date(year, 5, 1)),
        first_monday(dt.date(year, 5, 25)),
        first_monday(dt.date(year, 8, 25)),
    }
    for day in (dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)):
        kept = day
        while kept.weekday() >= SATURDAY or kept in found:
            kept += ONE_DAY
        found.add(kept)
    return frozenset(found)


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_day_of(month: dt.date, number: int) -> dt.date:
    """The so-many-th working day of a month."""
    day = month - ONE_DAY
    while number:
        day += ONE_DAY
        number -= is_working_day(day)
    return day


def working_days_after(day: dt.date, number: int) -> dt.date:
    """So many working days after a day, or before it."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day
