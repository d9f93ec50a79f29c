"""Renders a piece of template as a page would, components included."""

import re

from django.http import HttpRequest
from django.template import Template
from django.template.context import make_context
from django_cotton.compiler_regex import CottonCompiler


def render(source: str, *, request: HttpRequest | None = None, **context: object) -> str:
    """The HTML of a template source with components and the `ui` library."""
    compiled = CottonCompiler().process(source)
    return Template("{% load ui %}" + compiled).render(make_context(context, request))


def words(html: str) -> str:
    """What is read: the text without tags, each run of white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def opening_tag(html: str, name: str, attribute: str) -> str:
    """The one opening tag of that element that contains the attribute text, with single spaces."""
    found = [tag for tag in re.findall(rf"<{name}\b[^>]*>", html) if attribute in tag]
    assert len(found) == 1, f"{len(found)} <{name}> with {attribute!r}: {found}"
    return re.sub(r"\s+", " ", found[0]).replace(" >", ">")
