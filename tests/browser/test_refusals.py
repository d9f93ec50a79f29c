"""Pages without an address of their own, provoked as they come up in life."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk, steps
from tests.browser.pages import FAMILIES, LEAD
from tests.browser.people import DESKTOP, PHONE, People
from tests.browser.rules import violations
from tests.browser.served import Served
from tests.browser.watching import TITLE, too_wide

pytestmark = pytest.mark.browser


def is_a_good_page(page: Page, heading: str) -> None:
    """It is framed like every page, breaks no rule at either width, and says what happened."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert TITLE.match(page.title()), page.title()
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert violations(page) == []
        assert too_wide(page) == []


@pytest.mark.parametrize("who", [LEAD, None])
def test_a_page_that_is_not_there(who: str | None, people: People, served: Served):
    page = people.window(who, statuses=(404,))
    page.goto("/nothing/is/here/")
    is_a_good_page(page, "Page not found")


def test_a_page_that_the_reader_may_not_open(people: People, served: Served):
    page = people.window(FAMILIES, statuses=(403,))
    page.goto(f"/plans/{served.known['plans']['demonstration']}/dashboard/")
    expect(page.get_by_role("link", name="Home", exact=True)).to_be_visible()
    is_a_good_page(page, "You cannot do this")


def test_a_form_whose_cookie_is_gone(people: People, served: Served):
    page = people.window(statuses=(403,))
    page.goto("/account/login/")
    page.context.clear_cookies()
    steps.send(page)
    is_a_good_page(page, "Send the form again")


def test_a_form_with_far_too_many_fields(people: People, served: Served):
    page = people.window(statuses=(400,))
    page.goto("/account/login/")
    with served.complaining("TooManyFieldsSent"), page.expect_navigation():
        page.locator("main form").evaluate(
            """form => {
              for (let at = 0; at < 1100; at += 1) {
                form.append(Object.assign(document.createElement("input"), {name: `field-${at}`}));
              }
              form.submit();
            }"""
        )
    is_a_good_page(page, "The request could not be read")


def test_a_fault_of_ours(people: People, site: Served):
    page = people.window(LEAD, statuses=(500,))
    with site.complaining("no such table"):
        with closing(sqlite3.connect(site.database)) as database:
            database.execute("ALTER TABLE plans_glossaryterm RENAME TO taken_away")
        page.goto("/")
    is_a_good_page(page, "Something went wrong")


def test_too_many_wrong_passwords_for_one_account(people: People, site: Served):
    page = people.window(statuses=(429,))
    for _ in range(5):
        page.goto("/account/login/")
        steps.sign_in(page, "office@hertsend.invalid", "not the password")
    is_a_good_page(page, "Sign-in is locked for a time")
    # And the right password does not help until the time is over
    page.goto("/account/login/")
    steps.sign_in(page, "office@hertsend.invalid")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in is locked for a time")


def test_somebody_else_s_plan_is_not_there(people: People, served: Served):
    page = people.window(LEAD, statuses=(404,))
    page.goto(f"/plans/{served.known['plans']['quiet']}/")
    is_a_good_page(page, "Page not found")


def test_a_closed_account_is_told_so(people: People, served: Served):
    page = people.window()
    page.goto("/account/login/")
    steps.sign_in(page, "closed@hertsend.invalid")
    expect(page.locator("main")).not_to_contain_text("What you owe this month")
    assert page.url != f"{served.address}/"
    assert violations(page) == []


def test_a_plan_that_names_no_day_is_never_called_overdue(people: People, served: Served):
    page = people.window(LEAD)
    page.goto(desk.address(served, served.known["rows"]["demonstration"]["undated"]))
    expect(page.locator("main")).not_to_contain_text("verdue")
    expect(page.locator("main")).to_contain_text("The plan gives no day.")
