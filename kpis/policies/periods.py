"""The stretches of time that figures speak of: read from words, named, and counted back."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

from kpis.enums import Frequency, PeriodKind

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS_IN_YEAR, MONTHS_IN_QUARTER = 12, 3
YEAR_BEGINS_IN = 4  # The financial year of councils and the NHS.
SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, order=True)
class Period:
    """The first and the last day that a figure speaks of."""

    starts_on: dt.date
    ends_on: dt.date


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(dt.date(year, number, 1), _end_of(year, number))


def _end_of(year: int, number: int) -> dt.date:
    return dt.date(year, number, monthrange(year, number)[1])


def _moved(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months away."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    return dt.date(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1, 1)


def ending(kind: PeriodKind, last: dt.date) -> Period:
    """The period of a kind that ends with the month (or, for a point, on the day) of ``last``."""
    first = last.replace(day=1)
    end = _end_of(last.year, last.month)
    if kind == PeriodKind.POINT:
        return Period(last, last)
    if kind == PeriodKind.MONTH:
        return Period(first, end)
    if kind == PeriodKind.QUARTER:
        return Period(_moved(first, 1 - MONTHS_IN_QUARTER), end)
    if kind == PeriodKind.YEAR_TO_DATE:
        year = last.year if last.month >= YEAR_BEGINS_IN else last.year - 1
        return Period(dt.date(year, YEAR_BEGINS_IN, 1), end)
    return Period(_moved(first, 1 - MONTHS_IN_YEAR), end)


# --- from words ----------------------------------------------------------------------------------

DAYS = (
    re.compile(
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?", re.ASCII
    ),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII),
)
ENDS = (
    re.compile(r"(?P<year>\d{4})[-/m](?P<month>\d{1,2})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII),
    re.compile(r"q(?P<quarter>[1-4])[ -]?(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})[ -]?q(?P<quarter>[1-4])", re.ASCII),
    re.compile(
        r"(?P<first>[a-z]{3,9})\.? ?(?:-|to) ?(?P<name>[a-z]{3,9})\.? (?P<year>\d{4}|\d{2})",
        re.ASCII,
    ),
    re.compile(r"(?P<name>[a-z]{3,9})\.?[ -]?(?P<year>\d{4}|\d{2})", re.ASCII),
)
TWO_YEARS = re.compile(r"(\d{4})[-/](\d{2}|\d{4})", re.ASCII)
ONE_YEAR = re.compile(r"(\d{4})(?:\.0)?", re.ASCII)


def read_period(words: str, kind: PeriodKind) -> Period:
    """The period that words name, for a measure of a kind. Raises ``ValueError``.

    "2023/24" is the year from April to March; "2023" a calendar year; a month closes a quarter, a
    rolling year or a year to date; a quarter is one of the calendar year.
    """
    text = " ".join(words.replace("–", "-").lower().split())
    years = _years(text)
    if years:
        if kind not in {PeriodKind.YEAR, PeriodKind.ROLLING, PeriodKind.YEAR_TO_DATE}:
            raise ValueError(words)
        return years
    last = _last_day(text, words)
    if not FIRST_YEAR <= last.year <= LAST_YEAR:
        raise ValueError(words)
    if kind == PeriodKind.QUARTER and last.month % MONTHS_IN_QUARTER:
        raise ValueError(words)
    return ending(kind, last)


def _years(text: str) -> Period | None:
    """A whole year, where the words name one."""
    if found := TWO_YEARS.fullmatch(text):
        year, following = int(found[1]), int(found[2])
        if following in {year + 1, (year + 1) % 100} and FIRST_YEAR <= year < LAST_YEAR:
            begins = dt.date(year, YEAR_BEGINS_IN, 1)
            return Period(begins, _moved(begins, MONTHS_IN_YEAR) - dt.timedelta(days=1))
        return None
    if (found := ONE_YEAR.fullmatch(text)) and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return Period(dt.date(int(found[1]), 1, 1), dt.date(int(found[1]), 12, 31))
    return None


def _last_day(text: str, words: str) -> dt.date:
    """The last day of what the words name."""
    for pattern in DAYS:
        if found := pattern.fullmatch(text):
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    for pattern in ENDS:
        if found := pattern.fullmatch(text):
            return _end_named(found.groupdict(), words)
    raise ValueError(words)


def _end_named(parts: dict[str, str], words: str) -> dt.date:
    year = int(parts["year"]) + (0 if len(parts["year"]) == len("2024") else FIRST_YEAR)
    if "quarter" in parts:
        number = int(parts["quarter"]) * MONTHS_IN_QUARTER
    elif "name" in parts:
        number = _number(parts["name"], words)
        _number(parts.get("first", parts["name"]), words)
    else:
        number = int(parts["month"])
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= MONTHS_IN_YEAR:
        raise ValueError(words)
    return _end_of(year, number)


LONG = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
SHORTEST = 3


def _number(name: str, words: str) -> int:
    """The number of a month by its name, long, short or "sept"."""
    for number, one in enumerate(LONG, start=1):
        if name in {one, one[:SHORTEST], one[: SHORTEST + 1]}:
            return number
    raise ValueError(words)


# --- in words ------------------------------------------------------------------------------------


def label(period: Period, kind: PeriodKind) -> str:
    """The period in few words: "Sep 2024", "Jul–Sep 2024", "2023/24", "30 Sep 2024"."""
    first, last = period.starts_on, period.ends_on
    named = f"{SHORT[last.month - 1]} {last.year}"
    match kind:
        case PeriodKind.POINT:
            words = f"{last.day} {named}"
        case PeriodKind.QUARTER:
            words = f"{SHORT[first.month - 1]}–{named}"
        case PeriodKind.ROLLING:
            words = f"year to {named}"
        case PeriodKind.YEAR_TO_DATE if first.month != last.month:
            words = f"Apr {first.year} to {named}"
        case PeriodKind.YEAR:
            calendar = first.month == 1
            words = str(first.year) if calendar else f"{first.year}/{last.year % 100:02}"
        case _:
            words = named
    return words


# --- which are due -------------------------------------------------------------------------------

MONTHS_APART = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}


def due_periods(kind: PeriodKind, frequency: Frequency, *, on: dt.date, count: int) -> list[Period]:
    """The latest periods that have ended by the day ``on``, oldest first."""
    apart = MONTHS_APART[frequency]
    last = on.replace(day=1) - dt.timedelta(days=1)
    if frequency == Frequency.QUARTERLY:
        last = _moved(last, -(last.month % MONTHS_IN_QUARTER))
    elif frequency == Frequency.YEARLY:
        closes = YEAR_BEGINS_IN - 1
        last = _moved(last, -((last.month - closes) % MONTHS_IN_YEAR))
    ends = [_moved(last, -apart * step) for step in range(count)]
    found = [ending(kind, _end_of(day.year, day.month)) for day in ends]
    return found[::-1]


def months_old(period_ended: dt.date, *, on: dt.date) -> int:
    """Whole months between the end of a period and the last month that has ended."""
    last = on.replace(day=1) - dt.timedelta(days=1)
    return (last.year - period_ended.year) * MONTHS_IN_YEAR + last.month - period_ended.month


def is_old(period_ended: dt.date, frequency: Frequency, *, on: dt.date) -> bool:
    """Whether a whole further period has ended since, so that a newer figure is owed."""
    return months_old(period_ended, on=on) > MONTHS_APART[frequency]


def plan_period(words: str) -> Period | None:
    """When the plan's words put a baseline: "2022", "2022/23", "July 2023"; None where unclear."""
    for kind in (PeriodKind.YEAR, PeriodKind.MONTH):
        try:
            return read_period(words, kind)
        except ValueError:
            continue
    return None


