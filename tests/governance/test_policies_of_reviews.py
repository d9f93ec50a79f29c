"""The reviews at 6, 12 and 18 months: which have begun, and between which days they look."""

import datetime as dt

import pytest

from governance.policies.reviews import Review, reviews_of

FIRST = dt.date(2024, 1, 2)
JUNE, DECEMBER, NEXT_JUNE = dt.date(2024, 6, 30), dt.date(2024, 12, 31), dt.date(2025, 6, 30)


def reviews(today, *, published="2023-12", first=FIRST):
    return reviews_of(published, first=first, today=today)


def test_half_way_the_first_is_over_and_the_second_runs():
    assert reviews(dt.date(2024, 10, 15)) == [
        Review(6, FIRST, JUNE, is_running=False),
        Review(12, JUNE, dt.date(2024, 10, 15), is_running=True),
    ]


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (FIRST, []),
        (dt.date(2024, 1, 3), [dt.date(2024, 1, 3)]),
        (JUNE, [JUNE]),
        (dt.date(2024, 7, 1), [JUNE, dt.date(2024, 7, 1)]),
        (dt.date(2026, 1, 1), [JUNE, DECEMBER, NEXT_JUNE]),
    ],
)
def test_each_begins_where_the_one_before_ended(today, ends):
    found = reviews(today)
    assert [review.until for review in found] == ends
    starts = [review.since for review in found]
    assert starts == [FIRST, *ends][: len(ends)]
    assert [review.is_running for review in found] == [end >= today for end in ends]


def test_a_plan_taken_over_late_has_no_review_that_ended_before():
    late = dt.date(2024, 9, 2)
    assert reviews(dt.date(2024, 10, 15), first=late) == [
        Review(12, late, dt.date(2024, 10, 15), is_running=True)
    ]


@pytest.mark.parametrize(
    ("published", "end"),
    [("2023-08", dt.date(2024, 2, 29)), ("2023-08-31", dt.date(2024, 2, 29))],
)
def test_a_review_ends_with_its_month(published, end):
    assert (
        reviews(dt.date(2024, 3, 1), published=published, first=dt.date(2023, 9, 1))[0].until == end
    )


def test_a_year_alone_gives_no_month_to_count_from():
    assert reviews(dt.date(2024, 10, 15), published="2023") == []
