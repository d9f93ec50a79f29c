"""What a schema cannot say of a plan file: keys once, references that lead somewhere, real days.

Every check passes over what has not even the right form, because the schema has told that already;
so one reading of a bad file names all of its faults.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from plans.planfile.faults import Path

Document = dict[str, Any]
Found = Iterator[tuple[Path, str]]
Row = tuple[Path, dict[str, Any]]

LONGEST_SLUG = 50
FIRST_YEAR, LAST_YEAR = 2000, 2100
KEYED: dict[str, str] = {
    "ambitions": "key",
    "outcomes": "key",
    "family_priorities": "key",
    "areas": "key",
    "workstreams": "key",
    "leads": "key",
    "actions": "key",
    "commitments": "key",
    "groups": "key",
    "glossary": "term",
    "topics": "key",
    "indicators": "key",
    "notes": "key",
}
"""The lists whose entries have a key that may stand once, and what it is called."""

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("ambitions", "areas", "areas"),
    ("areas", "accountable", "leads"),
    ("workstreams", "areas", "areas"),
    ("actions", "workstream", "workstreams"),
    ("actions", "areas", "areas"),
    ("actions", "leads", "leads"),
    ("groups", "reports_to", "groups"),
    ("groups", "workstreams", "workstreams"),
    ("indicators", "actions", "actions"),
    ("indicators", "workstream", "workstreams"),
    ("indicators", "topics", "topics"),
    ("commitments", "owner", "leads"),
)
"""List, field of its entries, and the list in which the key must be defined."""

UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters, which no text of a plan has and PostgreSQL refuses."""


def check(document: Document) -> Found:
    """The path and the sentence of every fault of meaning."""
    for one in (
        _characters,
        _keys_once,
        _references,
        _partnership,
        _milestones,
        _leads_of_actions,
        _windows,
        _ranges,
        _years,
        _published,
        _notes,
        _commitments,
    ):
        yield from one(document)


def _rows(holder: Any, name: str, path: Path = ()) -> Iterator[Row]:
    """The entries of a list that are objects, each with its path."""
    entries = holder.get(name) if isinstance(holder, dict) else None
    for position, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            yield (*path, name, position), entry


def _all_milestones(document: Document) -> Iterator[Row]:
    for path, action in _rows(document, "actions"):
        yield from _rows(action, "milestones", path)


def _targets(document: Document) -> Iterator[Row]:
    """The targets of indicators, which have days and windows as milestones have."""
    for path, indicator in _rows(document, "indicators"):
        if isinstance(indicator.get("target"), dict):
            yield (*path, "target"), indicator["target"]


