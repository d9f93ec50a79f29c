"""What an import would create and change, and what the database has that the file has not.

Nothing is ever removed: rows that the file does not have stay, after those that it has, and are
named. The same holds for entries with a key inside a section (groups, indicators, …).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.planfile.rows import Fields, Kind, Rows, document_of, judgements_of

CORRECTED: dict[Kind, frozenset[str]] = {
    Kind.PLAN: frozenset({"published", "published_text"}),
    Kind.AREA: frozenset({"statement"}),
    Kind.ACTION: frozenset({"text", "meaning_for_families", "impacts"}),
    Kind.MILESTONE: frozenset(
        {
            *("text", "due_text", "due_on", "precision", "kind"),
            *("window_from", "window_to", "window_text"),
        }
    ),
    Kind.COMMITMENT: frozenset(
        {
            *("quote", "source", "stated_text", "stated_frequency", "stated_months"),
            *("stated_from", "stated_to"),
        }
    ),
}
"""Published dates and wording: what was promised. To change it is a correction, with a reason."""

PROMISED_OF_MEASURES = ("name", "unit", "direction", "baseline", "target", "standard", "quotes")
"""What of an indicator is the plan's word; the rest is how it was read."""


@dataclass(frozen=True)
class FieldChange:
    """A field with its stored and its new value."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class RowChange:
    """A stored row of which some fields change."""

    kind: Kind
    key: str
    fields: tuple[FieldChange, ...]

    @property
    def corrections(self) -> tuple[FieldChange, ...]:
        """Those of its changes that need a reason."""
        if (self.kind, self.key) == (Kind.SECTION, "indicators"):
            return tuple(change for change in self.fields if _rewords_a_measure(change))
        corrected = CORRECTED.get(self.kind, frozenset())
        return tuple(change for change in self.fields if change.field in corrected)


def _rewords_a_measure(change: FieldChange) -> bool:
    """Whether what the plan promised of a stored indicator changes; new ones are no correction."""
    before = {one["key"]: one for one in change.old if isinstance(one, dict) and "key" in one}
    return any(
        before[one["key"]].get(name) != one.get(name)
        for one in change.new
        if one["key"] in before
        for name in PROMISED_OF_MEASURES
    )


@dataclass(frozen=True)
class Differences:
    """What an import writes. ``rows`` is how the database is afterwards; ``missing`` stays in it."""

    rows: Rows
    created: dict[Kind, tuple[str, ...]]
    changed: tuple[RowChange, ...]
    missing: tuple[tuple[Kind, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not any(self.created.values()) and not self.changed

    @property
    def corrections(self) -> tuple[RowChange, ...]:
        """The changed rows for which a reason must be given."""
        return tuple(change for change in self.changed if change.corrections)


def compare(stored: Rows, wanted: Rows) -> Differences:
    """Hold what a file asks for against what is stored."""
    missing = list(_missing(stored, wanted))
    rows = {kind: _merged(kind, stored[kind], wanted[kind]) for kind in Kind}
    # What stays has its judgements, too.
    judgements = judgements_of(document_of(rows))
    missing += [(Kind.JUDGEMENT, key) for key in stored[Kind.JUDGEMENT] if key not in judgements]
    rows[Kind.JUDGEMENT] = _merged(Kind.JUDGEMENT, stored[Kind.JUDGEMENT], judgements)
    changed = (
        RowChange(kind, key, changes)
        for kind in Kind
        for key, fields in rows[kind].items()
        if key in stored[kind] and (changes := tuple(_changes(stored[kind][key], fields)))
    )
    return Differences(
        rows=rows,
        created={
            kind: tuple(key for key in rows[kind] if key not in stored[kind]) for kind in Kind
        },
        changed=tuple(changed),
        missing=tuple(missing),
    )


def _changes(old: Fields, new: Fields) -> Iterator[FieldChange]:
    for field, value in new.items():
        if old[field] != value:
            yield FieldChange(field, old[field], value)


def _missing(stored: Rows, wanted: Rows) -> Iterator[tuple[Kind, str]]:
    for kind in Kind:
        if kind is not Kind.JUDGEMENT:
            yield from ((kind, key) for key in stored[kind] if key not in wanted[kind])
    for name, fields in wanted[Kind.SECTION].items():
        before = stored[Kind.SECTION].get(name, {"content": None})["content"]
        for entry in _kept_entries(before, fields["content"]):
            # Leads are posts, and named as such.
            if name != "leads":
                yield Kind.SECTION, f"{name}.{entry['key']}"


def _merged(kind: Kind, stored: dict[str, Fields], wanted: dict[str, Fields]) -> dict[str, Fields]:
    """The rows of the file, then those that only the database has."""
    rows = {key: dict(fields) for key, fields in wanted.items()}
    if kind is Kind.SECTION:
        for name in rows.keys() & stored.keys():
            content, before = rows[name]["content"], stored[name]["content"]
            kept = _kept_entries(before, content)
            rows[name]["content"] = [*content, *kept] if kept else content
    for key, fields in stored.items():
        if key not in rows:
            # A milestone's place is in its key; everything else follows after the file's rows.
            moves = "position" in fields and kind is not Kind.MILESTONE
            rows[key] = fields | ({"position": len(rows) + 1} if moves else {})
    return rows


def _kept_entries(before: Any, content: Any) -> list[Fields]:
    """The entries of a stored section that have a key which the file does not have."""
    if not isinstance(before, list) or not isinstance(content, list):
        return []
    known = {entry["key"] for entry in content if isinstance(entry, dict) and "key" in entry}
    return [
        entry
        for entry in before
        if isinstance(entry, dict) and "key" in entry and entry["key"] not in known
    ]
