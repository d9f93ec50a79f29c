"""Measures in a pack are read as they were set at the cut-off, whatever was set since."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from governance.boardpack import content
from governance.boardpack.build import build
from governance.boardpack.snapshot import of
from governance.enums import Edition
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from kpis.selectors import held_periods
from kpis.selectors.held import MeasuresRead
from kpis.services import indicators
from kpis.services.indicators import Reading
from tests.factories import measures as make
from tests.factories.world import at
from tests.governance.steps import AUGUST

ENTERED = dt.date(2024, 9, 4)
AFTER = dt.date(2024, 9, 11)
STEPS = (("2024-08-31", "40"),)


@pytest.fixture
def world(packable):
    """August is frozen; one measure is for families, one for officers alone."""
    return packable


def measured(world, key, figures=(34, 35, 37), **reading):
    """A measure with figures of the summer, set and entered before the freeze."""
    row = make.measure(world, key, name=f"Measure {key}")
    make.define(world, row, numerator="", denominator="")
    set_on(world, key, on=ENTERED, **reading)
    make.enter(world, row, make.months("2024-06", [*figures]), on=ENTERED)
    return row


def set_on(world, key, *, on, **reading):
    row = world.plan.indicators.get(key=key)
    with at(on):
        indicators.set_reading(
            indicator=row,
            reading=Reading(**reading),
            reason="Agreed.",
            base_version=row.version,
            by=world.people[Role.PROGRAMME_OFFICE],
        )


def measures_in(world, edition=Edition.BOARD):
    read = content.from_json(of(world.period(AUGUST), edition=edition, revision=1).stored)
    return {entry.key: entry for entry in read.measures}


def test_trajectory_and_tolerance_are_those_of_the_cut_off(world):
    measured(world, "waits", trajectory=STEPS, tolerance=Decimal(5))
    (then,) = measures_in(world).values()
    assert (then.expected, then.status_label) == ("40%", "Missed")

    set_on(world, "waits", on=AFTER, trajectory=(("2024-08-31", "30"),), tolerance=Decimal(50))
    assert measures_in(world) == {"waits": then}


def test_a_trajectory_that_was_set_before_the_cut_off_counts(world):
    measured(world, "waits", trajectory=STEPS, tolerance=Decimal(5))
    set_on(world, "waits", on=ENTERED, trajectory=(("2024-08-31", "36"),), tolerance=Decimal(5))
    (read,) = measures_in(world).values()
    assert (read.expected, read.status_label) == ("36%", "Met")


def test_target_name_and_workstream_are_those_of_the_cut_off(world):
    row = measured(world, "waits")
    before = measures_in(world)
    row = world.plan.indicators.get(pk=row.pk)
    row.name, row.target_text = "Renamed since", "90% within 20 weeks"
    row.target_low = row.target_high = Decimal(90)
    row.workstream = world.workstreams["AI1"]
    with at(AFTER):
        save_audited(row, by=world.people[Role.PROGRAMME_OFFICE], reason="A later edition.")
    assert measures_in(world) == before
    assert (before["waits"].name, before["waits"].workstream) == ("Measure waits", "PA1")


def test_families_are_given_what_was_for_them_then_and_is_now(world):
    measured(world, "then-and-now", for_families=True)
    measured(world, "only-since")
    measured(world, "no-longer", for_families=True)
    set_on(world, "only-since", on=AFTER, for_families=True)
    set_on(world, "no-longer", on=AFTER)
    assert set(measures_in(world, Edition.FAMILIES)) == {"then-and-now"}
    assert set(measures_in(world)) == {"then-and-now", "only-since", "no-longer"}


@pytest.mark.parametrize(("then", "now"), [(5, 40), (40, 5)])
def test_of_small_numbers_the_stricter_rule_holds_for_families(world, then, now):
    row = make.measure(world, "children", name="Children out of school", unit="children")
    make.define(world, row, numerator="", denominator="")
    set_on(world, "children", on=ENTERED, for_families=True, suppress_below=then)
    make.enter(world, row, {"2024-07": 60, "2024-08": 37}, on=ENTERED)
    set_on(world, "children", on=AFTER, for_families=True, suppress_below=now)
    assert measures_in(world)["children"].latest == "37"
    assert measures_in(world, Edition.FAMILIES)["children"].latest == "60"


def test_a_measure_from_after_the_cut_off_is_not_in_the_pack(world):
    measured(world, "waits")
    with at(AFTER):
        row = make.IndicatorFactory(
            plan=world.plan, key="later", workstream=world.workstreams["PA1"], position=9
        )
    make.define(world, row, numerator="", denominator="")
    make.enter(world, row, make.months("2024-07", [1, 2]), on=ENTERED)
    assert set(measures_in(world)) == {"waits"}


def test_targets_held_are_those_of_the_moment_for_pack_and_pages_alike(world):
    row = measured(world, "waits", figures=(70, 71, 72))
    row = world.plan.indicators.get(pk=row.pk)
    row.target_low = row.target_high = Decimal(90)
    with at(AFTER):
        save_audited(row, by=world.people[Role.PROGRAMME_OFFICE], reason="A later edition.")
    freeze = world.period(AUGUST).frozen_at
    for asked in (held_periods, MeasuresRead.of(world.plan).held):
        assert asked(world.plan, on=freeze.date(), at=freeze) == {"PA1.1": 3}
        assert asked(world.plan, on=AFTER, at=None) == {"PA1.1": 0}


SET_THEN = """
    SELECT h.key, h.name, h.for_families FROM kpis_historicalindicator h
    WHERE h.plan_id = %(plan)s AND h.history_id = (
        SELECT MAX(x.history_id) FROM kpis_historicalindicator x
        WHERE x.id = h.id AND x.history_date <= %(cut)s)
"""


def test_what_was_for_families_is_what_the_history_says(world):
    measured(world, "for-families", for_families=True)
    measured(world, "for-officers")
    set_on(world, "for-officers", on=AFTER, for_families=True)
    cut = connection.ops.adapt_datetimefield_value(world.period(AUGUST).frozen_at)
    with connection.cursor() as cursor:
        cursor.execute(SET_THEN, {"plan": world.plan.pk, "cut": cut})
        rows = cursor.fetchall()
    assert {(row.key, row.name) for row in measures_in(world).values()} == {
        (key, name) for key, name, _ in rows
    }
    assert set(measures_in(world, Edition.FAMILIES)) == {key for key, _, shown in rows if shown}


def test_what_is_not_for_families_is_not_even_read_for_them(world):
    measured(world, "only-since")
    set_on(world, "only-since", on=AFTER, for_families=True)
    period = world.period(AUGUST)
    assert (
        build(period.plan, period, edition=Edition.FAMILIES, revision=1, reason="").measures == ()
    )