def _texts(value: Any) -> list[str]:
    """The texts of a field, whether it holds one or a list."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _keys(rows: Iterable[Row], field: str) -> set[str]:
    return {text for _, row in rows for text in _texts(row.get(field))}


def _characters(document: Document) -> Found:
    def walk(value: Any, path: Path) -> Found:
        if isinstance(value, str):
            if UNSTORABLE.search(value):
                yield path, "Holds a control character; only line breaks and tabs are taken over."
        elif isinstance(value, dict):
            for key, each in value.items():
                yield from walk(each, (*path, key))
        elif isinstance(value, list):
            for position, each in enumerate(value):
                yield from walk(each, (*path, position))

    yield from walk(document, ())


def _keys_once(document: Document) -> Found:
    lists = [(_rows(document, name), field) for name, field in KEYED.items()]
    for rows, field in [*lists, (_all_milestones(document), "key")]:
        yield from _repeated(rows, [field], "The key “{}” is used above already.")
    areas = _rows(document, "areas")
    yield from _repeated(areas, ["kind", "number"], "{} {} stands above already.")
    partners = document.get("delivery_partners")
    seen: set[str] = set()
    for position, partner in enumerate(_texts(partners) if isinstance(partners, list) else []):
        if partner in seen:
            yield ("delivery_partners", position), f"“{partner}” is named above already."
        seen.add(partner)


def _repeated(rows: Iterable[Row], fields: list[str], sentence: str) -> Found:
    seen: set[tuple[str, ...]] = set()
    for path, row in rows:
        if any(not isinstance(row.get(field), str | int) for field in fields):
            continue
        key = tuple(str(row[field]) for field in fields)
        if key in seen:
            yield (*path, fields[-1]), sentence.format(*key)
        seen.add(key)


def _references(document: Document) -> Found:
    for name, field, target in REFERENCES:
        yield from _dangling(_rows(document, name), field, target, document)
    yield from _dangling(_all_milestones(document), "leads", "leads", document)


def _dangling(rows: Iterable[Row], field: str, target: str, document: Document) -> Found:
    defined = _keys(_rows(document, target), "key")
    for path, row in rows:
        value = row.get(field)
        for position, key in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(key, str) and key not in defined:
                where = (*path, field, position) if isinstance(value, list) else (*path, field)
                yield where, f"“{key}” is not defined in “{target}”."


def _partnership(document: Document) -> Found:
    partnership, plan = document.get("partnership"), document.get("plan")
    if not isinstance(partnership, dict) or not isinstance(plan, dict):
        return
    key = partnership.get("key")
    if plan.get("partnership") != key:
        yield ("plan", "partnership"), f"Must be the key of the partnership, “{key}”."
    if isinstance(key, str) and len(key) > LONGEST_SLUG:
        yield ("partnership", "key"), f"Must have at most {LONGEST_SLUG} characters."


def _milestones(document: Document) -> Found:
    """Keys of milestones are the key of their action and their position."""
    for path, action in _rows(document, "actions"):
        for where, milestone in _rows(action, "milestones", path):
            expected = f"{action.get('key')}-{int(where[-1]) + 1}"
            if milestone.get("key") != expected:
                yield (*where, "key"), f"Must be “{expected}”: the action's key and the position."
            if milestone.get("leads_inherited") is True and not milestone.get("leads"):
                yield (*where, "leads_inherited"), "There is no lead that it could have inherited."


def _leads_of_actions(document: Document) -> Found:
    for path, action in _rows(document, "actions"):
        rows = list(_rows(action, "milestones", path))
        expected = list(dict.fromkeys(key for _, row in rows for key in _texts(row.get("leads"))))
        if action.get("leads") != expected:
            words = ", ".join(expected) or "none"
            yield (*path, "leads"), f"Must be the leads of its milestones, each once: {words}."


def _windows(document: Document) -> Found:
    spans = [
        ((*path, "window"), row.get("window"))
        for path, row in [*_all_milestones(document), *_targets(document)]
    ]
    spans += [((*path, "rule"), row.get("rule")) for path, row in _rows(document, "commitments")]
    plan = document.get("plan")
    if isinstance(plan, dict):
        spans.append((("plan", "inspection"), plan.get("inspection")))
    for path, span in spans:
        if not isinstance(span, dict):
            continue
        first, last = _day(span.get("from")), _day(span.get("to"))
        if first and last and last < first:
            yield (*path, "to"), f"{last} is before the first day, {first}."


def _ranges(document: Document) -> Found:
    """Both ends of a range of numbers, the low one first."""
    for path, indicator in _rows(document, "indicators"):
        for part in ("baseline", "target"):
            held = indicator.get(part)
            low, high = (held.get("low"), held.get("high")) if isinstance(held, dict) else (0, 0)
            if isinstance(low, int | float) and isinstance(high, int | float) and high < low:
                yield (*path, part, "high"), f"{high} is less than the low end, {low}."


def _years(document: Document) -> Found:
    """Other years are slips of the pen, and calendars and drawings would be as long."""
    days: list[tuple[Path, Any]] = []
    for path, row in [*_all_milestones(document), *_targets(document)]:
        window = row.get("window")
        days.append(((*path, "due_on"), row.get("due_on")))
        if isinstance(window, dict):
            days += [((*path, "window", end), window.get(end)) for end in ("from", "to")]
    for path, row in _rows(document, "commitments"):
        rule = row.get("rule")
        if isinstance(rule, dict):
            days += [((*path, "rule", end), rule.get(end)) for end in ("from", "to")]
    for where, text in days:
        day = _day(text)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield where, f"{text} is not between {FIRST_YEAR} and {LAST_YEAR}."
    plan = document.get("plan")
    published = plan.get("published") if isinstance(plan, dict) else None
    year = published[:4] if isinstance(published, str) else ""
    if re.fullmatch("[0-9]{4}", year) and not FIRST_YEAR <= int(year) <= LAST_YEAR:
        yield ("plan", "published"), f"{published} is not between {FIRST_YEAR} and {LAST_YEAR}."


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _published(document: Document) -> Found:
    plan = document.get("plan")
    published = plan.get("published") if isinstance(plan, dict) else None
    if isinstance(published, str) and len(published) == len("2023-12-01") and not _day(published):
        yield ("plan", "published"), f"“{published}” is a day that does not exist."


def _notes(document: Document) -> Found:
    """A note is about a key of the file, a key of an entry, or an action or a milestone."""
    keys = _keys(_rows(document, "actions"), "key") | _keys(_all_milestones(document), "key")
    for path, note in _rows(document, "notes"):
        about = note.get("about")
        if isinstance(about, str) and about not in keys and not _is_part(document, about):
            yield (*path, "about"), f"“{about}” is no place of this file."


def _commitments(document: Document) -> Found:
    """What comes again stands in an action, a milestone or a part, and its rule holds together."""
    keys = _keys(_rows(document, "actions"), "key") | _keys(_all_milestones(document), "key")
    for path, one in _rows(document, "commitments"):
        source, rule = one.get("source"), one.get("rule")
        if isinstance(source, str) and source not in keys and not _is_part(document, source):
            yield (*path, "source"), f"“{source}” is no place of this file."
        if isinstance(rule, dict) and "months" in rule and rule.get("frequency") != "yearly":
            yield (*path, "rule", "months"), "Months are only for what comes every year."


def _is_part(document: Document, about: str) -> bool:
    name, dot, entry = about.partition(".")
    if not dot or name not in document:
        return name in document
    if isinstance(document[name], dict):
        return entry in document[name]
    return entry in _keys(_rows(document, name), KEYED.get(name, "key"))
