"""Addresses that name nothing: a page that says so, on every database."""

import pytest

from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, at


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.mark.parametrize("key", ["%00", "PA1.1-1%00", "PA1.1-9", "%EF%BF%BD", "'"])
@pytest.mark.parametrize(
    "page",
    ["milestones/{}/", "milestones/{}/history/", "milestones/{}/updates/new/", "actions/{}/"],
)
def test_a_key_that_is_none_is_not_found(world, as_role, page, key):
    lead = as_role(Role.WORKSTREAM_LEAD)
    assert lead.get(f"/plans/{world.plan.slug}/{page.format(key)}").status_code == 404


@pytest.mark.parametrize("slug", ["%00", "nowhere", ""])
def test_home_shows_the_readers_plan_where_the_address_names_none(world, as_role, slug):
    page = as_role(Role.WORKSTREAM_LEAD).get(f"/?plan={slug}")
    assert page.status_code == 200
    assert page.context["plan"] == world.plan


def test_home_does_not_show_another_partnerships_plan(world, as_role):
    page = as_role(Role.WORKSTREAM_LEAD).get(f"/?plan={world.foreign.plan.slug}")
    assert page.context["plan"] == world.plan
