"""The part of a pack's content that was said of exceptions and dates; milestones by key."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class SaidEntry:
    """Words of a person at a moment."""

    words: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class ReportEntry:
    """What a lead reported of an exception for a month; ``ask`` and ``ask_label`` as they were then."""

    key: str
    month: dt.date
    cause: str
    effect_on_families: str
    what_is_being_done: str
    done_by: dt.date
    ask: str
    ask_label: str
    asked_of_board: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class QuestionEntry:
    """A question on an exception, with its answers."""

    key: str
    number: int
    asked: SaidEntry
    answers: tuple[SaidEntry, ...]


@dataclass(frozen=True)
class DeepDiveEntry:
    """A deep dive: planned, held or cancelled."""

    key: str
    planned_on: dt.date
    state_label: str
    asked: SaidEntry
    ended: SaidEntry | None


@dataclass(frozen=True)
class EscalationEntry:
    """An escalation to the Executive, and its answer."""

    key: str
    state_label: str
    raised: SaidEntry
    ended: SaidEntry | None
    who_acts: str


@dataclass(frozen=True)
class DateRequestEntry:
    """A request for a new date: one that waits, or that was refused since the last pack."""

    key: str
    number: int
    in_force: dt.date | None
    asked_for_on: dt.date
    reason: str
    effect_on_others: str
    affected: tuple[str, ...]
    requested_by: str
    requested_at: dt.datetime
    state_label: str
    decision: str
    decided_by: str
    decided_at: dt.datetime | None
