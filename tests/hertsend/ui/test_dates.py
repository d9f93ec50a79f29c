"""A date in three boxes: what is accepted, and what is said when it is not."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from hertsend.ui.dates import DayMonthYearField, DayMonthYearWidget, TypedDate
from hertsend.ui.forms import GovukForm


class Sample(GovukForm):
    forecast_on = DayMonthYearField(label="Forecast date")
    agreed_on = DayMonthYearField(required=False)


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"forecast_on_day": day, "forecast_on_month": month, "forecast_on_year": year}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("30", "9", "2024"),
        ("30", "09", "2024"),
        (" 30 ", " 9 ", " 2024 "),
        ("30", "Sep", "2024"),
        ("30", "sept.", "2024"),
        ("30", "SEPTEMBER", "2024"),
    ],
)
def test_one_day_in_many_spellings(day, month, year):
    form = Sample(typed(day, month, year))

    assert form.is_valid()
    assert form.cleaned_data == {"forecast_on": dt.date(2024, 9, 30), "agreed_on": None}


@pytest.mark.parametrize(
    ("parts", "message", "box"),
    [
        (("", "", ""), "Enter forecast date", "day"),
        (("", "9", "2024"), "Forecast date must include a day", "day"),
        (("30", "", "2024"), "Forecast date must include a month", "month"),
        (("30", "", ""), "Forecast date must include a month and year", "month"),
        (
            ("30", "9", "24"),
            "Forecast date must have a year of 4 numbers, for example 2024",
            "year",
        ),
        (
            ("30", "9", "20 24"),
            "Forecast date must have a year of 4 numbers, for example 2024",
            "year",
        ),
        (("30", "9", "1924"), "Forecast date must have a year between 2000 and 2100", "year"),
        (("30", "13", "2024"), "Forecast date must have a month from 1 to 12", "month"),
        (("30", "0", "2024"), "Forecast date must have a month from 1 to 12", "month"),
        (("30", "J", "2024"), "Forecast date must have a month from 1 to 12", "month"),
        (("31", "9", "2024"), "Forecast date must be a real date, for example 30 9 2024", "day"),
        (("29", "2", "2023"), "Forecast date must be a real date, for example 30 9 2024", "day"),
        (("-1", "2", "2024"), "Forecast date must be a real date, for example 30 9 2024", "day"),
        (("³", "2", "2024"), "Forecast date must be a real date, for example 30 9 2024", "day"),
    ],
)
def test_what_is_wrong_is_said_and_kept(parts, message, box):
    form = Sample(typed(*parts))

    assert form.errors == {"forecast_on": [message]}
    assert form["forecast_on"].focus_id == f"id_forecast_on_{box}"
    assert form["forecast_on"].value() == TypedDate(*parts)


def test_a_leap_day_is_a_day():
    assert Sample(typed("29", "2", "2024")).is_valid()


def test_boxes_show_a_date_a_text_or_nothing():
    assert TypedDate.of(dt.date(2024, 6, 5)) == TypedDate("5", "6", "2024")
    assert TypedDate.of("2024-06-05") == TypedDate("5", "6", "2024")
    assert TypedDate.of("September 2024") == TypedDate("", "", "")
    assert TypedDate.of(None) == TypedDate("", "", "")


def test_changed_means_another_day():
    field = DayMonthYearField(label="Agreed date")
    initial = dt.date(2024, 6, 30)

    assert not field.has_changed(initial, TypedDate("30", "June", "2024"))
    assert field.has_changed(initial, TypedDate("1", "7", "2024"))
    assert field.has_changed(initial, TypedDate("31", "6", "2024"))
    assert field.has_changed(initial, TypedDate())


def test_a_date_is_omitted_only_if_all_boxes_are():
    widget = DayMonthYearWidget()

    assert widget.value_omitted_from_data({"other": "1"}, {}, "forecast_on")
    assert not widget.value_omitted_from_data({"forecast_on_day": ""}, {}, "forecast_on")


def test_a_label_leads_to_the_first_box():
    assert DayMonthYearWidget().id_for_label("id_forecast_on") == "id_forecast_on_day"
    assert DayMonthYearWidget().id_for_label(None) == ""


def test_years_can_be_narrowed():
    field = DayMonthYearField(label="Date", earliest_year=2023, latest_year=2025)

    with pytest.raises(ValidationError, match="between 2023 and 2025"):
        field.clean(TypedDate("1", "1", "2026"))
    assert field.clean(TypedDate("1", "1", "2025")) == dt.date(2025, 1, 1)
