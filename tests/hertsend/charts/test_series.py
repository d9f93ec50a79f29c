"""Charts of measures: nothing covers anything, nothing leaves the frame, from 1 to 600 points."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hertsend.charts import Band, Level, Other, Series, SeriesPoint, Step, as_png, series_chart
from hertsend.charts.scales import nice_ticks, tick_words
from tests.hertsend.charts.reading import (
    all_of,
    assert_stands_alone,
    collisions,
    outside,
    parse,
    texts,
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def points(values, *, expected=None, marks=None):
    return [
        SeriesPoint(
            tick=MONTHS[index % 12],
            group=str(2022 + index // 12),
            value=value,
            expected=expected[index] if expected else None,
            mark=marks[index] if marks else "common",
            is_provisional=index % 5 == 4,
            words="" if value is None else f"{value:g}%",
            reading=f"{MONTHS[index % 12]}: {value}",
        )
        for index, value in enumerate(values)
    ]


def draw(series: Series, **more) -> str:
    about = {"title": "New plans", "description": "By month.", "identifier": "new"}
    return series_chart(series, **(about | more))


VALUES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 39, 36, 41, 37, 40, 38, 35, 42, 39]
FULL = Series(
    points=points(
        VALUES,
        expected=[30 + index for index in range(20)],
        marks=["common"] * 16 + ["better", "better", "worse", "changed"],
    ),
    unit="%",
    bands=[
        Band(
            first=0,
            last=9,
            mean=34,
            lower=26,
            upper=46,
            lower_words="lower limit 26%",
            upper_words="upper limit 46%",
        ),
        Band(
            first=10,
            last=19,
            mean=39,
            lower=30,
            upper=48,
            lower_words="lower limit 30%",
            upper_words="upper limit 48%",
        ),
    ],
    levels=[
        Level(value=100, name="Legal standard", words="100%", is_law=True),
        Level(value=60, name="Interim milestone", words="60%, April 2025", at=19),
    ],
    steps=[Step(at=10, name="Step change, Nov 2022", words="first of the new staff start")],
    others=[Other(name="England 50.3%", values=[None] * 3 + [50.3] * 12 + [None] * 5)],
    whole=(0, 100),
)


def inside(drawing: str) -> bool:
    """Whether every text and every mark stands on the drawing."""
    root = parse(drawing)
    height, width = float(root.get("height")), float(root.get("width"))
    ys = [float(one.get(name)) for one in root.iter() for name in ("y", "cy") if one.get(name)]
    xs = [float(one.get(name)) for one in root.iter() for name in ("x", "cx") if one.get(name)]
    paths = [
        float(number)
        for one in root.iter()
        for number in re.findall(r"-?\d+(?:\.\d+)?", one.get("d") or "")
    ]
    in_frame = all(-1 <= y <= height + 1 for y in ys) and all(-1 <= x <= width + 1 for x in xs)
    return in_frame and all(-1 <= number <= max(width, height) + 1 for number in paths)


def test_everything_is_told_by_words_shape_and_line():
    drawing = draw(FULL)

    assert_stands_alone(drawing)
    assert collisions(drawing) == []
    assert {
        *("Legal standard", "100%", "Interim milestone", "60%, April 2025", "39%"),
        *("Step change, Nov 2022", "first of the new staff start"),
        *("upper limit 46%", "lower limit 26%", "upper limit 48%", "lower limit 30%"),
        *("England 50.3%", "Within the expected range", "Improving beyond chance"),
        *("Worse beyond chance", "Changed beyond chance", "Trajectory"),
    } <= set(texts(drawing))
    # A shape of its own for each kind, so that black and white is enough.
    assert len(all_of(drawing, "polygon")) == 4
    assert len([one for one in all_of(drawing, "rect") if one.get("stroke")]) == 3


def test_each_other_place_has_dashes_of_its_own_which_the_key_names():
    places = [Other(name=f"Place {number}", values=[40.0 + number] * 20) for number in range(3)]
    drawing = draw(replace(FULL, others=[*places, Other(name="Nobody", values=[None] * 20)]))
    lines = [one for one in all_of(drawing, "path") if one.get("stroke-linecap")]
    swatches = [one.get("stroke-dasharray") for one in all_of(drawing, "line")]

    dashes = [one.get("stroke-dasharray") for one in lines]
    assert len(set(dashes)) == len(dashes) == 3
    assert [swatches.count(each) for each in dashes] == [1, 1, 1]
    assert {"Place 0", "Place 1", "Place 2"} <= set(texts(drawing))
    assert "Nobody" not in texts(drawing)


def test_each_period_can_be_read_out():
    readings = [one.get("data-reading") for one in all_of(draw(FULL), "g")]

    assert readings[:2] == ["Jan: 34", "Feb: 31"]
    assert len(readings) == 20


def test_a_missing_figure_leaves_the_line_open():
    drawing = draw(Series(points=points([1, 2, None, 4, 5])))
    [path] = all_of(drawing, "path")

    assert path.get("d").count("M") == 2
    # Four figures and two keys.
    assert len(all_of(drawing, "circle")) == 4 + 2


def test_a_copy_that_leaves_the_page_carries_its_heading():
    assert "New plans by month" in texts(draw(FULL, heading="New plans by month"))
    assert "New plans by month" not in texts(draw(FULL))


def test_the_same_values_give_the_same_text():
    assert draw(FULL) == draw(FULL)


def test_a_long_name_stands_in_lines_and_loses_nothing():
    level = Level(value=100, name="Target and legal standard", words="100%", is_law=True)
    written = texts(draw(Series(points=points(VALUES), unit="%", levels=[level])))

    assert " ".join(written).count("Target and legal standard 100%") == 1


def test_each_year_of_a_yearly_measure_is_named():
    years = [SeriesPoint(tick=f"202{year}/2{year + 1}", value=30.0 + year) for year in (1, 2, 3)]
    for width in (330, 820):
        assert {"2021/22", "2022/23", "2023/24"} <= set(
            texts(draw(Series(points=years), width=width))
        )


NUMBERS = st.one_of(
    st.none(),
    st.floats(-1e11, 1e11, allow_nan=False),
    st.floats(0, 100),
    st.sampled_from([0.0, 0.0, 1e-6, 55.0, 1e11]),
)


@st.composite
def any_series(draw_from):
    count = draw_from(st.sampled_from([1, 2, 3, 12, 36, 60, 600]) | st.integers(1, 60))
    pattern = draw_from(st.lists(NUMBERS, min_size=1, max_size=24))
    values = [pattern[index % len(pattern)] for index in range(count)]
    expected = draw_from(st.sampled_from([None, 50.0, 1e6]))
    cut = draw_from(st.integers(0, count - 1))
    known = [value for value in values if value is not None] or [0.0]
    mean = draw_from(st.sampled_from(known))
    reach = draw_from(st.floats(0, 1e6))
    words = draw_from(st.sampled_from(["", "short", "a reason of many words " * 6]))
    bands = [
        Band(
            first=first,
            last=last,
            mean=mean,
            lower=mean - reach,
            upper=mean + reach,
            lower_words="lower limit 26%",
            upper_words="upper limit 46%",
        )
        for first, last in ((0, cut), (min(cut + 1, count - 1), count - 1))
    ]
    return Series(
        points=points(values, expected=[expected] * count),
        unit=draw_from(st.sampled_from(["", "%"])),
        bands=draw_from(st.sampled_from([bands, []])),
        levels=[
            Level(value=level, name=name, words="100%", is_law=number == 0, at=at)
            for number, (level, name, at) in enumerate(
                draw_from(
                    st.lists(
                        st.tuples(
                            st.sampled_from([0.0, 60.0, 60.5, 100.0]),
                            st.sampled_from(["Legal standard", "Interim milestone", "Target"]),
                            st.sampled_from([None, count - 1]),
                        ),
                        max_size=3,
                    )
                )
            )
        ],
        steps=[Step(at=at, name="Step change, Sept 2023", words=words) for at in (cut, count - 1)],
        others=[Other(name=name, values=values) for name in ("England 50%", "Region 51%")],
    )


@given(
    series=any_series(),
    width=st.sampled_from([330, 820]),
    heading=st.sampled_from(["", "New plans within twenty weeks, by month, of all " * 4]),
)
@settings(max_examples=150, deadline=None)
def test_no_label_covers_another_and_nothing_leaves_the_frame(series, width, heading):
    drawing = draw(series, width=width, heading=heading)

    assert_stands_alone(drawing)
    assert collisions(drawing) == []
    assert outside(drawing) == []
    assert inside(drawing)


@pytest.mark.parametrize("width", [330, 820])
def test_without_periods_there_is_still_a_drawing(width):
    drawing = draw(Series(points=[]), width=width)

    assert_stands_alone(drawing)
    assert "data-readings" not in drawing


@given(low=st.floats(-1e11, 1e11), span=st.floats(0, 1e11))
def test_an_axis_holds_what_is_asked_and_is_evenly_marked(low, span):
    ticks = nice_ticks(low, low + span)
    words = tick_words(ticks, "%")

    assert ticks[0] <= low + abs(low) * 1e-9
    assert ticks[-1] >= (low + span) * (1 - 1e-9) - 1e-9
    assert 2 <= len(ticks) <= 6
    assert len(set(words)) == len(words)
    assert words[-1].endswith("%")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 100, ["0", "20", "40", "60", "80", "100%"]),
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0%"]),
        (380, 440, ["380", "400", "420", "440%"]),
        (0, 2_400_000, ["0.0m", "0.5m", "1.0m", "1.5m", "2.0m", "2.5m%"]),
        (-3, 3, ["-4", "-2", "0", "2", "4%"]),
    ],
)
def test_the_words_of_an_axis(low, high, words):
    assert tick_words(nice_ticks(low, high), "%") == words


def test_a_picture_has_the_words_of_the_drawing():
    """Drawn with and without its texts: where the fonts were not found, both would be the same."""
    drawing = draw(FULL)
    without = re.sub(r"<text.*?</text>", "", drawing)
    picture, silent = as_png(drawing), as_png(without)

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20], "big") == 2 * 820
    assert len(picture) > len(silent) + 5000
