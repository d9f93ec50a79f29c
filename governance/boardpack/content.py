"""A pack's content: frozen values, worded and in order, as they are stored and read back.

The stored form is JSON. ``SCHEMA_VERSION`` is raised when a stored pack can no longer be read into
these classes; packs of an older version then need a reader of their own, never a change of the row.
A field that was added later has a default: what its absence means in the packs from before it.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
from dataclasses import dataclass
from typing import Any

from governance.boardpack.kept import (
    DecisionEntry,
    LogEntry,
    LogSummary,
    QuestionForGroup,
    RiskEntry,
    VoiceEntry,
)
from governance.boardpack.measured import MeasureEntry
from governance.boardpack.said import (
    DateRequestEntry,
    DeepDiveEntry,
    EscalationEntry,
    QuestionEntry,
    ReportEntry,
    SaidEntry,
)
from governance.boardpack.signing import SignedActionEntry, SignOffEntry, TakenBackEntry

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Cover:
    """What the pack is: whose, of which month, as at when, for whom; why, if it is not the first version.

    ``meeting`` says in words at which meeting it is tabled, "" where none was planned at the cut-off;
    ``notice`` what every page must carry beside the classification, as of a demonstration.
    """

    partnership: str
    plan: str
    plan_slug: str
    published: str
    month: dt.date
    edition: str
    edition_label: str
    revision: int
    cut_off: dt.datetime
    cut_off_words: str
    compared_with: dt.date | None
    classification: str = "OFFICIAL"
    reason: str = ""
    meeting: str = ""
    notice: str = ""

    @property
    def marking(self) -> str:
        """What every page carries: the classification, and the notice where there is one."""
        return " · ".join(words for words in (self.classification, self.notice) if words)


@dataclass(frozen=True)
class FigureEntry:
    """One of the big numbers."""

    key: str
    value: int
    label: str
    note: str
    tone: str


@dataclass(frozen=True)
class Summary:
    """How it is, in a sentence and in numbers."""

    headline: str
    rest: str
    figures: tuple[FigureEntry, ...]
    changes: tuple[str, ...]
    burn_up_words: str


@dataclass(frozen=True)
class PointEntry:
    """One month of the burn-up; ``complete`` is None for a month still to come."""

    month: dt.date
    due: int
    complete: int | None


@dataclass(frozen=True)
class StreamEntry:
    """One workstream's counts; the mappings' keys are the values of stages and standings."""

    key: str
    name: str
    stages: dict[str, int]
    standings: dict[str, int]
    overdue: int
    due: int
    complete_of_due: int
    total: int


@dataclass(frozen=True)
class ImpactOfArea:
    """The impact of a row of areas: the lowest confirmed of its actions, None for none."""

    level: int | None
    label: str
    rated: int
    actions: int
    proposed: int


@dataclass(frozen=True)
class AssuranceEntry:
    """The assurance of an area, "" for none, and the word that it had in the month before."""

    key: str
    level: str
    label: str
    before: str
    reasons: str
    by: str
    at: dt.datetime | None


@dataclass(frozen=True)
class AreaEntry:
    """One area, or several whose milestones are the same."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    standing: str
    due: int
    complete_of_due: int
    overdue: int
    total: int
    impact: ImpactOfArea | None = None
    assurance: tuple[AssuranceEntry, ...] = ()


@dataclass(frozen=True)
class ImpactEntry:
    """An action's confirmed impact, with the words of who proposed and who confirmed it."""

    action: str
    text: str
    level: int
    label: str
    month: dt.date
    confirmed_at: dt.datetime
    words: str
    by: str
    confirmed_by: str
    proposed: str


@dataclass(frozen=True)
class MissedEntry:
    """A promise that comes again, with the times at which it was missed, in words."""

    title: str
    place: str
    rule: str
    owner: str
    times: tuple[str, ...]


@dataclass(frozen=True)
class MilestoneEntry:
    """A milestone as the board is told of it; ``standing`` and ``stage`` are values, not labels."""

    key: str
    text: str
    workstream: str
    areas: tuple[str, ...]
    leads: tuple[str, ...]
    leads_inherited: bool
    due_text: str
    due_on: dt.date | None
    agreed_on: dt.date | None
    forecast_on: dt.date | None
    moves: int
    slip: int | None
    stage: str
    standing: str
    days_overdue: int
    has_exception: bool
    window_passed: bool
    completed_on: dt.date | None
    what_happened: str
    what_is_next: str
    reason_for_rating: str
    sentence_for_families: str

    @property
    def slips_from_agreement(self) -> bool:
        """Whether its slip counts from the first agreed date, as the plan gives no day."""
        return self.slip is not None and self.due_on is None


@dataclass(frozen=True)
class SlipEntry:
    """A milestone that moved; the words of the agreement are "" where nothing was agreed."""

    key: str
    agreed_at: dt.datetime | None
    reason: str
    decision: str
    agreed_by: str
    since_last_pack: bool
    asked_for_on: dt.date | None = None
    refusals: int = 0


