"""A pack's data as tables: one for each list of its content, so that a new list has its table by itself.

The values are those of the content; stages and ratings are said in words, names of fields are headings.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, get_args, get_type_hints

from governance.boardpack.arranging import fields_left_out, titles_left_out
from governance.boardpack.content import MilestoneEntry, PackContent
from governance.boardpack.families import told_fields
from governance.boardpack.kept import DecisionEntry, LogEntry, QuestionForGroup, RiskEntry
from governance.boardpack.measured import MeasureEntry
from governance.boardpack.parts import fields_of
from governance.enums import Edition
from hertsend import dates
from hertsend.documents.sheets import About, Sheet, Value
from hertsend.documents.wording import month
from plans.enums import Stage, Standing

WORDS: dict[str, Any] = {"stage": Stage, "standing": Standing}
"""Fields whose values are names of a program, with the words for them."""

NAMES = {
    "all_streams": "All workstreams",
    "log": "Action log",
    "no_update": "No update received",
    "streams": "Workstreams",
    "undated": "No agreed date",
    "voices": "You said, we did",
}
HEADINGS = {
    "at": "When",
    "by": "By whom",
    "due_on": "Published date",
    "due_text": "Published date in the plan",
    "agreed_on": "Agreed date",
    "forecast_on": "Forecast date",
    "slip": "Slip in days",
    "moves": "Times moved",
    "status_label": "Against the trajectory",
    "trend_label": "Trend",
    "promise": "What the plan says",
    "law": "Legal standard",
    "standing": "Delivery",
    "key": "Reference",
    "keys": "References",
    "text": "Milestone",
}
UNTOLD: dict[type[Any], frozenset[str]] = {
    DecisionEntry: frozenset({"group_key"}),
    LogEntry: frozenset({"group_key"}),
    MeasureEntry: frozenset({"status", "variation", "assurance", "chart_title", "chart"}),
    QuestionForGroup: frozenset({"group_key"}),
    RiskEntry: frozenset({"trend"}),
}
"""Fields that are no data: drawings, parts of addresses, and values whose words stand beside them."""

BETWEEN = "; "
ON_THE_FIRST_SHEET = (
    *("cover", "summary", "log_summary", "changed", "foreword", "order", "left_out", "proof"),
)
"""What is no list of entries: told on the first sheet, but for the order, which tables have not."""


Fields = Callable[[type[Any]], tuple[dataclasses.Field[Any], ...]]
"""From a class of entries to those of its fields that the edition tells."""


def about(content: PackContent) -> About:
    """What the workbook says of itself."""
    cover = content.cover
    return About(
        title=f"Data of the {cover.edition_label} pack, {month(cover.month)}",
        subject=f"{cover.plan}, version {cover.revision}",
        author=cover.partnership,
        marking=cover.marking,
        moment=cover.cut_off,
    )


def sheets_of(content: PackContent) -> tuple[Sheet, ...]:
    """The cover and the summary, then every list in the content's order; lists without rows keep their head.

    Where the pack carries a notice, as of a demonstration, each row does. An edition has the lists and the
    columns that its parts tell; what the office left out has no list.
    """
    by_key = {entry.key: entry for entry in content.milestones}
    edition = Edition(content.cover.edition)
    names = fields_of(edition) - fields_left_out(content.left_out)
    fields = partial(_told, partial(told_fields, edition=edition))
    lists = _lists(content, by_key, names.__contains__, fields)
    notice = content.cover.notice
    return (_about_sheet(content), *(_noted(sheet, notice) if notice else sheet for sheet in lists))


def _noted(sheet: Sheet, notice: str) -> Sheet:
    """A table whose every row says what each page of the pack says: rows are copied and passed on."""
    rows = tuple((*row, notice) for row in sheet.rows)
    return Sheet(sheet.name, (*sheet.headings, "Notice"), rows)


def _told(fields: Fields, kind: type[Any]) -> tuple[dataclasses.Field[Any], ...]:
    """Those of the edition's fields of a class that are data."""
    return tuple(field for field in fields(kind) if field.name not in UNTOLD.get(kind, frozenset()))


