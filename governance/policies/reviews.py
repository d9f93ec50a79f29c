"""The reviews of a plan by the Department for Education and NHS England, 6, 12 and 18 months on."""

import calendar
import datetime as dt
from dataclasses import dataclass

MONTHS_ON = (6, 12, 18)


@dataclass(frozen=True)
class Review:
    """A review: the days after which and up to which it looks, and whether it is over."""

    months: int
    since: dt.date
    until: dt.date
    is_running: bool


def reviews_of(published: str, *, first: dt.date, today: dt.date) -> list[Review]:
    """The reviews that have begun, earliest first.

    Each looks from the day of the one before to the last day of the month so many months after
    publication; the first from the day ``first`` on which the plan was taken over, as of days
    before nothing is written down. A review that is running looks until today. After a publication
    that is known by its year alone there is no such month, and so there are no reviews.
    """
    if len(published) < len("2023-12"):
        return []
    year, month = int(published[:4]), int(published[5:7])
    found, since = [], first
    for months in MONTHS_ON:
        end = _last_day(year, month + months)
        if since >= today:
            break
        if end > since:
            found.append(Review(months, since, min(end, today), is_running=end >= today))
        since = max(since, end)
    return found


def _last_day(year: int, month: int) -> dt.date:
    """The last day of a month, which may be counted past December."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])
