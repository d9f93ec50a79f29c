"""The burn-up chart: its words, its lines, and that nothing covers anything."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hertsend.charts import BurnUpPoint, burn_up
from hertsend.charts.scales import months_after
from tests.hertsend.charts.reading import (
    all_of,
    assert_stands_alone,
    collisions,
    labels,
    outside,
    texts,
)

START = dt.date(2023, 12, 1)


def points(*pairs: tuple[int, int | None]) -> list[BurnUpPoint]:
    return [
        BurnUpPoint(month=months_after(START, step), due=due, complete=complete)
        for step, (due, complete) in enumerate(pairs)
    ]


def draw(*pairs: tuple[int, int | None], **more: object) -> str:
    return burn_up(
        points(*pairs),
        **{"title": "Due and complete", "description": "By month.", "identifier": "due", **more},
    )


def test_three_months_exactly():
    drawing = draw((4, 4), (10, 6), (16, None), width=200, height=180)

    (due,) = all_of(drawing, "path")
    (complete,) = all_of(drawing, "polyline")
    assert due.get("d") == "M40 115.2H111V87H182V58.8"
    assert complete.get("points") == "40,115.2 111,105.8"
    assert due.get("stroke-dasharray") == "5 3"


def test_the_words_at_the_last_known_month():
    drawing = draw((4, 4), (23, 15), (25, 19), (37, None))

    assert texts(drawing)[-3:] == ["25 due as published", "6 behind", "19 complete"]


def test_where_the_words_would_run_over_the_numbers_the_legend_says_the_rest():
    months = ((4, 4), (23, 15), (25, 19), *[(37, None)] * 8)

    assert texts(draw(*months, width=900))[-3:] == [
        "25 due as published",
        "6 behind",
        "19 complete",
    ]
    assert texts(draw(*months, width=330))[-3:] == ["25 due", "6 behind", "19 complete"]


def test_nothing_is_behind_when_all_is_done():
    assert [word for word in texts(draw((4, 4), (6, 6))) if "behind" in word] == []
    assert [word for word in texts(draw((4, 4), (6, 7))) if "behind" in word] == []
    assert "7 complete" in texts(draw((4, 4), (6, 7)))


def test_months_are_named_with_their_year_once():
    drawing = draw((1, None), (2, None), (3, None))

    assert texts(drawing)[-5:] == ["Dec", "2023", "Jan", "2024", "Feb"]


def test_each_month_can_be_read_out():
    drawing = draw((4, 3), (6, None))

    readings = [group.get("data-reading") for group in all_of(drawing, "g")]
    assert readings[1:] == [
        "Dec 2023: 4 due as published, 3 complete",
        "Jan 2024: 6 due as published, not yet known",
    ]


def test_without_months_there_is_still_a_drawing():
    drawing = draw()

    assert_stands_alone(drawing)
    assert all_of(drawing, "polyline") == []
    assert "data-readings" not in drawing


def test_one_month():
    drawing = draw((3, 1))

    assert_stands_alone(drawing)
    assert "2 behind" in texts(drawing)


def test_title_and_description_are_escaped():
    drawing = draw((1, 1), title="<script>", description='"&')

    assert "<script>" not in drawing
    assert "&lt;script&gt;" in drawing
    assert all_of(drawing, "desc")[0].text == '"&'


def test_the_same_values_give_the_same_text():
    assert draw((4, 3), (6, 5)) == draw((4, 3), (6, 5))
    assert draw((4, 3), (6, 5)) != draw((4, 3), (6, 4))


@given(
    data=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=60),
    known=st.integers(0, 60),
    width=st.sampled_from([330, 580, 900]),
)
@settings(max_examples=60, deadline=None)
def test_the_words_at_the_end_never_cover_each_other(data, known, width):
    pairs = [(due, done if step < known else None) for step, (due, done) in enumerate(data)]
    drawing = draw(*pairs, width=width)

    assert_stands_alone(drawing)
    assert outside(drawing) == []
    ends = ("published", "behind", "complete")
    noted = [label for label in labels(drawing) if label.words.endswith(ends)]
    assert [(a, b) for a in noted for b in noted if a is not b and a.touches(b)] == []
    months = [label for label in labels(drawing) if label.base > 340 - 46]
    assert [(a, b) for a in months for b in months if a is not b and a.touches(b)] == []


@pytest.mark.parametrize("width", [330, 580])
def test_a_usual_chart_has_no_labels_on_each_other(width):
    drawing = draw(
        (6, 4), (23, 15), (25, 19), (37, 26), (53, 38), (54, None), (70, None), width=width
    )

    assert collisions(drawing) == []
