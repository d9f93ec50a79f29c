"""How often the executive meets and is reported to: which months carry a meeting, and who may say when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from governance.enums import Rhythm
from hertsend.errors import RuleBroken

MONTHS_BETWEEN: dict[Rhythm, int] = {
    Rhythm.MONTHLY: 1,
    Rhythm.TWO_MONTHLY: 2,
    Rhythm.QUARTERLY: 3,
}
"""How many months lie from one month with a meeting to the next."""


@dataclass(frozen=True)
class Span:
    """A rhythm from a month on, until a later word on that month."""

    rhythm: Rhythm
    from_month: dt.date


def span_of(month: dt.date, spans: Sequence[Span]) -> Span:
    """The rhythm in force for a month; ``spans`` begin with the plan's own, the latest word last."""
    begun = [span for span in spans if span.from_month <= month]
    return begun[-1] if begun else spans[0]


def carries_meeting(month: dt.date, spans: Sequence[Span]) -> bool:
    """Whether the report of a month goes to a meeting of the executive, in an edition of its own.

    Counted from the month with which its rhythm begins, which always does.
    """
    span = span_of(month, spans)
    return _months_from(span.from_month, month) % MONTHS_BETWEEN[span.rhythm] == 0


def _months_from(first: dt.date, month: dt.date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month


def months_later(month: dt.date, number: int) -> dt.date:
    """The first day of the month so many months later."""
    months = month.year * 12 + month.month - 1 + number
    return dt.date(months // 12, months % 12 + 1, 1)


def promised_until(first: dt.date, months: int) -> dt.date:
    """The first month of which the plan no longer says how often it is reported."""
    return months_later(first, months)


def is_assessment_due(*, closed: int, months: int, has_decision_since: bool) -> bool:
    """Whether the promised months have been reported and nobody has said how it goes on.

    ``closed`` counts the frozen months from the first on; without a promised assessment
    (``months`` is 0) none is due.
    """
    return 0 < months <= closed and not has_decision_since


def check_rhythm(
    *, rhythm: str, from_month: dt.date, reason: str, earliest: dt.date, latest: dt.date
) -> None:
    """Refuse a decision on a month that was reported, that the plan decides, or that is too far off."""
    errors: dict[str, list[str]] = {}
    if rhythm not in Rhythm.values:
        errors["rhythm"] = ["Select how often the executive meets."]
    if not earliest <= from_month <= latest or from_month.day != 1:
        errors["from_month"] = [f"Choose a month from {earliest:%B %Y} to {latest:%B %Y}."]
    if not reason.strip():
        errors["reason"] = ["Enter the reason."]
    if errors:
        raise RuleBroken(errors)
