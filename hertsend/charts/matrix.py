"""A matrix of risks: how likely against how bad, each cell with its score, its band and how many."""

from collections.abc import Sequence
from dataclasses import dataclass

from hertsend.charts import palette
from hertsend.charts.svg import clean, drawing, label, tag

WIDTH = 660
WORDS_NEED = 480
"""Narrower than this, numbers stand in the place of words."""
CELL_HEIGHT, GAP = 56, 3
LEFT_OF_WORDS, LEFT_OF_NUMBERS = 118, 24
BELOW = 48
PAD = 6
COUNT_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """One cell: its place from 1, its score, its band, how many risks, and where they are listed."""

    row: int
    column: int
    score: int
    band: str
    rank: int
    count: int
    href: str = ""
    is_chosen: bool = False


def risk_matrix(
    cells: Sequence[MatrixCell],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    axes: tuple[str, str],
    title: str,
    description: str,
    identifier: str,
    width: float = WIDTH,
) -> str:
    """The drawing: row 1 at the bottom, column 1 at the left; cells with risks lead to their list.

    `rows` and `columns` are the words of the scales, lowest first, `axes` the names of both.
    """
    has_words = width >= WORDS_NEED
    left = LEFT_OF_WORDS if has_words else LEFT_OF_NUMBERS
    size = (width - left) / len(columns)
    bottom = 24 + len(rows) * CELL_HEIGHT
    parts = [label(axes[0], 0, 14, bold=True)]
    for number, words in enumerate(rows, start=1):
        y = bottom - (number - 0.5) * CELL_HEIGHT + 5
        parts.append(label(_scale(number, words, left - PAD, has_words=has_words), 0, y))
    for number, words in enumerate(columns, start=1):
        x = left + (number - 0.5) * size
        shown = _scale(number, words, size, has_words=has_words)
        parts.append(label(shown, x, bottom + 18, anchor="middle"))
    parts.append(label(axes[1], width, bottom + 40, anchor="end", bold=True))
    parts += [
        _cell(
            cell,
            left + (cell.column - 1) * size,
            bottom - cell.row * CELL_HEIGHT,
            size,
            reading=f"{rows[cell.row - 1]}, {columns[cell.column - 1]}",
            has_words=has_words,
        )
        for cell in cells
    ]
    return drawing(
        *parts,
        identifier=identifier,
        title=title,
        description=description,
        width=width,
        height=bottom + BELOW,
        kind="matrix",
        has_links=any(cell.href for cell in cells),
    )


def _scale(number: int, words: str, room: float, *, has_words: bool) -> str:
    return palette.fitted(f"{number} {words}", room) if has_words else str(number)


def _cell(
    cell: MatrixCell, x: float, y: float, size: float, *, reading: str, has_words: bool
) -> str:
    frame = tag(
        "rect",
        x=x + GAP / 2,
        y=y + GAP / 2,
        width=size - GAP,
        height=CELL_HEIGHT - GAP,
        fill=palette.RISK_FILLS[cell.rank - 1],
        stroke=palette.TEXT if cell.is_chosen else None,
        stroke_width=3 if cell.is_chosen else None,
    )
    words = f"{cell.score} {cell.band}" if has_words else str(cell.score)
    note = label(palette.fitted(words, size - 2 * PAD), x + PAD, y + 17, fill=palette.SECONDARY)
    if not cell.count:
        return tag("g", frame, note)
    number = tag(
        "text",
        clean(cell.count),
        x=x + size / 2,
        y=y + 44,
        text_anchor="middle",
        fill=palette.TEXT,
        font_weight="bold",
        font_size=COUNT_SIZE,
        text_decoration="underline" if cell.href else None,
    )
    if not cell.href:
        return tag("g", frame, note, number)
    many = "1 risk" if cell.count == 1 else f"{cell.count} risks"
    told = tag("title", clean(f"{many}: {reading}, {cell.band}"))
    return tag("a", told, frame, note, number, href=cell.href)
