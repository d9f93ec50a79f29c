"""A list asks the database as often for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from tests.access.asking import url_of
from tests.access.growing import grow
from tests.access.routes import Route, all_routes
from tests.access.stage import Stage, clock
from tests.factories.shared import built_world

__all__ = ["built_world"]

OFFICE, LEAD, MANAGER = Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD, Role.ADMINISTRATOR

LISTS: dict[str, tuple[Role, ...]] = {
    "accounts:my-account": (LEAD,),
    "accounts:people-list": (MANAGER,),
    "accounts:person-detail": (MANAGER,),
    "accounts:post-list": (MANAGER, LEAD),
    "accounts:token-list": (LEAD,),
    "governance:dashboard": (OFFICE,),
    "governance:pack-detail": (OFFICE,),
    "governance:pack-list": (OFFICE,),
    "pages:home": (OFFICE, LEAD, Role.JOINT_CHAIR, MANAGER, Role.PARENT_CARER_REPRESENTATIVE),
    "pages:jobs": (OFFICE,),
    "plans-api:action-detail": (OFFICE,),
    "plans-api:action-list": (OFFICE,),
    "plans-api:area-list": (OFFICE,),
    "plans-api:milestone-detail": (OFFICE,),
    "plans-api:milestone-list": (OFFICE,),
    "plans-api:plan-detail": (OFFICE,),
    "plans-api:plan-list": (OFFICE,),
    "plans-api:update-list": (OFFICE,),
    "plans-api:workstream-list": (OFFICE,),
    "plans:action-detail": (OFFICE,),
    "plans:glossary": (OFFICE,),
    "plans:judgement-list": (OFFICE,),
    "plans:milestone-detail": (OFFICE,),
    "plans:milestone-export": (OFFICE,),
    "plans:milestone-history": (OFFICE,),
    "plans:milestone-list": (OFFICE, LEAD),
    "plans:milestone-updates": (OFFICE,),
    "plans:plan-detail": (OFFICE,),
}
"""Addresses that show several rows, with those as whom they are asked."""

NOT_LISTS = {
    "accounts:holding-end",
    "accounts:person-close",
    "accounts:person-edit",
    "accounts:person-invite",
    "accounts:person-invite-again",
    "accounts:person-reopen",
    "accounts:post-fill",
    "accounts:role-end",
    "accounts:role-give",
    "accounts:token-make",
    "accounts:token-revoke",
    "api:schema",
    "email-is-changed-by-administrators",
    "healthz",
    "pages:accessibility",
    "pages:privacy",
    "pages:ratings",
    "pages:roles",
    "plans-api:milestone-propose",
    "plans-api:milestone-return",
    "plans-api:milestone-sign-off",
    "plans-api:milestone-withdraw",
    "plans:judgement-decide",
    "plans:milestone-propose",
    "plans:milestone-sign-off",
    "plans:milestone-update",
    "plans:milestone-withdraw",
    "readyz",
    "ui:gallery",
}
"""Forms, acts, and pages that show one row or none."""

CASES = [(name, role) for name, roles in LISTS.items() for role in roles]


def ours() -> set[str]:
    return {route.name for route in all_routes() if not route.is_of_package}


def queries(stage: Stage, route: Route, role: Role) -> list[str]:
    """What is asked of the database for one page, after a first visit that fills the caches."""
    client, url = stage.client(role.value), url_of(route, stage.objects["own"])
    with clock():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
    assert response.status_code == 200, f"{url} as {role}: {response.status_code}"
    return [each["sql"] for each in captured]


@pytest.fixture(scope="module")
def counts(built_world, django_db_blocker) -> dict[tuple[str, Role], tuple[list[str], list[str]]]:
    """The queries of every list with one row more of each kind, and with three."""
    routes = {route.name: route for route in all_routes()}
    with django_db_blocker.unblock():
        stage = Stage.build(built_world)
        grow(stage, 1)
        few = {case: queries(stage, routes[case[0]], case[1]) for case in CASES}
        for number in (2, 3):
            grow(stage, number)
        return {case: (few[case], queries(stage, routes[case[0]], case[1])) for case in CASES}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} as {case[1]}")
def test_a_list_asks_as_often_for_three_rows_as_for_one(counts, case):
    few, many = counts[case]

    assert len(many) == len(few), "Select or prefetch what each row needs:\n" + "\n".join(
        sorted(set(many) - set(few))
    )


def test_every_address_is_a_list_or_is_not():
    assert ours() - set(LISTS) - NOT_LISTS == set(), "Say in this file whether it lists rows"
    assert set(LISTS) | NOT_LISTS <= ours()
    assert set(LISTS) & NOT_LISTS == set()


@pytest.mark.slow
def test_the_lists_grow(counts):
    """What a query for each row would cost is seen in the rows that a page names."""
    few, many = counts[("plans-api:milestone-list", OFFICE)]
    fewer, more = (max(len(sql) for sql in each if "milestonelead" in sql) for each in (few, many))

    assert more > fewer
