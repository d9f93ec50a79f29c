"""The part of a pack's content that boards keep: risks, log, decisions, and what families were told."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class RiskEntry:
    """An open risk that every reader may see; ``trend`` is a value, ``was_reviewed`` for the month."""

    key: str
    event: str
    cause: str
    effect: str
    workstream: str
    score: int
    score_words: str
    band: str
    target_score: int
    trend: str
    trend_label: str
    owner: str
    was_reviewed: bool
    reviewed_at: dt.datetime
    open_mitigations: int
    overdue_mitigations: int


@dataclass(frozen=True)
class LogSummary:
    """How many actions of the log were closed since a moment, are open, and of these overdue.

    ``since`` is the cut-off of the last pack, None where there was none.
    """

    since: dt.datetime | None
    closed: int
    open: int
    overdue: int


@dataclass(frozen=True)
class LogEntry:
    """An open action of the log; overdue by no days where its day is still to come."""

    group: str
    group_key: str
    number: int
    task: str
    owner: str
    due_on: dt.date
    days_overdue: int


@dataclass(frozen=True)
class DecisionEntry:
    """A decision that was taken since the last pack."""

    group: str
    group_key: str
    number: int
    title: str
    decided: str
    reasons: str
    taken_on: dt.date
    effective_on: dt.date
    taken_by: str
    is_superseded: bool


@dataclass(frozen=True)
class QuestionForGroup:
    """A decision that a group is asked for and that waits; ``days`` says for how long."""

    group: str
    group_key: str
    number: int
    question: str
    wanted_by: dt.date | None
    asked_by: str
    asked_at: dt.datetime
    days: int


@dataclass(frozen=True)
class VoiceEntry:
    """What families said, what will be done, was done and changed, as it was published."""

    number: int
    quarter: dt.date
    theme: str
    source: str
    said_on: dt.date
    said: str
    will_do: str
    done: str
    difference: str
    actions: tuple[str, ...]
