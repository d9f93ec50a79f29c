"""A date typed as day, month and year: three boxes, errors in plain words, nothing typed is lost."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from hertsend.ui.words import MONTH_NAMES

BOXES = ("day", "month", "year")
FEWEST_LETTERS_OF_A_MONTH = 3
YEAR_DIGITS = 4


class TypedDate(NamedTuple):
    """What stands in the three boxes, exactly as typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> "TypedDate":
        """The boxes that show a value: a date, a text such as 2024-06-30, boxes already, or nothing."""
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                return cls()
        if isinstance(value, dt.date):
            return cls(str(value.day), str(value.month), str(value.year))
        return value if isinstance(value, cls) else cls()

    def stripped(self) -> "TypedDate":
        return TypedDate(*(part.strip() for part in self))


class DayMonthYearWidget(forms.Widget):
    """Three text boxes named `<name>_day`, `<name>_month` and `<name>_year`, with ids of the same pattern."""

    template_name = "forms/date_boxes.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = dict(attrs or {})
        faulty = attrs.pop("faulty_boxes", ())
        context = super().get_context(name, value, attrs)
        identifier = context["widget"]["attrs"].get("id", "")
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{box}",
                "id": f"{identifier}_{box}",
                "label": box.capitalize(),
                "value": typed,
                "width": 4 if box == "year" else 2,
                "faulty": box in faulty,
            }
            for box, typed in zip(BOXES, TypedDate.of(value), strict=True)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDate:
        return TypedDate(*(data.get(f"{name}_{box}") or "" for box in BOXES))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{box}" not in data for box in BOXES)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""


class DayMonthYearField(forms.Field):
    """A date in three boxes; answers a `datetime.date`, or None when all three are empty.

    The month may be a number or its name ("9", "Sep", "September"). Years outside `earliest_year` to
    `latest_year` are refused, as they are slips of the keyboard.
    """

    widget = DayMonthYearWidget

    def __init__(
        self, *, earliest_year: int = 2000, latest_year: int = 2100, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earliest_year = earliest_year
        self.latest_year = latest_year

    def prepare_value(self, value: Any) -> TypedDate:
        return TypedDate.of(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        return typed != self.to_python(TypedDate.of(initial))

    def to_python(self, value: Any) -> dt.date | None:
        typed = TypedDate.of(value).stripped()
        if not any(typed):
            return None
        missing = [box for box, text in zip(BOXES, typed, strict=True) if not text]
        if missing:
            raise self._error(f"must include a {' and '.join(missing)}", missing)
        return self._read(typed)

    def _read(self, typed: TypedDate) -> dt.date:
        day, month, year = _number(typed.day), _month(typed.month), _number(typed.year)
        if year is None or len(typed.year) != YEAR_DIGITS:
            raise self._error("must have a year of 4 numbers, for example 2024", ["year"])
        if not self.earliest_year <= year <= self.latest_year:
            raise self._error(
                f"must have a year between {self.earliest_year} and {self.latest_year}", ["year"]
            )
        if month is None:
            raise self._error("must have a month from 1 to 12", ["month"])
        try:
            return dt.date(year, month, day or 0)
        except ValueError:
            raise self._error("must be a real date, for example 30 9 2024", ["day"]) from None

    def _error(self, fault: str, boxes: list[str]) -> ValidationError:
        label = str(self.label or "Date")
        return ValidationError(f"{label} {fault}", code="invalid", params={"boxes": tuple(boxes)})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _month(text: str) -> int | None:
    """The number of a month given as number or by its first three letters or more."""
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= len(MONTH_NAMES) else None
    word = text.lower().rstrip(".")
    if len(word) < FEWEST_LETTERS_OF_A_MONTH:
        return None
    return next(
        (index for index, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(word)), None
    )
