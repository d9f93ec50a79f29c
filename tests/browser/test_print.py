"""A pack on paper: what must stand on every page does, from the pack's own words."""

import pytest

from tests.browser.pages import OFFICE
from tests.browser.people import People
from tests.hertsend.documents.pdfs import pages_of

pytestmark = pytest.mark.browser


def test_each_printed_page_of_a_pack_carries_its_marking(people: People):
    page = people.window(OFFICE)
    page.goto("/plans/hertfordshire-2023/packs/")
    page.locator("main table a[href*='/board/']").first.click()
    marking = page.locator("html").get_attribute("data-hs-marking")
    assert marking == "OFFICIAL · Demonstration: all progress is invented"
    sheets = pages_of(page.pdf(prefer_css_page_size=True))
    assert len(sheets) > 10
    for number, sheet in enumerate(sheets, start=1):
        assert marking in " ".join(sheet.split()), f"page {number}"
        assert f"{number} of {len(sheets)}" in sheet
