"""Recurring commitments: the windows in which a rule's occurrences fall, and how each stands."""

import calendar
import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from hertsend import dates
from hertsend.errors import RuleBroken
from plans.enums import Frequency, OccurrenceOutcome, OccurrenceState

DAYS: dict[str, int] = {Frequency.WEEKLY: 7, Frequency.THREE_WEEKLY: 21}
MONTHS: dict[str, int] = {
    Frequency.MONTHLY: 1,
    Frequency.TWO_MONTHLY: 2,
    Frequency.QUARTERLY: 3,
}
TERM_STARTS: tuple[int, ...] = (1, 4, 9)
"""The months in which the spring, summer and autumn terms are counted to begin."""

ONE_DAY = dt.timedelta(days=1)

EARLIEST_RULE, LATEST_RULE = dt.date(2020, 1, 1), dt.date(2100, 12, 31)
"""Other years are slips of the keyboard."""


@dataclass(frozen=True)
class Rule:
    """How a commitment comes again. ``months`` are those of a yearly one, each owing one."""

    frequency: str
    first_on: dt.date
    months: tuple[int, ...] = ()
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class Window:
    """The days in which one occurrence falls, both included."""

    starts_on: dt.date
    ends_on: dt.date


def windows(rule: Rule, *, until: dt.date) -> list[Window]:
    """The windows of a rule that have begun by ``until``, in order.

    A weekly one is counted in weeks from its first day. A monthly, two-monthly or quarterly one is
    counted in calendar months from that of the first, a termly one in terms, and a yearly one in
    the calendar months that were given: so no day of a month shifts or goes missing. Nothing is
    owed before the first day, nor after the last.
    """
    found: list[Window] = []
    for window in _endless(rule):
        if window.starts_on > min(until, rule.ends_on or until):
            return found
        ends_on = min(window.ends_on, rule.ends_on or window.ends_on)
        found.append(Window(window.starts_on, ends_on))
    return found


def _endless(rule: Rule) -> Iterator[Window]:
    """The windows of a rule as if it never ended; the first begins on its first day."""
    starts = _starts(rule)
    start = next(starts)
    while True:
        following = next(starts)
        last = _last_day_of(start) if rule.frequency == Frequency.YEARLY else following - ONE_DAY
        if last >= rule.first_on:
            yield Window(max(start, rule.first_on), last)
        start = following


def _starts(rule: Rule) -> Iterator[dt.date]:
    """The first days of the rule's weeks, months, quarters or terms, from that of its first day."""
    if rule.frequency in DAYS:
        day = rule.first_on
        while True:
            yield day
            day += dt.timedelta(days=DAYS[rule.frequency])
    month = dates.first_of(rule.first_on)
    wanted = _wanted_months(rule)
    if rule.frequency == Frequency.TERMLY:
        while month.month not in TERM_STARTS:
            month = dates.previous_month(month)
    while True:
        if month.month in wanted:
            yield month
        month = dates.next_month(month)


def _wanted_months(rule: Rule) -> frozenset[int]:
    if rule.frequency == Frequency.YEARLY:
        return frozenset(rule.months)
    if rule.frequency == Frequency.TERMLY:
        return frozenset(TERM_STARTS)
    step, first = MONTHS[rule.frequency], rule.first_on.month
    return frozenset((first - 1 + offset) % 12 + 1 for offset in range(0, 12, step))


def _last_day_of(month: dt.date) -> dt.date:
    return dates.next_month(month) - ONE_DAY


def rule_in_words(rule: Rule) -> str:
    """A rule in a sentence: "Every quarter, from 30 April 2024"."""
    often = Frequency(rule.frequency).label
    if rule.months:
        named = [calendar.month_name[month] for month in rule.months]
        often = f"Every year in {_listed(named)}"
    until = f" to {_day(rule.ends_on)}" if rule.ends_on else ""
    return f"{often}, from {_day(rule.first_on)}{until}"


def window_in_words(window: Window) -> str:
    """The days of an occurrence: "April 2024", "30 April to 30 June 2024", "7 to 13 October 2024"."""
    first, last = window.starts_on, window.ends_on
    if first.day == 1 and last == _last_day_of(dates.first_of(last)):
        return _months(first, last)
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _months(first: dt.date, last: dt.date) -> str:
    """Whole months: "April 2024", "July to September 2024"."""
    if dates.first_of(last) == first:
        return f"{last:%B %Y}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def owed(
    rules: Sequence[tuple[Rule | None, dt.date]],
    *,
    until: dt.date,
    recorded: Collection[dt.date] = (),
) -> list[Window]:
    """The windows of a commitment whose rule changed: each with the day from which it holds.

    None is the end. What a later rule or the end cuts short is not owed any more, unless something
    was ``recorded`` of the window that begins on that day: what was said of it stays said.
    """
    found: list[Window] = []
    for place, (rule, _since) in enumerate(rules):
        if rule is None:
            continue
        before = min((since for _, since in rules[place + 1 :]), default=dt.date.max)
        found += [
            window
            for window in windows(rule, until=until)
            if window.ends_on < before
            or (window.starts_on < before and window.starts_on in recorded)
        ]
    return found


