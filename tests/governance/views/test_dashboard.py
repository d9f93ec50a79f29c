"""The dashboard's page: which month, for whom, and where its numbers lead."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hertsend.accounts.roles import MATRIX, Permission, Role
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.steps import JULY

__all__ = ["built_world", "world"]

READERS = [role for role in Role if Permission.READ_BOARD_PACK in MATRIX[role].may]
NOW = dt.date(2024, 9, 12)


@pytest.fixture
def told(world):
    """August is frozen with one milestone off track; September runs."""
    steps.report(
        world,
        "AI1.1-1",
        moment=noon(dt.date(2024, 9, 4)),
        rating="red",
        what_happened="It stalled.",
        what_is_next="A new supplier.",
    )
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)))
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    steps.advance(world, steps.AUGUST_FREEZES)
    return world


def get(client, world, query="", *, on=NOW, name="governance:dashboard"):
    with at(on):
        return client.get(reverse(name, args=[world.plan.slug]) + query)


def text_of(response):
    """The words of the page, without its marks."""
    html = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def links_of(response):
    return [
        href.replace("&amp;", "&")
        for href in re.findall(r'href="([^"]*)"', response.content.decode())
    ]


@pytest.mark.parametrize("role", READERS)
def test_readers_of_the_boards_papers_see_the_latest_closed_month(told, as_role, role):
    page = get(as_role(role), told)
    assert page.status_code == 200
    words = text_of(page)
    assert "Board dashboard August 2024" in words
    assert (
        "Nothing has fallen due yet. 1 milestone is overdue or off track and needs the board."
        in words
    )
    assert "Frozen on 10 September 2024 at 12:00." in words
    assert "It stalled." in words
    assert steps.NOTE not in words


def test_parent_carer_representatives_are_told_that_it_is_not_for_them(told, as_role):
    page = get(as_role(Role.PARENT_CARER_REPRESENTATIVE), told)
    assert page.status_code == 403
    assert "Your role does not let you read the board&#x27;s dashboard and packs here." in (
        page.content.decode()
    )
    assert "It stalled." not in page.content.decode()


@pytest.mark.parametrize("name", ["governance:dashboard", "governance:pack-list"])
def test_strangers_find_nothing(told, name):
    client = Client()
    client.force_login(told.stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert get(client, told, name=name).status_code == 404


def test_the_neighbours_board_member_finds_nothing(told):
    client = Client()
    client.force_login(
        told.foreign.people[Role.BOARD_MEMBER],
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert get(client, told).status_code == 404
    assert get(client, told.foreign).status_code == 200


def test_nobody_is_asked_to_sign_in(told):
    page = get(Client(), told)
    assert page.status_code == 302
    assert "login" in page.headers["Location"]


def test_the_months_choose_what_is_shown(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, "?month=2024-07")
    assert "Board dashboard July 2024" in text_of(page)
    html = page.content.decode().partition('aria-label="Month"')[2].partition("</form>")[0]
    assert re.findall(r'<option value="([^"]+)" selected>', html) == ["2024-07"]
    assert re.findall(r'<option value="([^"]+)"', html) == ["2024-09", "2024-08", "2024-07"]
    assert "There is no earlier month to compare with." in text_of(page)


def test_the_month_to_compare_with_is_kept_in_the_form(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, "?month=2024-09&compare=2024-07")
    assert re.findall(r'<option value="([^"]+)" selected>', page.content.decode()) == [
        "2024-09",
        "2024-07",
    ]
    assert "Changed since July 2024" in text_of(page)


@pytest.mark.parametrize("compare", ["2024-08", "2024-12", "nonsense", ""])
def test_a_month_that_cannot_be_compared_with_gives_way_to_the_one_before(told, as_role, compare):
    page = get(as_role(Role.BOARD_MEMBER), told, f"?month=2024-08&compare={compare}")
    assert "Changed since July 2024" in text_of(page)


@pytest.mark.parametrize("month", ["2024-12", "2023-01", "2024-13", "nonsense", "2024-08-01"])
def test_a_month_that_has_not_opened_is_not_found(told, as_role, month):
    assert get(as_role(Role.BOARD_MEMBER), told, f"?month={month}").status_code == 404


def test_a_running_month_says_so_far_and_is_linked_from_a_closed_one(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    here = reverse("governance:dashboard", args=[told.plan.slug])
    assert f"{here}?month=2024-09" in links_of(get(client, told))
    page = get(client, told, "?month=2024-09")
    assert "Board dashboard September 2024 so far" in text_of(page)
    assert "So far: as at 12 September 2024, 12:00." in text_of(page)


def test_numbers_of_the_live_month_lead_to_the_table_that_counts_the_same(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    table = reverse("plans:milestone-list", args=[told.plan.slug])
    links = links_of(get(client, told, "?month=2024-09", on=dt.date(2024, 10, 1)))
    counts = {
        "overdue=on": 3,
        "rating=red": 1,
        "stage=proposed_complete": 1,
        "workstream=AI1&rating=red": 1,
        "workstream=PA1&overdue=on": 1,
        "workstream=AI1": 2,
        "due=none": None,
    }
    for query, count in counts.items():
        address = f"{table}?{query}"
        assert (address in links) == (count is not None), query
        if count is not None:
            with at(dt.date(2024, 10, 1)):
                assert client.get(address).context["page"].paginator.count == count, query


def test_numbers_of_a_closed_month_lead_to_lists_on_the_page(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told)
    html, links = page.content.decode(), links_of(page)
    for anchor in ("complete", "overdue", "needs-board", "no-update", "awaiting"):
        assert f"#{anchor}" in links
        assert html.count(f'id="{anchor}"') == 1
    table = reverse("plans:milestone-list", args=[told.plan.slug])
    assert [link for link in links if link.startswith(f"{table}?")] == []


def test_empty_lists_keep_their_headings_and_say_none(told, as_role):
    words = text_of(get(as_role(Role.BOARD_MEMBER), told))
    for heading in (
        "Overdue 0",
        "Slipped 0",
        "Dates to decide 0",
        "No update received 2",
        "No agreed date 0",
        "Signed off since July 2024 0",
    ):
        assert heading in words
    assert words.count("None.") == 5


def test_charts_stand_beside_tables_with_the_same_numbers(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told)
    html, words = page.content.decode(), text_of(page)
    assert html.count('<svg xmlns="http://www.w3.org/2000/svg" class="hs-drawing') == 4
    assert "August 2024 0 0 September 2024 4 –" in words
    assert "PA1 0 1 0 1 0 2 AI1 0 0 1 1 0 2 All 0 1 1 2 0 4" in words


def test_milestones_of_several_areas_are_said_to_be_counted_once(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    sentence = "Milestones that serve several areas are counted once"
    assert sentence not in text_of(get(client, told))
    told.actions["AI1.1"].areas.add(told.areas["PA1"])
    assert sentence in text_of(get(client, told))


def test_before_the_first_freeze_a_sentence_says_when_it_is(world, as_role):
    plan = make.PlanFactory(partnership=world.partnership)
    steps.schedule(plan, dt.date(2024, 9, 1), on=dt.date(2024, 9, 3))
    client = as_role(Role.BOARD_MEMBER)
    with at(dt.date(2024, 9, 3)):
        page = client.get(reverse("governance:dashboard", args=[plan.slug]))
    assert page.status_code == 200
    assert "The first is September 2024, on 9 October 2024." in text_of(page)


def test_a_plan_without_milestones_has_a_dashboard(world, as_role):
    plan = make.PlanFactory(partnership=world.partnership)
    steps.schedule(plan, JULY, on=dt.date(2024, 9, 3))
    steps.advance_plan(plan, dt.date(2024, 9, 3))
    with at(dt.date(2024, 9, 3)):
        page = as_role(Role.BOARD_MEMBER).get(reverse("governance:dashboard", args=[plan.slug]))
    assert page.status_code == 200
    assert "Nothing has fallen due yet. Nothing is overdue or off track." in text_of(page)
    assert "No milestone has a day in the plan." in text_of(page)


def test_a_dashboard_is_only_read(told, as_role):
    with at(NOW):
        page = as_role(Role.PROGRAMME_OFFICE).post(
            reverse("governance:dashboard", args=[told.plan.slug])
        )
    assert page.status_code == 405


def test_the_page_takes_the_same_queries_with_more_milestones(told, as_role):
    client = as_role(Role.BOARD_MEMBER)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert get(client, told).status_code == 200
        return len(captured)

    before = queries()
    for number in range(3, 12):
        step = make.MilestoneFactory(
            action=told.actions["PA1.1"], key=f"PA1.1-{number}", position=number
        )
        make.MilestoneLeadFactory(milestone=step, post=told.posts["PA1"])
    assert queries() == before
