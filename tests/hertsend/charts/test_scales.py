"""Round steps, months, and labels that keep apart."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hertsend.charts import scales


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (92, [0, 20, 40, 60, 80, 100]),
        (114, [0, 25, 50, 75, 100, 125]),
        (1000, [0, 200, 400, 600, 800, 1000]),
    ],
)
def test_round_ticks(highest, ticks):
    assert scales.round_ticks(highest) == ticks


@given(st.integers(min_value=0, max_value=10**6))
def test_ticks_begin_at_zero_reach_the_highest_and_are_few(highest):
    ticks = scales.round_ticks(highest)

    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert len({then - first for first, then in pairwise(ticks)}) == 1
    assert len(ticks) <= 7


def test_months():
    assert scales.months_after(dt.date(2024, 1, 31), -1) == dt.date(2023, 12, 1)
    assert scales.months_after(dt.date(2024, 12, 2), 1) == dt.date(2025, 1, 1)
    assert scales.months_between(dt.date(2023, 11, 30), dt.date(2024, 2, 1)) == [
        dt.date(2023, 11, 1),
        dt.date(2023, 12, 1),
        dt.date(2024, 1, 1),
        dt.date(2024, 2, 1),
    ]


def test_every_so_many_marks_have_a_label():
    assert scales.every(12, 600, 44) == 1
    assert scales.every(17, 526, 44) == 2
    assert scales.every(5, 0, 44) == 5


def test_spread_moves_only_what_is_too_near():
    assert scales.spread([10, 40], apart=17, highest=0, lowest=100) == [10, 40]
    assert scales.spread([10, 12, 90], apart=17, highest=0, lowest=100) == [10, 27, 90]
    assert scales.spread([95, 98, 99], apart=17, highest=0, lowest=100) == [66, 83, 100]


def test_labels_are_moved_to_the_side_where_they_would_meet():
    free = scales.anchors_without_overlap([(100, 60), (300, 60)], width=400)
    near = scales.anchors_without_overlap([(200, 60), (210, 60)], width=400)
    at_the_edges = scales.anchors_without_overlap([(2, 60), (398, 60)], width=400)
    crowded = scales.anchors_without_overlap([(200, 60), (201, 60), (202, 60)], width=400)

    assert free == ["middle", "middle"]
    assert near == ["end", "start"]
    assert at_the_edges == ["start", "end"]
    assert crowded is None
