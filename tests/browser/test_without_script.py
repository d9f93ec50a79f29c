"""The same site in a browser that runs no script: everything is a link or a form."""

import pytest
from playwright.sync_api import expect

from tests.browser import desk, steps
from tests.browser.desk import Words
from tests.browser.pages import CHAIR, LEAD, OFFICE, TABLE, Shown
from tests.browser.people import DESKTOP, PHONE, People
from tests.browser.served import Served

OVERDUE = "AI1.3-1"


@pytest.mark.browser
def test_a_lead_does_the_whole_journey(people: People, site: Served):
    page = people.window(script=False, size=PHONE)
    # Given a lead on a phone who signs in, and opens the menu's pages without its button
    page.goto("/")
    steps.sign_in(page, site.known["people"]["demonstration"][LEAD]["email"])
    desk.go_to(page, "This month", "My return")
    expect(page.get_by_role("heading", level=1)).to_have_text("October 2024 return")
    page.get_by_role("link", name="Home", exact=True).first.click()
    # When they send a form with a mistake
    desk.row_of(page, OVERDUE).get_by_role("link", name=f"Update {OVERDUE}").click()
    desk.fill(page, Words("Green: on track", "Said without script."))
    desk.save(page)
    # Then the summary leads to the field, and nothing typed is lost
    page.locator(".govuk-error-summary a").click()
    assert page.url.endswith("#id_reason_for_rating")
    expect(page.get_by_label("What happened")).to_have_value("Said without script.")
    # And the corrected form is saved
    page.get_by_label("Why better than the dates allow").fill("It is printed.")
    desk.save(page)
    desk.says(page, f"Saved: {OVERDUE} is on track for October 2024.")
    # And the table is found, filtered, sorted, and read page by page
    desk.go_to(page, "Plan", "Milestones")
    page.get_by_label("Search").fill("service delivery model")
    page.get_by_role("button", name="Apply").click()
    expect(desk.row_of(page, OVERDUE)).to_contain_text("On track")
    page.get_by_role("link", name="Clear all").click()
    page.get_by_role("link", name="Next").click()
    assert "page=2" in page.url
    # And they sign out
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.browser
def test_a_chair_reads_the_board_s_pages_and_signs(people: People, site: Served):
    page = people.window(CHAIR, script=False)
    # Given a chair who looks at an earlier month
    page.goto(f"/plans/{site.known['plans']['demonstration']}/dashboard/")
    page.get_by_role("combobox", name="Month").select_option(label="June 2024")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("June 2024")
    # When they review what waits for them
    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("link", name="Review").first.click()
    page.get_by_label("Sign off as complete").check()
    page.get_by_label("I have read all of the frame above").check()
    page.get_by_role("button", name="Record my decision").click()
    # Then it is signed
    desk.says(page, "signed off.")


@pytest.mark.browser
def test_the_office_confirms_a_reading(people: People, site: Served):
    page = people.window(OFFICE, script=False)
    page.goto(f"/plans/{site.known['plans']['demonstration']}/readings/")
    heading = page.get_by_role("heading", name="To confirm")
    left = int(heading.inner_text().removeprefix("To confirm "))
    page.get_by_role("link", name="Decide").first.click()
    page.get_by_role("button", name="Confirm").click()
    desk.says(page, "Noted for")
    expect(heading).to_have_text(f"To confirm {left - 1}")


@pytest.mark.browser_full
@pytest.mark.parametrize("shown", TABLE, ids=str)
def test_every_page_is_there(shown: Shown, people: People, served: Served):
    """Headings, forms and links are in the page as it was sent."""
    page = shown.open(people, served, DESKTOP, script=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if page.locator("main form[method=post]").count():
        expect(page.locator("main form[method=post] button").first).to_be_enabled()
