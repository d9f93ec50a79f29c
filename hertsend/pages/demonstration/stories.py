"""How each milestone fares in the invented months: begun, reported, done, late or moved."""

import datetime as dt
import random
from dataclasses import dataclass, field
from enum import StrEnum

from hertsend import dates

FIRST_MONTH = dt.date(2024, 1, 1)
LAST_MONTH = dt.date(2024, 9, 1)
MONTHS = tuple(dates.months_between(FIRST_MONTH, LAST_MONTH))
BEGUN_DAYS_BEFORE = 150
BOARD_DAY = 18


class Fate(StrEnum):
    """What becomes of a milestone that falls due in the invented months."""

    ON_TIME = "on time"
    LATE = "late"
    MOVED = "moved by the board"
    STUCK = "not done yet"


FATES = ((Fate.ON_TIME, 66), (Fate.LATE, 14), (Fate.MOVED, 11), (Fate.STUCK, 9))


@dataclass(frozen=True)
class Story:
    """The invented course of one milestone.

    ``reports`` are the months for which its lead reports; ``agreed_on`` is the new date that the
    board agreed on ``moved_on``; ``returned`` says that the first proposal came back once.
    """

    begins: dt.date
    reports: frozenset[dt.date]
    fate: Fate
    proposed_on: dt.date | None = None
    signed_on: dt.date | None = None
    returned: bool = False
    moved_on: dt.date | None = None
    agreed_on: dt.date | None = None
    expected_on: dt.date | None = None
    troubled: frozenset[dt.date] = field(default_factory=frozenset)


def story_of(*, due_on: dt.date | None, begun_early: bool, chance: random.Random) -> Story:
    """Invent the course of a milestone from its published date, with this chance."""
    begins = _begins(due_on, begun_early=begun_early, chance=chance)
    fate = chance.choices([fate for fate, _ in FATES], weights=[weight for _, weight in FATES])[0]
    course = _course(due_on, fate, chance) if due_on else {}
    silent = frozenset(month for month in MONTHS if chance.random() < 0.05)
    reports = frozenset(month for month in MONTHS if month >= begins.replace(day=1)) - silent
    troubled = frozenset(month for month in MONTHS if chance.random() < 0.12)
    return Story(begins=begins, reports=reports, fate=fate, troubled=troubled, **course)


def _begins(due_on: dt.date | None, *, begun_early: bool, chance: random.Random) -> dt.date:
    if due_on is None:
        return FIRST_MONTH if begun_early else chance.choice((MONTHS[3], MONTHS[6], LAST_MONTH))
    return max(FIRST_MONTH, due_on - dt.timedelta(days=BEGUN_DAYS_BEFORE))


def _course(due_on: dt.date, fate: Fate, chance: random.Random) -> dict:
    """When it is proposed, signed or moved, for a milestone with a published day."""
    if fate == Fate.ON_TIME:
        done = due_on - dt.timedelta(days=chance.randint(2, 20))
        return _finished(max(done, dt.date(2024, 1, 8)), chance)
    if fate == Fate.LATE:
        done = due_on + dt.timedelta(days=chance.randint(12, 70))
        return _finished(done, chance) | {"expected_on": done}
    if fate == Fate.STUCK:
        return {"expected_on": due_on + dt.timedelta(days=chance.choice((92, 123, 153, 184)))}
    agreed = due_on + dt.timedelta(days=chance.choice((61, 92, 123, 153)))
    moved = working((due_on + dt.timedelta(days=12)).replace(day=BOARD_DAY))
    course = {"moved_on": moved, "agreed_on": agreed, "expected_on": agreed}
    if chance.random() < 0.4:
        course |= _finished(agreed - dt.timedelta(days=chance.randint(1, 12)), chance)
    return course


def _finished(done: dt.date, chance: random.Random) -> dict:
    return {
        "proposed_on": working(done),
        "signed_on": working(done + dt.timedelta(days=chance.randint(9, 40))),
        "returned": chance.random() < 0.08,
    }


def working(day: dt.date) -> dt.date:
    """The day itself, or the next on which an office is open."""
    while not dates.is_working_day(day):
        day += dt.timedelta(days=1)
    return day
