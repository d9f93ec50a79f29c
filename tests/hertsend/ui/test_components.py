"""What the components say, in words, in each of their states."""

import datetime as dt

import pytest
from django.test import RequestFactory

from hertsend.ui.samples import gallery_context
from tests.hertsend.ui.helpers import opening_tag, render, words

DAY = dt.date(2024, 6, 30)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<c-rating value="green" />', "On track"),
        ('<c-rating value="amber" colour />', "Amber: at risk"),
        ('<c-rating value="red" label="Late" />', "Late"),
        ('<c-rating value="complete" colour />', "complete"),
        ('<c-rating value="" />', "–"),
        ("<c-rating />", "–"),
        ('<c-stage value="proposed_complete" />', "Proposed complete"),
        ('<c-stage value="in_progress" label="Draft" />', "Draft"),
        ('<c-overdue :days="9" />', "9 days overdue"),
        ('<c-overdue :days="1" />', "1 day overdue"),
        ('<c-overdue :days="9" sentence />', "Overdue by 9 days"),
        ('<c-overdue :days="0" />', ""),
        ("<c-overdue />", ""),
        ('<c-slip :days="131" :moves="1" />', "Slipped 131 days, moved once"),
        ('<c-slip :days="1" />', "Slipped 1 day"),
        ('<c-slip :days="-8" :moves="2" />', "8 days early, moved twice"),
        ('<c-slip :days="0" />', "No slip"),
        ('<c-slip :days="0" :moves="3" />', "No slip, moved 3 times"),
        ('<c-slip :days="None" />', "–"),
        ('<c-slip days="92" short />', "92"),
        ('<c-slip :days="0" short />', "0"),
        ('<c-due :on="day" />', "30 Jun 2024"),
        ('<c-due :on="day" long />', "30 June 2024"),
        ('<c-due text="Quarterly" />', "“Quarterly”"),
        ('<c-due text="September 2024" long />', "“September 2024” no day in the plan"),
        ('<c-due text="31st Sept" note="no such day" />', "“31st Sept” no such day"),
        ("<c-due />", "–"),
        ('<c-impact :level="0" />', "0 Too early to say"),
        ('<c-impact level="2" />', "2 Early evidence, not consistent"),
        ("<c-impact />", "Not rated yet"),
        ('<c-assurance level="reasonable" />', "Reasonable"),
        ('<c-assurance level="none" />', "No assurance"),
        ("<c-assurance />", "Not rated yet"),
        (
            '<c-post-line post="ISL Area Manager" holder="A" deputy="B" inherited />',
            "ISL Area Manager (inherited) A, deputy B",
        ),
        ('<c-post-line post="ISL Area Manager" />', "ISL Area Manager"),
        ('<c-section-heading title="To update" :count="0" />', "To update 0"),
        ('<c-section-heading title="To update" />', "To update"),
        (
            '<c-empty title="Nothing to update." next="July opens on 1 August." />',
            "Nothing to update. July opens on 1 August.",
        ),
        ('<c-rating-key title="Key" :definitions="none" />', "Key"),
    ],
)
def test_words(source, expected):
    assert words(
        render(source, day=DAY, none=[{"value": "", "label": "", "meaning": ""}])
    ).removesuffix(" –") == expected.removesuffix(" –")


@pytest.mark.parametrize(("level", "filled"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), ("3", 3)])
def test_impact_fills_as_many_bars_as_its_level(level, filled):
    html = render('<c-impact :level="level" />', level=level)

    assert html.count('class="hs-filled"') == filled
    assert html.count('class="hs-open"') == 4 - filled


@pytest.mark.parametrize(
    ("level", "filled"), [("substantial", 3), ("reasonable", 2), ("limited", 1), ("none", 0)]
)
def test_assurance_fills_as_many_blocks_as_its_level(level, filled):
    html = render('<c-assurance :level="level" />', level=level)

    assert html.count('class="hs-filled"') == filled


def test_each_rating_has_a_shape_of_its_own():
    values = gallery_context(None)["rating_values"]
    shapes = [render('<c-mark value="x" />'.replace("x", value)) for value in values]
    drawn = [shape.split(">", 1)[1] for shape in shapes]

    assert len(values) == 8
    assert len(set(drawn)) == 8
    assert all("<path" in shape or "<circle" in shape for shape in drawn)
    assert all('aria-hidden="true"' in shape for shape in shapes)


def test_quiet_leaves_ratings_that_need_attention_bold():
    assert "hs-rating--attention" in render('<c-rating value="red" quiet />')
    assert "hs-rating--attention" not in render('<c-rating value="green" quiet />')


def test_values_are_escaped():
    html = render('<c-panel :title="evil" /><c-due :text="evil" />', evil="<b>x</b>")

    assert "<b>x</b>" not in html
    assert html.count("&lt;b&gt;x&lt;/b&gt;") == 2


def test_a_component_takes_nothing_from_the_page_around_it():
    html = render("<c-panel><p>x</p></c-panel>", title="the page's own", note="too")

    assert words(html) == "x"


def test_a_button_is_a_link_or_a_button():
    assert opening_tag(render('<c-button href="/a/">Open</c-button>'), "a", "href") == (
        '<a class="govuk-button" href="/a/" role="button" draggable="false" data-module="govuk-button">'
    )
    assert opening_tag(
        render('<c-button kind="secondary" name="do" value="save">Save</c-button>'),
        "button",
        "type",
    ) == (
        '<button class="govuk-button govuk-button--secondary" type="submit" data-module="govuk-button"'
        ' data-prevent-double-click="true" name="do" value="save">'
    )


def test_a_sorted_heading_says_in_which_direction():
    assert 'aria-sort="descending"' in render(
        '<c-sort-heading label="Slip" href="?s=a" direction="descending" />'
    )
    assert "aria-sort" not in render('<c-sort-heading label="Slip" href="?s=a" />')


def test_the_current_tab_is_said():
    items = [
        {"label": "All", "url": "?a", "current": True},
        {"label": "Mine", "url": "?b", "count": 0},
    ]
    html = render('<c-tabs :items="items" label="Lists" />', items=items)

    assert words(html) == "All Mine (0)"
    assert html.count('aria-current="page"') == 1
    assert 'aria-label="Lists"' in html


def test_breadcrumbs_end_without_a_link():
    html = render(
        '<c-breadcrumb :items="items" />', items=[{"label": "Plan", "url": "/p/"}, {"label": "AI1"}]
    )

    assert html.count("<a ") == 1
    assert 'aria-current="page"' in html


def test_pages_keep_the_other_parts_of_the_address():
    request = RequestFactory().get("/", {"stage": "in_progress", "page": "1"})
    html = render('<c-pagination :page="page" order="worst first" />', request=request, **_page())

    assert words(html).startswith("Showing 1 to 23 of 134 , worst first 1 2 … 6 Next page")
    assert 'href="?stage=in_progress&amp;page=2"' in html


def test_one_page_needs_no_way_to_others():
    page = gallery_context(None)["one_page"]

    assert words(render('<c-pagination :page="page" />', page=page)) == "Showing 1 to 5 of 5"


def _page() -> dict:
    return {"page": gallery_context("1")["page"]}
