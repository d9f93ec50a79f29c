"""The only module that reads the clock.

Everything else receives ``on`` (a date) or ``at`` (an aware moment). A day begins and ends at
midnight in Europe/London, whatever the time zone of the machine. In demonstration mode the day is
fixed by ``HERTSEND_CLOCK`` while the time of day runs on, so that entries keep their order.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand at ``moment`` inside the block: to build a demonstration, and in tests.

    Raises ``RuntimeError`` in production, where nobody may set the clock.
    """
    if settings.HERTSEND_ENVIRONMENT == "production":
        raise RuntimeError("The clock cannot be set in production.")
    token = _moment.set(moment.astimezone(LONDON))
    try:
        yield
    finally:
        _moment.reset(token)


def now() -> dt.datetime:
    """This moment, aware, in Europe/London; on the demonstration's day where that is set."""
    if (moment := _moment.get()) is not None:
        return moment
    real = true_now()
    day = getattr(settings, "HERTSEND_CLOCK", None)
    return real if day is None else dt.datetime.combine(day, real.time(), tzinfo=LONDON)


def true_now() -> dt.datetime:
    """This moment also in a demonstration and in tests: for what another machine checks by its own clock."""
    return dt.datetime.now(tz=LONDON)


def today() -> dt.date:
    """Today's date in Europe/London."""
    return now().date()


def day_of(moment: dt.datetime) -> dt.date:
    """The civil date in Europe/London of an aware moment."""
    return moment.astimezone(LONDON).date()


def start_of(day: dt.date) -> dt.datetime:
    """Midnight in Europe/London at which ``day`` begins."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=LONDON)


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of ``day`` in Europe/London, on days of 23 and 25 hours too."""
    next_day = start_of(day + dt.timedelta(days=1))
    return (next_day.astimezone(dt.UTC) - dt.timedelta(microseconds=1)).astimezone(LONDON)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def bank_holiday(day: dt.date) -> str:
    """The name of the bank holiday of England that a day is; "" for any other day."""
    return _bank_holidays(day.year).get(day, "")


def bank_holidays_between(first: dt.date, last: dt.date) -> tuple[tuple[dt.date, str], ...]:
    """The bank holidays of England from a day to a day, both included, with their names."""
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return tuple((day, name) for day in days if (name := bank_holiday(day)))


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday, and no bank holiday of England."""
    return day.weekday() < SATURDAY and not bank_holiday(day)


def working_day_of_month(month: dt.date, number: int) -> dt.date:
    """The ``number``-th working day of the month in which ``month`` lies, counting from 1."""
    if number < 1:
        raise ValueError("Working days are counted from 1.")
    day, seen = first_of(month), 0
    while True:
        seen += is_working_day(day)
        if seen == number:
            return day
        day += dt.timedelta(days=1)


def working_day_from(day: dt.date, number: int) -> dt.date:
    """The ``number``-th working day after ``day``, before it where negative; 0 is the day itself."""
    step = dt.timedelta(days=1 if number > 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after ``start`` up to and including ``end``; negative when past."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + dt.timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def first_of(day: dt.date) -> dt.date:
    """The first day of the month in which ``day`` lies."""
    return day.replace(day=1)


def next_day(day: dt.date) -> dt.date:
    """The day after."""
    return day + dt.timedelta(days=1)


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after that of ``day``."""
    return (first_of(day) + dt.timedelta(days=32)).replace(day=1)


def previous_month(day: dt.date) -> dt.date:
    """The first day of the month before that of ``day``."""
    return (first_of(day) - dt.timedelta(days=1)).replace(day=1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of all months from that of ``first`` to that of ``last``, both included."""
    month, found = first_of(first), []
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found
