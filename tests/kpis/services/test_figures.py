"""Entering figures: stored once, corrected with a reason, never overwritten, all or none."""

from decimal import Decimal

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from kpis.enums import ComparatorKind, Presence
from kpis.models import ComparatorFigure, Measurement
from kpis.policies.periods import read_period
from kpis.services import comparators, figures
from tests.factories import measures as make
from tests.factories.world import TODAY, at


def stored(indicator):
    rows = Measurement.objects.filter(indicator=indicator).in_order()
    return [(f"{row.ends_on:%Y-%m}", row.number, row.figure, row.reason) for row in rows]


def test_figures_are_stored_with_who_and_when(world, indicator):
    lead = world.people[Role.WORKSTREAM_LEAD]
    [row] = make.enter(world, indicator, {"2024-07": (90, 180)})

    assert stored(indicator) == [("2024-07", 1, 50, "")]
    assert (row.by, row.at.date(), row.presence) == (lead, TODAY, "given")
    assert (row.value, row.numerator, row.denominator) == (None, 90, 180)


def test_the_four_kinds_of_nothing_and_zero_are_told_apart(world, indicator):
    kinds = [Presence.MISSING, Presence.SUPPRESSED, Presence.LOW, Presence.NOT_APPLICABLE, 0]
    make.enter(world, indicator, make.months("2024-01", kinds))
    rows = Measurement.objects.filter(indicator=indicator).in_order()

    assert [(row.presence, row.figure) for row in rows] == [
        ("missing", None),
        ("suppressed", None),
        ("low", None),
        ("not_applicable", None),
        ("given", 0),
    ]


def test_a_correction_is_a_new_row_with_a_reason(world, indicator):
    make.enter(world, indicator, {"2024-07": 50})
    with pytest.raises(RuleBroken) as refused:
        make.enter(world, indicator, {"2024-07": 52}, base_number=1)
    make.enter(world, indicator, {"2024-07": 52}, base_number=1, reason="One case was late.")

    assert refused.value.errors == {
        "in-time.2024-07": ["Say why the figure changes; the old one stays to be seen."]
    }
    assert stored(indicator) == [
        ("2024-07", 1, 50, ""),
        ("2024-07", 2, 52, "One case was late."),
    ]


def test_the_same_figure_again_changes_nothing(world, indicator):
    make.enter(world, indicator, {"2024-07": 50})

    assert make.enter(world, indicator, {"2024-07": 50}, base_number=1) == []
    assert len(stored(indicator)) == 1


def test_the_second_of_two_is_told_what_is_stored(world, indicator):
    make.enter(world, indicator, {"2024-07": 50})
    with pytest.raises(Conflict) as refused:
        make.enter(world, indicator, {"2024-06": 40, "2024-07": 55})

    assert refused.value.current == {"in-time.2024-07": 50}
    assert refused.value.submitted == {"in-time.2024-07": 55}
    assert len(stored(indicator)) == 1


def test_all_are_stored_or_none(world, indicator):
    with pytest.raises(RuleBroken) as refused:
        make.enter(world, indicator, {"2024-06": 40, "2024-07": 101, "2024-09": 50})

    assert refused.value.errors == {
        "in-time.2024-07": ["Enter a percentage from 0 to 100."],
        "in-time.2024-09": ["This period has not ended."],
    }
    assert stored(indicator) == []


def test_a_press_that_is_sent_twice_is_carried_out_once(world, indicator):
    def send(value):
        with at(TODAY):
            return figures.enter(
                plan=world.plan,
                entries=[make.entry(indicator, "2024-07", value)],
                by=world.people[Role.WORKSTREAM_LEAD],
                submission_key="press",
            )

    assert len(send(50)) == 1
    assert send(50) == []
    with pytest.raises(Conflict):
        send(51)


@pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
def test_only_leads_and_the_programme_office_enter(world, indicator, role):
    with pytest.raises(NotAllowed):
        make.enter(world, indicator, {"2024-07": 50}, by=world.people[role])
    make.enter(world, indicator, {"2024-07": 50}, by=world.people[Role.PROGRAMME_OFFICE])

    assert len(stored(indicator)) == 1


def test_a_lead_enters_own_measures_only(world, indicator):
    with pytest.raises(NotAllowed):
        make.enter(world, indicator, {"2024-07": 50}, by=world.other_lead)


def test_a_measure_that_is_not_yet_counted_takes_no_figure(world):
    row = make.measure(world)
    with pytest.raises(RuleBroken, match="not agreed yet"):
        make.enter(world, row, {"2024-07": 50})


def test_a_measure_of_another_plan_is_refused(world, indicator):
    with at(TODAY), pytest.raises(RuleBroken, match="another plan"):
        figures.enter(
            plan=world.foreign.plan,
            entries=[make.entry(indicator, "2024-07", 50)],
            by=world.people[Role.WORKSTREAM_LEAD],
        )


def test_what_others_have_stands_beside_and_is_corrected_by_a_new_row(world, indicator):
    def record(value, **more):
        default = {"kind": ComparatorKind.ENGLAND, "place": "England", "source": "DfE"}
        with at(TODAY):
            return comparators.record_elsewhere(
                indicator=indicator,
                period=read_period("2023", "year"),
                value=Decimal(value),
                by=world.people[Role.WORKSTREAM_LEAD],
                **(default | more),
            )

    assert record("49.1") == record("49.1")
    record("50.3")
    with pytest.raises(RuleBroken) as refused:
        record("50", place=" ", source="")

    rows = ComparatorFigure.objects.filter(indicator=indicator)
    assert [(row.number, row.value) for row in rows] == [(1, Decimal("49.1")), (2, Decimal("50.3"))]
    assert set(refused.value.errors) == {"place", "source"}
