"""The differences between a plan file and the database, in lines for a person."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from plans.planfile.differences import Differences, RowChange
from plans.planfile.rows import Kind

WIDTH = 100
CONTEXT = 30
FEW = 20


def report(differences: Differences) -> list[str]:
    """The differences in lines: created, changed with old and new, and missing in the file."""
    lines = []
    for kind, keys in differences.created.items():
        if keys:
            names = f": {', '.join(keys)}" if len(keys) <= FEW else ""
            lines.append(f"Created: {len(keys)} {plural(kind, len(keys))}{names}")
    moved: Counter[Kind] = Counter()
    for change in differences.changed:
        if {field.field for field in change.fields} == {"position"}:
            moved[change.kind] += 1
        else:
            lines += _lines(change)
    lines += [f"Moved in the order: {n} {plural(kind, n)}" for kind, n in moved.items()]
    lines += [f"Not in the file, kept: {kind} {key}" for kind, key in differences.missing]
    lines += ["Removed: nothing"] if differences.missing else []
    return lines or ["Nothing has changed."]


def _lines(change: RowChange) -> list[str]:
    details = (
        f"  {path}: {old} → {new}"
        for field in change.fields
        for path, old, new in _details(field.field, field.old, field.new)
    )
    return [f"Changed: {change.kind} {change.key}", *details]


def plural(kind: Kind, count: int) -> str:
    """The name of a kind for a number of rows."""
    return kind.value if count == 1 else f"{kind.value}s".replace("ys", "ies")


def _details(path: str, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    """The smallest parts of two values that differ, each with its path and in words."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _details(f"{path}.{key}", old.get(key), new.get(key))
    elif _keyed(old) and _keyed(new):
        before, after = ({entry["key"]: entry for entry in each} for each in (old, new))
        if list(before) != list(after) and before.keys() == after.keys():
            yield path, _words([*before]), _words([*after])
        for key in dict.fromkeys([*before, *after]):
            yield from _details(f"{path}[{key}]", before.get(key), after.get(key))
    else:
        yield path, *_excerpts(_words(old), _words(new))


def _keyed(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "key" in one for one in value)


def _words(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_words(each)}" for key, each in value.items())
    text = str(value).replace("\n", "⏎")
    return f"“{text}”" if isinstance(value, str) else text


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts from a little before the place where they part, if they are long."""
    if max(len(old), len(new)) <= WIDTH:
        return old, new
    parts = zip(old, new, strict=False)
    same = next((number for number, (one, other) in enumerate(parts) if one != other), None)
    start = max(0, (min(len(old), len(new)) if same is None else same) - CONTEXT)
    return _excerpt(old, start), _excerpt(new, start)


def _excerpt(text: str, start: int) -> str:
    before = "…" if start else ""
    after = "…" if len(text) > start + WIDTH else ""
    return f"{before}{text[start : start + WIDTH]}{after}"
