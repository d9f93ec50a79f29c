"""A list asks the database as often for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from tests.access.asking import url_of
from tests.access.growing import grow
from tests.access.meetings import ACTS_OF_MEETINGS
from tests.access.packs import ACTS_OF_PACKS, LISTS_OF_PACKS
from tests.access.routes import Route, all_routes
from tests.access.stage import Stage, clock
from tests.factories.shared import built_world

__all__ = ["built_world"]

FAMILIES = Role.PARENT_CARER_REPRESENTATIVE
OFFICE, LEAD, MANAGER = Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD, Role.ADMINISTRATOR

LISTS: dict[str, tuple[Role, ...]] = LISTS_OF_PACKS | {
    "accounts:deputy-list": (MANAGER, OFFICE),
    "accounts:deputy-name": (LEAD,),
    "accounts:my-account": (LEAD,),
    "accounts:people-list": (MANAGER,),
    "accounts:person-detail": (MANAGER,),
    "accounts:post-list": (MANAGER, LEAD),
    "accounts:token-list": (LEAD,),
    "kpis-api:measure-detail": (OFFICE,),
    "kpis-api:measure-list": (OFFICE,),
    "kpis:file-list": (OFFICE,),
    "governance-api:changes": (OFFICE,),
    "governance:changes": (OFFICE,),
    "governance:changes-export": (OFFICE,),
    "governance-api:assurance-list": (OFFICE,),
    "governance:assurance-list": (OFFICE,),
    "governance-api:stocktake": (OFFICE,),
    "governance:stocktake": (OFFICE,),
    "governance:stocktake-document": (OFFICE,),
    "governance:dashboard": (OFFICE,),
    "governance-api:calendar-list": (OFFICE,),
    "governance-api:calendar-month": (OFFICE, FAMILIES),
    "governance-api:group-detail": (OFFICE,),
    "governance-api:group-list": (OFFICE,),
    "governance-api:meeting-detail": (OFFICE, Role.JOINT_CHAIR),
    "governance-api:meeting-list": (OFFICE, FAMILIES),
    "governance:attendance-note": (OFFICE,),
    "governance:interest-add": (OFFICE,),
    "governance:item-edit": (OFFICE,),
    "governance:meeting-detail": (OFFICE, Role.JOINT_CHAIR),
    "governance:meeting-list": (OFFICE, FAMILIES),
    "governance:meeting-plan": (OFFICE,),
    "governance-api:rhythm": (OFFICE,),
    "governance-api:feedback-entries": (OFFICE, FAMILIES),
    "governance-api:feedback-entry": (OFFICE,),
    "governance-api:feedback-list": (OFFICE, FAMILIES),
    "governance:feedback-detail": (OFFICE, FAMILIES),
    "governance:feedback-list": (OFFICE, FAMILIES),
    "governance:feedback-quarter": (OFFICE, FAMILIES),
    "governance:feedback-work": (OFFICE, FAMILIES),
    "governance:feedback-answer": (OFFICE,),
    "governance-api:public-summary-list": (OFFICE, FAMILIES),
    "governance:public-feed": (FAMILIES,),
    "governance:public-month": (FAMILIES,),
    "governance:public-plan": (FAMILIES,),
    "governance:summary-list": (OFFICE, Role.EXECUTIVE_CHAIR),
    "governance:summary-month": (OFFICE,),
    "governance:summary-publish": (OFFICE,),
    "governance-api:search": (OFFICE, FAMILIES),
    "governance:search": (OFFICE, FAMILIES),
    "governance:calendar": (OFFICE, FAMILIES),
    "governance-api:audit-detail": (OFFICE,),
    "governance-api:audit-list": (OFFICE,),
    "governance:audit-detail": (OFFICE, LEAD),
    "governance:audit-list": (OFFICE, LEAD),
    "governance-api:barrier-detail": (OFFICE,),
    "governance-api:barrier-list": (OFFICE,),
    "governance:barrier-detail": (OFFICE, LEAD),
    "governance:barrier-list": (OFFICE, LEAD),
    "governance:barrier-add": (OFFICE,),
    "governance-api:risk-detail": (OFFICE,),
    "governance-api:risk-list": (OFFICE,),
    "governance:risk-bands": (OFFICE,),
    "governance:risk-detail": (OFFICE, LEAD),
    "governance:risk-export": (OFFICE,),
    "governance:risk-list": (OFFICE, LEAD),
    "governance:risk-add": (OFFICE,),
    "governance:risk-change": (OFFICE,),
    "governance:mitigation-add": (LEAD,),
    "governance:mitigation-change": (LEAD,),
    "governance-api:because-of-data": (OFFICE,),
    "governance-api:decision-detail": (OFFICE,),
    "governance-api:decision-list": (OFFICE, FAMILIES),
    "governance-api:decision-request-detail": (OFFICE,),
    "governance-api:decision-request-list": (OFFICE, FAMILIES),
    "governance-api:log-detail": (OFFICE, LEAD),
    "governance-api:log-list": (OFFICE, LEAD, FAMILIES),
    "governance:because-of-data": (OFFICE, FAMILIES),
    "governance:because-of-data-export": (OFFICE,),
    "governance:decision-ask": (LEAD,),
    "governance:decision-detail": (OFFICE, Role.JOINT_CHAIR),
    "governance:decision-list": (OFFICE, Role.JOINT_CHAIR, FAMILIES),
    "governance:decision-request-detail": (OFFICE, Role.JOINT_CHAIR),
    "governance:decision-request-take": (Role.JOINT_CHAIR,),
    "governance:decision-supersede": (Role.JOINT_CHAIR,),
    "governance:decision-take": (Role.JOINT_CHAIR,),
    "governance:log-add": (OFFICE,),
    "governance:log-detail": (OFFICE, LEAD),
    "governance:log-list": (OFFICE, LEAD, FAMILIES),
    "governance:log-raise": (OFFICE,),
    "governance:group-detail": (OFFICE, LEAD),
    "governance:group-list": (OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "governance-api:return-detail": (OFFICE,),
    "governance-api:return-list": (OFFICE, Role.EXECUTIVE_CHAIR),
    "governance:return-check": (OFFICE,),
    "governance:return-detail": (OFFICE, LEAD),
    "governance:return-list": (OFFICE, Role.EXECUTIVE_CHAIR),
    "governance:return-nothing": (LEAD,),
    "governance:return-row": (LEAD,),
    "kpis:figures-enter": (OFFICE, LEAD),
    "kpis:indicator-detail": (OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "kpis:indicator-export": (OFFICE,),
    "kpis:indicator-figures": (OFFICE,),
    "kpis:indicator-list": (OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "governance:period-detail": (OFFICE, FAMILIES),
    "governance:rhythm": (OFFICE, Role.EXECUTIVE_CHAIR),
    "pages:home": (OFFICE, LEAD, Role.JOINT_CHAIR, MANAGER, Role.PARENT_CARER_REPRESENTATIVE),
    "pages:jobs": (OFFICE,),
    "plans-api:action-detail": (OFFICE,),
    "plans-api:action-impact": (Role.JOINT_CHAIR,),
    "plans-api:action-list": (OFFICE,),
    "plans-api:commitment-detail": (OFFICE,),
    "plans-api:commitment-list": (OFFICE,),
    "plans-api:impact-list": (OFFICE,),
    "plans-api:area-list": (OFFICE,),
    "plans-api:date-request-list": (OFFICE,),
    "plans-api:exception-detail": (OFFICE,),
    "plans-api:exception-list": (OFFICE,),
    "plans-api:milestone-detail": (OFFICE,),
    "plans-api:milestone-list": (OFFICE,),
    "plans-api:plan-detail": (OFFICE,),
    "plans-api:plan-list": (OFFICE,),
    "plans-api:update-list": (OFFICE,),
    "plans-api:waiting-list": (OFFICE, LEAD),
    "plans-api:workstream-list": (OFFICE,),
    "plans-api:action-evidence-list": (OFFICE,),
    "plans-api:evidence-list": (OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "plans-api:milestone-sign-off": (Role.JOINT_CHAIR,),
    "plans-api:sign-off-queue": (OFFICE, Role.JOINT_CHAIR),
    "plans:action-detail": (OFFICE,),
    "plans:date-request-detail": (OFFICE,),
    "plans:date-request-list": (OFFICE, Role.JOINT_CHAIR),
    "plans:exception-list": (OFFICE,),
    "plans:action-sign-off": (Role.JOINT_CHAIR,),
    "plans:milestone-sign-off": (Role.JOINT_CHAIR,),
    "plans:sign-off-queue": (OFFICE, Role.JOINT_CHAIR),
    "plans:action-impact": (OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "plans:commitment-detail": (OFFICE,),
    "plans:commitment-list": (OFFICE,),
    "plans:impact-decide": (Role.JOINT_CHAIR,),
    "plans:impact-list": (OFFICE,),
    "plans:impact-rate": (OFFICE,),
    "plans:glossary": (OFFICE,),
    "plans:judgement-list": (OFFICE,),
    "plans:milestone-detail": (OFFICE,),
    "plans:milestone-exceptions": (OFFICE,),
    "plans:milestone-export": (OFFICE,),
    "plans:milestone-history": (OFFICE,),
    "plans:milestone-list": (OFFICE, LEAD),
    "plans:milestone-updates": (OFFICE,),
    "plans:plan-detail": (OFFICE,),
}
"""Addresses that show several rows, with those as whom they are asked."""

NOT_LISTS = (
    ACTS_OF_MEETINGS
    | ACTS_OF_PACKS
    | {
        "governance-api:decision-request-take",
        "governance-api:decision-request-withdraw",
        "governance-api:decision-supersede",
        "governance-api:decision-take",
        "governance-api:log-add",
        "governance-api:log-change",
        "governance-api:log-close",
        "governance-api:log-note",
        "governance:decision-request-withdraw",
        "governance:log-change",
        "governance:log-close",
        "governance:log-note",
        "kpis-api:figures-enter",
        "kpis:file-columns",
        "kpis:file-detail",
        "kpis:file-names",
        "accounts:deputy-end",
        "governance-api:assurance-set",
        "governance:assurance-rate",
        "plans-api:commitment-confirm",
        "plans-api:commitment-end",
        "plans-api:impact-confirm",
        "plans-api:impact-return",
        "plans-api:impact-take-back",
        "plans-api:occurrence-record",
        "plans:commitment-confirm",
        "plans:commitment-end",
        "plans:impact-take-back",
        "plans:occurrence-record",
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
        "governance-api:calendar-days",
        "governance-api:calendar-reopen",
        "governance:feedback-approve",
        "governance:feedback-enter",
        "governance:feedback-publish",
        "governance:feedback-said",
        "governance:feedback-withdraw",
        "governance:summary-approve",
        "governance:summary-switch",
        "governance:summary-write",
        "governance:group-add",
        "governance:group-end",
        "governance:group-place",
        "governance:group-take-over",
        "governance:membership-add",
        "governance:membership-end",
        "governance:terms-add",
        "governance-api:return-accept",
        "governance-api:return-discard",
        "governance-api:return-nothing",
        "governance-api:return-row",
        "governance-api:return-remind",
        "governance-api:return-send-back",
        "governance-api:return-submit",
        "governance:return-accept",
        "governance:return-current",
        "governance:return-discard",
        "governance:return-remind",
        "governance:return-send-back",
        "governance:return-submit",
        "governance:audit-add",
        "governance:audit-cancel",
        "governance:audit-change",
        "governance:audit-file",
        "governance:terms-file",
        "governance-api:terms-file",
        "governance-api:risk-bands",
        "governance:audit-report",
        "governance:audit-tell",
        "governance:finding-add",
        "governance:barrier-answer",
        "governance:barrier-assign",
        "governance:barrier-close",
        "governance-api:risk-move",
        "governance-api:risk-review",
        "governance:mitigation-end",
        "governance:risk-close",
        "governance:risk-move",
        "governance:risk-review",
        "healthz",
        "kpis:definition-new",
        "kpis:indicator-drawing",
        "kpis:indicator-picture",
        "kpis:reading-edit",
        "kpis:step-decide",
        "kpis:step-propose",
        "governance:period-days",
        "governance:period-reopen",
        "governance:rhythm-decide",
        "pages:accessibility",
        "pages:privacy",
        "pages:ratings",
        "pages:roles",
        "plans-api:date-request-ask",
        "plans-api:date-request-change",
        "plans-api:date-request-decide",
        "plans-api:date-request-withdraw",
        "plans-api:deep-dive-ask",
        "plans-api:deep-dive-end",
        "plans-api:escalation-answer",
        "plans-api:escalation-raise",
        "plans-api:escalation-withdraw",
        "plans-api:exception-report",
        "plans-api:milestone-propose",
        "plans-api:action-reopen",
        "plans-api:action-sign-off",
        "plans-api:evidence-file",
        "plans-api:evidence-withdraw",
        "plans-api:milestone-ask",
        "plans-api:milestone-reopen",
        "plans-api:milestone-return",
        "plans-api:milestone-take-back",
        "plans-api:milestone-withdraw",
        "plans-api:question-answer",
        "plans-api:question-ask",
        "plans:date-request-ask",
        "plans:date-request-change",
        "plans:date-request-withdraw",
        "plans:deep-dive-ask",
        "plans:deep-dive-end",
        "plans:escalation-answer",
        "plans:escalation-raise",
        "plans:escalation-withdraw",
        "plans:exception-report",
        "plans:action-evidence-add",
        "plans:action-reopen",
        "plans:evidence-add",
        "plans:evidence-file",
        "plans:evidence-withdraw",
        "plans:milestone-ask",
        "plans:milestone-reopen",
        "plans:milestone-take-back",
        "plans:sheet-detail",
        "plans:judgement-decide",
        "plans:milestone-propose",
        "plans:milestone-update",
        "plans:milestone-withdraw",
        "plans:question-answer",
        "plans:question-ask",
        "readyz",
        "ui:gallery",
    }
)
"""Forms, acts, and pages that show one row or none."""

CASES = [(name, role) for name, roles in LISTS.items() for role in roles]


def ours() -> set[str]:
    return {route.name for route in all_routes() if not route.is_of_package}


ASKED = {key: {"q": "the"} for key in ("governance:search", "governance-api:search")}
"""What is asked of pages that answer a question."""


def queries(stage: Stage, route: Route, role: Role) -> list[str]:
    """What is asked of the database for one page, after a first visit that fills the caches."""
    client, url = stage.client(role.value), url_of(route, stage.objects["own"])
    with clock():
        client.get(url, ASKED.get(route.name))
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, ASKED.get(route.name))
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


@pytest.mark.django_db
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


@pytest.mark.django_db
@pytest.mark.slow
def test_the_lists_grow(counts):
    """What a query for each row would cost is seen in the rows that a page names."""
    few, many = counts[("plans-api:milestone-list", OFFICE)]
    fewer, more = (max(len(sql) for sql in each if "milestonelead" in sql) for each in (few, many))

    assert more > fewer
