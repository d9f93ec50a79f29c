"""What is expected by now, and how a figure stands against it."""

import datetime as dt
from decimal import Decimal

import pytest

from kpis.enums import (
    Assurance,
    Direction,
    Frequency,
    PeriodKind,
    Presence,
    SpecialCause,
    Status,
    Variation,
)
from kpis.policies import suitability, wording
from kpis.policies.figures import Figure
from kpis.policies.periods import Period, ending
from kpis.policies.spc import SpcSettings
from kpis.policies.trajectory import (
    Bounds,
    Promise,
    contradicts,
    expected_at,
    is_better,
    periods_held,
    short_of_the_law,
    status_of,
)

UP, DOWN, NONE = Direction.UP, Direction.DOWN, Direction.NONE


def bounds(*ends: float) -> Bounds:
    numbers = [Decimal(str(end)) for end in ends]
    return Bounds(numbers[0], numbers[-1]) if numbers else Bounds()


def promise(**more) -> Promise:
    held = {
        "direction": UP,
        "baseline": bounds(33),
        "target": bounds(60),
        "begins_on": dt.date(2022, 12, 31),
        "due_on": dt.date(2025, 4, 30),
    }
    return Promise(**(held | more))


def of_month(text: str, kind: PeriodKind = PeriodKind.MONTH) -> Period:
    return ending(kind, dt.date.fromisoformat(f"{text}-28"))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2022-12", None),
        ("2023-01", "33.96"),
        ("2024-09", "53.25"),
        ("2025-03", "59.04"),
        ("2025-04", "60.00"),
        ("2026-01", "60.00"),
    ],
)
def test_the_line_is_straight_from_baseline_to_target(month, expected):
    found = expected_at(promise(), of_month(month), PeriodKind.MONTH)

    assert (found if found is None else f"{found:.2f}") == expected


@pytest.mark.parametrize(
    ("more", "month", "kind", "expected"),
    [
        # A range counts by the end that is nearest.
        (
            {"direction": DOWN, "baseline": bounds(400, 450), "target": bounds(200, 250)},
            "2025-04",
            PeriodKind.MONTH,
            250,
        ),
        ({"baseline": bounds()}, "2024-09", PeriodKind.MONTH, None),
        ({"baseline": bounds()}, "2025-05", PeriodKind.MONTH, 60),
        ({"due_on": None}, "2024-09", PeriodKind.MONTH, 60),
        ({"target": bounds()}, "2024-09", PeriodKind.MONTH, None),
        ({"direction": NONE}, "2024-09", PeriodKind.MONTH, None),
        ({"target": bounds(424)}, "2024-09", PeriodKind.YEAR_TO_DATE, 212),
        ({"target": bounds(424)}, "2025-03", PeriodKind.YEAR_TO_DATE, 424),
        ({"due_on": dt.date(2022, 12, 31)}, "2022-12", PeriodKind.MONTH, 60),
    ],
)
def test_what_else_is_expected(more, month, kind, expected):
    assert expected_at(promise(**more), of_month(month, kind), kind) == expected


@pytest.mark.parametrize(
    ("month", "expected"), [("2023-12", None), ("2024-01", 40), ("2024-06", 50), ("2025-12", 60)]
)
def test_typed_values_hold_until_the_next(month, expected):
    typed = [
        (dt.date(2024, 1, 31), Decimal(40)),
        (dt.date(2024, 6, 30), Decimal(50)),
        (dt.date(2025, 4, 30), Decimal(60)),
    ]

    assert expected_at(promise(typed=typed), of_month(month), PeriodKind.MONTH) == expected


@pytest.mark.parametrize(
    ("direction", "figure", "status"),
    [
        (UP, 60, Status.MET),
        (UP, 59.9, Status.WITHIN_TOLERANCE),
        (UP, 54, Status.WITHIN_TOLERANCE),
        (UP, 53.9, Status.MISSED),
        (DOWN, 60, Status.MET),
        (DOWN, 66, Status.WITHIN_TOLERANCE),
        (DOWN, 66.1, Status.MISSED),
        (DOWN, 0, Status.MET),
    ],
)
def test_a_figure_against_what_is_expected(direction, figure, status):
    found = status_of(
        Decimal(str(figure)), Decimal(60), promise(direction=direction), is_owed=False
    )

    assert found == status


