"""Filters and tags of every page: dates, counted nouns, words for stages and ratings, abbreviations."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.base import Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from hertsend.ui import words
from hertsend.ui.abbreviations import AbbreviationsNode

register = template.Library()

NOTHING = "–"

RATING_WORDS = {
    "green": "On track",
    "amber": "At risk",
    "red": "Off track",
    "complete": "Complete",
    "embedded": "Embedded",
    "not_started": "Not started",
    "no_update": "No update",
    "withdrawn": "Withdrawn",
}
STAGE_WORDS = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "proposed_complete": "Proposed complete",
    "signed_off": "Signed off",
    "withdrawn": "Withdrawn",
}
IMPACT_WORDS = (
    "Too early to say",
    "No evidence of a difference",
    "Early evidence, not consistent",
    "Consistent evidence",
    "Sustained",
)
ASSURANCE_LEVELS = {"substantial": 3, "reasonable": 2, "limited": 1, "none": 0}


def _day(value: Any) -> dt.date | None:
    """The civil date of a date or of an aware moment, None for anything else."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


@register.filter
def short_date(value: Any) -> str:
    """A date in a table: "30 Jun 2024"."""
    day = _day(value)
    return f"{day.day} {words.MONTH_NAMES[day.month - 1][:3]} {day.year}" if day else NOTHING


@register.filter
def long_date(value: Any) -> str:
    """A date in a sentence: "30 June 2024"."""
    day = _day(value)
    return f"{day.day} {words.MONTH_NAMES[day.month - 1]} {day.year}" if day else NOTHING


@register.filter
def full_date(value: Any) -> str:
    """A date that people put in their diary: "Thursday 17 October 2024"."""
    day = _day(value)
    return f"{words.DAY_NAMES[day.weekday()]} {long_date(day)}" if day else NOTHING


@register.filter
def day_and_month(value: Any) -> str:
    """A date of this year in a narrow place: "3 Jul"."""
    day = _day(value)
    return f"{day.day} {words.MONTH_NAMES[day.month - 1][:3]}" if day else NOTHING


@register.filter
def month_name(value: Any) -> str:
    """The month in which a date lies: "September 2024"."""
    day = _day(value)
    return f"{words.MONTH_NAMES[day.month - 1]} {day.year}" if day else NOTHING


@register.filter
def clock_time(value: Any) -> str:
    """The time of day of a moment, in London: "10:12"."""
    if not isinstance(value, dt.datetime):
        return NOTHING
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{moment:%H:%M}"


@register.filter
def moment(value: Any) -> str:
    """A moment in a sentence: "15 October 2024 at 10:42"."""
    return (
        f"{long_date(value)} at {clock_time(value)}" if isinstance(value, dt.datetime) else NOTHING
    )


@register.filter
def iso_date(value: Any) -> str:
    """A date as a machine reads it, for `<time datetime>`; nothing where there is no date."""
    day = _day(value)
    return day.isoformat() if day else ""


@register.filter
def days(value: Any) -> str:
    """A number of days with its noun: "1 day", "9 days"."""
    return words.count_of(int(value), "day", "days") if _is_number(value) else NOTHING


@register.filter
def count_of(value: Any, nouns: str) -> str:
    """A number with its noun, given as "milestone,milestones"."""
    one, _, many = nouns.partition(",")
    return words.count_of(int(value), one, many or f"{one}s") if _is_number(value) else NOTHING


@register.filter
def times(value: Any) -> str:
    """How often: "once", "twice", "3 times"."""
    return words.times(int(value)) if _is_number(value) else NOTHING


@register.filter
def absolute(value: Any) -> Any:
    """The size of a number without its sign."""
    return abs(value) if _is_number(value) else value


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or an en dash where there is none. Zero is a value."""
    return NOTHING if value is None or value == "" else value


@register.filter
def rating_word(value: Any) -> str:
    """The word of a delivery rating: "At risk" for amber."""
    return RATING_WORDS.get(str(value), str(value))


@register.filter
def stage_word(value: Any) -> str:
    """The word of a stage: "In progress"."""
    return STAGE_WORDS.get(str(value), str(value))


@register.filter
def impact_word(value: Any) -> str:
    """The words of an impact level from 0 to 4."""
    return (
        IMPACT_WORDS[int(value)]
        if _is_number(value) and 0 <= int(value) < len(IMPACT_WORDS)
        else ""
    )


@register.filter
def assurance_level(value: Any) -> int:
    """How many of the three blocks an assurance rating fills."""
    return ASSURANCE_LEVELS.get(str(value), 0)


@register.filter
def fingerprint(value: Any) -> str:
    """The beginning and end of a digest, in groups that can be read aloud: "7f3a 91c2 … e04d"."""
    text = str(value or "")
    return f"{text[:4]} {text[4:8]} … {text[-4:]}" if len(text) > len("0123456789ab") else text


@register.filter
def entry(value: Any, key: Any) -> Any:
    """The entry of a mapping by its key; None where there is none."""
    return value.get(key) if isinstance(value, Mapping) else None


@register.filter
def elided_pages(page: Page) -> list[Any]:
    """The page numbers that pagination shows, with an ellipsis for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def inline_svg(drawing: Any) -> SafeString:
    """A drawing of `hertsend.charts`, which escapes its own labels; anything else is left out."""
    text = str(drawing or "")
    return mark_safe(text) if text.startswith("<svg ") else SafeString("")  # noqa: S308


@register.tag
def abbreviations(parser: Parser, _token: Token) -> AbbreviationsNode:
    """Mark the first use on the page of each term in `glossary_terms`, between this tag and its end."""
    nodelist = parser.parse(("endabbreviations",))
    parser.delete_first_token()
    return AbbreviationsNode(nodelist)


@register.simple_tag(takes_context=True)
def page_frame(context: template.Context) -> Any:
    """What stands around the page: `site` as the context processor made it, the lowest of that name.

    The views of the sign-in package put a `site` of their own, another thing, over it.
    """
    return next((layer["site"] for layer in context.dicts if "site" in layer), None)


def _is_number(value: Any) -> bool:
    try:
        int(value)
    except (TypeError, ValueError):
        return False
    return True
