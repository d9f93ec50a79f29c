"""Page, documents and data agree on what the office left out: none of them has a heading or a list of it."""

import html
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from governance.boardpack import arranging, content
from governance.boardpack.files import FORMATS
from governance.boardpack.sections import document_of
from governance.boardpack.sheets import sheets_of
from governance.enums import Edition
from governance.models import PackRun
from hertsend.accounts.roles import Role
from hertsend.documents.blocks import Chart, Heading, Table, all_blocks
from tests.factories.world import at
from tests.governance import steps
from tests.governance.boardpack.everything import Everything, cover_of, store_instead
from tests.governance.steps import AUGUST, SEPTEMBER
from tests.hertsend.documents.pdfs import pages_of, squeezed, words_of
from tests.hertsend.documents.word_files import words_of_word

NOW = SEPTEMBER.replace(day=12)
BURN_UP = "Due and complete"
ON_THE_PAGE = {
    "signed-off": {"Signed off since", "Whole actions signed off"},
    "due-soon": {"Due in the next 30 days", "Due in the 30 days after"},
    "workstreams": {"Workstreams", "Stage by workstream", "Stages and delivery in each"},
    "glossary": {"Glossary"},
}
IN_DOCUMENTS = {
    "signed-off": {"Signed off since the pack of August 2024", "Whole actions signed off"},
    "due-soon": {"Due in the 30 days after the cut-off"},
    "workstreams": {
        *("Workstreams", "In figures", "By stage in each workstream"),
        "Stages and delivery in each workstream",
    },
    "glossary": {"Glossary"},
}
IN_DATA = {
    "signed-off": {"Signed off", "Signed actions"},
    "due-soon": {"Due soon"},
    "workstreams": {"Workstreams", "All workstreams"},
    "glossary": {"Glossary"},
}
"""What speaks of each part that can be left out, in the words of each format."""


def arranged(read, *left_out):
    return arranging.arranged(read, foreword=None, order=(), left_out=left_out)


def told_in(read):
    """The headings, drawings and tables of the documents."""
    kinds = {Heading: "words", Chart: "title", Table: "caption"}
    blocks = all_blocks(document_of(read).blocks)
    return [getattr(each, kinds[type(each)]) for each in blocks if type(each) in kinds]


@pytest.fixture(scope="module")
def filled():
    return Everything(**{"Cover.edition": "board"}).content


def test_each_part_that_can_be_left_out_is_asked_for():
    assert set(ON_THE_PAGE) == set(IN_DOCUMENTS) == set(IN_DATA) == set(arranging.LEAVABLE)


@pytest.mark.parametrize("part", arranging.LEAVABLE)
def test_documents_have_no_heading_of_what_was_left_out(filled, part):
    usual, shorter = told_in(arranged(filled)), told_in(arranged(filled, part))
    assert IN_DOCUMENTS[part] <= set(usual)
    assert IN_DOCUMENTS[part].isdisjoint(shorter)
    rest = set().union(*(words for name, words in IN_DOCUMENTS.items() if name != part))
    assert rest <= set(shorter)
    assert shorter.count("Due and complete, by month") == 1


@pytest.mark.parametrize(("kind", "words"), [("pdf", words_of), ("word", words_of_word)])
def test_the_burn_up_stays_in_files_without_workstreams(filled, kind, words):
    said = words(FORMATS[kind].made_of(arranged(filled, "workstreams")))
    assert squeezed(BURN_UP) in said
    assert squeezed(filled.summary.burn_up_words) in said
    assert squeezed("By stage in each workstream") not in said
    assert squeezed("By stage in each workstream") in words(FORMATS[kind].made_of(arranged(filled)))


@pytest.mark.parametrize("part", arranging.LEAVABLE)
def test_data_has_no_sheet_of_what_was_left_out(filled, part):
    usual = {sheet.name for sheet in sheets_of(arranged(filled))}
    book = FORMATS["workbook"].made_of(arranged(filled, part))
    names = set(CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names)
    assert usual - names == IN_DATA[part]
    assert "Burn up" in names


@pytest.fixture
def shown(packable, client, filled):
    """What the page shows of the filled content where the office left out these parts."""
    pack = steps.read_pack(packable, AUGUST, on=NOW)
    board = {"Cover.edition": Edition.BOARD.value}
    store_instead(pack, content.to_json(Everything(**board | cover_of(pack)).content))

    def of(*left_out):
        PackRun._base_manager.filter(pack=pack).update(left_out=[*left_out])
        client.force_login(packable.people[Role.PROGRAMME_OFFICE])
        with at(NOW):
            page = client.get(steps.run_of(pack).pack_url).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        found = re.findall(r"<(h[1-6]|caption|figcaption)\b[^>]*>(.*?)</\1>", main, re.DOTALL)
        return html.unescape(re.sub(r"<[^>]*>|\s+", " ", " | ".join(text for _, text in found)))

    return of


@pytest.mark.parametrize("part", arranging.LEAVABLE)
def test_the_page_has_no_heading_of_what_was_left_out(shown, part):
    usual, shorter = shown(), shown(part)
    assert [words for words in ON_THE_PAGE[part] if words not in usual] == []
    assert [words for words in ON_THE_PAGE[part] if words in shorter] == []
    assert BURN_UP in shorter


def test_the_burn_up_stands_after_the_summary_without_workstreams(packable):
    pack = steps.read_pack(packable, AUGUST, on=NOW)
    read = content.from_json(pack.content)
    pages = pages_of(FORMATS["pdf"].made_of(arranged(read, "workstreams")))
    (summary,) = (page for page in pages if "\nSummary\n" in page)
    assert "See page" in summary
    assert BURN_UP in summary
