"""The history of a row in sentences: who changed what, when and why.

One query for each kind of row, however long its history. What the reader may not see is left out
before the sentence is made: fields, people and reasons.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from hertsend import dates


@dataclass(frozen=True)
class Worded:
    """A noun for a field whose values are not read as they are stored; ``shown`` words one, "" for none."""

    noun: str
    shown: Callable[[Any], str]


Wording = Mapping[str, str | Worded]


@dataclass(frozen=True)
class TrailEntry:
    """One change: when, who and why ("" where the reader may not see it), and its sentences."""

    at: dt.datetime
    who: str
    reason: str
    sentences: tuple[str, ...]


def trail_of(
    model: type[models.Model],
    *,
    about: models.Q,
    wording: Wording,
    created: str,
    show_people: bool,
    show_reasons: bool,
) -> list[TrailEntry]:
    """The changes of the rows that ``about`` selects from the history of ``model``, latest first.

    ``wording`` maps each field that may be shown to its noun ("Stage"), or to what words its values
    too; changes of other fields leave no trace here. ``created`` is the sentence for the first entry of a row.
    """
    entries = list(
        model.history.filter(about)  # type: ignore[attr-defined]
        .select_related("history_user")
        # By sequence, as clocks of several machines disagree: each entry is compared with the one before.
        .order_by("history_id")
    )
    known: dict[Any, Any] = {}
    found = []
    for entry in entries:
        before = known.get(entry.id)
        known[entry.id] = entry
        sentences = (created,) if before is None else tuple(_changes(before, entry, wording))
        if sentences:
            found.append(
                TrailEntry(
                    at=entry.history_date,
                    who=entry.history_user.name if show_people and entry.history_user else "",
                    reason=(entry.history_change_reason or "") if show_reasons else "",
                    sentences=sentences,
                )
            )
    return found[::-1]


def merged(*trails: Iterable[TrailEntry]) -> list[TrailEntry]:
    """Several trails in one order, latest first."""
    return sorted((entry for trail in trails for entry in trail), key=_moment, reverse=True)


def _moment(entry: TrailEntry) -> dt.datetime:
    return entry.at


def _changes(before: Any, after: Any, wording: Wording) -> Iterable[str]:
    for field, noun in wording.items():
        old, new = getattr(before, field), getattr(after, field)
        if old == new:
            continue
        if isinstance(noun, Worded):
            yield _sentence(noun.noun, noun.shown(old), noun.shown(new))
        else:
            yield _sentence(noun, _shown(before, field), _shown(after, field))


def _sentence(noun: str, old: str, new: str) -> str:
    if not old:
        return f"{noun} set to {new}."
    if not new:
        return f"{noun} {old} removed."
    return f"{noun} changed from {old} to {new}."


def _shown(row: Any, field: str) -> str:
    """A value as people read it: choices by their label, dates in words, texts in quotation marks."""
    value = getattr(row, field)
    display: Callable[[], str] | None = getattr(row, f"get_{field}_display", None)
    if value in (None, ""):
        return ""
    if display is not None:
        return f"“{display()}”"
    if isinstance(value, dt.datetime):
        value = value.astimezone(dates.LONDON)
        return f"{value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    return f"“{value}”" if isinstance(value, str) else str(value)