def test_a_figure_without_anything_to_hold_it_against():
    figure = Decimal(5)

    assert status_of(None, Decimal(60), promise(), is_owed=False) == Status.NO_DATA
    assert status_of(figure, Decimal(60), promise(), is_owed=True) == Status.NO_DATA
    assert status_of(figure, None, promise(), is_owed=False) == Status.NOT_DUE
    wordy = promise(target=bounds())
    assert status_of(figure, None, wordy, is_owed=False) == Status.NO_NUMBER


@pytest.mark.parametrize(
    ("direction", "target", "standard", "word"),
    [
        (UP, 60, 100, "interim milestone"),
        (UP, 100, 100, "target"),
        (UP, 60, None, "target"),
        (DOWN, 6, 6, "target"),
        (DOWN, 9, 6, "interim milestone"),
    ],
)
def test_a_target_short_of_the_law_is_an_interim_milestone(direction, target, standard, word):
    held = promise(
        direction=direction,
        target=bounds(target),
        standard=None if standard is None else Decimal(standard),
    )

    assert held.word == word


@pytest.mark.parametrize(
    ("direction", "figure", "short"), [(UP, 55, 45), (UP, 100, 0), (DOWN, 108, 8), (DOWN, 99, 0)]
)
def test_what_is_missing_to_the_legal_standard(direction, figure, short):
    held = promise(direction=direction, standard=Decimal(100))

    assert short_of_the_law(Decimal(figure), held) == short
    assert short_of_the_law(None, held) is None
    assert short_of_the_law(Decimal(figure), promise()) is None


@pytest.mark.parametrize(
    ("fine", "status", "variation", "better", "told"),
    [
        (True, Status.MISSED, Variation.COMMON, True, True),
        (True, Status.MISSED, Variation.WORSENING_HIGH, None, True),
        (True, Status.MISSED, Variation.IMPROVING_LOW, None, False),
        (True, Status.MISSED, Variation.UNSUITABLE, False, True),
        (True, Status.MISSED, Variation.UNSUITABLE, None, True),
        (True, Status.MISSED, Variation.UNSUITABLE, True, False),
        (True, Status.WITHIN_TOLERANCE, Variation.COMMON, None, False),
        (False, Status.MISSED, Variation.COMMON, None, False),
    ],
)
def test_delivery_is_fine_and_the_measure_does_not_move(fine, status, variation, better, told):
    found = contradicts(delivery_is_fine=fine, status=status, variation=variation, better=better)

    assert found == told


@pytest.mark.parametrize(
    ("direction", "figure", "before", "better"),
    [
        (UP, 5, 4, True),
        (UP, 4, 5, False),
        (DOWN, 4, 5, True),
        (UP, 5, 5, None),
        (NONE, 5, 4, None),
        (UP, None, 4, None),
        (UP, 4, None, None),
    ],
)
def test_better_than_before(direction, figure, before, better):
    numbers = [None if one is None else Decimal(one) for one in (figure, before)]

    assert is_better(*numbers, direction) is better


def months_of(values, kind=PeriodKind.MONTH):
    """Figures of months in a row up to March; None is a missing one, "z" one that does not apply."""
    words = {None: Presence.MISSING, "z": Presence.NOT_APPLICABLE}
    ends = [dt.date(2024, 3, 31)]
    while len(ends) < len(values):
        ends.append(ends[-1].replace(day=1) - dt.timedelta(days=1))
    return [
        (
            ending(kind, day),
            Figure(presence=words[value]) if value in words else Figure(value=Decimal(value)),
        )
        for day, value in zip(ends[: len(values)][::-1], values, strict=True)
    ]


@pytest.mark.parametrize(
    ("direction", "values", "held"),
    [
        (UP, [59, 60, 61, 60], 3),
        (UP, [60, 60, 59, 60], 1),
        (UP, [60, 60, 59], 0),
        (UP, [60, 60, "z", 60], 3),
        (UP, [60, 60, None, 60], 1),
        (UP, [60, 60, None], 0),
        (DOWN, [61, 60, 12], 2),
        (NONE, [60, 60, 60], 0),
        (UP, [], 0),
    ],
)
def test_a_target_is_held_by_the_latest_periods_in_a_row(direction, values, held):
    asked = promise(direction=direction, target=bounds(60))

    assert periods_held(months_of(values), asked, PeriodKind.MONTH) == held


