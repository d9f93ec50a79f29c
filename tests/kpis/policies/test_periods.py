"""Periods from words, in words, and which are due."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.enums import Frequency, PeriodKind
from kpis.policies import periods
from kpis.policies.periods import Period, read_period


def days(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


SEPTEMBER = days("2024-09-01", "2024-09-30")


@pytest.mark.parametrize(
    "words",
    [
        *("2024-09", "2024-9", "2024/09", "2024M09", "09/2024", "Sep 2024", "Sept 24", "sep-24"),
        *("September 2024", "2024-09-30", "2024-09-01T00:00:00", "30/09/2024", " Sep  2024 "),
    ],
)
def test_a_month_has_many_names(words):
    assert read_period(words, PeriodKind.MONTH) == SEPTEMBER


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Q3 2024", PeriodKind.QUARTER, days("2024-07-01", "2024-09-30")),
        ("2024 Q3", PeriodKind.QUARTER, days("2024-07-01", "2024-09-30")),
        ("Jul–Sep 2024", PeriodKind.QUARTER, days("2024-07-01", "2024-09-30")),
        ("Sep 2024", PeriodKind.QUARTER, days("2024-07-01", "2024-09-30")),
        ("2023/24", PeriodKind.YEAR, days("2023-04-01", "2024-03-31")),
        ("2023-2024", PeriodKind.YEAR, days("2023-04-01", "2024-03-31")),
        ("2023", PeriodKind.YEAR, days("2023-01-01", "2023-12-31")),
        ("2023.0", PeriodKind.YEAR, days("2023-01-01", "2023-12-31")),
        ("Sep 2024", PeriodKind.ROLLING, days("2023-10-01", "2024-09-30")),
        ("Sep 2024", PeriodKind.YEAR_TO_DATE, days("2024-04-01", "2024-09-30")),
        ("Feb 2024", PeriodKind.YEAR_TO_DATE, days("2023-04-01", "2024-02-29")),
        ("2024-09-30", PeriodKind.POINT, days("2024-09-30", "2024-09-30")),
        ("Sep 2024", PeriodKind.POINT, days("2024-09-30", "2024-09-30")),
    ],
)
def test_a_period_of_each_kind(words, kind, expected):
    assert read_period(words, kind) == expected


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", PeriodKind.MONTH),
        ("2024", PeriodKind.MONTH),
        ("2023/24", PeriodKind.MONTH),
        ("2024-13", PeriodKind.MONTH),
        ("2024-02-30", PeriodKind.MONTH),
        ("Smarch 2024", PeriodKind.MONTH),
        ("31 Sept 2024", PeriodKind.MONTH),
        ("Aug 2024", PeriodKind.QUARTER),
        ("2023/25", PeriodKind.YEAR),
        ("1899", PeriodKind.YEAR),
        ("1899-12", PeriodKind.MONTH),
        ("２０２４-09", PeriodKind.MONTH),
        ("45536", PeriodKind.MONTH),
    ],
)
def test_what_names_no_period_is_refused(words, kind):
    with pytest.raises(ValueError, match=r".*"):
        read_period(words, kind)


@given(words=st.text(max_size=20), kind=st.sampled_from(PeriodKind))
def test_any_text_is_a_period_or_refused(words, kind):
    try:
        found = read_period(words, kind)
    except ValueError:
        return
    assert found.starts_on <= found.ends_on


@pytest.mark.parametrize(
    ("kind", "last", "words"),
    [
        (PeriodKind.MONTH, "2024-09-30", "Sep 2024"),
        (PeriodKind.QUARTER, "2024-09-30", "Jul–Sep 2024"),
        (PeriodKind.ROLLING, "2024-09-30", "year to Sep 2024"),
        (PeriodKind.YEAR_TO_DATE, "2024-09-30", "Apr 2024 to Sep 2024"),
        (PeriodKind.YEAR_TO_DATE, "2024-04-30", "Apr 2024"),
        (PeriodKind.POINT, "2024-09-30", "30 Sep 2024"),
        (PeriodKind.YEAR, "2024-03-31", "2023/24"),
        (PeriodKind.YEAR, "2023-12-31", "2023"),
    ],
)
def test_a_period_is_named_and_read_again(kind, last, words):
    period = periods.ending(kind, dt.date.fromisoformat(last))

    assert periods.label(period, kind) == words


@pytest.mark.parametrize(
    ("kind", "frequency", "expected"),
    [
        (
            PeriodKind.MONTH,
            Frequency.MONTHLY,
            [days("2024-08-01", "2024-08-31"), days("2024-09-01", "2024-09-30")],
        ),
        (
            PeriodKind.QUARTER,
            Frequency.QUARTERLY,
            [days("2024-04-01", "2024-06-30"), days("2024-07-01", "2024-09-30")],
        ),
        (
            PeriodKind.YEAR,
            Frequency.YEARLY,
            [days("2022-04-01", "2023-03-31"), days("2023-04-01", "2024-03-31")],
        ),
        (
            PeriodKind.POINT,
            Frequency.QUARTERLY,
            [days("2024-06-30", "2024-06-30"), days("2024-09-30", "2024-09-30")],
        ),
    ],
)
def test_the_latest_periods_that_have_ended(kind, frequency, expected):
    on = dt.date(2024, 10, 15)

    assert periods.due_periods(kind, frequency, on=on, count=2) == expected


@pytest.mark.parametrize(
    ("ended", "frequency", "old"),
    [
        ("2024-09-30", Frequency.MONTHLY, False),
        ("2024-08-31", Frequency.MONTHLY, False),
        ("2024-07-31", Frequency.MONTHLY, True),
        ("2024-06-30", Frequency.QUARTERLY, False),
        ("2024-03-31", Frequency.QUARTERLY, True),
        ("2023-03-31", Frequency.YEARLY, True),
        ("2024-03-31", Frequency.YEARLY, False),
    ],
)
def test_a_figure_grows_old_when_a_whole_further_period_has_ended(ended, frequency, old):
    day = dt.date.fromisoformat(ended)

    assert periods.is_old(day, frequency, on=dt.date(2024, 10, 15)) == old


@pytest.mark.parametrize(
    ("words", "last"),
    [("2022", "2022-12-31"), ("2022/23", "2023-03-31"), ("July 2023", "2023-07-31")],
)
def test_the_plans_words_for_a_baseline(words, last):
    assert periods.plan_period(words).ends_on == dt.date.fromisoformat(last)
    assert periods.plan_period("recently") is None
