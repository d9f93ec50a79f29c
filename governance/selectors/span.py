"""The time between two moments, and what a reader may see of the rows that lie in it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

Seen = Mapping[type[models.Model], Collection[str]]


@dataclass(frozen=True)
class Span:
    """After one moment and up to another; None for the end is now."""

    after: dt.datetime
    until: dt.datetime | None

    def q(self, field: str = "at") -> Q:
        """The rows whose moment lies in it."""
        return Q(**{f"{field}__gt": self.after}) & self.by_end(field)

    def by_end(self, field: str = "at") -> Q:
        """The rows whose moment had come by its end."""
        return Q() if self.until is None else Q(**{f"{field}__lte": self.until})

    def has(self, moment: dt.datetime | None) -> bool:
        """Whether a moment lies in it."""
        return (
            moment is not None
            and moment > self.after
            and (self.until is None or moment <= self.until)
        )


def word(row: Any, name: str, seen: Seen) -> Any:
    """A field of a row, "" where there is no row or the reader may not see it."""
    return getattr(row, name) if row is not None and name in seen[type(row)] else ""


def name_of(row: Any, name: str, seen: Seen) -> str:
    """The name of a person that a row has, "" where the reader may not see it."""
    return getattr(row, name).name if name in seen[type(row)] else ""
