"""What a document is made of, whatever its format: frozen values that say what stands there, in order.

How a block looks is the business of each format (`pdf`, `word`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hertsend.documents.spans import Line, Mark, Text


class ParagraphRole(StrEnum):
    """What a paragraph is for."""

    LEAD = "lead"
    PLAIN = "plain"
    NOTE = "note"


@dataclass(frozen=True)
class Heading:
    """A heading; ``starts_page`` for one that stands at the head of a page.

    One that ``may_follow`` does so too, but where the part before it leaves half a page free, as far as
    the format can tell. With a ``kicker``, a line above it, it heads one thing among many: it is set
    smaller, below a rule.
    """

    words: str
    level: int
    anchor: str = ""
    count: int | None = None
    starts_page: bool = False
    may_follow: bool = False
    kicker: Line = ()


@dataclass(frozen=True)
class Paragraph:
    """Lines of words."""

    text: Text
    role: ParagraphRole = ParagraphRole.PLAIN


@dataclass(frozen=True)
class Figure:
    """A big number and what it counts."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """The big numbers, in one row."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Fact:
    """A name, and what is to be said under it."""

    name: str
    text: Text


@dataclass(frozen=True)
class Facts:
    """Names and what they stand for, one below the other; ``is_large`` on a cover."""

    facts: tuple[Fact, ...]
    is_large: bool = False


@dataclass(frozen=True)
class Items:
    """A list, numbered from ``first``."""

    items: tuple[Text, ...]
    first: int = 1


@dataclass(frozen=True)
class Count:
    """A number with what it counts."""

    value: str
    words: str


@dataclass(frozen=True)
class Counts:
    """Numbers with what they count, one below the other, in two columns where the format has room."""

    entries: tuple[Count, ...]


class ColumnKind(StrEnum):
    """What stands in a column, which says how it is set."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """A column: ``width`` in millimetres, or a ``share`` of the width that the others leave."""

    words: str
    share: float = 1
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 0


class RowKind(StrEnum):
    """What a row is."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True)
class Row:
    """A row; one of kind ``GROUP`` has one cell, which heads the rows below it."""

    cells: tuple[Text, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True)
class Table:
    """A table. ``caption`` says what it is to whoever cannot see the heading above."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing with its title, what it shows in words, and the sentence that stands below it.

    Raises ``ValueError`` for one that is not told in words.
    """

    title: str
    svg: str
    description: str
    sentence: str = ""

    def __post_init__(self) -> None:
        if not (self.title.strip() and self.description.strip()):
            raise ValueError("A drawing needs a title, and words for who cannot see it.")


@dataclass(frozen=True)
class Meaning:
    """A word with its mark and its definition."""

    word: str
    meaning: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Meanings:
    """Words and what they mean; in two columns where the format has room, if ``is_short``."""

    entries: tuple[Meaning, ...]
    is_short: bool = False


@dataclass(frozen=True)
class Marks:
    """The marks with their words in one line, and where the definitions stand."""

    entries: tuple[Meaning, ...]
    to: str = ""


@dataclass(frozen=True)
class Contents:
    """The list of the headings of the first level, made by the format, under words of its own."""

    words: str


@dataclass(frozen=True)
class Title:
    """The head of a cover: whose it is, what it is, in one or more lines, and of what."""

    whose: str
    lines: tuple[str, ...]
    subject: str


@dataclass(frozen=True)
class Pair:
    """Blocks side by side where the format has room, else one after the other."""

    left: "Blocks"
    right: "Blocks"


@dataclass(frozen=True)
class Together:
    """Blocks that are not to be torn apart by the end of a page."""

    blocks: "Blocks"


Block = (
    Heading
    | Paragraph
    | Figures
    | Facts
    | Items
    | Counts
    | Table
    | Chart
    | Meanings
    | Marks
    | Contents
    | Title
    | Pair
    | Together
)
Blocks = tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole document. ``moment`` is its date in every format: that of what it tells, not of writing.

    ``marking`` is its classification; the running words stand at the head and at the foot of pages.
    One that ``is_wide`` lies across where its pages can be turned.
    """

    title: str
    subject: str
    author: str
    marking: str
    head: tuple[str, str]
    foot: str
    moment: dt.datetime
    blocks: Blocks
    is_wide: bool = False


def all_blocks(blocks: Iterable[Block]) -> Iterable[Block]:
    """Every block in reading order, also those inside others."""
    for block in blocks:
        match block:
            case Pair(left, right):
                yield from all_blocks((*left, *right))
            case Together(inner):
                yield from all_blocks(inner)
            case _:
                yield block
