"""The gallery shows every component; base.html frames every page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.template.loader import render_to_string
from django.test import RequestFactory

from hertsend.ui import gallery
from tests.hertsend.ui.helpers import words

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))


@pytest.fixture
def request_():
    request = RequestFactory().get("/ui/")
    request.user = AnonymousUser()
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    request.csp_nonce = "n0nce"
    return request


@pytest.fixture
def page(request_) -> str:
    return gallery.component_gallery(request_).content.decode()


def test_every_component_is_on_the_gallery():
    sources = "".join(path.read_text() for path in (TEMPLATES / "ui").glob("*.html"))
    shown = {name.replace("-", "_") for name in re.findall(r"<c-([a-z-]+)", sources)}
    # This one is put on every page by base.html.
    assert set(COMPONENTS) - shown == set()


def test_the_gallery_is_one_valid_page(page):
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert "<c-" not in page
    identifiers = re.findall(r'\sid="([^"]*)"', page)
    assert len(identifiers) == len(set(identifiers))


def test_references_lead_somewhere(page):
    identifiers = set(re.findall(r'\sid="([^"]*)"', page))
    named = re.findall(r'(?:aria-describedby|aria-labelledby|aria-controls|for)="([^"]*)"', page)
    assert {name for names in named for name in names.split()} - identifiers == set()
    assert set(re.findall(r'href="#([^"]+)"', page)) - identifiers == set()


def test_no_style_and_no_script_stand_in_the_page(page):
    assert "style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    scripts = re.findall(r"<script[^>]*>", page)
    assert len(scripts) == 1
    assert 'nonce="n0nce"' in scripts[0]
    assert 'type="module"' in scripts[0]


def test_an_abbreviation_is_explained_once(page):
    assert page.count('<abbr title="Attention deficit hyperactivity disorder">ADHD</abbr>') == 1
    assert page.count("ADHD") > 1


def test_messages_are_notification_banners(request_):
    request_._messages.add(25, "Your update is saved. <b>")
    html = render_to_string("404.html", {}, request_)

    assert 'class="govuk-notification-banner govuk-notification-banner--success"' in html
    assert "Your update is saved. &lt;b&gt;" in html


def test_a_page_with_errors_says_so_in_its_title(request_):
    plain = render_to_string("404.html", {}, request_)
    faulty = render_to_string("404.html", {"has_errors": True}, request_)

    assert "<title>Page not found – hertsend</title>" in plain
    assert "<title>Error: Page not found – hertsend</title>" in faulty


def test_the_frame_shows_what_it_is_given():
    frame = {
        "title": "A plan",
        "person": {"name": "Alex Morgan", "post_line": "ISL Area Manager"},
        "menu": {
            "sections": [
                {"label": "Home", "url": "/", "current": ""},
                {"label": "This month", "url": "/r/", "current": "true", "count": 5},
            ],
            "section": {
                "label": "This month",
                "pages": [
                    {"label": "My return", "url": "/r/", "current": "page", "count": 5},
                    {"label": "Calendar", "url": "/c/", "current": ""},
                ],
            },
            "beside_the_name": [{"label": "My account", "url": "/me/", "current": ""}],
        },
        "demonstration": "The clock is set.",
        "footer": [{"label": "Ratings", "url": "/ratings/"}],
    }
    html = render_to_string("404.html", {"site": frame})

    text = words(html)
    assert "<title>Page not found – A plan – hertsend</title>" in html
    assert (
        "hertsend A plan Alex Morgan · ISL Area Manager My account Sign out "
        "Menu Home This month 5 (5 to do) This month My return 5 (5 to do) Calendar" in text
    )
    assert "Demonstration The clock is set." in text
    assert text.endswith("Ratings OFFICIAL")
    assert html.count('aria-current="true"') == 1
    assert html.count('aria-current="page"') == 1


def test_the_fault_page_needs_no_request_and_no_context():
    html = render_to_string("500.html")

    assert "Something went wrong" in html
    assert "<script" not in html


def test_the_key_stands_only_where_the_page_asks_for_it(request_, page):
    assert "Delivery rating key" in page
    assert "Delivery rating key" not in render_to_string("404.html", {}, request_)


@pytest.mark.parametrize(
    "name", ["400", "403", "403_csrf", "404", "429", "500", "account/locked_out"]
)
def test_pages_of_refusal_have_a_heading_and_a_way_on(name):
    html = render_to_string(f"{name}.html")

    assert html.count("<h1") == 1
    assert "hs-lead" in html


def test_a_refusal_gives_its_sentence():
    refused = words(render_to_string("403.html", {"sentence": "Only the lead may do this."}))
    other = words(render_to_string("403.html"))

    assert "Only the lead may do this." in refused
    assert "Your roles do not include this." in other
