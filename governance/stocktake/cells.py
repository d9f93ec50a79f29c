"""What a table of a stocktake is made of: cells of a few kinds, each shown in its own way."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What stands in a cell, which says how it is shown."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    STANDING = "standing"
    IMPACT = "impact"
    ASSURANCE = "assurance"
    MILESTONE = "milestone"
    ACTION = "action"
    COMMITMENT = "commitment"


Value = str | int | dt.date | None


@dataclass(frozen=True)
class Cell:
    """One value; ``words`` go with the key of a milestone or action, or with a level."""

    kind: Kind
    value: Value
    words: str = ""


@dataclass(frozen=True)
class Heading:
    """A column's words."""

    words: str
    is_number: bool


@dataclass(frozen=True)
class Table:
    """A table with its heading; ``empty`` is said where it has no rows."""

    anchor: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    counts: bool = True

    @property
    def head(self) -> list[Heading]:
        """The headings, each with whether numbers stand under it."""
        first = self.rows[0] if self.rows else ()
        kinds = [cell.kind for cell in first] or [Kind.TEXT] * len(self.headings)
        return [
            Heading(words, kind == Kind.NUMBER)
            for words, kind in zip(self.headings, kinds, strict=True)
        ]

    @property
    def labelled_rows(self) -> list[list[tuple[str, Cell]]]:
        """The rows with the heading of each cell, for a screen that has no room for columns."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


def text(value: str) -> Cell:
    """Words of a person, or a label."""
    return Cell(Kind.TEXT, value)


def number(value: int | None) -> Cell:
    """A count, or a number of days."""
    return Cell(Kind.NUMBER, value)


def date(value: dt.date | None) -> Cell:
    """A day; of a moment its day in London."""
    return Cell(Kind.DATE, value)


def milestone(key: str, words: str = "") -> Cell:
    """A milestone by its key, with its text."""
    return Cell(Kind.MILESTONE, key, words)
