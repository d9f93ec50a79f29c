"""The families' edition: what parent carer representatives may see, and nothing else of a content.

It is built with their fields alone, and then everything is taken out that is not named here, so that
a field which a later version adds stays out until somebody lets it in.
"""

import dataclasses
from typing import Any

from governance.boardpack.content import (
    AreaEntry,
    AssuranceEntry,
    ImpactEntry,
    MilestoneEntry,
    PackContent,
    ReopenedEntry,
    SlipEntry,
)
from governance.boardpack.kept import VoiceEntry
from governance.boardpack.measured import MeasureEntry
from governance.boardpack.signing import SignedActionEntry, SignOffEntry
from governance.enums import Edition

WHOLE = frozenset(
    {
        *("cover", "summary", "streams", "all_streams", "burn_up", "exceptions", "no_update"),
        *("undated", "window_passed", "due_soon", "definitions", "glossary"),
        *("impact_definitions", "assurance_definitions", "changed"),
    }
)
"""The parts of a content that hold counts, keys of milestones and the plan's own words."""

PLAIN = (
    *("milestones", "slips", "awaiting", "signed_off", "signed_actions", "impacts"),
    *("reopened", "measures", "voices"),
)
"""The lists whose entries keep some of their fields; those of areas have entries within."""

KEPT: dict[type[Any], frozenset[str]] = {
    AreaEntry: frozenset(
        {"keys", "names", "standing", "due", "complete_of_due", "overdue", "total", "impact"}
    ),
    AssuranceEntry: frozenset({"key", "level", "label", "before", "at"}),
    ImpactEntry: frozenset({"action", "text", "level", "label", "month", "confirmed_at"}),
    MeasureEntry: frozenset(
        {
            *("key", "name", "workstream", "promise", "latest", "period", "is_old", "expected"),
            *("status", "status_label", "variation", "change", "assurance", "target", "law"),
            *("will_miss", "is_worsening", "contradicts", "sentence", "more"),
            *("chart_title", "chart"),
        }
    ),
    MilestoneEntry: frozenset(
        {
            *("key", "text", "workstream", "areas", "leads", "leads_inherited", "due_text"),
            *("due_on", "agreed_on", "forecast_on", "moves", "slip", "stage", "standing"),
            *("days_overdue", "has_exception", "window_passed", "completed_on"),
            "sentence_for_families",
        }
    ),
    ReopenedEntry: frozenset({"month", "frozen_at", "at"}),
    SignedActionEntry: frozenset({"key", "text", "areas", "signed_at"}),
    SignOffEntry: frozenset({"key", "proposed_at", "days", "signed_at"}),
    SlipEntry: frozenset({"key", "agreed_at", "since_last_pack"}),
    VoiceEntry: frozenset(
        {
            *("number", "quarter", "theme", "source", "said_on", "said", "will_do", "done"),
            *("difference", "actions"),
        }
    ),
}
"""The fields of each entry that stay; of all others the empty value is stored."""

INNER = {AreaEntry: frozenset({"assurance"})}
"""Fields that hold entries of their own, which are taken out by themselves."""

EMPTY = {str: "", int: 0, bool: False, tuple: (), type(None): None}


def plain(content: PackContent) -> PackContent:
    """The content without officers' words, people and what is asked of boards."""
    parts: dict[str, Any] = {
        field.name: getattr(content, field.name)
        for field in dataclasses.fields(content)
        if field.name in WHOLE
    }
    areas = tuple(
        dataclasses.replace(_plain(area), assurance=tuple(map(_plain, area.assurance)))
        for area in content.areas
    )
    parts |= {name: tuple(map(_plain, getattr(content, name))) for name in PLAIN}
    return PackContent(**parts, areas=areas)


NOT_TO_BOARDS: dict[type[Any], frozenset[str]] = {
    MilestoneEntry: frozenset({"sentence_for_families"}),
}
"""What only families are told: boards read the leads' own words."""


def told_fields(kind: type[Any], *, edition: Edition) -> tuple[dataclasses.Field[Any], ...]:
    """The fields of a class of entries that say something in an edition."""
    if edition != Edition.FAMILIES:
        gone = NOT_TO_BOARDS.get(kind, frozenset())
        return tuple(field for field in dataclasses.fields(kind) if field.name not in gone)
    kept = KEPT[kind] | INNER.get(kind, frozenset()) if kind in KEPT else None
    return tuple(field for field in dataclasses.fields(kind) if kept is None or field.name in kept)


def _plain(entry: Any) -> Any:
    kept = KEPT[type(entry)]
    emptied = {
        field.name: EMPTY.get(type(getattr(entry, field.name)))
        for field in dataclasses.fields(entry)
        if field.name not in kept
    }
    return dataclasses.replace(entry, **emptied)
