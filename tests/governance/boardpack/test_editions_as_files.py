"""The files of each edition say what its page says, and never more than its readers may see."""

import dataclasses
import io

import pytest
from python_calamine import CalamineWorkbook

from governance.boardpack import arranging, families, parts
from governance.boardpack.files import FORMATS
from governance.boardpack.sections import SECTIONS
from governance.boardpack.sheets import sheets_of
from governance.boardpack.snapshot import opened
from governance.enums import Edition
from plans.enums import Standing
from tests.governance import steps
from tests.governance.boardpack.filled import headings_of
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import faults_of, pages_of, squeezed, words_of
from tests.hertsend.documents.word_files import words_of_word

OF_OFFICERS = (
    *("No update received", "Exception report", "None for August 2024", "It stalled"),
    *(
        "A new supplier",
        "The board met",
        "need the board",
        "needs the board",
        "no decision is asked for",
    ),
    *("Asked of the board", "What happened, and what is next", "Why this rating", "Agreed by"),
)
"""What only officers wrote, and words of the Board's layout that are untrue where it was taken out."""


@pytest.fixture
def edition(packable):
    def read(edition: Edition):
        return opened(
            steps.store_pack(packable, AUGUST, on=steps.SEPTEMBER.replace(day=12), edition=edition)
        )

    return read


@pytest.mark.parametrize("name", Edition)
def test_every_part_of_an_edition_is_a_part_of_its_documents(name):
    assert set(parts.PARTS[name]) <= set(SECTIONS)


def test_the_families_edition_has_parts_of_its_own(edition):
    read = edition(Edition.FAMILIES)
    assert headings_of(read) == [
        "At a glance",
        "Late or off track",
        "Dates that moved",
        "Who did not report",
        "What was promised, and how far it is",
        "Key and glossary",
    ]


@pytest.mark.parametrize(("kind", "words"), [("pdf", words_of), ("word", words_of_word)])
def test_what_was_taken_out_for_families_is_not_spoken_of(edition, kind, words):
    said = words(FORMATS[kind].made_of(edition(Edition.FAMILIES)))
    assert [each for each in OF_OFFICERS if squeezed(each) in said] == []
    board = words(FORMATS[kind].made_of(edition(Edition.BOARD)))
    assert {"Itstalled.", "Anewsupplier.", "Exceptionreport"} <= {
        each for each in ("Itstalled.", "Anewsupplier.", "Exceptionreport") if each in board
    }


@pytest.mark.parametrize(("kind", "words"), [("pdf", words_of), ("word", words_of_word)])
def test_families_read_what_was_promised_and_what_was_written_for_them(edition, kind, words):
    read = edition(Edition.FAMILIES)
    sentence = "The new service is not there yet, and we are looking for somebody else to run it."
    told = dataclasses.replace(
        read,
        milestones=tuple(
            dataclasses.replace(each, sentence_for_families=sentence)
            if each.key == "AI1.1-1"
            else each
            for each in read.milestones
        ),
    )
    said = words(FORMATS[kind].made_of(told))
    assert all(squeezed(each.text) in said for each in read.milestones)
    assert said.count(squeezed(sentence)) == 2
    without = words(FORMATS[kind].made_of(read))
    assert squeezed("Nothing was written for families this month.") in without
    assert squeezed(read.summary.headline) in said


def test_the_pdf_of_every_edition_keeps_the_rules(edition):
    for name in (Edition.FAMILIES, Edition.EXECUTIVE):
        assert faults_of(FORMATS["pdf"].made_of(edition(name))) == []


def test_the_cover_for_families_says_what_it_is_for(edition):
    cover, *_ = pages_of(FORMATS["pdf"].made_of(edition(Edition.FAMILIES)))
    assert "Families pack\nAugust 2024" in cover
    assert "in plain words" in cover
    assert "For assurance" not in cover


def test_the_workbook_for_families_has_no_sheet_and_no_column_of_what_was_taken_out(edition):
    read = edition(Edition.FAMILIES)
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["workbook"].made_of(read)))
    assert book.sheet_names == [sheet.name for sheet in sheets_of(read)]
    assert {"Reports", "Questions", "Escalations", "Date requests", "Missed"}.isdisjoint(
        book.sheet_names
    )
    head, *rows = book.get_sheet_by_name("Milestones").to_python()
    assert {"What happened", "What is next", "Reason for rating"}.isdisjoint(head)
    assert "Sentence for families" in head
    assert [row[head.index("Delivery")] for row in rows] == [
        Standing(each.standing).label for each in read.milestones
    ]
    board = {sheet.name: sheet for sheet in sheets_of(edition(Edition.BOARD))}
    assert {"Reports", "Questions", "Missed"} <= set(board)
    assert "What happened" in board["Milestones"].headings


def test_every_column_for_families_is_one_that_is_kept():
    for kind, kept in families.KEPT.items():
        told = {field.name for field in families.told_fields(kind, edition=Edition.FAMILIES)}
        assert told - families.INNER.get(kind, frozenset()) == kept


def test_the_executive_reads_of_assurance_and_escalations_first(edition):
    assert headings_of(edition(Edition.EXECUTIVE))[:2] == ["Assurance", "Summary"]
    assert headings_of(edition(Edition.BOARD))[0] == "Summary"


def test_the_offices_order_and_what_it_left_out_hold_in_files_too(edition):
    read = edition(Edition.BOARD)
    usual = headings_of(read)
    assert usual.index("Sign-off") < usual.index("Dates ahead") < usual.index("Workstreams")
    order = ("workstreams", "dates", "impact", "sign_off")
    moved = arranging.arranged(read, foreword=None, order=order, left_out=("glossary",))
    found = headings_of(moved)
    assert found.index("Workstreams") < found.index("Dates ahead") < found.index("Sign-off")
    shorter = arranging.arranged(read, foreword=None, order=(), left_out=("workstreams",))
    assert set(usual) - set(headings_of(shorter)) == {"Workstreams"}


def test_a_later_version_says_on_its_cover_what_changed_and_why(edition):
    read = edition(Edition.BOARD)
    cover = dataclasses.replace(read.cover, revision=2, reason="A date was typed wrongly.")
    later = dataclasses.replace(read, cover=cover, changed=("PA1.1-2: the agreed date.",))
    first, *_ = pages_of(FORMATS["pdf"].made_of(later))
    assert "What changed PA1.1-2: the agreed date." in first
    assert "Why this version A date was typed wrongly." in first
    original, *_ = pages_of(FORMATS["pdf"].made_of(read))
    assert "What changed" not in original
