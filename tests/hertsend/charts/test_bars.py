"""Stacked bars: numbers, sums, and room for their labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hertsend.charts import StackedBar, stacked_bars
from tests.hertsend.charts.reading import all_of, assert_stands_alone, collisions, outside, texts

PARTS = ("Signed off", "Proposed complete", "In progress", "Not started")


def draw(*bars: StackedBar, parts: tuple[str, ...] = PARTS, width: float = 580) -> str:
    return stacked_bars(
        bars,
        parts=parts,
        title="By stage",
        description="By workstream.",
        identifier="s",
        width=width,
    )


def test_a_bar_shows_its_parts_and_its_sum():
    drawing = draw(StackedBar(label="PA1", note="Data and insight", values=(12, 2, 8, 2)))

    assert texts(drawing) == [
        "Signed off 12",
        "Proposed complete 2",
        "In progress 8",
        "Not started 2",
        "PA1",
        "Data and insight",
        "12",
        "2",
        "8",
        "2",
        "24",
    ]
    (row,) = all_of(drawing, "g")
    assert row.get("data-reading") == (
        "PA1: signed off 12, proposed complete 2, in progress 8, not started 2, in all 24"
    )


def test_lengths_are_to_one_scale():
    drawing = draw(
        StackedBar(label="PA1", values=(10, 0, 0, 0)), StackedBar(label="PA2", values=(5, 0, 0, 0))
    )

    lengths = [float(part.get("width", "0")) for part in all_of(drawing, "rect")][4:]
    assert lengths == [320, 160]


def test_an_empty_part_is_left_out_and_an_empty_bar_has_its_zero():
    drawing = draw(StackedBar(label="PA1", values=(0, 0, 0, 0)))

    assert len(all_of(drawing, "rect")) == 4
    assert texts(drawing)[-1] == "0"


def test_a_number_without_room_is_left_to_the_table():
    drawing = draw(StackedBar(label="PA1", values=(1, 0, 200, 0)))

    assert texts(drawing)[-2:] == ["200", "201"]


def test_without_bars_there_is_still_a_drawing():
    assert_stands_alone(draw())


def test_labels_are_escaped():
    drawing = draw(StackedBar(label="<b>", note='"&"', values=(1, 0, 0, 0)))

    assert "<b>" not in drawing
    assert texts(drawing)[4:6] == ["<b>", '"&"']


def test_a_name_too_long_for_its_column_is_cut():
    drawing = draw(StackedBar(label="A" * 60, note="n" * 60, values=(3, 0, 0, 0)))

    assert texts(drawing)[4:6] == ["A" * 27 + "…", "n" * 29 + "…"]
    assert collisions(drawing) == []
    assert "A" * 60 in (all_of(drawing, "g")[0].get("data-reading") or "")


@pytest.mark.parametrize("values", [(1, 2), (1, 2, 3, -1), ()])
def test_values_that_do_not_fit_the_parts_are_refused(values):
    with pytest.raises(ValueError, match="needs 4 values of zero or more"):
        draw(StackedBar(label="PA1", values=values))


def test_five_parts_cannot_be_told_apart():
    with pytest.raises(ValueError, match="At most 4 parts"):
        draw(parts=("a", "b", "c", "d", "e"))


@given(
    rows=st.lists(st.tuples(*[st.integers(0, 60)] * 4), max_size=8),
    width=st.sampled_from([330, 580]),
)
@settings(max_examples=60, deadline=None)
def test_labels_keep_apart(rows, width):
    drawing = draw(
        *(
            StackedBar(label=f"AI{index}", note="A note " * 8, values=row)
            for index, row in enumerate(rows)
        ),
        width=width,
    )

    assert_stands_alone(drawing)
    assert collisions(drawing) == []
    assert outside(drawing) == []
