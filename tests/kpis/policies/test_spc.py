"""Limits and special causes, against the 682 points of a published implementation and by hand."""

import csv
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.enums import Assurance, Direction, SpecialCause, Variation
from kpis.policies.spc import SpcSettings, analyse

REFERENCE = Path(__file__).parents[1] / "data" / "spc_points.csv"
DIRECTIONS = {"increase": Direction.UP, "decrease": Direction.DOWN, "neutral": Direction.NONE}
CAUSES = {
    "Above UCL": SpecialCause.ABOVE,
    "Below LCL": SpecialCause.BELOW,
    "7 Point Trend (Increasing)": SpecialCause.RISING,
    "7 Point Trend (Decreasing)": SpecialCause.FALLING,
    "2 in 3 Above CL": SpecialCause.NEAR_HIGH,
    "2 in 3 Below CL": SpecialCause.NEAR_LOW,
    "7 Points Above CL": SpecialCause.SHIFT_UP,
    "7 Points Below CL": SpecialCause.SHIFT_DOWN,
    "Common Cause": SpecialCause.COMMON,
}
TYPES = {
    "common_cause": {Variation.COMMON},
    "special_cause_improvement": {Variation.IMPROVING_HIGH, Variation.IMPROVING_LOW},
    "special_cause_concern": {Variation.WORSENING_HIGH, Variation.WORSENING_LOW},
    "special_cause_neutral_high": {Variation.CHANGED_HIGH},
    "special_cause_neutral_low": {Variation.CHANGED_LOW},
}
ASSURANCES = {
    "": Assurance.NONE,
    "consistent_fail": Assurance.FAIL,
    "consistent_pass": Assurance.PASS,
    "inconsistent": Assurance.EITHER,
}


def rows() -> list[dict[str, str]]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    return float(text) if text else None


SERIES = {name: list(points) for name, points in groupby(rows(), key=lambda row: row["series_id"])}


def test_the_reference_is_whole():
    assert sum(map(len, SERIES.values())) == 682
    assert len(SERIES) == 32
    assert {row["special_cause_type"] for row in rows()} == set(CAUSES)
    assert {row["point_type"] for row in rows()} == set(TYPES)


@pytest.mark.parametrize("name", SERIES)
def test_every_point_is_as_published(name):
    points = SERIES[name]
    first = points[0]
    read = analyse(
        [number(row["y"]) for row in points],
        direction=DIRECTIONS[first["improvement_direction"]],
        target=number(first["target"]),
        steps=[place for place, row in enumerate(points) if row["is_rebase_start"] == "1"],
        settings=SpcSettings(
            screen=first["screen_outliers"] == "TRUE",
            baseline=int(first["fix_after_n_points"] or 0) or None,
        ),
    )

    assert len(read.points) == len(points)
    for got, row in zip(read.points, points, strict=True):
        assert got.limits.mean == pytest.approx(float(row["mean_col"]), abs=1e-6)
        # The one constant series has no limits there; ours are its mean.
        gives_none = name == "constant_series"
        lower, upper = (
            number(row[side]) if not gives_none else got.limits.mean for side in ("lpl", "upl")
        )
        assert got.limits.lower == (None if lower is None else pytest.approx(lower, abs=1e-6))
        assert got.limits.upper == (None if upper is None else pytest.approx(upper, abs=1e-6))
        assert got.cause == CAUSES[row["special_cause_type"]]
        assert got.variation in TYPES[row["point_type"]]
        assert str(got.segment) == row["rebase_group"]
    assert read.assurance == ASSURANCES[points[-1]["assurance_type"]]


def test_a_constant_series_has_limits_equal_to_its_mean():
    [limits] = analyse(
        [5.0] * 14, direction=Direction.UP, settings=SpcSettings(screen=True)
    ).segments

    assert (limits.mean, limits.lower, limits.upper) == (5.0, 5.0, 5.0)


def test_the_published_example_without_screening():
    values = [float(value) for value in (1, 2, 1, 2, 10, *[1, 2] * 6, 1)]
    [limits] = analyse(values, direction=Direction.UP).segments

    assert (round(limits.mean, 2), round(limits.lower, 2), round(limits.upper, 2)) == (
        1.94,
        -3.06,
        6.95,
    )


RISE = [float(value) for value in range(7)]


@pytest.mark.parametrize(
    ("values", "settings", "cause"),
    [
        # Seven rising in the middle of a wide series: six steps, all seven told.
        ([9.0, -3, 9, -3, *RISE, 9, -3, 9, -3], SpcSettings(), SpecialCause.RISING),
        ([-3.0, 9, -3, 9, *RISE[:6], -3, 9, -3], SpcSettings(), SpecialCause.COMMON),
        ([-3.0, 9, -3, 9, *RISE[:6], -3, 9, -3], SpcSettings(trend=6), SpecialCause.RISING),
        ([9.0, -3, 9, -3, 0, 1, 2, 2, 3, 4, 5, 9, -3], SpcSettings(), SpecialCause.COMMON),
        ([9.0, -3, 9, -3, 0, 1, 2, None, 3, 4, 5, 9, -3], SpcSettings(), SpecialCause.COMMON),
    ],
    ids=["seven", "six", "six where six suffice", "a tie", "a gap"],
)
def test_a_trend(values, settings, cause):
    assert analyse(values, direction=Direction.UP, settings=settings).points[5].cause == cause


@pytest.mark.parametrize(
    ("direction", "variation"),
    [
        (Direction.UP, Variation.IMPROVING_HIGH),
        (Direction.DOWN, Variation.WORSENING_HIGH),
        (Direction.NONE, Variation.CHANGED_HIGH),
    ],
)
def test_the_latest_value_says_what_the_measure_does(direction, variation):
    read = analyse([1.0, 2] * 7 + [90.0, None], direction=direction)

    assert read.points[-2].cause == SpecialCause.ABOVE
    assert read.variation == variation


def test_no_values_say_nothing():
    for values in ([], [None, None]):
        read = analyse(values, direction=Direction.UP, target=3)
        assert (read.variation, read.assurance) == (Variation.UNSUITABLE, Assurance.NONE)
        assert [point.limits.mean for point in read.points] == [None] * len(values)


def test_a_step_change_leaves_the_old_limits_as_they_were():
    before, after = [1.0, 2, 1, 2, 1, 2], [11.0, 12, 11, 12]
    alone = analyse(before, direction=Direction.UP)
    both = analyse(before + after, direction=Direction.UP, steps=[6])

    assert both.points[:6] == alone.points
    assert [round(limits.mean, 1) for limits in both.segments] == [1.5, 11.5]


@given(
    values=st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=60),
    direction=st.sampled_from(Direction),
)
def test_turning_a_series_upside_down_turns_what_is_told(values, direction):
    turned = {
        SpecialCause.ABOVE: SpecialCause.BELOW,
        SpecialCause.RISING: SpecialCause.FALLING,
        SpecialCause.NEAR_HIGH: SpecialCause.NEAR_LOW,
        SpecialCause.SHIFT_UP: SpecialCause.SHIFT_DOWN,
        SpecialCause.COMMON: SpecialCause.COMMON,
    }
    turned |= {low: high for high, low in turned.items()}
    read = analyse(values, direction=direction)
    other = analyse([None if one is None else -one for one in values], direction=direction)

    assert [turned[point.cause] for point in read.points] == [p.cause for p in other.points]
