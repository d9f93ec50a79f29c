"""What may be entered, what is odd, and numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hertsend.errors import RuleBroken
from kpis.enums import Presence
from kpis.policies.figures import Figure, Warnings, check_figure, clean_number, warnings_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("76.599999999999994", "76.6"),
        ("85.086705202312146", "85.086705"),
        ("0.1", "0.1"),
        ("0", "0"),
        ("-0", "0"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        (" 55 % ", "55"),
        ("−3", "-3"),
        ("£12", "12"),
        ("1e2", "100"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1 234", "1234"),
    ],
)
def test_a_number_as_it_is_written(written, number):
    assert str(clean_number(written)) == number


@pytest.mark.parametrize(
    "written",
    ["", ".", "c", "z", "low", "12,34", "1.2.3", "NaN", "inf", "1e99", "٣", "--1", "1/2", "£"],
)
def test_what_is_no_number(written):
    with pytest.raises(ValueError, match=r".*"):
        clean_number(written)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_float_of_a_spreadsheet_is_the_number_that_it_shows(number):
    assert clean_number(repr(float(number))) == number


def check(**figure):
    more = {"has_parts": True, "is_percent": True, "is_correction": False, "reason": ""}
    given = {name: figure.pop(name) for name in list(more) if name in figure}
    check_figure(
        Figure(**{name: _typed(value) for name, value in figure.items()}), **(more | given)
    )


def _typed(value):
    return Decimal(value) if isinstance(value, int) else value


@pytest.mark.parametrize(
    "figure",
    [
        {"value": 0},
        {"value": 100},
        {"numerator": 90, "denominator": 164},
        {"numerator": 0, "denominator": 5},
        {"presence": Presence.SUPPRESSED},
        {"presence": Presence.LOW},
        {"presence": Presence.NOT_APPLICABLE},
        {"presence": Presence.MISSING},
        {"value": 400, "is_percent": False},
        {"value": 55, "is_correction": True, "reason": "Late case"},
    ],
)
def test_what_is_a_figure(figure):
    check(**figure)


@pytest.mark.parametrize(
    ("figure", "field", "sentence"),
    [
        ({}, "value", "Enter the figure, or say why there is none."),
        (
            {"presence": Presence.MISSING, "value": 0},
            "value",
            "Leave the figure empty, or say that it is given.",
        ),
        ({"numerator": 90}, "denominator", "Enter both parts."),
        ({"denominator": 90}, "numerator", "Enter both parts."),
        ({"numerator": 90, "denominator": 0}, "denominator", "Enter a whole above zero."),
        ({"numerator": -1, "denominator": 9}, "numerator", "Enter zero or more."),
        (
            {"value": 5, "numerator": 1, "denominator": 9},
            "value",
            "Enter the figure itself or both its parts, not all of them.",
        ),
        (
            {"numerator": 1, "denominator": 9, "has_parts": False},
            "numerator",
            "This measure is not counted in parts. Enter the figure itself.",
        ),
        ({"numerator": 10, "denominator": 9}, "value", "Enter a percentage from 0 to 100."),
        ({"value": 101}, "value", "Enter a percentage from 0 to 100."),
        ({"value": 10**11, "is_percent": False}, "value", "Enter a smaller number."),
        (
            {"value": 5, "is_correction": True, "reason": "  "},
            "reason",
            "Say why the figure changes; the old one stays to be seen.",
        ),
    ],
)
def test_what_is_none(figure, field, sentence):
    with pytest.raises(RuleBroken) as refused:
        check(**figure)

    assert refused.value.errors == {field: [sentence]}


def test_the_part_in_a_hundred():
    assert Figure(numerator=Decimal(82), denominator=Decimal(164)).number == 50
    assert Figure(presence=Presence.SUPPRESSED).number is None


@pytest.mark.parametrize(
    ("figure", "sentences"),
    [
        (None, 0),
        (50, 0),
        (4, 1),
        (96, 1),
        (75, 1),
        (101, 2),
    ],
)
def test_an_odd_figure_is_told(figure, sentences):
    known = Warnings(plausible_low=Decimal(5), plausible_high=Decimal(95), lower=45.0, upper=55.0)
    told = warnings_of(None if figure is None else Decimal(figure), known)

    assert len(told) == (sentences if figure not in {4, 96} else 2)


def test_nothing_is_odd_where_nothing_is_known():
    assert warnings_of(Decimal(1), Warnings()) == []
