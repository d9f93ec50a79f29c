"""The small line of tables."""

from hypothesis import given
from hypothesis import strategies as st

from hertsend.charts import sparkline
from hertsend.charts.sparkline import HEIGHT, WIDTH
from tests.hertsend.charts.reading import all_of, parse


def test_a_line_its_trajectory_and_its_last_point():
    drawing = sparkline([1, 2, None, 3], [None, 2, 3, 4], words="Rises to 3.")
    dashed, line = all_of(drawing, "path")

    assert parse(drawing).get("aria-label") == "Rises to 3."
    assert dashed.get("stroke-dasharray")
    assert line.get("d").count("M") == 2
    assert len(all_of(drawing, "circle")) == 1


def test_nothing_is_drawn_of_nothing():
    drawing = sparkline([None, None], words="No figure.")

    assert all_of(drawing, "path") == []
    assert all_of(drawing, "circle") == []


def test_words_are_escaped():
    assert parse(sparkline([1], words='<b> & "c"')).get("aria-label") == '<b> & "c"'


@given(
    values=st.lists(st.none() | st.floats(-1e11, 1e11), max_size=600),
    expected=st.lists(st.none() | st.floats(-1e11, 1e11), max_size=40),
)
def test_everything_stays_in_the_frame(values, expected):
    drawing = sparkline(values, expected, words="A line.")
    numbers = [
        (float(x), float(y))
        for path in all_of(drawing, "path")
        for x, y in (pair.split() for pair in path.get("d").replace("L", "M").split("M")[1:])
    ]

    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in numbers)
