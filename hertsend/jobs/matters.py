"""What waits for a person: one registry, from which home's list and the daily digest are made.

An app registers a source in its ``matters`` module, which is imported when the process starts. A
source answers for one plan and day what waits for whom. Home shows all of it; the digest lists it
on days on which something of it is to be told.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

DIGEST = "matters.digest"
"""The kind of the e-mail that tells one person on one day all that waits for them."""

MONDAY = 0
DAYS_BEFORE_WEEKLY = 3
"""So many days at least lie between the first reminder and the first of the weekly ones."""


class Urgency(IntEnum):
    """The order of the groups, most pressing first."""

    LATE = 1
    CLOSING = 2
    DECIDE = 3
    SOON = 4


@dataclass(frozen=True)
class Group:
    """A heading under which like matters stand, and how the subject of the e-mail counts them."""

    heading: str
    one: str
    many: str
    urgency: Urgency


@dataclass(frozen=True)
class Step:
    """A day on which the ladder of a matter says to tell it, and the name of that rung."""

    day: dt.date
    name: str


@dataclass(frozen=True)
class Matter:
    """One thing that waits for one person.

    ``sentence`` says what, ``detail`` since when or until when; ``day`` is that day, for the order.
    ``path`` leads to where it is done and ``action`` names the link. ``step`` is the last rung of
    its ladder that was reached by the day asked for: a matter without one is listed, never told.
    """

    group: Group
    sentence: str
    detail: str
    path: str
    action: str
    day: dt.date
    step: Step | None

    def is_told(self, *, after: dt.date | None) -> bool:
        """Whether a rung was reached since ``after``, the day of the person's last digest.

        So a night that was missed is told late, once; and who never had a digest is told at once.
        """
        return self.step is not None and (after is None or self.step.day > after)

    @property
    def order(self) -> tuple[int, str, dt.date, str]:
        """By urgency and heading, then by day."""
        return (self.group.urgency, self.group.heading, self.day, self.sentence)


@dataclass(frozen=True)
class Asked:
    """What a source is asked: what waits in a ``plan`` as at the day ``on``, and for whom.

    ``held`` is what each person there may do by the roles of the day ``held_on``, by primary key:
    read once for all the sources.
    """

    plan: Any
    on: dt.date
    held_on: dt.date
    held: Mapping[int, Any]


Source = Callable[[Asked], Mapping[int, Sequence[Matter]]]
SourceT = TypeVar("SourceT", bound=Source)

_sources: dict[str, Source] = {}


def source(name: str) -> Callable[[SourceT], SourceT]:
    """Register the decorated ``function(asked)`` as a source of matters.

    It answers the matters of one plan as at the day ``asked.on``, by the primary key of the person
    for whom they wait according to the roles and posts of ``asked.held_on``, in a constant number of
    queries. It is asked again at the moment of sending, so what it leaves out then is not told.
    """

    def register(function: SourceT) -> SourceT:
        if _sources.setdefault(name, function) is not function:
            raise ValueError(f"The source {name!r} is registered already, by {_sources[name]!r}.")
        return function

    return register


def source_names() -> tuple[str, ...]:
    """All sources, in alphabetical order."""
    return tuple(sorted(_sources))


def collect(asked: Asked) -> dict[int, list[Matter]]:
    """What waits for whom in one plan, from every source; nobody has an empty list."""
    found: dict[int, list[Matter]] = {}
    for name in source_names():
        for person, matters in _sources[name](asked).items():
            if matters:
                found.setdefault(person, []).extend(matters)
    return found


# --- ladders --------------------------------------------------------------------------------------


def last_reached(steps: Iterable[Step], *, on: dt.date) -> Step | None:
    """The latest of the steps that has come by the day ``on``; None while all are ahead."""
    return max((step for step in steps if step.day <= on), key=lambda step: step.day, default=None)


def waiting_step(first: Step, *, on: dt.date) -> Step | None:
    """The rung of what waits with no end in sight: on its first day, then every Monday.

    Mondays, so that whoever has many such matters hears of all of them in one e-mail a week.
    """
    monday = on - dt.timedelta(days=(on.weekday() - MONDAY) % 7)
    if (monday - first.day).days >= DAYS_BEFORE_WEEKLY:
        return Step(monday, "weekly")
    return last_reached([first], on=on)


def asked_on(day: dt.date, *, on: dt.date) -> Step | None:
    """The rung of a request made on ``day``: told the next morning, then every Monday."""
    return waiting_step(Step(day + dt.timedelta(days=1), "new"), on=on)
