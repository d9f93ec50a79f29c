"""As at a day gone by nothing can be done: no page of a past view leads to an act or holds a form for one."""

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import resolve

from hertsend import dates
from hertsend.accounts.roles import Role
from tests.access.asking import url_of
from tests.access.growing import grow
from tests.access.routes import all_routes
from tests.access.stage import Stage
from tests.factories.shared import built_world
from tests.factories.world import TODAY, noon

__all__ = ["built_world"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = dt.date(2024, 9, 11)
PAST = TODAY.isoformat()
EXPECTATIONS = Path(__file__).parent / "expectations.csv"
KEEPS_NOBODY_OUT = {"405", "login"}

READ_AS_AT = {
    "governance:assurance-list",
    "governance:dashboard",
    "pages:home",
    "plans:action-detail",
    "plans:commitment-list",
    "plans:date-request-detail",
    "plans:date-request-list",
    "plans:exception-list",
    "plans:impact-list",
    "plans:milestone-detail",
    "plans:milestone-exceptions",
    "plans:milestone-history",
    "plans:milestone-list",
    "plans:milestone-updates",
    "plans:plan-detail",
    "plans:sign-off-queue",
}
"""Pages that can be read as at a day gone by."""


@cache
def acts() -> set[str]:
    """The names of addresses to which somebody may send something."""
    rows = csv.DictReader(EXPECTATIONS.read_text().splitlines())
    return {
        row["route"]
        for row in rows
        if row["method"] == "POST" and set(list(row.values())[3:]) - KEEPS_NOBODY_OUT
    }


def main_of(body: str) -> str:
    """What is between the frame's header and footer."""
    return body.partition("<main")[2].partition("</main>")[0]


def acting(body: str) -> list[str]:
    """What in a page leads to an act: forms that send, and links to where something is sent.

    A link that keeps the moment, to a page that can be read as at it, leads to a past view again.
    """
    inside = main_of(body)
    links = re.findall(r'href="(/[^"#]*)', inside)
    forms = re.findall(r'<form[^>]*method="post"[^>]*>', inside, re.IGNORECASE)
    return forms + [link for link in links if leads_to_act(*link.split("?", 1))]


def leads_to_act(path: str, query: str = "") -> bool:
    name = resolve(path).view_name
    return name in acts() and not (name in READ_AS_AT and "as_at=" in query)


@pytest.fixture(scope="module")
def stage(built_world, django_db_blocker) -> Stage:
    with django_db_blocker.unblock():
        stage = Stage.build(built_world)
        grow(stage, 1)
        return stage


def shown(stage: Stage, name: str, role: Role, query: str) -> str:
    route = next(each for each in all_routes() if each.name == name)
    with dates.at(noon(LATER)):
        url = url_of(route, stage.objects["own"])
        response = stage.client(role.value).get(f"{url}?{query}")
    return response.content.decode() if response.status_code == 200 else ""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(READ_AS_AT))
def test_a_past_view_says_when_it_is_and_offers_no_act(stage, name, role):
    body = shown(stage, name, role, f"as_at={PAST}")

    if body:
        assert f"As at {TODAY.day} September 2024, end of day." in main_of(body)
        assert acting(body) == []


def test_today_the_same_pages_offer_acts(stage):
    """Without this, a page that never offers one would pass."""
    lead = shown(stage, "plans:milestone-detail", Role.WORKSTREAM_LEAD, "")

    assert "/updates/new/" in "".join(acting(lead))
    assert "As at" not in main_of(lead)
    chair = shown(stage, "plans:date-request-list", Role.JOINT_CHAIR, "")
    assert "/date-changes/" in "".join(acting(chair))


def test_there_is_something_to_look_for():
    assert {"plans:milestone-update", "plans:milestone-sign-off"} <= acts()
    assert "plans:milestone-detail" not in acts()
