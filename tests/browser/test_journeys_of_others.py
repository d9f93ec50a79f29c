"""Journeys of those who sign, read and administer: through real pages, on the real plan."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk
from tests.browser.desk import Words
from tests.browser.pages import ADMINISTRATOR, CHAIR, FAMILIES, LEAD
from tests.browser.people import People
from tests.browser.served import Served

pytestmark = pytest.mark.browser

KEY = "AI1.3-1"
SECOND_CHAIR = "chair-3"


def source(page: Page, path: str) -> str:
    """All that a page hands to the browser, whether it is shown or not."""
    page.goto(path)
    return page.content()


def give_role(page: Page, person: int, role: str, scope: str) -> None:
    """Give a person a role on the pages of the site."""
    page.goto(f"/people/{person}/")
    page.get_by_role("button", name="Give a role").click()
    page.get_by_label(role).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Workstream").select_option(scope)
    page.get_by_role("button", name="Give this role").click()


def test_who_worked_on_it_cannot_sign_and_another_chair_can(people: People, site: Served):
    known = site.known["people"]["demonstration"]
    # Given a chair who was also made a lead, and reported the milestone
    administrator = people.window(ADMINISTRATOR)
    chair = people.window(CHAIR, statuses=(403,))
    give_role(administrator, known[CHAIR]["pk"], "Workstream lead", "AI1&4")
    desk.says(administrator, "has a new role: Workstream lead")
    desk.report(chair, site, KEY, Words(happened="The chair lent a hand."))
    # When the lead proposes it complete
    lead = people.window(LEAD)
    lead.goto(desk.address(site, KEY))
    lead.get_by_role("link", name="Propose complete").click()
    lead.get_by_label("What shows that it is complete?").fill("Minutes of 10 October, item 4")
    desk.bring_evidence(lead)
    lead.get_by_role("button", name="Propose complete").click()
    desk.says(lead, f"{KEY} is proposed complete.")
    # Then the chair who worked on it is told why they cannot sign, and gets no button
    chair.goto(desk.address(site, KEY, "sign-off/"))
    expect(chair.get_by_text("Nobody decides on their own work")).to_be_visible()
    expect(chair.get_by_role("button", name="Record my decision")).to_have_count(0)
    # And another chair reads what shows it, and signs
    other = people.window(SECOND_CHAIR)
    other.goto(desk.address(site, KEY))
    other.get_by_role("button", name="Review for sign-off").click()
    expect(other.get_by_text("Minutes of 10 October, item 4")).to_be_visible()
    other.get_by_label("Sign off as complete").check()
    other.get_by_label("I have read all of the frame above").check()
    other.get_by_role("button", name="Record my decision").click()
    desk.says(other, f"{KEY}: signed off.")
    # And the history says who did what
    other.get_by_role("link", name="History", exact=True).click()
    entries = other.locator(".hs-trail__entry")
    expect(entries.nth(0)).to_contain_text(
        "Stage changed from “Proposed complete” to “Signed off”."
    )
    expect(entries.nth(0)).to_contain_text(known[SECOND_CHAIR]["name"])
    expect(other.locator(".hs-trail")).to_contain_text("Minutes of 10 October, item 4")


def test_parents_and_carers_read_their_sentence_and_no_officer_s_words(
    people: People, site: Served
):
    # Given an update in which every field says something of its own
    lead = people.window(LEAD)
    said = Words(
        "Amber: at risk",
        "ZEBRA-HAPPENED",
        "ZEBRA-NEXT",
        "ZEBRA-REASON",
        "Schools can ask for help from Monday.",
        "ZEBRA-NOTE",
    )
    desk.report(lead, site, KEY, said)
    # When a parent carer representative reads every page on which it could stand
    reader = people.window(FAMILIES)
    plan = f"/plans/{site.known['plans']['demonstration']}/"
    pages = {
        name: source(reader, path)
        for name, path in {
            "milestone": desk.address(site, KEY),
            "updates": desk.address(site, KEY, "updates/"),
            "history": desk.address(site, KEY, "history/"),
            "home": "/",
            "action": f"{plan}actions/AI1.3/",
            "table": f"{plan}milestones/?q={KEY}",
        }.items()
    }
    # Then the sentence is there, and no officer's words, note or name
    for name in ("milestone", "updates", "home"):
        assert said.families in pages[name], name
    for name, text in pages.items():
        assert "ZEBRA" not in text, name
        assert site.known["people"]["demonstration"][LEAD]["name"] not in text, name
    # And a lead's page has all of it, so that there was something to hide
    lead.goto(desk.address(site, KEY))
    shown = lead.locator("body").inner_text()
    for words in (said.happened, said.next, said.reason, said.note, said.families):
        assert words in shown


def test_an_administrator_invites_gives_and_ends(people: People, site: Served):
    # Given an administrator who invites a board member
    page = people.window(ADMINISTRATOR)
    page.goto("/people/")
    page.get_by_role("button", name="Invite a person").click()
    page.get_by_label("Board member").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Full name").fill("Frances Newly")
    page.get_by_label("E-mail address").fill("frances.newly@example.org")
    page.get_by_role("button", name="Invite").click()
    desk.says(page, "Frances Newly is invited, and gets an e-mail.")
    # When they give a second role and end the first now
    number = int(re.findall(r"/people/(\d+)/$", page.url)[0])
    give_role(page, number, "Workstream lead", "AI2")
    desk.says(page, "Frances Newly has a new role: Workstream lead")
    page.get_by_role("link", name="End the role Board member").click()
    page.get_by_label("Now").check()
    page.get_by_label("Reason").fill("Now leads a workstream")
    page.get_by_role("button", name="End this role").click()
    # Then the person's page shows the roles and, with reasons, what happened
    desk.says(page, "The end is noted.")
    expect(page.get_by_role("link", name="End the role Board member")).to_have_count(0)
    expect(page.get_by_role("link", name="End the role Workstream lead")).to_be_visible()
    history = page.locator(".hs-trail")
    expect(history).to_contain_text("Role given: Workstream lead")
    expect(history).to_contain_text("Now leads a workstream")
    # And the list finds them
    page.goto("/people/?q=frances")
    expect(page.get_by_role("link", name="Frances Newly")).to_be_visible()
