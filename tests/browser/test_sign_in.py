"""Signing in, with and without a second factor."""

import pytest
from playwright.sync_api import expect

from tests.browser import desk, steps
from tests.browser.pages import LEAD
from tests.browser.people import People
from tests.browser.served import Served

pytestmark = pytest.mark.browser


def test_a_person_without_a_session_is_led_to_the_page_they_wanted(people: People, site: Served):
    # Given a link from an e-mail, opened by somebody who is not signed in
    page = people.window()
    wanted = desk.address(site, "AI1.3-1", "updates/new/")
    page.goto(wanted)
    # When they sign in
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    steps.sign_in(page, site.known["people"]["demonstration"][LEAD]["email"])
    # Then they are where the link leads
    expect(page).to_have_url(f"{site.address}{wanted}")


def test_whoever_asked_for_a_new_password_can_still_set_up_a_second_factor(
    people: People, site: Served
):
    # Given a lead who asked for a link to a new password, and never followed it
    page = people.window(LEAD)
    asking = people.window()
    asking.goto("/account/password/reset/")
    asking.get_by_label("Email").fill(site.known["people"]["demonstration"][LEAD]["email"])
    steps.send(asking)
    expect(asking).to_have_url(f"{site.address}/account/password/reset/done/")
    # When they set up an authenticator app
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Set up").click()
    # Then they get the picture to scan
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")


def test_the_back_button_shows_nothing_after_signing_out(people: People, site: Served):
    # Given a lead who reads a milestone and signs out
    page = people.window(LEAD)
    page.goto(desk.address(site, "AI1.3-1"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    # When the next reader at the same screen goes back
    page.go_back()
    # Then the sign-in page is all there is
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
