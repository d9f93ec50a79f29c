"""Journeys of exceptions and dates: a lead reports and asks, boards challenge, a chair decides."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.pages import CHAIR, LEAD
from tests.browser.people import People
from tests.browser.rules import violations
from tests.browser.served import Served

pytestmark = pytest.mark.browser

MEMBER = "board_member"
REASON, REFUSAL = "The posts are filled only now.", "No plan stands behind it."
TAB = "Exceptions and dates"


def late(site: Served) -> str:
    """A milestone of the lead that is late and for which no date is asked."""
    return str(site.known["rows"]["demonstration"]["late"])


def type_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    """Fill the three boxes of a date."""
    boxes = page.get_by_role("group", name=legend)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(label, exact=True).fill(value)


def ask_for(page: Page, day: str, month: str, year: str) -> None:
    """A lead asks for a new date, from the tab."""
    page.get_by_role("button", name="Ask for a new date").click()
    type_day(page, "New date", day, month, year)
    page.get_by_label("Why should the date move?").fill(REASON)
    page.get_by_label("Effect on other milestones").fill("None.")
    page.get_by_role("button", name="Send the request").click()


def decide(page: Page, site: Served, key: str, choice: str, reason: str) -> None:
    """A joint chair finds the request in the queue and decides on it."""
    page.goto(f"/plans/{site.known['plans']['demonstration']}/date-changes/")
    row = page.get_by_role("table", name="Requests that wait").get_by_role("row", name=f"{key} ")
    row.get_by_role("link", name="Decide").click()
    page.get_by_label(choice).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Record my decision").click()


def test_a_lead_reports_and_the_board_asks_and_is_answered(people: People, site: Served):
    key = site.known["rows"]["demonstration"]["overdue"]
    # Given a lead who begins with nothing typed, and is told all that is missing
    lead = people.window(LEAD)
    lead.goto(desk.address(site, key))
    lead.get_by_role("link", name=TAB).click()
    lead.get_by_role("button", name="Write the exception report").click()
    lead.get_by_role("button", name="Save the report").click()
    summary = lead.locator(".govuk-error-summary")
    expect(summary.get_by_role("link")).to_have_count(5)
    # When they fill it in
    lead.get_by_label("Cause").fill("The supplier was late.")
    lead.get_by_label("Effect on families").fill("They wait four weeks longer.")
    lead.get_by_label("What is being done").fill("A smaller version goes live.")
    type_day(lead, "By when", "29", "11", "2024")
    lead.get_by_label("Help", exact=True).check()
    lead.get_by_label("In words").fill("Speak to the trust.")
    lead.get_by_role("button", name="Save the report").click()
    desk.says(lead, f"Exception report for {key}, October 2024, is stored.")
    # Then a board member reads it in the list, and asks
    member = people.window(MEMBER)
    member.goto("/")
    desk.go_to(member, "This month", "Exceptions")
    expect(member.get_by_role("heading", level=1)).to_have_text("Exceptions")
    member.goto(f"/plans/{site.known['plans']['demonstration']}/exceptions/?report=with")
    row = desk.row_of(member, key)
    expect(row).to_contain_text("The supplier was late.")
    expect(row).to_contain_text("Speak to the trust.")
    row.get_by_role("link").first.click()
    member.get_by_role("button", name="Ask a question").click()
    member.get_by_label("Your question").fill("Why did nobody say so in July?")
    member.get_by_role("button", name="Ask", exact=True).click()
    desk.says(member, f"Your question on {key} is asked.")
    # And the lead finds it on home, and answers
    lead.goto("/")
    lead.get_by_role("link", name=f"Answer on {key}").last.click()
    lead.get_by_label("Answer").fill("We learnt of it in August.")
    lead.get_by_role("button", name="Answer", exact=True).click()
    member.reload()
    expect(member.get_by_text("We learnt of it in August.")).to_be_visible()
    assert violations(member) == []


def test_a_chair_refuses_one_date_and_grants_another(people: People, site: Served):
    """Without scripts, as on a tablet that blocks them."""
    key = late(site)
    lead = people.window(LEAD, script=False)
    chair = people.window(CHAIR, script=False)
    # Given a lead who asks for a new date
    lead.goto(desk.address(site, key, "exceptions/"))
    ask_for(lead, "31", "1", "2025")
    desk.says(lead, f"Your request for {key} waits for a joint chair.")
    expect(lead.get_by_role("button", name="Ask for a new date")).to_have_count(0)
    # When a joint chair refuses it
    decide(chair, site, key, "Refuse it: the date stays", REFUSAL)
    desk.says(chair, f"{key}: refused.")
    # Then no date has moved, and the reason stands beside the request
    lead.reload()
    refused = lead.get_by_role("table", name="Requests for a new date").get_by_role("row").nth(1)
    expect(refused).to_contain_text("Refused")
    expect(refused).to_contain_text(REFUSAL)
    chain = lead.get_by_role("table", name="The dates of this milestone")
    expect(chain.get_by_role("row", name="Agreed")).to_have_count(0)
    # When the lead asks for an earlier one, and the chair grants it
    ask_for(lead, "20", "12", "2024")
    decide(chair, site, key, "Grant the new date", "A plan stands behind it now.")
    desk.says(chair, f"{key}: granted.")
    # Then the date has moved by one agreed change, and the published one stays
    lead.reload()
    agreed = chain.get_by_role("row", name="Agreed, change 1")
    expect(agreed).to_contain_text("20 Dec 2024")
    expect(agreed).to_contain_text("A plan stands behind it now.")
    expect(chain.get_by_role("row", name=re.compile("^Published"))).to_contain_text("never changes")
    lead.goto(desk.address(site, key))
    expect(lead.locator(".hs-dates")).to_contain_text("moved once, agreed by Robin Ashby")
