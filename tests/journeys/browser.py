"""A person at their browser, without a script: reads pages, follows links, presses buttons.

Only what a page offers can be done: a link or button that is not there, a field that the form does
not have and a choice that it does not give are errors of the journey.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hertsend.accounts.models import User

COUNTED = r"%s \d+ \(\d+ to do\)"


@dataclass
class Form:
    """A form as the page holds it; ``choices`` are the values of its radios, ticks and lists."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, set[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def filled(self, typed: dict[str, Any]) -> dict[str, Any]:
        """What is sent: what the page holds, and what was typed over it."""
        known = set(self.values) | set(self.choices)
        assert set(typed) <= known, f"no field {set(typed) - known} among {known}"
        for name, value in typed.items():
            given = value if isinstance(value, list) else [value]
            offered = self.choices.get(name, set(given))
            assert set(given) <= offered, f"{name} offers {offered}, not {given}"
        return self.values | typed


class Page(HTMLParser):
    """The links and forms of a page, and the words of its main part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self._words: list[str] = []
        self._text: list[str] | None = None
        self._ended: Any = None
        self._area = self._select = ""
        self._form = Form("", "get")
        self._is_main = False
        self.feed(html[html.index("<body") :])

    @property
    def words(self) -> str:
        """Everything that is to be read in the page's main part, on one line."""
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "main":
            self._is_main = True
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "input":
            self._input(name, given)
        elif tag == "textarea":
            self._area = name
            self._form.values[name] = ""
        elif tag == "select":
            self._select = name
            self._form.choices[name] = set()
        elif tag == "option" and self._select:
            self._option(given)
        elif tag == "a" and "href" in given:
            self._begin(lambda words: self.links.setdefault(words, given["href"]))
        elif tag == "button":
            form, pressed = self._form, (name, given.get("value", ""))
            self._begin(lambda words: form.buttons.setdefault(words, pressed))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._is_main = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = Form("", "get")
        elif tag in ("a", "button") and self._text is not None:
            self._ended(" ".join(" ".join(self._text).split()))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._form.values[self._area] += data.removeprefix("\n")
        if self._text is not None:
            self._text.append(data)
        if self._is_main:
            self._words.append(data)

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind not in ("radio", "checkbox"):
            self._form.values[name] = value
            return
        value = value or "on"  # as browsers send a tick that names no value
        self._form.choices.setdefault(name, set()).add(value)
        if "checked" in given:
            before = self._form.values.get(name)
            both = [*before, value] if isinstance(before, list) else [value]
            self._form.values[name] = value if kind == "radio" else both

    def _option(self, given: dict[str, str]) -> None:
        value = given.get("value", "")
        self._form.choices[self._select].add(value)
        if "selected" in given or self._select not in self._form.values:
            self._form.values[self._select] = value

    def _begin(self, ended: Any) -> None:
        self._text, self._ended = [], ended


class Browser:
    """One person, signed in, at the page that they see."""

    def __init__(self, person: User) -> None:
        self.client = Client()
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        self.client.force_login(person, backend=backend)
        self.response = HttpResponse()
        self.address = ""

    def open(self, address: str) -> "Browser":
        """Go to an address."""
        self._show(self.client.get(urljoin(self.address, address), follow=True))
        return self

    def follow(self, link: str) -> "Browser":
        """Press the link with these words; in the menu a number of what waits may follow them."""
        counted = (
            words for words in self.page.links if re.fullmatch(COUNTED % re.escape(link), words)
        )
        found = link if link in self.page.links else next(counted, "")
        assert found, f"no link {link!r} among {sorted(self.page.links)}"
        return self.open(self.page.links[found])

    def press(self, button: str, *, of: str = "", **typed: Any) -> "Browser":
        """Fill the form that has this button and press it; ``of`` ends the address of one of several."""
        form = self.form(button, of=of)
        sent = form.filled({key.replace("__", "-"): value for key, value in typed.items()})
        name, value = form.buttons[button]
        sent |= {name: value} if name else {}
        goal = urljoin(self.address, form.action or self.address)
        if form.method == "post":
            self._show(self.client.post(goal, sent, follow=True))
        else:
            self._show(self.client.get(urlsplit(goal).path, sent, follow=True))
        return self

    def form(self, button: str, *, of: str = "") -> Form:
        """The one form with this button."""
        found = [
            each for each in self.page.forms if button in each.buttons and each.action.endswith(of)
        ]
        offered = [(each.action, sorted(each.buttons)) for each in self.page.forms]
        assert len(found) == 1, f"{len(found)} forms have {button!r}: {offered}"
        return found[0]

    def offers(self, words: str) -> bool:
        """Whether the page has a link or a button with these words."""
        return words in self.page.links or any(words in form.buttons for form in self.page.forms)

    @property
    def page(self) -> Page:
        """The page, read; whoever has opened none is at home."""
        if not self.address:
            self.open(reverse("pages:home"))
        return Page(self.response.content.decode())

    @property
    def words(self) -> str:
        """The words of the page."""
        return self.page.words

    @property
    def status(self) -> int:
        """How the last page was answered."""
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where the page is, without its query."""
        return urlsplit(self.address).path

    def _show(self, response: Any) -> None:
        self.response = response
        asked = response.request
        query = f"?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else ""
        self.address = asked["PATH_INFO"] + query
