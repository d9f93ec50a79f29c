"""Every page in every state: the accessibility rules, its frame, and nothing that fails unseen."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.pages import ERROR, NOT_OURS, NOT_PAGES, TABLE, Shown
from tests.browser.people import DESKTOP, NARROWEST, PHONE, People
from tests.browser.rules import violations
from tests.browser.served import Served
from tests.browser.watching import TITLE, too_wide

pytestmark = pytest.mark.browser

SUMMARY = ".govuk-error-summary"
# What a page decides by its width as it loads, not as the width changes.
NARROWED = "[data-closed-when-narrow]"
# What a step leads on to has an address of its own.
LED_ON = {"governance:return-submit", "mfa_authenticate"}


def names(patterns: list, namespace: str = "") -> Iterator[str]:
    """The names of all addresses of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_looked_at():
    looked_at = {shown.name for shown in TABLE}
    every = {name for name in names(get_resolver().url_patterns) if not name.startswith(NOT_OURS)}
    assert every - looked_at - NOT_PAGES.keys() == set(), "Add the page to tests/browser/pages.py."
    assert (looked_at | NOT_PAGES.keys()) - every == set(), "These addresses are gone."
    assert looked_at & NOT_PAGES.keys() == set()


@pytest.mark.parametrize("shown", TABLE, ids=str)
def test_page(shown: Shown, people: People, served: Served):
    """At both widths no rule is broken; at the narrowest nothing has to be moved sideways.

    A page that came back with mistakes first has to lead to each of them.
    """
    page = shown.open(people, served, DESKTOP)
    if shown.name not in LED_ON:
        assert resolve(urlsplit(shown.path(served)).path).view_name == shown.name
    if shown.state == ERROR:
        leads_to_mistakes(page)
    frame(page)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    if page.locator(NARROWED).count():
        page.reload()
    assert violations(page) == []
    page.set_viewport_size(NARROWEST)
    assert too_wide(page) == []


def frame(page: Page) -> None:
    """What every page has: language, title, one heading of the first rank, the way past the menu."""
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert TITLE.match(page.title()), page.title()
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip() != ""
    if page.locator(SUMMARY).count() == 0:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"


def leads_to_mistakes(page: Page) -> None:
    """For whoever cannot see them: the title says so, the summary has the focus, its links lead on.

    Each link leads to its field, beside which the mistake stands in words, or to where what is
    missing is written.
    """
    summary = page.locator(SUMMARY)
    summary.wait_for()
    assert page.title().startswith("Error: ")
    page.wait_for_function("document.activeElement.classList.contains('govuk-error-summary')")
    links = summary.locator("a")
    assert links.count() >= 1
    for link in links.all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        assert page.evaluate("document.activeElement.id") == target
        place = page.locator(f"[id='{target}']")
        assert place.is_visible()
        if place.evaluate("found => found.matches('input, select, textarea')"):
            group = f".govuk-form-group--error:has([id='{target}'])"
            assert page.locator(f"{group} .govuk-error-message").first.is_visible()