def test_what_grows_through_the_year_is_held_by_whole_years_alone():
    """A count of complaints is low each spring; only at the year's end does it say something."""
    few = months_of([424, 10, 30, 60, 90], PeriodKind.YEAR_TO_DATE)
    asked = promise(direction=DOWN, target=bounds(424))

    assert periods_held(few, asked, PeriodKind.YEAR_TO_DATE) == 1
    assert periods_held(few[:-1], asked, PeriodKind.YEAR_TO_DATE) == 0


def test_without_a_number_nothing_is_held():
    assert periods_held(months_of([1, 2, 3]), promise(target=bounds()), PeriodKind.MONTH) == 0


@pytest.mark.parametrize(
    ("kind", "frequency", "points", "short"),
    [
        (PeriodKind.MONTH, Frequency.MONTHLY, 13, None),
        (PeriodKind.QUARTER, Frequency.QUARTERLY, 40, None),
        (PeriodKind.POINT, Frequency.MONTHLY, 13, None),
        (PeriodKind.MONTH, Frequency.MONTHLY, 12, "12 points: too few"),
        (PeriodKind.MONTH, Frequency.MONTHLY, 1, "1 point: too few"),
        (PeriodKind.YEAR, Frequency.YEARLY, 40, "Annual: no limits"),
        (PeriodKind.POINT, Frequency.YEARLY, 40, "Annual: no limits"),
        (PeriodKind.ROLLING, Frequency.MONTHLY, 40, "Rolling: no limits"),
        (PeriodKind.YEAR_TO_DATE, Frequency.MONTHLY, 40, "Year to date: no limits"),
    ],
)
def test_where_limits_are_sound(kind, frequency, points, short):
    told = suitability.refusal(kind, frequency, points, SpcSettings())

    assert (told and told[0]) == short


def test_trial_limits_are_for_few_points_of_a_suitable_series():
    def possible(points, kind=PeriodKind.MONTH):
        return suitability.trial_is_possible(kind, Frequency.MONTHLY, points, SpcSettings())

    assert [possible(points) for points in (7, 8, 12, 13)] == [False, True, True, False]
    assert not possible(9, PeriodKind.ROLLING)


def test_the_settings_are_printed():
    words = suitability.settings_in_words(SpcSettings(screen=True, shift=6, baseline=12))

    assert "of the first 12 points" in words
    assert "Outlier screen on; shift 6, trend 7" in words
    assert suitability.warning(PeriodKind.POINT)
    assert not suitability.warning(PeriodKind.MONTH)


@pytest.mark.parametrize(
    ("number", "words"),
    [("55", "55"), ("54.878", "54.9"), ("0", "0"), ("-0.04", "0"), ("12345.6", "12,345.6")],
)
def test_a_number_in_words(number, words):
    assert wording.number_in_words(Decimal(number)) == words


def test_sentences():
    plain = {"name": "New EHCPs within 20 weeks", "plain": "new plans were issued in time"}

    assert (
        wording.spoken(Decimal("54.9"), "percent", **plain)
        == "55 in 100 new plans were issued in time"
    )
    assert wording.spoken(Decimal(418), "children", name="Waiting", plain="") == "Waiting: 418"
    assert (
        wording.law_sentence(Decimal(45), "percent")
        == "It is still 45 points short of the legal standard."
    )
    assert wording.law_sentence(Decimal(3), "weeks").startswith("It is still 3 weeks short")
    assert wording.law_sentence(Decimal(0), "percent") == "The legal standard is met."
    assert wording.law_sentence(None, "percent") == ""


@pytest.mark.parametrize("assurance", Assurance)
def test_what_chance_means_for_the_target(assurance):
    short, sentence = wording.assurance_sentence(
        assurance, target="60%", lower="40%", upper="61%", word="interim milestone"
    )

    assert bool(short) == bool(sentence) == (assurance != Assurance.NONE)
    assert ("interim milestone of 60%" in sentence) == (assurance != Assurance.NONE)


def test_every_word_has_a_sentence():
    assert set(wording.CHANGE) == set(Variation)
    assert set(wording.CAUSE) == set(SpecialCause)
    assert set(wording.STATUS) == set(Status)
