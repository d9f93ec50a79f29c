"""The plan file's indicators in types: what a section that the schema has let through holds."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

from kpis.enums import Direction

# A number of the file is the number that was written, not the nearest binary one.
Number = Annotated[Decimal, BeforeValidator(lambda value: Decimal(str(value)))]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(_Part):
    """The bounds of a date without a day."""

    first: dt.date | None = None
    last: dt.date | None = None
    text: str = ""

    @classmethod
    def of(cls, value: Any) -> Any:
        """The window with names that Python lets us use."""
        names = {"from": "first", "to": "last"}
        if isinstance(value, dict):
            return {names.get(key, key): each for key, each in value.items()}
        return value


class Baseline(_Part):
    """Where the figure stood."""

    text: str = ""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    period: str = ""


class Target(_Part):
    """Where the figure is to be."""

    text: str = ""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    arithmetic: str = ""
    due_on: dt.date | None = None
    due_text: str = ""
    window: Annotated[Window, BeforeValidator(Window.of)] = Window()


class Standard(_Part):
    """What the law asks for."""

    text: str = ""
    value: Number | None = None
    source: str = ""


class PlanIndicator(_Part):
    """One indicator as the plan file has it."""

    key: str
    name: str
    unit: str = ""
    direction: Direction = Direction.NONE
    workstream: str = ""
    baseline: Baseline = Baseline()
    target: Target = Target()
    standard: Standard = Standard()
    actions: list[str] = []
    topics: list[str] = []
    quotes: list[dict[str, str]] = []
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The values of the row's own columns; a single number is both ends of its range."""
        baseline, target, standard = self.baseline, self.target, self.standard
        return {
            "name": self.name,
            "unit": self.unit,
            "direction": self.direction,
            "baseline_text": baseline.text,
            "baseline_low": baseline.low if baseline.value is None else baseline.value,
            "baseline_high": baseline.high if baseline.value is None else baseline.value,
            "baseline_period": baseline.period,
            "target_text": target.text,
            "target_low": target.low if target.value is None else target.value,
            "target_high": target.high if target.value is None else target.value,
            "target_arithmetic": target.arithmetic,
            "target_due_on": target.due_on,
            "target_due_text": target.due_text,
            "target_from": target.window.first,
            "target_to": target.window.last,
            "standard_text": standard.text,
            "standard_value": standard.value,
            "standard_source": standard.source,
            "topics": self.topics,
            "quotes": self.quotes,
            "note": self.note,
        }


SECTION: TypeAdapter[list[PlanIndicator]] = TypeAdapter(list[PlanIndicator])


def indicators_in(content: Any) -> list[PlanIndicator]:
    """The indicators of a stored section."""
    return SECTION.validate_python(content)
