"""Every template compiles, names addresses that exist, and holds no style or script of its own."""

import ast
import re
from functools import cache

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver

from tests.architecture.source import ROOT, Module, modules, sample

TEMPLATES = ROOT / "templates"
PATHS = sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")])
# Mail programs take no style sheets, and the policy of our pages is not theirs.
PAGES = [path for path in PATHS if "emails" not in path.parts]
LONGEST = 100
REVERSING = {
    "django.shortcuts.redirect",
    "django.urls.reverse",
    "django.urls.reverse_lazy",
}
INLINE = {
    "an attribute style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an attribute on…": re.compile(
        r"<[a-z][\w-]*\b[^>]*\son(?:blur|change|click|error|focus|input|key\w+|load|mouse\w+|submit)\s*=",
        re.IGNORECASE,
    ),
    "an address javascript:": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "a script element without src": re.compile(
        r"<script\b(?![^>]*(?:\ssrc=|type=\"application/json\"))", re.IGNORECASE
    ),
}


@cache
def known_names(resolver: URLResolver | None = None, before: str = "") -> frozenset[str]:
    """All names of addresses, with their namespaces."""
    found = set()
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{before}{each.namespace}:" if each.namespace else before
            found |= known_names(each, inner)
        elif each.name:
            found.add(f"{before}{each.name}")
    return frozenset(found)


def named_in_template(text: str) -> set[str]:
    return set(re.findall(r"{%\s*url\s+['\"]([^'\"]+)['\"]", text))


def named_in_code(module: Module) -> set[str]:
    """The names of addresses in calls of ``reverse`` and ``redirect``."""
    return {
        str(call.args[0].value)
        for _, name, call in module.calls()
        if name in REVERSING and call.args and isinstance(call.args[0], ast.Constant)
    } - {"/"}


def inline(text: str) -> list[str]:
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def name_of(path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_a_template_compiles(path):
    get_template(name_of(path))


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_a_template_names_addresses_that_exist(path):
    unknown = named_in_template(path.read_text()) - known_names()

    assert unknown == set(), f"{name_of(path)}: correct the name, or add the address to a urls.py"


def test_code_names_addresses_that_exist():
    named = {name: module.name for module in modules() for name in named_in_code(module)}

    assert {name: named[name] for name in set(named) - known_names()} == {}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_style_and_script_stand_in_files_of_their_own(path):
    assert inline(path.read_text()) == [], f"{name_of(path)}: move it to static/"


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_a_template_fits_on_two_screens(path):
    assert len(path.read_text().splitlines()) <= LONGEST, (
        f"{name_of(path)}: move a part to _part.html"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color: red">', ["an attribute style"]),
        ("<style>p {}</style>", ["a style element"]),
        ('<button class="x" onclick="go()">', ["an attribute on…"]),
        ("<a href='javascript:go()'>", ["an address javascript:"]),
        ("<script>go()</script>", ["a script element without src"]),
        ('<script nonce="n">go()</script>', ["a script element without src"]),
        ('<script type="module" src="x.js"></script>', []),
        ('<script type="application/json">{}</script>', []),
        ('<c-due :on="line.due_on" text="" />', []),
    ],
)
def test_the_guard_sees_style_and_script(text, found):
    assert inline(text) == found


def test_the_guard_sees_an_address_that_does_not_exist():
    assert named_in_template(
        "{% url 'plans:milestone' %} {% url \"pages:home\" %}"
    ) - known_names() == {"plans:milestone"}
    code = sample("from django.urls import reverse\nreverse('plans:milestone', args=[1])")
    assert named_in_code(code) - known_names() == {"plans:milestone"}


def test_the_guard_sees_a_template_that_does_not_compile():
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% if x %}")
