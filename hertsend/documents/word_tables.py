"""Tables of a Word document: a head that repeats on each page, rows that stay whole, lines across."""

from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from hertsend.documents.blocks import Column, ColumnKind, Row, RowKind, Table
from hertsend.documents.characters import plain
from hertsend.documents.spans import Text, strong
from hertsend.documents.word_styles import CELL_STYLES

HEADER_SHADE, LINE = "E8EEEF", "8A9499"

Writer = Callable[[Any, Text], None]
"""Writes lines of words into a paragraph."""


def add_table(document: Any, table: Table, *, width: float, write: Writer) -> None:
    """A table as wide as the page, its caption as its description."""
    widths = widths_of(table.columns, width)
    head = Row(tuple(strong(column.words) for column in table.columns))
    rows = (head, *table.rows)
    grid = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    grid.autofit = False
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = wide
    properties = grid._tbl.tblPr
    properties.append(_lines())
    properties.append(_margins())
    properties.append(_caption(table.caption))
    # Asked for once: each question for a row's cells would walk the whole table.
    cells = iter(grid._cells)
    numeric = [column.kind != ColumnKind.TEXT for column in table.columns]
    for number, (line, row) in enumerate(zip(grid.rows, rows, strict=True)):
        mark = OxmlElement("w:cantSplit" if number else "w:tblHeader")
        line._tr.get_or_add_trPr().append(mark)
        own = [next(cells) for _ in widths]
        for cell, wide in zip(own, widths, strict=True):
            cell.width = wide
        if row.kind == RowKind.GROUP:
            own = [own[0].merge(own[-1])]
        is_head = number == 0 or row.kind != RowKind.PLAIN
        for cell, words, is_number in zip(own, row.cells, numeric, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph._p.style = CELL_STYLES[is_head, is_number]
            write(paragraph, words)
            if is_head:
                cell._tc.get_or_add_tcPr().append(_shade())


def widths_of(columns: tuple[Column, ...], width: float) -> list[Mm]:
    """What each column gets of a width in millimetres: its own, or a share of what is left."""
    rest = width - sum(column.width for column in columns)
    shares = sum(column.share for column in columns if not column.width) or 1
    return [Mm(column.width or rest * column.share / shares) for column in columns]


def _caption(words: str) -> Any:
    caption = OxmlElement("w:tblDescription")
    caption.set(qn("w:val"), plain(words))
    return caption


def _shade() -> Any:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), HEADER_SHADE)
    return shade


def _lines() -> Any:
    """Thin grey lines between the rows and none between the columns."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        is_across = edge in ("top", "bottom", "insideH")
        line.set(qn("w:val"), "single" if is_across else "nil")
        if is_across:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), LINE)
        borders.append(line)
    return borders


def _margins() -> Any:
    """Room around the words of a cell."""
    margins = OxmlElement("w:tblCellMar")
    for edge, twentieths in (("top", 40), ("left", 60), ("bottom", 40), ("right", 120)):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(twentieths))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins
