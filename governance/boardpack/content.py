"""A pack's content: frozen values, worded and in order, as they are stored and read back.

The stored form is JSON. ``SCHEMA_VERSION`` is raised when a stored pack can no longer be read into
these classes; packs of an older version then need a reader of their own, never a change of the row.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
from dataclasses import dataclass
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Cover:
    """What the pack is: whose, of which month, as at when, for whom."""

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
class AreaEntry:
    """One area, or several whose milestones are the same."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    standing: str
    due: int
    complete_of_due: int
    overdue: int
    total: int


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


@dataclass(frozen=True)
class SlipEntry:
    """A milestone that moved; the words of the agreement are "" where nothing was agreed."""

    key: str
    agreed_at: dt.datetime | None
    reason: str
    decision: str
    agreed_by: str
    since_last_pack: bool


@dataclass(frozen=True)
class SignOffEntry:
    """A proposal, and the signature if there is one."""

    key: str
    proposed_at: dt.datetime | None
    proposed_by: str
    words: str
    evidence_link: str
    days: int
    signed_at: dt.datetime | None
    signed_by: str


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
    """A whole pack. Lists name milestones by key; each milestone stands once, in ``milestones``."""

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
        hints = typing.get_type_hints(kind)
        if set(value) != set(hints):
            raise ValueError(f"{kind} has other fields than {sorted(value)}.")
        return kind(**{name: _read(hint, value[name]) for name, hint in hints.items()})  # type: ignore[operator]
    if kind in (dt.date, dt.datetime):
        return kind.fromisoformat(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not of type {kind}.")
    return value
