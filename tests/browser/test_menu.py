"""The menu on a phone: folded behind two buttons, opened and walked through by the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import OFFICE
from tests.browser.people import DESKTOP, NARROWEST, PHONE, People
from tests.browser.rules import violations
from tests.browser.served import Served
from tests.browser.watching import too_wide

pytestmark = pytest.mark.browser


def address(served: Served) -> str:
    return f"/plans/{served.known['plans']['demonstration']}/milestones/"


def links(page: Page, row: str):
    return page.get_by_role("navigation", name=row, exact=True).get_by_role("link")


def test_both_rows_fold_and_open_by_the_keyboard(people: People, served: Served):
    page = people.window(OFFICE, size=PHONE)
    page.goto(address(served))
    # Given two buttons in place of the links
    menu, section = (page.get_by_role("button", name=name, exact=True) for name in ("Menu", "Plan"))
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(links(page, "Menu")).to_have_count(0)
    expect(links(page, "Plan")).to_have_count(0)
    # When the second one is opened by the keyboard
    section.focus()
    page.keyboard.press("Enter")
    # Then the pages of the section follow in the order of the tab key, the current one marked
    expect(section).to_have_attribute("aria-expanded", "true")
    expect(links(page, "Plan")).not_to_have_count(0)
    page.keyboard.press("Tab")
    expect(links(page, "Plan").first).to_be_focused()
    current = page.locator("#section-navigation [aria-current]")
    expect(current).to_have_text("Milestones")
    expect(current).to_have_attribute("aria-current", "page")
    # And nothing is broken or too wide with both open
    menu.focus()
    page.keyboard.press("Space")
    expect(links(page, "Menu")).not_to_have_count(0)
    assert violations(page) == []
    page.set_viewport_size(NARROWEST)
    assert too_wide(page) == []
    # And on a wide screen all links stand there without the buttons
    page.set_viewport_size(DESKTOP)
    expect(menu).to_be_hidden()
    expect(links(page, "Menu").last).to_be_visible()
    expect(links(page, "Plan").last).to_be_visible()


def test_without_script_every_link_stands_open(people: People, served: Served):
    page = people.window(OFFICE, size=PHONE, script=False)
    page.goto(address(served))
    for row in ("Menu", "Plan"):
        expect(links(page, row).last).to_be_visible()
        expect(page.get_by_role("button", name=row, exact=True)).to_be_hidden()
    page.set_viewport_size(NARROWEST)
    expect(links(page, "Plan").last).to_be_in_viewport()
