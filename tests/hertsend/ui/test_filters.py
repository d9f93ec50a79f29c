"""Dates, counted nouns and words of the template library."""

import datetime as dt

import pytest
from django.core.paginator import Paginator

from hertsend.ui import words
from hertsend.ui.templatetags import ui

DAY = dt.date(2024, 6, 30)
# In London it is already the next day, at ten past midnight.
LATE = dt.datetime(2024, 6, 29, 23, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("filter_", "value", "expected"),
    [
        (ui.short_date, DAY, "30 Jun 2024"),
        (ui.short_date, LATE, "30 Jun 2024"),
        (ui.short_date, dt.datetime(2024, 6, 29, 23, 10), "29 Jun 2024"),  # noqa: DTZ001
        (ui.short_date, None, "–"),
        (ui.short_date, "September 2024", "–"),
        (ui.long_date, DAY, "30 June 2024"),
        (ui.full_date, dt.date(2024, 10, 17), "Thursday 17 October 2024"),
        (ui.full_date, None, "–"),
        (ui.day_and_month, dt.date(2024, 7, 3), "3 Jul"),
        (ui.day_and_month, None, "–"),
        (ui.month_name, DAY, "June 2024"),
        (ui.month_name, "", "–"),
        (ui.clock_time, LATE, "00:10"),
        (ui.clock_time, DAY, "–"),
        (ui.moment, LATE, "30 June 2024 at 00:10"),
        (ui.moment, None, "–"),
        (ui.iso_date, LATE, "2024-06-30"),
        (ui.iso_date, None, ""),
        (ui.days, 1, "1 day"),
        (ui.days, "9", "9 days"),
        (ui.days, 0, "0 days"),
        (ui.days, None, "–"),
        (ui.times, 1, "once"),
        (ui.times, 2, "twice"),
        (ui.times, 3, "3 times"),
        (ui.absolute, -8, 8),
        (ui.absolute, None, None),
        (ui.or_dash, 0, 0),
        (ui.or_dash, "", "–"),
        (ui.or_dash, None, "–"),
        (ui.rating_word, "amber", "At risk"),
        (ui.rating_word, "no_update", "No update"),
        (ui.rating_word, "purple", "purple"),
        (ui.stage_word, "proposed_complete", "Proposed complete"),
        (ui.impact_word, 0, "Too early to say"),
        (ui.impact_word, 4, "Sustained"),
        (ui.impact_word, 5, ""),
        (ui.impact_word, None, ""),
        (ui.assurance_level, "substantial", 3),
        (ui.assurance_level, "none", 0),
    ],
)
def test_filter(filter_, value, expected):
    assert filter_(value) == expected


def test_a_count_has_its_noun():
    assert ui.count_of(1, "reply,replies") == "1 reply"
    assert ui.count_of(0, "milestone") == "0 milestones"
    assert ui.count_of(None, "milestone") == "–"


def test_inside_a_sentence_a_label_loses_its_capital_unless_it_must_keep_it():
    assert words.lower_first("Forecast date") == "forecast date"
    assert words.lower_first("EHC plan") == "EHC plan"
    assert words.lower_first("I have opened it") == "I have opened it"
    assert words.lower_first("") == ""


def test_page_numbers_are_elided():
    page = Paginator(range(134), 23).page(1)

    assert ui.elided_pages(page) == [1, 2, "…", 6]


def test_only_a_drawing_is_put_in_as_it_is():
    assert ui.inline_svg('<svg class="a"></svg>') == '<svg class="a"></svg>'
    assert ui.inline_svg("<script>alert(1)</script>") == ""
    assert ui.inline_svg(None) == ""
