"""The Word file reopened: headings, header rows, pictures with words, and every word as plain text."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from hertsend.documents import blocks
from hertsend.documents.word import word_of
from tests.hertsend.documents import samples


def opened(told):
    return Document(io.BytesIO(word_of(told)))


@pytest.fixture(scope="module")
def everything():
    return opened(samples.everything())


def test_words_of_people_are_runs_of_text(everything):
    words = "\n".join(paragraph.text for paragraph in everything.paragraphs)
    assert words.count(samples.HOSTILE) >= 15
    assert everything.tables[0].rows[2].cells[0].text == f"{samples.HOSTILE} row0"


def test_headings_are_headings_and_contents_lead_to_them(everything):
    styles = [each.style.name for each in everything.paragraphs if "Heading" in each.style.name]
    assert styles == ["Heading 1", "Heading 2", "Heading 3"]
    names = {each.get(qn("w:name")) for each in everything.element.iter(qn("w:bookmarkStart"))}
    links = {each.get(qn("w:anchor")) for each in everything.element.iter(qn("w:hyperlink"))}
    assert names == {"to_first", "to_second", "to_third"}
    assert links == {"to_first"}


def test_a_table_repeats_its_head_and_says_what_it_is(everything):
    table = everything.tables[0]
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, *[False] * (len(table.rows) - 1)]
    assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == "A table of rows"
    assert [cell.text for cell in table.rows[0].cells] == ["Milestone", "Number", "Day"]
    assert {cell.text for cell in table.rows[1].cells} == {"A group"}
    assert table.rows[2].cells[2].text == "–"


def test_a_picture_carries_its_words():
    (picture,) = opened(samples.document(samples.chart("Three months."))).inline_shapes
    assert picture._inline.docPr.get("descr") == "Due by month. Three months."


def test_it_says_what_it_is_and_the_moment_is_the_documents_own():
    properties = opened(samples.document(samples.chart())).core_properties
    assert (properties.title, properties.author) == ("A pack", "A partnership")
    assert properties.keywords == "OFFICIAL"
    assert properties.language == "en-GB"
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2024-10-09 16:00"
    assert properties.created == properties.modified


def test_the_same_document_is_the_same_file_whenever_it_is_written():
    told = samples.document(samples.table(3), samples.chart())
    first = word_of(told)
    assert word_of(told) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_characters_that_no_document_may_hold_are_left_out():
    told = samples.document(blocks.Heading("a\x00b\x0bc\ud800d", 2))
    assert opened(told).paragraphs[1].text == "abcd"