@dataclass(frozen=True)
class ReopenedEntry:
    """A month that was reopened after its freeze."""

    month: dt.date
    frozen_at: dt.datetime
    at: dt.datetime
    role: str
    by: str
    reason: str


@dataclass(frozen=True)
class DefinitionEntry:
    """A word by which delivery is judged, as it was defined when the pack was assembled."""

    value: str
    label: str
    meaning: str


@dataclass(frozen=True)
class TermEntry:
    """An abbreviation and what it stands for."""

    term: str
    expansion: str


@dataclass(frozen=True)
class PackContent:
    """A whole pack. Lists name milestones by key; each milestone stands once, in ``milestones``.

    ``changed`` tells what differs from the version before. The last four are not stored here: the
    programme office's words and order, laid over what is stored (``arranging``), and the SHA-256 by
    which a copy is known to be what readers were given.
    """

    cover: Cover
    summary: Summary
    streams: tuple[StreamEntry, ...]
    all_streams: StreamEntry
    areas: tuple[AreaEntry, ...]
    burn_up: tuple[PointEntry, ...]
    milestones: tuple[MilestoneEntry, ...]
    exceptions: tuple[str, ...]
    slips: tuple[SlipEntry, ...]
    awaiting: tuple[SignOffEntry, ...]
    signed_off: tuple[SignOffEntry, ...]
    no_update: tuple[str, ...]
    undated: tuple[str, ...]
    window_passed: tuple[str, ...]
    due_soon: tuple[str, ...]
    definitions: tuple[DefinitionEntry, ...]
    glossary: tuple[TermEntry, ...]
    reopened: tuple[ReopenedEntry, ...] = ()
    impacts: tuple[ImpactEntry, ...] = ()
    missed: tuple[MissedEntry, ...] = ()
    impact_definitions: tuple[DefinitionEntry, ...] = ()
    assurance_definitions: tuple[DefinitionEntry, ...] = ()
    reports: tuple[ReportEntry, ...] = ()
    questions: tuple[QuestionEntry, ...] = ()
    deep_dives: tuple[DeepDiveEntry, ...] = ()
    escalations: tuple[EscalationEntry, ...] = ()
    date_requests: tuple[DateRequestEntry, ...] = ()
    refused_dates: tuple[DateRequestEntry, ...] = ()
    signed_actions: tuple[SignedActionEntry, ...] = ()
    taken_back: tuple[TakenBackEntry, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()
    waiting_for_decision: tuple[QuestionForGroup, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()
    risks: tuple[RiskEntry, ...] = ()
    log_summary: LogSummary | None = None
    log: tuple[LogEntry, ...] = ()
    voices: tuple[VoiceEntry, ...] = ()
    changed: tuple[str, ...] = ()
    foreword: SaidEntry | None = None
    order: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    proof: str = ""


class UnreadablePack(ValueError):
    """What is stored is not what was assembled, or not of a schema that is known."""


def to_json(content: PackContent) -> dict[str, Any]:
    """The stored form: dates and moments as ISO 8601, everything else as JSON has it."""
    stored: dict[str, Any] = json.loads(
        json.dumps(dataclasses.asdict(content), default=_iso, ensure_ascii=False)
    )
    return stored


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"A pack holds plain values, not {type(value).__name__}.")


def digest(stored: dict[str, Any]) -> str:
    """The SHA-256 of the canonical text (sorted keys, no blanks, UTF-8), in hexadecimal."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_json(stored: dict[str, Any]) -> PackContent:
    """Read the stored form back. Raises ``UnreadablePack`` when it has another shape."""
    try:
        content: PackContent = _read(PackContent, stored)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadablePack("The stored pack does not have the shape of its schema.") from error
    return content


def _read(kind: Any, value: Any) -> Any:
    """A value of a type named in the classes above, from its JSON form."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        inner = next(each for each in arguments if each is not type(None))
        return None if value is None else _read(inner, value)
    if origin is tuple:
        return tuple(_read(arguments[0], each) for each in value)
    if origin is dict:
        return {key: _read(arguments[1], each) for key, each in value.items()}
    if dataclasses.is_dataclass(kind):
        return _read_fields(kind, value)
    if kind in (dt.date, dt.datetime):
        return kind.fromisoformat(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not of type {kind}.")
    return value


def _read_fields(kind: Any, value: dict[str, Any]) -> Any:
    """An object of one of the classes above; only what was added later may be missing."""
    hints = typing.get_type_hints(kind)
    added = {each.name for each in dataclasses.fields(kind) if _has_default(each)}
    if not set(hints) - added <= set(value) <= set(hints):
        raise ValueError(f"{kind} has other fields than {sorted(value)}.")
    return kind(**{name: _read(hints[name], each) for name, each in value.items()})


def _has_default(field: dataclasses.Field) -> bool:
    return (field.default, field.default_factory) != (dataclasses.MISSING, dataclasses.MISSING)
