"""The PDF read back by others: its rules, its words, and that nothing in it was ever markup."""

import re
import resource
import sys

import pytest

from hertsend.documents import blocks
from hertsend.documents.pdf import NotAsWritten, pdf_of
from hertsend.documents.spans import Span, text
from tests.hertsend.documents import samples
from tests.hertsend.documents.pdfs import faults_of, pages_of, reader_of, squeezed, words_of

A4_WIDTH = 595.3


@pytest.fixture(scope="module")
def everything():
    return pdf_of(samples.everything())


def test_every_block_keeps_the_rules_of_accessible_and_of_archived_files(everything):
    assert faults_of(everything) == []


def test_a_file_that_breaks_the_rules_is_seen(everything):
    broken = re.sub(rb"/Marked true", b"/Marked false", everything)
    assert broken != everything
    assert faults_of(broken) != []


def test_words_of_people_are_never_markup(everything):
    said = words_of(everything)
    hostile = squeezed(samples.HOSTILE)
    every = samples.everything()
    # Once for each place but the title, author and subject, which stand in the file's own data.
    assert said.count(hostile) >= 30
    assert every.title == samples.HOSTILE == reader_of(everything).metadata.title


@pytest.mark.parametrize("character", "#*_`$<>@\\/~-=+'\"[]{}()&%;:|^!?")
def test_no_character_of_the_typesetter_means_anything(character):
    words = f"{character}{character} a{character}b {character}\n{character} c"
    made = pdf_of(samples.document(blocks.Paragraph(text(words))))
    assert squeezed(words) in words_of(made)


def test_a_word_without_an_end_stays_on_the_page():
    made = pdf_of(samples.document(samples.table(2, samples.LONG)))
    assert words_of(made).count(samples.LONG) == 2
    places: list[float] = []
    for each in reader_of(made).pages:
        each.extract_text(visitor_text=lambda _t, _c, matrix, _f, _s: places.append(matrix[4]))
    assert 0 < max(places) < A4_WIDTH - 40


def test_a_long_table_repeats_its_head_and_its_group_on_each_page():
    pages = pages_of(pdf_of(samples.document(samples.table(150, "Some words"))))
    assert len(pages) > 2
    assert all("Milestone Number Day" in each for each in pages)
    assert all("A group" in each for each in pages)
    assert [f"{number} of {len(pages)}" in each for number, each in enumerate(pages, 1)] == [
        True
    ] * len(pages)


def test_a_row_longer_than_a_page_loses_nothing():
    words = " ".join(f"word{number}" for number in range(1500))
    said = words_of(pdf_of(samples.document(samples.table(1, words))))
    assert "word0word1word2" in said
    assert "word1498word1499" in said


def test_what_it_is_stands_in_the_file_and_on_every_page_but_the_first():
    told = samples.document(samples.table(80, "Some words"))
    made = pdf_of(told)
    read, pages = reader_of(made), pages_of(made)
    assert read.trailer["/Root"]["/Lang"] == "en-GB"
    assert read.metadata.title == "A pack"
    assert read.metadata.author == "A partnership"
    assert read.metadata.creation_date == read.metadata.modification_date
    assert f"{read.metadata.creation_date:%Y-%m-%d}" == "2024-10-09"
    assert ["Board pack, September 2024" in each for each in pages] == [
        False,
        *[True] * (len(pages) - 1),
    ]
    assert all("OFFICIAL" in each and "Version 1" in each for each in pages)


def test_headings_are_bookmarks_in_their_order():
    told = samples.document(
        blocks.Heading("Inside", 2), blocks.Heading("Last", 1, starts_page=True), samples.chart()
    )
    outline = reader_of(pdf_of(told)).outline
    assert [each.title if not isinstance(each, list) else each[0].title for each in outline] == [
        "First",
        "Inside",
        "Last",
    ]


def test_a_drawing_is_told_in_words():
    made = pdf_of(samples.document(samples.chart("Three months, none complete.")))
    read = reader_of(made)
    alternatives = [
        each.get_object()["/Alt"]
        for each in map(read.get_object, range(1, len(read.xref[0])))
        if isinstance(each, dict) and "/Alt" in each
    ]
    assert alternatives == ["Due by month. Three months, none complete."]


def test_a_link_names_the_page_that_it_leads_to():
    line = ((Span("See there", to="last", names_page=True), Span("Not there", to="gone")),)
    told = samples.document(
        blocks.Paragraph(line), blocks.Heading("Last", 1, "last", starts_page=True)
    )
    first, _ = pages_of(pdf_of(told))
    assert "See there, page 2" in first
    assert "Not there" in first
    assert "Not there, page" not in first


def test_a_heading_never_stands_alone_at_the_foot():
    """Whatever stands before it, what it heads begins on its page."""
    for rows in range(30, 50):
        told = samples.document(
            samples.table(rows, "x"), blocks.Heading("Orphan", 2), blocks.Paragraph(text("Child"))
        )
        page = next(each for each in pages_of(pdf_of(told)) if "Orphan" in each)
        assert "Child" in page


def test_the_same_document_is_the_same_file(everything):
    assert pdf_of(samples.everything()) == everything
    assert pdf_of(samples.everything("Other words")) != everything


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Well done 😀", "Well done (grinning face)"),
        ("中", "(cjk unified ideograph-4e2d)"),
        ("Zoë, Łukasz, Şule: ≥ 3½ €", "Zoë, Łukasz, Şule: ≥ 3½ €"),
        ("turn\u202e back", "turn back"),
        ("null\x00 byte", "null byte"),
        ("\uff46ine", "fine"),
    ],
)
def test_what_the_typeface_lacks_is_named_and_never_stops_the_pack(words, said):
    made = pdf_of(samples.document(blocks.Paragraph(text(words)), samples.chart(words)))
    assert squeezed(said) in words_of(made)


def test_the_process_does_not_grow_with_what_it_has_written():
    """The typesetter holds all that it ever laid out, so it must go with its memory."""
    pdf_of(samples.document(samples.table(100, "first")))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(4):
        pdf_of(samples.document(samples.table(100, f"words {number}")))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 5_000
    assert "typst" not in sys.modules


def test_without_our_typeface_nothing_is_handed_out(tmp_path):
    with pytest.raises(NotAsWritten):
        pdf_of(samples.document(blocks.Paragraph(text("Words"))), fonts=tmp_path)


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="words"):
        blocks.Chart("Due", samples.chart().svg, " ")
