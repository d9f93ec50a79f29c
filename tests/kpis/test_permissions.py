"""Who sees and does what with measures."""

import pytest

from hertsend.accounts.roles import Role
from kpis import permissions
from kpis.models import FigureSource, Indicator, IndicatorDefinition, Measurement
from tests.factories import measures as make

FAMILIES = Role.PARENT_CARER_REPRESENTATIVE


@pytest.fixture
def two(world):
    """A measure for families and one that is not, each with a figure."""
    found = {}
    for key in ("shared", "kept"):
        row = make.measure(world, key)
        make.define(world, row)
        make.enter(world, row, {"2024-07": 50})
        found[key] = row
    make.show_to_families(world, found["shared"])
    make.measure(world.foreign, "theirs")
    return found


def seen(person, model=Indicator):
    rows = permissions.visible_to(person, model)
    if model is Indicator:
        return set(rows.values_list("key", flat=True))
    return set(rows.values_list("indicator__key", flat=True))


@pytest.mark.parametrize("role", Role)
def test_families_see_what_is_marked_for_them(world, two, role):
    expected = {"shared"} if role == FAMILIES else {"shared", "kept"}

    for model in (Indicator, Measurement, IndicatorDefinition):
        assert seen(world.people[role], model) == expected


def test_nobody_sees_another_partnerships_measures(world, two):
    assert seen(world.foreign.people[Role.PROGRAMME_OFFICE]) == {"theirs"}
    assert seen(world.stranger) == set()


def test_files_are_for_those_who_run_the_plan(world, two):
    source = FigureSource(plan=world.plan, name="Case system")
    source.save_base(raw=True)
    rows = {role: permissions.visible_to(world.people[role], FigureSource).count() for role in Role}

    assert {role for role, count in rows.items() if count == 0} == {FAMILIES}


def test_acts(world, two):
    row, partnership = two["kept"], world.partnership.pk
    may_enter = {role for role in Role if permissions.may_enter(world.people[role], row)}
    may_manage = {
        role
        for role in Role
        if permissions.may_manage(world.people[role], partnership_id=partnership)
    }
    may_decide = {
        role
        for role in Role
        if permissions.may_decide_steps(world.people[role], partnership_id=partnership)
    }

    assert may_enter == {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}
    assert may_manage == may_decide == {Role.PROGRAMME_OFFICE}
    assert not permissions.may_enter(world.other_lead, row)
    assert permissions.may_enter_somewhere(world.other_lead, partnership_id=partnership)
    assert not permissions.may_enter_somewhere(
        world.people[Role.BOARD_MEMBER], partnership_id=partnership
    )
