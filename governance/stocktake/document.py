"""A stocktake as a Word document: from the content alone, so that it says what the page says."""

import datetime as dt
from collections.abc import Iterator

from governance.stocktake import layout
from governance.stocktake.cells import Cell, Kind, Table
from governance.stocktake.content import AreaPart, Stocktake
from hertsend import dates
from hertsend.documents import blocks
from hertsend.documents.blocks import Block, Column, ColumnKind, Heading, Paragraph, Row
from hertsend.documents.characters import plain
from hertsend.documents.spans import strong, text
from hertsend.documents.word import MEDIA_TYPE, NOTHING, word_of
from plans.enums import Standing

__all__ = ["MEDIA_TYPE", "document_of", "plain", "words_of"]

PAGE_WIDTH, SHORT_COLUMN, WIDEST_COLUMN = 267.0, 48.0, 150.0
"""In millimetres: between the margins, a column that is not cut, and one that stands alone."""

WIDTH_OF_A_LETTER, NARROWEST, BOLDER = 2.3, 9, 3


def document_of(stocktake: Stocktake) -> bytes:
    """The document, whole: A4 across, as the tables are wide."""
    cover = stocktake.cover
    return word_of(
        blocks.Document(
            title=cover.title,
            subject=cover.plan,
            author=cover.partnership,
            marking=cover.classification,
            head=(cover.partnership, cover.title),
            foot="",
            moment=dt.datetime.combine(cover.made_on, dt.time(12), tzinfo=dt.UTC),
            blocks=tuple(_blocks(stocktake)),
            is_wide=True,
        )
    )


def words_of(cell: Cell) -> str:
    """What a cell says."""
    value = cell.value
    if value is None or value == "":
        return NOTHING
    if cell.kind == Kind.STANDING:
        return str(Standing(str(value)).label)
    if cell.kind in (Kind.ASSURANCE, Kind.COMMITMENT):
        return cell.words
    if cell.kind in (Kind.IMPACT, Kind.MILESTONE, Kind.ACTION):
        return f"{value} {cell.words}"
    if isinstance(value, dt.datetime):
        value = dates.day_of(value)
    if isinstance(value, dt.date):
        return f"{value:%B %Y}" if cell.kind == Kind.MONTH else f"{value.day} {value:%B %Y}"
    return str(value)


def _blocks(stocktake: Stocktake) -> Iterator[Block]:
    yield from _cover(stocktake)
    for table in layout.overviews(stocktake):
        yield from _table(table, level=1)
    for part in stocktake.areas:
        yield from _area(part)
    rows = tuple((each.label, each.meaning) for each in stocktake.meanings)
    yield Heading("What the words mean", 1)
    yield _grid("What the words mean", ("Word", "Meaning"), rows, numeric=frozenset())


def _cover(stocktake: Stocktake) -> Iterator[Block]:
    cover = stocktake.cover
    subject = f"{cover.plan}, {cover.partnership}. Published {cover.published}."
    yield blocks.Title("", (cover.title,), subject)
    yield Paragraph(
        text(
            f"From {cover.since_words} to {cover.until_words}. "
            f"Made on {cover.made_on.day} {cover.made_on:%B %Y}."
        )
    )
    yield Paragraph(strong(stocktake.headline))
    if stocktake.note:
        yield Paragraph(text(stocktake.note))


def _area(part: AreaPart) -> Iterator[Block]:
    yield Heading(f"{part.title}: {'; '.join(part.names)}", 1, starts_page=True)
    yield Paragraph(text(part.sentence))
    for table in layout.tables_of(part):
        yield from _table(table)


def _table(table: Table, *, level: int = 2) -> Iterator[Block]:
    """A heading, then the table, or a sentence where it has no rows."""
    yield Heading(table.title, level, count=len(table.rows) if table.counts else None)
    if not table.rows:
        yield Paragraph(text(table.empty))
        return
    rows = tuple(tuple(map(words_of, row)) for row in table.rows)
    numeric = frozenset(
        place for place, cell in enumerate(table.rows[0]) if cell.kind == Kind.NUMBER
    )
    yield _grid(table.title, table.headings, rows, numeric=numeric)


def _grid(
    caption: str,
    headings: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    *,
    numeric: frozenset[int],
) -> blocks.Table:
    columns = tuple(
        Column(words, kind=ColumnKind.NUMBER if place in numeric else ColumnKind.TEXT, width=width)
        for place, (words, width) in enumerate(zip(headings, _widths(headings, rows), strict=True))
    )
    return blocks.Table(caption, columns, tuple(Row(tuple(map(text, row))) for row in rows))


def _widths(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """The page's width shared out: a short column gets what it needs, long ones share the rest."""
    needed = []
    for heading, column in zip(headings, zip(headings, *rows, strict=True), strict=True):
        longest = max(len(line) for words in column for line in words.split("\n"))
        # A heading is bold, and none of its words is to be torn.
        bold = max(len(word) for word in heading.split()) + BOLDER
        needed.append(max(longest, bold, NARROWEST) * WIDTH_OF_A_LETTER)
    rest = PAGE_WIDTH - sum(width for width in needed if width <= SHORT_COLUMN)
    long = [width for width in needed if width > SHORT_COLUMN]
    share = min(rest / len(long), WIDEST_COLUMN) if long else 0
    return [width if width <= SHORT_COLUMN else share for width in needed]
