"""Marks the first use of each glossary term on a page with its expansion.

`base.html` wraps the main part of every page in `{% abbreviations %}`, so no page has to think of it. The
tag works on finished HTML: it reads the text between tags only, never attributes, and leaves alone the
elements where an `<abbr>` is of no use or not allowed. Which terms were marked is kept with the rendering
of the page, so the tag may stand on one page more than once.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import NodeList
from django.utils.html import escape
from django.utils.safestring import SafeString

STATE = "hertsend_abbreviations_marked"
# Elements whose text is left as it is.
CLOSED = "abbr|button|code|option|pre|script|select|style|svg|textarea"
# What is no text to be marked: a comment, such an element whole (to the end where it is never closed), or a tag.
NO_TEXT = re.compile(
    rf"<!--.*?-->|<({CLOSED})\b[^>]*(?<!/)>.*?(?:</\1\s*>|\Z)|<[^>]*>", re.DOTALL | re.IGNORECASE
)


class AbbreviationsNode(template.Node):
    """`{% abbreviations %} … {% endabbreviations %}`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        # The first level is shared by every template of one rendering, included ones too.
        state: Any = context.render_context.dicts[0]
        marked: set[str] = state.setdefault(STATE, set())
        return mark_abbreviations(html, context.get("glossary_terms") or {}, marked)


def mark_abbreviations(html: SafeString, terms: Mapping[str, str], marked: set[str]) -> SafeString:
    """The HTML with `<abbr title>` around the first use of each term not yet in `marked`, which grows.

    `html` must be safe already; term and expansion are escaped here. A plural s stays outside: "EHCPs".
    """
    expansions = {
        str(escape(term)): expansion for term, expansion in terms.items() if term not in marked
    }
    present = [term for term in expansions if term in html]
    if not present:
        return html
    pattern = _pattern(present)
    escaped_marked: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        term = match.group(0)
        if term in escaped_marked:
            return term
        escaped_marked.add(term)
        return f'<abbr title="{escape(expansions[term])}">{term}</abbr>'

    pieces: list[str] = []
    end = 0
    for between in NO_TEXT.finditer(html):
        if len(escaped_marked) == len(present):
            break
        pieces += [pattern.sub(mark, html[end : between.start()]), between.group(0)]
        end = between.end()
    pieces.append(pattern.sub(mark, html[end:]))
    marked.update(term for term in terms if escape(term) in escaped_marked)
    return SafeString("".join(pieces))


def _pattern(terms: list[str]) -> re.Pattern[str]:
    """Whole words only, the longest term first, so that a term inside another does not win."""
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, longest_first))})(?=s?(?!\w))")
