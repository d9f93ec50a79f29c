"""Journeys of those who report: through real pages, on the real plan."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import desk, steps
from tests.browser.desk import Hand, Words
from tests.browser.pages import CHAIR, LEAD, OFFICE
from tests.browser.people import DESKTOP, PHONE, People
from tests.browser.rules import violations
from tests.browser.served import Served

pytestmark = pytest.mark.browser

EXPECTED = "AI1.4-3"  # on track in September, and nothing is written for October
OVERDUE = "AI1.3-1"  # due on 30 September, not done
CONFLICT, REFUSED = 409, 403


def test_what_is_due_is_reported_in_a_handful_of_steps_and_seen_by_the_board(
    people: People, site: Served
):
    # Given a lead who signs in, and a board on whose dashboard October has begun
    lead, chair = people.window(), people.window(CHAIR)
    board = f"/plans/{site.known['plans']['demonstration']}/dashboard/?month=2024-10"
    chair.goto(board)
    off_track = desk.figure(chair, "off track")
    lead.goto("/")
    steps.sign_in(lead, site.known["people"]["demonstration"][LEAD]["email"])
    expect(lead.get_by_role("heading", level=1)).to_have_text("What you owe this month")
    expect(desk.row_of(lead, EXPECTED)).to_contain_text("On track")
    # When they rate what is expected this month and say what happened
    hand = Hand()
    hand.press(desk.row_of(lead, EXPECTED).get_by_role("link", name=f"Update {EXPECTED}"))
    hand.press(lead.get_by_label("Red: off track"))
    hand.type(lead.get_by_label("What happened"), "The provider has withdrawn.")
    hand.press(lead.get_by_role("button", name="Save update"))
    # Then it took a handful of steps, and home says that the reason is still to be given
    assert hand.steps == 4
    desk.says(lead, f"Saved: {EXPECTED} is off track for October 2024.")
    expect(desk.row_of(lead, EXPECTED)).to_contain_text("needs an exception report")
    expect(lead.locator(".hs-side")).to_contain_text("1 of 20 milestones ready.")
    # And the milestone, the table and the board's dashboard show it
    lead.goto(desk.address(site, EXPECTED))
    expect(lead.locator(".moj-timeline__item").first).to_contain_text("October 2024")
    expect(lead.locator(".moj-timeline__item").first).to_contain_text("The provider has withdrawn.")
    desk.go_to(lead, "Plan", "Milestones")
    expect(desk.row_of(lead, EXPECTED)).to_contain_text("Off track")
    chair.goto(board)
    assert desk.figure(chair, "off track") == off_track + 1
    chair.get_by_text("Show the other").first.click()
    expect(
        desk.row_of(chair, EXPECTED).filter(has_text="The provider has withdrawn.")
    ).to_be_visible()


def test_a_rating_better_than_the_dates_allow_needs_a_reason_and_loses_no_word(
    people: People, site: Served
):
    # Given a lead who rates an overdue milestone green and says why nowhere
    lead = people.window(LEAD)
    desk.open_form(lead, site, OVERDUE)
    typed = Words(
        "Green: on track", "Signed last night.", "Print it.", "", "It is ready.", "Cheap."
    )
    desk.fill(lead, typed)
    # When they save
    desk.save(lead)
    # Then the field of the reason is marked, and all that was typed is still there
    summary = lead.locator(".govuk-error-summary")
    reason = lead.get_by_label("Why better than the dates allow")
    expect(reason).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").click()
    expect(reason).to_be_focused()
    expect(lead.get_by_label("Green: on track")).to_be_checked()
    for name, label in desk.BOXES.items():
        expect(lead.get_by_label(label)).to_have_value(getattr(typed, name))
    # And with a reason it is accepted, and the reason stands beside the rating
    reason.fill("The printer has confirmed Friday.")
    desk.save(lead)
    desk.says(lead, f"Saved: {OVERDUE} is on track for October 2024.")
    expect(lead.locator(".moj-timeline__item").first).to_contain_text(
        "The printer has confirmed Friday."
    )


def test_of_two_who_write_at_once_the_second_sees_both_texts_and_saves_again(
    people: People, site: Served
):
    # Given a lead and the programme office with the same form open
    lead, office = people.window(LEAD, statuses=(CONFLICT,)), people.window(OFFICE)
    for page in (lead, office):
        desk.open_form(page, site, OVERDUE)
    desk.fill(lead, Words(happened="The lead's words.", next="The lead's plan."))
    desk.fill(office, Words(happened="The office's words."))
    # When the office saves first and the lead second
    desk.save(office)
    desk.says(office, f"Saved: {OVERDUE}")
    desk.save(lead)
    # Then the lead reads both, on a page that everybody can read
    expect(lead.get_by_text("Someone else saved this milestone first")).to_be_visible()
    both = lead.get_by_role("row", name="What happened")
    expect(both).to_contain_text("The office's words.")
    expect(both).to_contain_text("The lead's words.")
    expect(lead.get_by_label("What happens next")).to_have_value("The lead's plan.")
    for size in (DESKTOP, PHONE):
        lead.set_viewport_size(size)
        assert violations(lead) == []
    # And can save again, after which both updates stand in their order
    desk.save(lead)
    desk.says(lead, f"Saved: {OVERDUE}")
    entries = lead.locator(".moj-timeline__item")
    expect(entries.nth(0)).to_contain_text("The lead's words.")
    expect(entries.nth(1)).to_contain_text("The office's words.")


def test_pressing_the_button_twice_makes_one_update(people: People, site: Served):
    # Given a filled form
    lead = people.window(LEAD)
    desk.open_form(lead, site, OVERDUE)
    desk.fill(lead, Words(happened="Pressed twice."))
    # When the button is pressed twice in a row
    lead.get_by_role("button", name="Save update").dblclick()
    # Then it is saved, once
    desk.says(lead, f"Saved: {OVERDUE}")
    lead.goto(desk.address(site, OVERDUE, "updates/"))
    expect(lead.locator(".moj-timeline__item").filter(has_text="Pressed twice.")).to_have_count(1)


def test_a_form_that_arrives_twice_at_once_makes_one_update(people: People, site: Served):
    # Given a filled form, and a connection on which it is sent twice
    lead = people.window(LEAD)
    desk.open_form(lead, site, OVERDUE)
    desk.fill(lead, Words(happened="Arrived twice."))
    # When both arrive at the same time
    answers = lead.locator("main form").evaluate(
        """form => Promise.all([1, 2].map(() =>
             fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))})
               .then(answer => [answer.status, new URL(answer.url).pathname])))"""
    )
    # Then both are told that it is saved, and it is saved once
    assert answers == [[200, desk.address(site, OVERDUE)]] * 2
    lead.goto(desk.address(site, OVERDUE, "updates/"))
    expect(lead.locator(".moj-timeline__item").filter(has_text="Arrived twice.")).to_have_count(1)


def test_a_session_that_ended_loses_no_word_and_leads_back_to_the_form(
    people: People, site: Served
):
    # Given a lead whose session ends while they type
    lead = people.window(LEAD, statuses=(REFUSED,))
    desk.open_form(lead, site, OVERDUE)
    desk.fill(lead, Words(happened="Typed for an hour.", note="And a note."))
    lead.context.clear_cookies(name="sessionid")
    # When they save
    desk.save(lead)
    # Then they read their words on a page that everybody can read
    expect(lead.get_by_role("heading", level=1)).to_have_text("You were signed out")
    for words in ("Typed for an hour.", "And a note."):
        expect(lead.get_by_text(words)).to_be_visible()
    for size in (DESKTOP, PHONE):
        lead.set_viewport_size(size)
        assert violations(lead) == []
    # And sign in, after which the form opens with their words in it
    lead.get_by_role("button", name="Sign in").click()
    steps.sign_in(lead, site.known["people"]["demonstration"][LEAD]["email"])
    form = desk.address(site, OVERDUE, "updates/new/")
    expect(lead).to_have_url(re.compile(f"^{re.escape(site.address + form)}"))
    expect(lead.get_by_label("What happened")).to_have_value("Typed for an hour.")
    expect(lead.get_by_label("Internal note")).to_have_value("And a note.")
    desk.save(lead)
    desk.says(lead, f"Saved: {OVERDUE}")


def test_the_office_sees_who_has_not_reported(people: People, site: Served):
    # Given a milestone that nobody has reported for October
    office, lead = people.window(OFFICE), people.window(LEAD)
    office.goto("/")
    returns = office.get_by_role("table", name="Updates received and missing, by workstream")
    stream = returns.get_by_role("row", name="AI1&4")
    expect(stream).to_contain_text("0 of 20")
    expect(stream.get_by_role("link", name=OVERDUE, exact=True)).to_be_visible()
    # When its lead reports it
    desk.report(lead, site, OVERDUE, Words())
    # Then it is no longer missing
    office.reload()
    expect(stream).to_contain_text("1 of 20")
    expect(stream.get_by_role("link", name=OVERDUE, exact=True)).to_have_count(0)
