"""Fields that several shapes of the plan's API share."""

import datetime as dt
import re
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$", "example": "2024-09"})
class MonthField(serializers.Field):
    """A calendar month as ``YYYY-MM``, held as its first day."""

    default_error_messages: ClassVar[dict[str, str]] = {
        "invalid": "Give the month as a year and a month, such as 2024-09."
    }

    def to_internal_value(self, data: Any) -> dt.date:
        """The first day of the month. Raises ``ValidationError``."""
        if not isinstance(data, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}", data):
            self.fail("invalid")
        try:
            return dt.date.fromisoformat(f"{data}-01")
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: dt.date) -> str:
        """The month without its day."""
        return f"{value:%Y-%m}"


class Typed(serializers.CharField):
    """What a person types: kept as typed, and its length told before anything is stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, allow_blank=True, **options)


class WordOrNull(serializers.ChoiceField):
    """A word of a fixed list; null where there is none."""

    def to_representation(self, value: Any) -> Any:
        """The word, or None for an empty one."""
        return super().to_representation(value) if value else None
