"""A pack with a token in every text that its content can hold, made from the classes themselves.

A field that a later version adds has its token by itself, and must then be shown, or be named here.
"""

import dataclasses
import datetime as dt
import re
import types
import typing
from collections.abc import Iterator
from typing import Any

from governance.boardpack.content import PackContent, digest
from governance.models import BoardPack

DAY = dt.date(2024, 8, 20)
MOMENT = dt.datetime(2024, 8, 21, 9, 30, tzinfo=dt.UTC)
TOKEN = re.compile(r"zq\d{4}z")
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="330" height="90" viewBox="0 0 330 90"></svg>'
)

STAGES = ("not_started", "in_progress", "proposed_complete", "signed_off", "withdrawn")
STANDINGS = (
    "not_started",
    "green",
    "amber",
    "red",
    "no_update",
    "complete",
    "embedded",
    "withdrawn",
)

VALUES: dict[str, Any] = {
    "Cover.edition": "board",
    "MilestoneEntry.key": "M1",
    "MilestoneEntry.workstream": "W1",
    "MilestoneEntry.stage": "in_progress",
    "MilestoneEntry.standing": "red",
    "MilestoneEntry.due_on": None,
    "MilestoneEntry.agreed_on": DAY,
    "StreamEntry.key": "W1",
    "StreamEntry.stages": dict.fromkeys(STAGES, 1),
    "StreamEntry.standings": dict.fromkeys(STANDINGS, 1),
    "AreaEntry.standing": "red",
    "AssuranceEntry.level": "limited",
    "FigureEntry.key": "overdue",
    "FigureEntry.tone": "",
    "ImpactEntry.level": 2,
    "ImpactOfArea.level": 2,
    "MeasureEntry.workstream": "W1",
    "MeasureEntry.status": "missed",
    "MeasureEntry.variation": "common",
    "MeasureEntry.assurance": "fails",
    "MeasureEntry.will_miss": True,
    "MeasureEntry.chart": DRAWING,
    "ReportEntry.ask": "decision",
    "RiskEntry.trend": "rising",
    "RiskEntry.workstream": "W1",
    "DefinitionEntry.value": "red",
    "LogEntry.group_key": "board",
    "DecisionEntry.group_key": "board",
    "QuestionForGroup.group_key": "board",
    **{
        f"PackContent.{name}": ("M1",)
        for name in ("exceptions", "no_update", "undated", "window_passed", "due_soon")
    },
    "PackContent.order": (),
    "PackContent.left_out": (),
    **dict.fromkeys(
        (
            *("ReportEntry.key", "QuestionEntry.key", "DeepDiveEntry.key", "EscalationEntry.key"),
            *("DateRequestEntry.key", "SlipEntry.key", "SignOffEntry.key", "TakenBackEntry.key"),
        ),
        "M1",
    ),
}
"""Fields that hold a value of a program, a key, or a list of keys: what they name is shown instead."""

OF_DEFINITIONS = {
    "definitions": "red",
    "impact_definitions": "2",
    "assurance_definitions": "limited",
}


class Everything:
    """Makes the content, and knows which token stands in which field."""

    def __init__(self, **values: Any) -> None:
        self.fields: dict[str, str] = {}
        self.values = VALUES | values
        self.content: PackContent = self._made(PackContent, "PackContent")
        for name, value in OF_DEFINITIONS.items():
            (entry,) = getattr(self.content, name)
            told = {name: (dataclasses.replace(entry, value=value),)}
            self.content = dataclasses.replace(self.content, **told)

    def found_in(self, text: str) -> set[str]:
        """The fields whose token stands in a text."""
        return {self.fields[token] for token in TOKEN.findall(re.sub(r"\s", "", text))}

    def _made(self, kind: Any, path: str) -> Any:
        if path in self.values:
            return self.values[path]
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin in (types.UnionType, typing.Union):
            return self._made(next(each for each in inner if each is not types.NoneType), path)
        if origin is tuple:
            return (self._made(inner[0], path),)
        if dataclasses.is_dataclass(kind):
            hints = typing.get_type_hints(kind)
            return kind(
                **{
                    field.name: self._made(hints[field.name], self._path(kind, field.name, path))
                    for field in dataclasses.fields(kind)
                }
            )
        plain = {int: 3, bool: False, dt.date: DAY, dt.datetime: MOMENT}
        return plain[kind] if kind in plain else self._token(path)

    @staticmethod
    def _path(kind: type, name: str, holder: str) -> str:
        """ "Class.field"; of what is said, also by whose field: "QuestionEntry.asked.words"."""
        return f"{holder}.{name}" if kind.__name__ == "SaidEntry" else f"{kind.__name__}.{name}"

    def _token(self, path: str) -> str:
        token = f"zq{len(self.fields):04}z"
        self.fields[token] = path
        return token


def texts_of(value: Any, path: str = "PackContent") -> Iterator[tuple[str, str]]:
    """Every text of a content with the field in which it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each, path)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            within = Everything._path(type(value), field.name, path)
            yield from texts_of(getattr(value, field.name), within)


def cover_of(pack: BoardPack) -> dict[str, Any]:
    """What the content of a stored pack must say, to be shown in place of what was assembled."""
    return {
        "Cover.plan_slug": pack.period.plan.slug,
        "Cover.month": pack.period.month,
        "Cover.cut_off": pack.cut_off,
        "Cover.revision": pack.revision,
        "PackContent.foreword": None,
        "PackContent.proof": "",
    }


def store_instead(pack: BoardPack, stored: dict[str, Any]) -> None:
    """Put another content in the place of what was assembled, as if it had been that."""
    told = {"content": stored, "sha256": digest(stored)}
    BoardPack._base_manager.filter(pk=pack.pk).update(**told)
