"""The dashboard as at a day gone by: what the live pages showed then, and links that stay there."""

import datetime as dt

import pytest
from django.urls import reverse

from governance import selectors
from governance.permissions import words_of_packs
from hertsend.accounts.roles import Role
from plans.selectors import Moment, day_gone_by, frozen
from tests.factories.shared import built_world, world
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.selectors.reading import board as board_of_month
from tests.governance.selectors.reading import lines_of
from tests.governance.steps import AUGUST
from tests.governance.views.test_dashboard import get, links_of, text_of

__all__ = ["built_world", "world"]

NOW = dt.date(2024, 10, 20)
THEN = dt.date(2024, 10, 3)


@pytest.fixture
def told(world):
    """August is frozen; on 3 October three steps are late, of which one is off track and one signed later."""
    steps.report(world, "AI1.1-1", moment=noon(dt.date(2024, 9, 4)), rating="red")
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)))
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    steps.advance(world, steps.AUGUST_FREEZES)
    steps.advance(world, dt.date(2024, 10, 1))
    steps.sign(world, "PA1.1-1", on=dt.date(2024, 10, 4))
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=dt.date(2024, 10, 5))
    steps.advance(world, steps.SEPTEMBER_FREEZES)
    return world


def as_at(world, moment):
    return selectors.dashboard_as_at(world.plan, moment, visible=words_of_packs())


def test_a_past_day_shows_what_the_dashboard_of_the_open_month_showed_on_it(world):
    steps.report(world, "AI1.1-1", moment=noon(dt.date(2024, 9, 4)), rating="red")
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    day = dt.date(2024, 9, 6)
    then = board_of_month(world, steps.SEPTEMBER, at=noon(day))
    steps.sign(world, "PA1.1-1", on=dt.date(2024, 9, 7))
    steps.advance(world, steps.AUGUST_FREEZES)

    again = as_at(world, day_gone_by(day))

    assert lines_of(again) == lines_of(then)
    assert (again.figures, again.sentence) == (then.figures, then.sentence)
    assert (again.streams, again.areas) == (then.streams, then.areas)


def test_a_day_is_compared_with_the_last_month_that_was_closed_on_it(told):
    before_freeze = as_at(told, day_gone_by(dt.date(2024, 10, 8)))
    assert before_freeze.before.month == AUGUST
    early = as_at(told, day_gone_by(dt.date(2024, 9, 9)))
    assert early.before.month == steps.JULY
    assert as_at(told, day_gone_by(dt.date(2024, 8, 31))).before is None


def test_now_and_a_frozen_month_read_as_live_and_closed_readings_do(told):
    with at(NOW):
        live = selectors.read_at(told.plan, Moment(on=NOW), visible=words_of_packs())
        month = board_of_month(told, steps.OCTOBER)
    assert (live.is_live, live.is_closed, live.title) == (True, False, "today")
    assert [line.standing for line in live.lines] == [line.standing for line in month.reading.lines]
    august = told.period(AUGUST)
    closed = selectors.read_at(told.plan, frozen(august), visible=words_of_packs())
    assert (closed.is_closed, closed.title, closed.moment) == (True, "August 2024", frozen(august))


def test_the_page_of_a_day_says_when_it_is(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, f"?as_at={THEN}", on=NOW)
    words = text_of(page)
    assert "As at 3 October 2024, end of day." in words
    assert "Board dashboard 3 October 2024 " in words
    assert "so far" not in words.replace("September 2024 so far", "").replace(
        "October 2024 so far", ""
    )
    assert (
        "As at the end of 3 October 2024. Later changes are not in these figures. "
        "Ratings are those given for August 2024 or later." in words
    )
    assert "3 overdue" in words
    assert "Board pack, version" not in words


def test_counts_of_a_day_lead_to_the_table_of_that_day_that_counts_the_same(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    table = reverse("plans:milestone-list", args=[told.plan.slug])
    links = links_of(get(client, told, f"?as_at={THEN}", on=NOW))
    for query, count in {
        "overdue=on": 3,
        "stage=proposed_complete": 1,
        "workstream=AI1&rating=red": 1,
        "workstream=AI1": 2,
        "rating=red": 1,
    }.items():
        address = f"{table}?as_at={THEN}&{query}"
        assert address in links, query
        with at(NOW):
            assert client.get(address).context["page"].paginator.count == count, query
    one = reverse("plans:milestone-detail", args=[told.plan.slug, "AI1.1-1"])
    assert f"{one}?as_at={THEN}" in links
    assert one not in links


def test_a_month_asked_for_as_at_its_freeze_keeps_its_links_there_too(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    links = links_of(get(client, told, "?as_at=2024-09", on=NOW))
    table = reverse("plans:milestone-list", args=[told.plan.slug])
    assert f"{table}?as_at=2024-09&overdue=on" in links
    page = get(client, told, "?as_at=2024-09", on=NOW)
    assert "As at September 2024 as it was frozen, on 9 October 2024 at 12:00." in text_of(page)
    assert "Board dashboard September 2024 " in text_of(page)


def test_the_month_to_compare_with_is_chosen_without_leaving_the_day(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, f"?as_at={THEN}&compare=2024-07", on=NOW)
    html = page.content.decode()
    assert f'<input type="hidden" name="as_at" value="{THEN}" id="choose_as_at">' in html
    assert 'name="month"' not in html
    assert "Changed since July 2024" in text_of(page)


@pytest.mark.parametrize("asked", ["2024-10-21", "2024-10", "nonsense"])
def test_what_cannot_be_shown_is_refused(told, as_role, asked):
    page = get(as_role(Role.BOARD_MEMBER), told, f"?as_at={asked}", on=NOW)
    assert page.status_code == 400


def test_families_are_told_that_the_dashboard_is_not_for_them_on_no_day(told, as_role):
    families = as_role(Role.PARENT_CARER_REPRESENTATIVE)
    assert get(families, told, f"?as_at={THEN}", on=NOW).status_code == 403
