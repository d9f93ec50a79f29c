"""What every page of a pack must carry stands on every page, in every format."""

import dataclasses
import datetime as dt
import io
import zipfile

import docx
import pytest
from python_calamine import CalamineWorkbook

from governance.boardpack.arranging import as_preview
from governance.boardpack.files import FORMATS
from governance.boardpack.sheets import sheets_of
from governance.boardpack.snapshot import opened
from governance.enums import Edition
from hertsend.accounts.roles import Role
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import pages_of

NOW = dt.date(2024, 9, 12)
NOTICE = "Demonstration: all progress is invented"
MARKING = f"OFFICIAL · {NOTICE}"


@pytest.fixture(params=[True, False], ids=["demonstration", "in use"])
def pack(request, packable, settings):
    settings.HERTSEND_DEMONSTRATION = request.param
    return steps.read_pack(packable, AUGUST, on=NOW)


@pytest.fixture
def marking(pack):
    return MARKING if pack.content["cover"]["notice"] else "OFFICIAL"


def test_each_page_of_the_pdf_carries_it_on_one_line(pack, marking):
    content = opened(pack)
    for told, words in (
        (content, marking),
        (as_preview(content), f"{marking} · Preview: not issued"),
    ):
        pages = pages_of(FORMATS["pdf"].made_of(told))
        assert len(pages) > 3
        for number, page in enumerate(pages, start=1):
            assert foot(words, number, len(pages)) in page.splitlines()
            assert (NOTICE in page) == (NOTICE in words)


def foot(words, number, count):
    """The one line at the foot of a page."""
    return f"{words} Version 1 · cut-off 10 September 2024, 12:00 {number} of {count}"


def test_a_longer_marking_is_smaller_and_still_on_one_line(pack):
    content = opened(pack)
    notice = f"Demonstration: {'all progress is invented, ' * 3}in full"
    longer = dataclasses.replace(content, cover=dataclasses.replace(content.cover, notice=notice))
    pages = pages_of(FORMATS["pdf"].made_of(longer))
    for number, page in enumerate(pages, start=1):
        assert foot(f"OFFICIAL · {notice}", number, len(pages)) in page.splitlines()


def test_the_word_document_carries_it(pack, marking):
    read = docx.Document(io.BytesIO(FORMATS["word"].made_of(opened(pack))))
    assert read.sections[0].header.paragraphs[0].text == marking


def test_each_row_of_the_data_carries_the_notice_and_each_sheet_the_marking(pack, marking):
    content = opened(pack)
    is_demonstration = NOTICE in marking
    first, *lists = sheets_of(content)
    assert dict(first.rows)["Notice"] == (NOTICE if is_demonstration else "")
    for sheet in lists:
        assert (sheet.headings[-1] == "Notice") == is_demonstration, sheet.name
        assert {row[-1] == NOTICE for row in sheet.rows} <= {is_demonstration}
    body = FORMATS["workbook"].made_of(content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name("Milestones")
    assert (NOTICE in rows.to_python()[1]) == is_demonstration
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        feet = [archive.read(name).decode() for name in sheets]
    assert len(feet) == len(lists) + 1
    assert all(f"&amp;L{marking}&amp;R&amp;P of &amp;N" in foot for foot in feet)
    with zipfile.ZipFile(io.BytesIO(FORMATS["csv"].made_of(content))) as archive:
        (name,) = [each for each in archive.namelist() if "milestones" in each]
        assert (NOTICE in archive.read(name).decode()) == is_demonstration


def test_the_page_carries_it_on_its_cover_at_its_foot_and_for_paper(
    pack, marking, packable, client
):
    run = steps.issue(packable, pack, on=NOW)
    client.force_login(packable.people[Role.BOARD_MEMBER])
    with at(NOW):
        page = client.get(run.pack_url).content.decode()
    assert f'<html lang="en-GB" class="govuk-template" data-hs-marking="{marking}">' in page
    foot = page[page.index("hs-pack__foot") :]
    assert foot.partition(">")[2].startswith(f"{marking} · Version 1")
    cover = page[page.index("hs-pack__cover") : page.index("In this pack")]
    assert marking in " ".join(cover.split())
    assert (NOTICE in page) == (NOTICE in marking)


def test_a_page_that_is_not_issued_says_so_on_paper_too(packable, client):
    run = steps.lay_out(steps.read_pack(packable, AUGUST, on=NOW), on=NOW)
    client.force_login(packable.people[Role.PROGRAMME_OFFICE])
    with at(NOW):
        page = client.get(run.pack_url).content.decode()
    assert 'data-hs-marking="OFFICIAL · Preview: not issued"' in page


@pytest.mark.parametrize("edition", Edition)
def test_other_pages_have_no_marking_of_a_pack(packable, client, edition):
    run = steps.lay_out(steps.read_pack(packable, AUGUST, on=NOW, edition=edition), on=NOW)
    client.force_login(packable.people[Role.PROGRAMME_OFFICE])
    with at(NOW):
        assert "data-hs-marking" not in client.get(run.get_absolute_url()).content.decode()
        assert "data-hs-marking" in client.get(run.pack_url).content.decode()
