"""The line of dates: which marks, which words, and that the words keep apart."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from hertsend.charts import date_line
from tests.hertsend.charts.reading import all_of, assert_stands_alone, labels, outside, texts

PUBLISHED = dt.date(2024, 6, 30)
AGREED = dt.date(2024, 10, 31)
FORECAST = dt.date(2024, 11, 8)
TODAY = dt.date(2024, 10, 15)


def draw(
    *,
    published: dt.date = PUBLISHED,
    agreed: dt.date | None = AGREED,
    forecast: dt.date | None = FORECAST,
    today: dt.date = TODAY,
    width: float = 820,
    **more: bool,
) -> str:
    return date_line(
        published=published,
        agreed=agreed,
        forecast=forecast,
        today=today,
        identifier="dates",
        width=width,
        **more,
    )


def test_all_four_dates():
    drawing = draw()

    assert_stands_alone(drawing)
    assert all_of(drawing, "desc")[0].text == (
        "Published 30 June 2024, Agreed 31 October 2024, Forecast 8 November 2024, slip 131 days."
        " Today is 15 October 2024."
    )
    assert texts(drawing)[-3:] == ["Published", "Agreed", "Forecast"]
    assert "131 days" in texts(drawing)
    assert "Today" in texts(drawing)


def test_a_day_gone_by_is_not_called_today():
    drawing = draw(is_past=True)

    assert all_of(drawing, "desc")[0].text.endswith(", slip 131 days. As at 15 October 2024.")
    assert "As at" in texts(drawing)
    assert "Today" not in texts(drawing)


def test_each_date_has_a_shape_of_its_own():
    drawing = draw()

    fills = [circle.get("fill") for circle in all_of(drawing, "circle")]
    assert fills == ["#ffffff", "#0b0c0c"]
    assert len(all_of(drawing, "polygon")) == 1


def test_without_agreed_and_forecast():
    drawing = draw(agreed=None, forecast=None)

    assert len(all_of(drawing, "circle")) == 1
    assert all_of(drawing, "polygon") == []
    assert [word for word in texts(drawing) if "day" in word.split()] == []
    assert "slip" not in drawing


def test_dates_that_fall_together_share_a_label():
    drawing = draw(agreed=PUBLISHED, forecast=PUBLISHED)

    assert "Published and agreed and forecast" in texts(drawing)
    assert "slip" not in drawing


def test_a_forecast_before_the_agreed_date_does_not_shorten_the_slip():
    drawing = draw(forecast=PUBLISHED)

    assert "slip 123 days" in drawing
    assert "123 days" in texts(drawing)


def test_the_slip_of_one_day_is_one_day():
    drawing = draw(agreed=None, forecast=dt.date(2024, 7, 1))

    assert "1 day" in texts(drawing)
    assert "slip 1 day." in drawing


def test_a_forecast_before_the_published_date_is_no_slip():
    drawing = draw(agreed=None, forecast=dt.date(2024, 6, 1))

    assert [word for word in texts(drawing) if word.endswith("days")] == []
    assert all_of(drawing, "polygon")[0].get("fill") == "#0b4f5c"


@given(
    published=st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 31)),
    agreed=st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 31)),
    forecast=st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 31)),
    today=st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 31)),
    width=st.sampled_from([330, 820]),
)
@settings(max_examples=80, deadline=None)
def test_names_of_dates_and_of_months_keep_apart(published, agreed, forecast, today, width):
    drawing = draw(published=published, agreed=agreed, forecast=forecast, today=today, width=width)

    assert_stands_alone(drawing)
    assert outside(drawing) == []
    found = labels(drawing)
    below = [label for label in found if label.base > 80]
    months = [label for label in found if 60 < label.base < 70]
    for group in (below, months):
        assert [(a, b) for a in group for b in group if a is not b and a.touches(b)] == []