def _about_sheet(content: PackContent) -> Sheet:
    """What the pack is, the office's words, how it is in a sentence, and the big numbers."""
    cover = dict(_values("", content.cover, dataclasses.fields))
    told, names = content.summary, fields_of(Edition(content.cover.edition))
    rows: list[tuple[Value, ...]] = list(cover.items())
    rows += [("Differs from the version before", change) for change in content.changed]
    if content.foreword is not None:
        said = _values("", content.foreword, dataclasses.fields)
        rows += [(f"Foreword: {name.lower()}", value) for name, value in said]
    rows += [("Left out by the office", title) for title in titles_left_out(content)]
    rows += [("SHA-256", content.proof)] if content.proof else []
    rows += [("Headline", told.headline), ("And", told.rest)]
    if "burn_up" in names:
        rows += [("By month", told.burn_up_words)]
    rows += [(each.label, f"{each.value}{BETWEEN}{each.note}") for each in told.figures]
    rows += [("Changed", change) for change in told.changes]
    if content.log_summary is not None and "log_summary" in names:
        counted = _values("", content.log_summary, dataclasses.fields)
        rows += [(f"Action log: {name.lower()}", value) for name, value in counted]
    return Sheet("About this pack", ("What", "Value"), tuple(rows))


def _lists(
    content: PackContent,
    by_key: dict[str, MilestoneEntry],
    is_told: Callable[[str], bool],
    fields: Fields,
) -> Iterator[Sheet]:
    hints = get_type_hints(PackContent)
    for field in dataclasses.fields(content):
        kind, value = hints[field.name], getattr(content, field.name)
        if field.name in ON_THE_FIRST_SHEET or not is_told(field.name):
            continue
        entries = value if isinstance(value, tuple) else (value,)
        entry_kind = (get_args(kind) or (kind,))[0]
        if entry_kind is str:
            yield _keys(field.name, entries, by_key)
        else:
            yield _entries(field.name, entry_kind, entries, fields)


def _keys(name: str, keys: tuple[str, ...], by_key: dict[str, MilestoneEntry]) -> Sheet:
    """A list that names milestones."""
    rows = tuple((key, by_key[key].text) for key in keys)
    return Sheet(_title(name), ("Reference", "Milestone"), rows)


def _entries(name: str, kind: Any, entries: tuple[Any, ...], fields: Fields) -> Sheet:
    """A list of entries: a column for each of their fields, those of an inner value beside each other."""
    found = [dict(_values("", entry, fields)) for entry in entries]
    headings = dict.fromkeys(heading for row in found for heading in row)
    if not found:
        headings = dict.fromkeys(_heading(field.name) for field in fields(kind))
    rows = tuple(tuple(row.get(heading) for heading in headings) for row in found)
    return Sheet(_title(name), tuple(headings), rows)


def _values(before: str, entry: Any, fields: Fields) -> Iterator[tuple[str, Value]]:
    """The fields of an entry with their headings; ``before`` is the heading of what holds it."""
    for field in fields(type(entry)):
        value = getattr(entry, field.name)
        heading = _heading(field.name)
        whole = f"{before}: {heading.lower()}" if before else heading
        if dataclasses.is_dataclass(value):
            yield from _values(whole, value, fields)
        elif isinstance(value, dict):
            yield from (
                (f"{whole}: {_label(field.name, key)}", each) for key, each in value.items()
            )
        elif isinstance(value, tuple):
            yield whole, BETWEEN.join(_in_words(each, fields) for each in value)
        elif field.name in WORDS and isinstance(value, str):
            yield whole, str(WORDS[field.name](value).label)
        else:
            yield whole, value


def _label(name: str, key: str) -> str:
    """The key of a mapping of counts in words."""
    kind = WORDS.get(name.removesuffix("s"))
    return str(kind(key).label).lower() if kind else key


def _in_words(value: Any, fields: Fields) -> str:
    """One of several values in one cell."""
    if dataclasses.is_dataclass(value):
        told = (getattr(value, field.name) for field in fields(type(value)))
        said = (_in_words(each, fields) for each in told)
        return ", ".join(words for words in said if words)
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dates.LONDON):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _heading(name: str) -> str:
    return HEADINGS.get(name, name.replace("_", " ").capitalize())


def _title(name: str) -> str:
    return NAMES.get(name, name.replace("_", " ").capitalize())
