"""A pack's files say what its snapshot says, whoever reads them, and are the same whenever they are made."""

import copy
import csv
import dataclasses
import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from governance.boardpack import content, render
from governance.boardpack.files import FORMATS, file_of
from governance.boardpack.sections import SECTIONS, document_of
from governance.boardpack.sheets import ON_THE_FIRST_SHEET, sheets_of
from governance.boardpack.snapshot import opened
from hertsend.documents.blocks import Heading, all_blocks
from plans.enums import Stage, Standing
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import faults_of, pages_of, squeezed, words_of
from tests.hertsend.documents.word_files import words_of_word


@pytest.fixture
def pack(packable):
    return steps.store_pack(packable, AUGUST, on=steps.SEPTEMBER.replace(day=12))


@pytest.fixture
def read(pack):
    return opened(pack)


def texts_of(value, name=""):
    """Every text that people wrote or that is shown of a content."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_of(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each, name)
    elif isinstance(value, str) and name in TOLD:
        yield value


TOLD = {
    *("text", "what_happened", "what_is_next", "reason_for_rating", "words", "reasons", "cause"),
    *(
        "effect_on_families",
        "what_is_being_done",
        "asked_of_board",
        "reason",
        "decision",
        "headline",
    ),
    *("rest", "names", "leads", "meaning", "expansion", "changes", "note", "owner", "title"),
}


def made(read, kind):
    return FORMATS[kind].made_of(read)


def test_the_pdf_says_all_that_the_snapshot_says(read):
    said = words_of(made(read, "pdf"))
    texts = set(texts_of(read))
    assert len(texts) > 15
    assert {text for text in texts if squeezed(text) not in said} == set()
    assert steps.NOTE not in said


def test_so_does_the_word_document(read):
    said = words_of_word(made(read, "word"))
    assert {text for text in texts_of(read) if squeezed(text) not in said} == set()


def test_the_pdf_keeps_the_rules_of_accessible_and_of_archived_files(read):
    assert faults_of(made(read, "pdf")) == []


def test_it_begins_with_cover_and_summary_each_on_one_page(read):
    cover, summary, third, *_ = pages_of(made(read, "pdf"))
    assert "Board pack\nAugust 2024" in cover
    assert "Tuesday 10 September 2024, 12:00. Later changes are not in this pack." in cover
    assert "In this pack" in cover
    assert summary.index("Summary") < summary.index(read.summary.headline.split()[0])
    assert "Three judgements, side by side" in summary
    assert "On track" in summary
    assert "Summary" not in third


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_the_same_snapshot_is_the_same_file(read, pack, kind):
    again = content.from_json(copy.deepcopy(pack.content))
    assert made(again, kind) == made(read, kind)
    changed = dataclasses.replace(read, cover=dataclasses.replace(read.cover, partnership="Other"))
    assert made(changed, kind) != made(read, kind)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_nothing_is_asked_of_the_database(read, kind, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert made(read, kind)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_a_pack_from_before_the_later_parts_is_written_too(pack, kind):
    old = copy.deepcopy(pack.content)
    for field in dataclasses.fields(content.PackContent):
        if field.default is not dataclasses.MISSING:
            del old[field.name]
    for area in old["areas"]:
        del area["impact"], area["assurance"]
    for name in ("meeting", "notice", "reason", "classification"):
        del old["cover"][name]
    assert made(content.from_json(old), kind)


def test_a_pack_without_anything_in_it_is_written_too(read):
    empty = {
        field.name: ()
        for field in dataclasses.fields(read)
        if isinstance(getattr(read, field.name), tuple) and field.name != "definitions"
    }
    bare = dataclasses.replace(read, **empty)
    assert "Nothing to report in: Exceptions;" in pages_of(made(bare, "pdf"))[0].replace("\n", " ")
    titles = [
        each.words for each in all_blocks(document_of(bare).blocks) if isinstance(each, Heading)
    ]
    assert "Exceptions" not in titles
    assert titles[0] == "Summary"


def test_each_part_is_a_function_of_the_page_alone(read):
    page = render.page(read)
    sections = [section for part in SECTIONS.values() for section in part]
    assert [section(page) for section in sections] == [section(page) for section in sections]
    anchors = [
        each.anchor
        for each in all_blocks(document_of(read).blocks)
        if isinstance(each, Heading) and each.anchor
    ]
    assert len(anchors) == len(set(anchors))


def test_a_meeting_and_a_notice_stand_where_they_must(read):
    told = dataclasses.replace(read.cover, meeting="Thursday 17 October 2024", notice="Invented")
    pages = pages_of(made(dataclasses.replace(read, cover=told), "pdf"))
    assert "Meeting Thursday 17 October 2024" in pages[0]
    assert all("OFFICIAL · Invented" in each for each in pages)


def test_every_list_of_the_content_is_a_sheet_with_all_its_rows(read):
    lists = {
        field.name: getattr(read, field.name)
        for field in dataclasses.fields(read)
        if isinstance(getattr(read, field.name), tuple) and field.name not in ON_THE_FIRST_SHEET
    }
    sheets = sheets_of(read)
    assert sorted(len(sheet.rows) for sheet in sheets[1:]) == sorted([*map(len, lists.values()), 1])
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(read, "workbook")))
    assert book.sheet_names == [sheet.name for sheet in sheets]
    head, *rows = book.get_sheet_by_name("Milestones").to_python()
    assert [row[head.index("Reference")] for row in rows] == [each.key for each in read.milestones]
    assert [row[head.index("Milestone")] for row in rows] == [each.text for each in read.milestones]
    assert [row[head.index("Delivery")] for row in rows] == [
        Standing(each.standing).label for each in read.milestones
    ]
    assert [row[head.index("Stage")] for row in rows] == [
        Stage(each.stage).label for each in read.milestones
    ]


def test_the_archive_holds_the_same_as_csv(read):
    with zipfile.ZipFile(io.BytesIO(made(read, "csv"))) as file:
        assert len(file.namelist()) == len(sheets_of(read))
        (name,) = (each for each in file.namelist() if each.endswith("-milestones.csv"))
        text = file.read(name).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Reference"] for row in rows] == [each.key for each in read.milestones]


def test_a_file_is_named_after_what_it_is_and_kept_for_the_next(read, pack):
    file = file_of(read, sha256=pack.sha256, kind="pdf")
    assert file.name == f"{read.cover.plan_slug}-board-pack-2024-08-v1.pdf"
    assert file.media_type == "application/pdf"
    assert file_of(read, sha256=pack.sha256, kind="pdf").body is file.body
    with pytest.raises(KeyError):
        file_of(read, sha256=pack.sha256, kind="exe")