def check_records_kept(
    rules: Sequence[tuple[Rule | None, dt.date]],
    rule: Rule,
    *,
    recorded: Collection[dt.date],
    until: dt.date,
) -> None:
    """Refuse a new rule beside which something recorded under the ``rules`` so far would not stand.

    A record is of one window: it stays where the window ends before the new rule begins, or where
    the new rule has the same window. Anything else would be missed though it was done.
    """
    new = {(each.starts_on, each.ends_on) for each in windows(rule, until=until)}
    lost = [
        window
        for window in owed(rules, until=until, recorded=recorded)
        if window.starts_on in recorded
        and window.ends_on >= rule.first_on
        and not {(window.starts_on, window.ends_on), (window.starts_on, rule.ends_on)} & new
    ]
    if lost:
        last = max(lost, key=lambda window: window.ends_on)
        sentence = (
            f"{window_in_words(last)} is recorded already and would be lost. Let the new rule begin "
            f"on {_day(last.ends_on + ONE_DAY)} or later."
        )
        raise RuleBroken({"first_on": [sentence]})


def next_window(rule: Rule, *, after: dt.date) -> Window | None:
    """The first window that begins after a day; None where the rule has ended by then."""
    for window in _endless(rule):
        if rule.ends_on and window.starts_on > rule.ends_on:
            return None
        if window.starts_on > after:
            return Window(window.starts_on, min(window.ends_on, rule.ends_on or window.ends_on))
    return None


def occurrence_state(window: Window, *, outcome: str, on: dt.date) -> OccurrenceState:
    """How an occurrence stands on a day; ``outcome`` is what was recorded of it, "" for nothing.

    A window that has gone by without a word is missed: silence is never counted as done.
    """
    if outcome:
        return OccurrenceState(outcome)
    if on < window.starts_on:
        return OccurrenceState.NOT_DUE
    return OccurrenceState.DUE if on <= window.ends_on else OccurrenceState.MISSED


def days_late(window: Window, *, done_on: dt.date | None) -> int:
    """How many days after its window an occurrence was done; 0 when within it."""
    return max(0, (done_on - window.ends_on).days) if done_on else 0


def check_rule(
    *,
    frequency: str,
    months: Sequence[int],
    first_on: dt.date | None,
    ends_on: dt.date | None,
    has_owner: bool,
) -> Rule:
    """Refuse a rule by which nothing could be counted; answer it. All faults are told at once."""
    errors: dict[str, list[str]] = {}
    if frequency not in Frequency.values:
        errors["frequency"] = ["Select how often it comes again."]
    if first_on is None:
        errors["first_on"] = ["Enter the day from which the first one counts."]
    elif not EARLIEST_RULE <= first_on <= LATEST_RULE:
        errors["first_on"] = [f"Enter a day from {EARLIEST_RULE.year} to {LATEST_RULE.year}."]
    if first_on and ends_on and ends_on < first_on:
        errors["ends_on"] = ["The last day must not be before the first."]
    if not has_owner:
        errors["owner"] = ["Select the post that answers for it."]
    if sentence := _wrong_months(frequency, months):
        errors["months"] = [sentence]
    if errors or first_on is None:
        raise RuleBroken(errors)
    return Rule(frequency, first_on, tuple(sorted(set(months))), ends_on)


def _wrong_months(frequency: str, months: Sequence[int]) -> str:
    if any(month not in range(1, 13) for month in months):
        return "Give months as numbers from 1 to 12."
    if frequency == Frequency.YEARLY and not months:
        return "Select the months of the year in which it is due."
    if frequency != Frequency.YEARLY and months:
        return "Months are only for what comes every year."
    return ""


def check_occurrence(
    *,
    window: Window,
    outcome: str,
    done_on: dt.date | None,
    note: str,
    has_evidence: bool,
    on: dt.date,
) -> None:
    """Refuse a record that says nothing, or of an occurrence that is not due yet."""
    errors: dict[str, list[str]] = {}
    if outcome not in OccurrenceOutcome.values:
        errors["outcome"] = ["Select whether it was done or missed."]
    if window.starts_on > on:
        errors["window_from"] = ["It is not due yet."]
    if outcome == OccurrenceOutcome.DONE:
        errors |= _wrong_day(window, done_on, on=on)
    elif done_on is not None:
        errors["done_on"] = ["Leave the day empty where it was missed."]
    if outcome == OccurrenceOutcome.MISSED and not note.strip():
        errors["note"] = ["Enter why it was missed."]
    elif not note.strip() and not has_evidence:
        errors["note"] = ["Enter what was done, or give what shows it."]
    if errors:
        raise RuleBroken(errors)


def _wrong_day(window: Window, done_on: dt.date | None, *, on: dt.date) -> dict[str, list[str]]:
    if done_on is None:
        return {"done_on": ["Enter the day on which it was done."]}
    if done_on > on:
        return {"done_on": ["The day must be today or before."]}
    if done_on < window.starts_on:
        return {"done_on": ["That day is before this one was due. Choose the one before."]}
    return {}
