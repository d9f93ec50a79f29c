"""A measure as at a moment: its figures, gaps, limits, and how it stands."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hertsend import dates
from hertsend.accounts.roles import Role
from kpis.enums import Assurance, Presence, Status, Variation
from kpis.models import Indicator
from kpis.selectors import measure_lines, telling, worst_by_action
from kpis.selectors.delivery import delivery_of
from kpis.services import steps
from plans import selectors as plan_selectors
from plans.enums import Standing
from plans.models import Milestone
from tests.factories import measures as make
from tests.factories.world import TODAY, at

WAVES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 39]
RISE = [44, 48, 43, 49, 45, 47, 52, 55, 51, 55, 52, 57]


def line_of(indicator, **more):
    [line] = measure_lines(Indicator.objects.filter(pk=indicator.pk), **({"on": TODAY} | more))
    return line


def test_a_series_with_limits_and_status(world, indicator):
    make.enter(world, indicator, make.months("2022-09", WAVES + RISE))
    line = line_of(indicator)

    assert [point.label for point in line.points][:2] == ["Sep 2022", "Oct 2022"]
    assert (line.latest.label, line.latest.number) == ("Aug 2024", 57)
    assert round(line.latest.expected, 2) == Decimal("52.29")
    assert (line.status, line.variation) == (Status.MET, Variation.IMPROVING_HIGH)
    assert (line.short_of_law, line.is_old, line.refusal) == (43, False, None)
    assert line.promise.word == "interim milestone"


def test_a_step_change_that_was_approved_draws_the_limits_anew(world, indicator):
    make.enter(world, indicator, make.months("2022-09", WAVES + RISE))
    before = line_of(indicator).spc.segments
    with at(TODAY):
        step = steps.propose(
            indicator=indicator,
            starts_on=dt.date(2023, 9, 1),
            reason="New staff.",
            by=world.people[Role.WORKSTREAM_LEAD],
        )
    assert line_of(indicator).spc.segments == before
    with at(TODAY):
        steps.decide(
            step=step, approve=True, decision="So.", by=world.people[Role.PROGRAMME_OFFICE]
        )
    line = line_of(indicator)

    assert [round(limits.mean, 1) for limits in line.spc.segments] == [34.6, 49.8]
    assert line.spc.assurance == Assurance.EITHER
    assert line_of(indicator, at=dates.start_of(TODAY)).points == ()


def test_a_month_without_a_figure_is_a_gap_and_breaks_runs(world, indicator):
    values = make.months("2023-06", RISE)
    del values["2023-09"]
    make.enter(world, indicator, values)
    line = line_of(indicator)
    gap = line.points[3]

    assert (gap.label, gap.number, gap.figure.presence, gap.rows) == (
        *("Sep 2023", None, Presence.MISSING, 0),
    )
    assert len(line.points) == 12


@pytest.mark.parametrize(
    ("count", "trial", "short"),
    [
        (12, False, "12 points: too few"),
        (12, True, None),
        (7, True, "7 points: too few"),
        (13, False, None),
    ],
)
def test_limits_are_shown_where_they_are_sound(world, indicator, count, trial, short):
    make.enter(world, indicator, make.months("2023-01", (WAVES + RISE)[:count]))
    line = line_of(indicator, trial=trial)

    assert (line.refusal and line.refusal[0]) == short
    assert (line.spc is None) == (short is not None)


def test_an_old_figure_answers_for_nothing(world, indicator):
    make.enter(world, indicator, {"2024-05": 99})
    line = line_of(indicator)

    assert (line.is_old, line.status, line.latest.number) == (True, Status.NO_DATA, 99)


def test_no_figure_falls_short_of_a_ceiling(world):
    def told(key, low):
        row = make.measure(
            world,
            key,
            unit="staff",
            target_low=low,
            target_high=Decimal(80),
            baseline_low=None,
            baseline_high=None,
            standard_value=None,
        )
        make.define(world, row, numerator="", denominator="")
        make.enter(world, row, make.months("2023-09", [10, *range(20, 31)]))
        line = line_of(row)
        return telling.promise_line(line), line.status

    assert told("ceiling", None) == ("Target up to 80 by April 2025", Status.NO_NUMBER)
    assert told("promise", Decimal(80)) == ("Target 80 by April 2025", Status.NOT_DUE)


def test_a_ceiling_alone_is_stored_and_a_lower_end_alone_is_not(world):
    row = make.measure(world, target_low=None)
    assert (row.target_low, row.target_high) == (None, 60)

    for wrong in ({"target_high": None}, {"target_low": Decimal(61)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.measure(world, "wrong", **wrong)


def test_a_missing_latest_figure_is_no_data(world, indicator):
    make.enter(world, indicator, {"2024-07": 99, "2024-08": Presence.MISSING})

    assert line_of(indicator).status == Status.NO_DATA


def test_without_figures_there_is_a_line_all_the_same(world):
    line = line_of(make.measure(world))

    assert (line.points, line.latest, line.status) == ((), None, Status.NO_DATA)


def test_a_correction_counts_from_its_moment_on(world, indicator):
    make.enter(world, indicator, {"2024-07": 50}, on=dt.date(2024, 8, 5))
    make.enter(
        world, indicator, {"2024-07": 52}, base_number=1, reason="Late.", on=dt.date(2024, 9, 2)
    )
    then = dates.start_of(dt.date(2024, 9, 1))

    assert line_of(indicator).latest.number == 52
    assert line_of(indicator, at=then).latest.number == 50


def test_families_are_not_shown_small_numbers(world):
    row = make.measure(world, "waiting", unit="children", direction="down")
    make.define(world, row, numerator="", denominator="")
    make.enter(world, row, {"2024-06": 0, "2024-07": 4, "2024-08": 5})
    exact = [point.number for point in line_of(row).points]
    shown = [(point.number, point.figure.presence) for point in line_of(row, exact=False).points]

    assert exact == [0, 4, 5]
    assert shown == [(0, "given"), (None, "suppressed"), (5, "given")]


def test_a_share_hides_its_small_part_and_its_small_rest(world, indicator):
    parts = {"2024-05": (3, 90), "2024-06": (88, 90), "2024-07": (45, 90), "2024-08": (0, 90)}
    make.enter(world, indicator, parts)
    points = line_of(indicator, exact=False).points

    assert [point.number for point in points] == [None, None, 50, 0]
    assert all(point.figure.note == "" for point in points)


def test_delivery_that_is_fine_contradicts_a_measure_that_does_not_move(world, indicator):
    make.enter(world, indicator, make.months("2023-06", [*WAVES, 33, 35, 31]))
    fine = line_of(indicator, standings={"PA1.1": Standing.GREEN})
    late = line_of(indicator, standings={"PA1.1": Standing.RED})

    assert (fine.status, fine.variation) == (Status.MISSED, Variation.COMMON)
    assert (fine.contradicts, late.contradicts) == (True, False)
    assert not line_of(indicator).contradicts


def test_delivery_is_what_the_live_pages_show(world):
    world.update("PA1.1-1", rating="amber", forecast_on=dt.date(2024, 12, 1))
    world.update("PA1.1-2", rating="green")
    world.propose("PA1.1-2")
    for on in (TODAY, TODAY + dt.timedelta(days=400)):
        lines = plan_selectors.lines_of(
            Milestone.objects.filter(plan=world.plan),
            periods=plan_selectors.current_periods(world.plan),
            at=None,
            on=on,
            visible=frozenset(),
        )
        assert delivery_of(world.plan, on=on).actions == worst_by_action(lines)


def test_six_queries_however_many_measures(world, django_assert_num_queries):
    for number in range(4):
        row = make.measure(world, f"measure-{number}")
        make.define(world, row)
        make.enter(world, row, make.months("2024-01", [40, 41, 42]))
    with django_assert_num_queries(6):
        measure_lines(Indicator.objects.filter(plan=world.plan), on=TODAY)