def without_gaps(found: list[Period], kind: PeriodKind, frequency: Frequency) -> list[Period]:
    """The periods in order, with those between them of which nothing is stored."""
    if kind == PeriodKind.YEAR or not found:
        return sorted(found, key=_ends)
    apart = MONTHS_APART[frequency]
    held = {_index(period): period for period in found}
    if len(held) < len(found):
        return sorted(found, key=_ends)
    first, last = min(held), max(held)
    known = {*range(first, last + 1, apart), *held}
    return [held.get(index) or ending(kind, _end_at(index)) for index in sorted(known)]


def following(last: Period, kind: PeriodKind, frequency: Frequency, until: dt.date) -> list[Period]:
    """The periods after one, up to the one in which a day lies."""
    apart = MONTHS_APART[frequency]
    index, stop = _index(last) + apart, until.year * MONTHS_IN_YEAR + until.month - 1
    return [ending(kind, _end_at(one)) for one in range(index, stop + apart, apart)]


def _ends(period: Period) -> tuple[dt.date, dt.date]:
    return period.ends_on, period.starts_on


def _index(period: Period) -> int:
    return period.ends_on.year * MONTHS_IN_YEAR + period.ends_on.month - 1


def _end_at(index: int) -> dt.date:
    return _end_of(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1)


def tick(period: Period, kind: PeriodKind) -> tuple[str, str]:
    """The period on an axis: its name, and the year below it ("Sep", "2024")."""
    last = period.ends_on
    if kind == PeriodKind.YEAR:
        return label(period, kind), ""
    name = SHORT[last.month - 1]
    if kind == PeriodKind.QUARTER:
        name = f"{SHORT[period.starts_on.month - 1]}–{name}"
    return name, str(last.year)
