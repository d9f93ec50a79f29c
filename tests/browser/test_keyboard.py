"""A lead with eight milestones hands a return in with the keyboard alone, and what it costs them.

From home to the return that is in: every milestone is rated and told of, and each that is overdue
gets its exception report. Keys and fields are counted and held; seconds are only said.
"""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import desk
from tests.browser.keys import Keyboard
from tests.browser.pages import CHAIR
from tests.browser.people import People
from tests.browser.served import Served

pytestmark = pytest.mark.browser

OTHER_LEAD = "lead-2"
WITHDRAWN = ("PA1.5-5", "PA1.6-1")
"""Of the ten that the workstream reports in October 2024; eight are left."""

OVERDUE = ("PA1.4-1", "PA1.2-2", "PA1.5-1", "PA1.1-3", "PA1.3-3", "PA1.6-2")
ON_TIME = ("PA1.3-4", "PA1.6-3")

GREEN, RED = 0, 2
PAGES = 2 * len(OVERDUE) + 2
"""The return, a report for each overdue milestone and back again, and the return once it is in."""

FIELDS = 2 * (len(OVERDUE) + len(ON_TIME)) + 7 * len(OVERDUE)
"""A rating and what happened for each; cause, effect, doing, a day in three boxes, and the ask."""

MOST_PRESSES = 260
"""Keys that move, choose and send; letters not counted."""


def withdraw(chair: Page, site: Served, key: str) -> None:
    chair.goto(desk.address(site, key, "withdraw/"))
    chair.get_by_label("The board's decision and its reason").fill("Minuted on 2 October.")
    chair.locator("main form[method=post] button[type=submit]").first.click()
    desk.says(chair, f"{key}: withdrawn.")


def save_of(key: str) -> re.Pattern[str]:
    """The name of the button that saves a row."""
    return re.compile(rf"Save this row ?: {re.escape(key)}$")


def card(page: Page, key: str) -> Locator:
    """The open row of a milestone."""
    return page.locator("[data-return-row]").filter(
        has=page.get_by_role("button", name=save_of(key))
    )


def write_row(keys: Keyboard, key: str, rating: int) -> None:
    """Open a row unless it stands open, rate it and say what happened."""
    row = card(keys.page, key)
    if not row.count():
        keys.open(keys.page.get_by_role("link", name=f"Update {key}", exact=True))
        expect(row.locator("h3")).to_be_focused()
    keys.choose(row.get_by_role("radio", name="Green: on track"), arrows=rating)
    keys.write(row.get_by_label("What happened"), "Two of three steps are done.")


def write_report(keys: Keyboard, key: str) -> None:
    """Save the row, write the exception report that it asks for, and come back."""
    row, page = card(keys.page, key), keys.page
    save = row.get_by_role("button", name=save_of(key))
    keys.open(save)
    expect(row.get_by_role("status")).to_contain_text("Draft saved")
    keys.open(row.get_by_role("link", name="write the exception report"), key="Shift+Tab")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Exception report")
    keys.past_the_menu()
    keys.write(page.get_by_label("Cause"), "A post was vacant.")
    keys.write(page.get_by_label("Effect on families"), "They wait longer.")
    keys.write(page.get_by_label("What is being done"), "The post is filled.")
    for label, value in (("Day", "29"), ("Month", "11"), ("Year", "2024")):
        keys.write(page.get_by_label(label, exact=True), value)
    keys.choose(page.get_by_role("group", name="What do you ask").get_by_role("radio").first)
    keys.open(page.get_by_role("button", name="Save the report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("October 2024 return")


def test_a_lead_with_eight_milestones_hands_in_a_return_with_the_keyboard_alone(
    people: People, site: Served
):
    # Given a lead with eight milestones for the month, six of them overdue
    chair = people.window(CHAIR)
    for key in WITHDRAWN:
        withdraw(chair, site, key)
    lead = people.window(OTHER_LEAD)
    lead.goto("/")
    keys, began = Keyboard(lead), time.monotonic()
    # When they go from home into the return
    keys.past_the_menu()
    keys.open(lead.get_by_role("button", name="Update 8 milestones"))
    expect(lead.get_by_role("heading", level=1)).to_have_text("October 2024 return")
    # And write each row, with a report where it is overdue
    for key in OVERDUE:
        write_row(keys, key, RED)
        write_report(keys, key)
    for ready, key in enumerate(ON_TIME, start=len(OVERDUE) + 1):
        write_row(keys, key, GREEN)
        keys.open(card(lead, key).get_by_role("button", name=save_of(key)))
        expect(lead.locator("#return-bar")).to_contain_text(f"{ready} of 8 ready.")
    # And hand it in
    keys.open(lead.get_by_role("button", name="Check and submit"))
    # Then it is in
    desk.says(lead, "return")
    seconds, pages = time.monotonic() - began, keys.pages
    print(  # noqa: T201 - said for the record, held to nothing
        f"{keys.presses} keys, {keys.letters} letters, {keys.fields} fields, "
        f"{pages} pages, {seconds:.0f} seconds"
    )
    lead.goto("/")
    expect(lead.get_by_text("Your October 2024 return is in.")).to_be_visible()
    # And it took no more than was promised
    assert keys.fields == FIELDS
    assert pages == PAGES
    assert keys.presses <= MOST_PRESSES
