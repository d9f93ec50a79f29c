"""What people do on the pages, in the words in which a journey is told."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.served import Served


@dataclass
class Hand:
    """Counts what a person has to do: each press, each box typed in."""

    steps: int = 0

    def press(self, target: Locator) -> None:
        """Press a link, a button or a choice."""
        self.steps += 1
        target.click()

    def type(self, box: Locator, words: str) -> None:
        """Type words into a box."""
        self.steps += 1
        box.fill(words)


@dataclass(frozen=True)
class Words:
    """What a lead writes about a milestone; what is "" is left as it is."""

    rating: str = "Red: off track"
    happened: str = "The supplier was chosen."
    next: str = ""
    reason: str = ""
    families: str = ""
    note: str = ""


BOXES = {
    "happened": "What happened",
    "next": "What happens next",
    "reason": "Why better than the dates allow",
    "families": "One sentence for families",
    "note": "Internal note",
}


def address(served: Served, key: str, act: str = "") -> str:
    """The page of a milestone of the real plan."""
    return f"/plans/{served.known['plans']['demonstration']}/milestones/{key}/{act}"


def open_form(page: Page, served: Served, key: str) -> None:
    """Open the update form of a milestone."""
    page.goto(address(served, key, "updates/new/"))


def fill(page: Page, words: Words) -> None:
    """Fill the update form, without sending it."""
    page.get_by_label(words.rating).check()
    for name, label in BOXES.items():
        if typed := getattr(words, name):
            page.get_by_label(label).fill(typed)


def save(page: Page) -> None:
    """Send the update form."""
    page.get_by_role("button", name="Save update").click()


def report(page: Page, served: Served, key: str, words: Words) -> None:
    """Report a milestone from opening the form to the word that it is saved."""
    open_form(page, served, key)
    fill(page, words)
    save(page)
    says(page, f"Saved: {key}")


def go_to(page: Page, section: str, name: str) -> None:
    """Go to a page by the menu: first its section, then its link in the second row."""
    for row, link in (("Menu", section), (section, name)):
        navigation = page.get_by_role("navigation", name=row, exact=True)
        navigation.get_by_role("link", name=re.compile(f"^{link}")).click()


def says(page: Page, words: str) -> None:
    """The page tells what was just done."""
    expect(
        page.get_by_role("alert").or_(page.get_by_role("region", name="Success"))
    ).to_contain_text(words)


def row_of(page: Page, key: str) -> Locator:
    """The row of a table that is about a milestone."""
    return page.locator("main tr").filter(has_text=key)


def figure(page: Page, label: str) -> int:
    """A big number of the dashboard."""
    found = page.locator(".hs-figure").filter(has_text=label).locator(".hs-figure__value")
    return int(found.inner_text())


def bring_evidence(page: Page, title: str = "Minutes of the board") -> None:
    """Fill the first piece of evidence with a link."""
    piece = page.get_by_role("group", name="First piece")
    piece.get_by_label("Kind").select_option(label="Document")
    piece.get_by_label("Title").fill(title)
    piece.get_by_label("Day").fill("10")
    piece.get_by_label("Month").fill("10")
    piece.get_by_label("Year").fill("2024")
    piece.get_by_label("What it shows").fill("The board noted that it is done.")
    piece.get_by_label("Link").fill("https://example.org/minutes")
