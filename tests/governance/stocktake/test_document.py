"""The Word document read back: headings, header rows, language, title, and every word as plain text."""

import dataclasses
import datetime as dt
import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from governance.stocktake import layout
from governance.stocktake.cells import Cell, Kind
from governance.stocktake.document import document_of, plain, words_of
from tests.governance.stocktake.conftest import CAUSE
from tests.governance.stocktake.test_build import part, taken


@pytest.fixture
def stocktake(told, reader):
    return taken(told, reader)


@pytest.fixture
def read(stocktake):
    return Document(io.BytesIO(document_of(stocktake)))


def rows_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_headings_stand_in_order_and_no_level_is_left_out(read, stocktake):
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in read.paragraphs
        if paragraph.style.name.startswith(("Title", "Heading"))
    ]
    assert headings[0] == ("Title", "Stocktake of all areas, 3 September 2024 to 20 October 2024")
    assert headings[1] == ("Heading 1", "All areas")
    areas = [text for style, text in headings if style == "Heading 1"][1:-1]
    assert areas == [
        "All areas in figures",
        "PA1: Leaders should improve PA1.",
        "AI1: Leaders should improve AI1.",
    ]
    assert headings[-1] == ("Heading 1", "What the words mean")
    titles = [text for style, text in headings if style == "Heading 2"]
    tables = layout.tables_of(stocktake.areas[0])
    assert titles[: len(tables)] == [
        f"{table.title} ({len(table.rows)})" if table.counts else table.title for table in tables
    ]


def test_every_table_of_the_page_stands_in_it_cell_by_cell(read, stocktake):
    expected = [
        [list(table.headings), *([plain(words_of(cell)) for cell in row] for row in table.rows)]
        for table in (
            *layout.overviews(stocktake),
            *(table for each in stocktake.areas for table in layout.tables_of(each)),
        )
        if table.rows
    ]
    assert [rows_of(table) for table in read.tables][:-1] == expected
    assert rows_of(read.tables[-1])[0] == ["Word", "Meaning"]
    sentences = [paragraph.text for paragraph in read.paragraphs]
    assert "No impact was confirmed." in sentences


def test_the_first_row_of_each_table_repeats_on_each_page_and_no_row_is_torn(read):
    for table in read.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        for row in others:
            assert row.trPr.find(qn("w:tblHeader")) is None
            assert row.trPr.find(qn("w:cantSplit")) is not None


def test_language_title_and_marking_are_set(read):
    properties = read.core_properties
    assert (properties.title, properties.language, properties.comments) == (
        "Stocktake of all areas, 3 September 2024 to 20 October 2024",
        "en-GB",
        "",
    )
    languages = {each.get(qn("w:val")) for each in read.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert read.sections[0].header.paragraphs[0].text == "OFFICIAL"
    assert read.sections[0].page_width > read.sections[0].page_height


def test_words_of_people_are_text_and_never_markup(stocktake, read):
    assert CAUSE in str([rows_of(table) for table in read.tables])
    with zipfile.ZipFile(io.BytesIO(document_of(stocktake))) as file:
        xml = file.read("word/document.xml").decode()
        names = file.namelist()
    assert "&lt;b&gt;left&lt;/b&gt; &amp; took" in xml
    assert "<b>left" not in xml
    assert not [name for name in names if "vba" in name.lower() or "embed" in name.lower()]
    assert re.findall(r'w:instr="([^"]*)"', xml) == []


@pytest.mark.parametrize(
    "words",
    ["=cmd|' /C calc'!A0", "a\x0bb\x00c\ud800", "\x1b[31m", "]]>", "\ufffe", "one\r\ntwo\tthree"],
)
def test_no_words_break_the_document(stocktake, words):
    area = part(stocktake, "AI1")
    broken = dataclasses.replace(
        area, spells=(dataclasses.replace(area.spells[0], text=words, cause=words),)
    )
    read = Document(io.BytesIO(document_of(dataclasses.replace(stocktake, areas=(broken,)))))
    (row,) = (
        row
        for table in read.tables
        for row in rows_of(table)
        if row[0].startswith("AI1.1-1 ") and "Effect on families" in row[-1]
    )
    assert row[0] == f"AI1.1-1 {plain(words)}"
    assert f"Cause: {plain(words)}" in row[-1]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(Kind.TEXT, ""), "–"),
        (Cell(Kind.NUMBER, 0), "0"),
        (Cell(Kind.NUMBER, None), "–"),
        (Cell(Kind.DATE, dt.date(2024, 6, 3)), "3 June 2024"),
        (Cell(Kind.DATE, dt.datetime(2024, 6, 3, 23, 30, tzinfo=dt.UTC)), "4 June 2024"),
        (Cell(Kind.MONTH, dt.date(2024, 6, 1)), "June 2024"),
        (Cell(Kind.STANDING, "no_update"), "No update"),
        (Cell(Kind.IMPACT, 0, "Too early to say"), "0 Too early to say"),
        (Cell(Kind.IMPACT, None), "–"),
        (Cell(Kind.MILESTONE, "PA1.1-1", "Train schools."), "PA1.1-1 Train schools."),
    ],
)
def test_each_kind_of_cell_in_words(cell, words):
    assert words_of(cell) == words


def test_an_area_alone_has_no_table_of_all_areas(told, reader):
    read = Document(io.BytesIO(document_of(taken(told, reader, area="PA1"))))
    assert "All areas" not in [paragraph.text for paragraph in read.paragraphs]
