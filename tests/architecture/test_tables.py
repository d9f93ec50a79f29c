"""Tables that should be total are: every member of an enum, role, permission and column has its entry."""

import re
from itertools import chain

import pytest

from governance.definitions import ASSURANCE_DEFINITIONS
from governance.enums import AssuranceLevel
from hertsend.accounts.roles import MATRIX, SCOPED_PERMISSIONS, SYSTEM_MAY, Permission, Role, Scope
from hertsend.jobs import registry
from hertsend.pages.background import KIND_WORDS
from hertsend.ui.templatetags.ui import RATING_WORDS, STAGE_WORDS
from plans import permissions as rights
from plans import policies
from plans.definitions import IMPACT_DEFINITIONS, RATING_DEFINITIONS, STAGE_MEANINGS
from plans.enums import ImpactLevel, PeriodState, Rating, Stage, StageAct, Standing
from plans.services.periods import _MOMENTS
from tests.architecture.source import modules

FIRST_PERIOD_STATE, LAST_PERIOD_STATE = PeriodState.SCHEDULED, PeriodState.REPORTED
EXPLAINED_ELSEWHERE = {
    Standing.WITHDRAWN,  # a stage: STAGE_MEANINGS explains it
}
DESCRIBED_IN_ROLES_ALONE = {"hertsend.accounts.roles", "hertsend.accounts.roles_table"}

TABLES: dict[str, tuple[object, object]] = {
    "policies.STAGES_BY_UPDATE": (set(policies.STAGES_BY_UPDATE), set(Stage)),
    "policies.STAGES_BY_ACT": (set(policies.STAGES_BY_ACT), set(StageAct)),
    "policies.PERIOD_STEPS": (
        set(policies.PERIOD_STEPS),
        set(PeriodState) - {LAST_PERIOD_STATE},
    ),
    "policies.PERIOD_STEPS, where they lead": (
        set(policies.PERIOD_STEPS.values()),
        set(PeriodState) - {FIRST_PERIOD_STATE},
    ),
    "periods._MOMENTS": (set(_MOMENTS), set(PeriodState) - {FIRST_PERIOD_STATE}),
    "policies.WORST_FIRST": (sorted(policies.WORST_FIRST), sorted(Standing)),
    "policies.ratings._ORDER": (set(policies.ratings._ORDER), set(Rating)),
    "OPEN_STAGES, ENDED_STAGES and proposed complete": (
        sorted([*policies.OPEN_STAGES, *policies.ENDED_STAGES, Stage.PROPOSED_COMPLETE]),
        sorted(Stage),
    ),
    "definitions.RATING_DEFINITIONS": (
        {each.value for each in RATING_DEFINITIONS},
        set(Standing) - EXPLAINED_ELSEWHERE,
    ),
    "definitions.IMPACT_DEFINITIONS": (
        [each.value for each in IMPACT_DEFINITIONS],
        list(ImpactLevel),
    ),
    "definitions.ASSURANCE_DEFINITIONS": (
        [each.value for each in ASSURANCE_DEFINITIONS],
        list(AssuranceLevel),
    ),
    "policies.KINDS_NEEDED": (set(policies.KINDS_NEEDED), set(ImpactLevel)),
    "definitions.STAGE_MEANINGS": (
        [label for label, _ in STAGE_MEANINGS],
        [stage.label for stage in Stage],
    ),
    "ui.RATING_WORDS": (RATING_WORDS, {one.value: one.label for one in Standing}),
    "ui.STAGE_WORDS": (STAGE_WORDS, {stage.value: stage.label for stage in Stage}),
    "a rating is a standing": (
        {one.value: one.label for one in Rating}.items()
        - {one.value: one.label for one in Standing}.items(),
        set(),
    ),
    "roles.MATRIX": (list(MATRIX), list(Role)),
    "permissions that somebody holds": (
        set(chain(SYSTEM_MAY, *(about.may for about in MATRIX.values()))),
        set(Permission),
    ),
    "background.KIND_WORDS": (
        set(KIND_WORDS),
        {*registry.handler_kinds(), *registry.renderer_kinds()},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_an_entry_for_each_member(name):
    has, needs = TABLES[name]

    assert has == needs, f"{name}: add the missing entry, or take the surplus one out"


def test_every_stage_is_reached_and_every_open_one_left():
    reached = {to for _, to in policies.STAGES_BY_ACT.values()}
    reached |= set(chain(*policies.STAGES_BY_UPDATE.values()))
    left = set(chain(*(before for before, _ in policies.STAGES_BY_ACT.values())))

    assert reached == set(Stage)
    assert left == set(Stage) - {Stage.WITHDRAWN}, "A signature is reopened; a withdrawal stays"


@pytest.mark.parametrize("role", Role)
def test_every_role_is_described(role):
    about = MATRIX[role]

    assert re.fullmatch(r"[a-z].{10,}[^.]", about.comes_for), "In words that follow “comes for”"
    assert re.fullmatch(r"[a-z].{2,}[^.]", about.must_never), "In words that follow “must never”"
    assert isinstance(about.scope, Scope)


def test_what_reaches_as_far_as_a_role_is_held_by_a_role_that_has_a_reach():
    held = set(chain(*(about.may for about in MATRIX.values() if about.scope != Scope.PARTNERSHIP)))

    assert held >= SCOPED_PERMISSIONS


def used(texts) -> set[str]:
    """The permissions that code asks for by name."""
    return {name for text in texts for name in re.findall(r"\bPermission\.([A-Z_]+)", text)}


def test_every_permission_is_asked_for_somewhere():
    texts = [module.text for module in modules() if module.name not in DESCRIBED_IN_ROLES_ALONE]

    unused = {permission.name for permission in Permission} - used(texts)
    assert unused == set(), "Ask for it where it is meant to protect, or take it out of the matrix"


def test_a_permission_is_seen_where_it_is_asked_for():
    assert used(["access.require(by, Permission.READ_PLAN)"]) == {"READ_PLAN"}


@pytest.mark.parametrize("model", rights.PLAIN_FIELDS, ids=lambda model: model.__name__)
def test_every_column_of_a_record_is_shown_to_somebody_by_decision(model):
    """A new column is visible to nobody until it stands in one of the tables of visibility."""
    tables = [
        rights.PLAIN_FIELDS[model],
        rights.OFFICER_FIELDS[model],
        rights.PEOPLE_FIELDS[model],
        rights.INTERNAL_FIELDS[model],
    ]
    columns = {field.name for field in model._meta.concrete_fields} - {"id", "milestone", "action"}

    assert sorted(chain(*tables)) == sorted(columns), "Decide in plans/permissions.py who sees it"
