"""Which days and months may be asked for, and what the others are answered."""

import datetime as dt

import pytest

from hertsend.errors import RuleBroken
from plans import policies
from plans.policies import Asked

FIRST, TODAY = dt.date(2024, 1, 8), dt.date(2024, 10, 15)


def refusal(check, **given):
    with pytest.raises(RuleBroken) as refused:
        check(**given, field="as_at")
    assert list(refused.value.errors) == ["as_at"]
    return refused.value.sentence


@pytest.mark.parametrize(
    ("text", "day", "is_month"),
    [
        ("2024-06-30", dt.date(2024, 6, 30), False),
        ("2024-02-29", dt.date(2024, 2, 29), False),
        ("2024-06", dt.date(2024, 6, 1), True),
    ],
)
def test_a_day_or_a_month_is_read(text, day, is_month):
    assert policies.asked_moment(text, field="as_at") == Asked(day, is_month=is_month)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2024-13",
        "2024-00-01",
        "0000-01",
        "30/06/2024",
        "today",
        "2024-6-3",
        " 2024-06",
        "2024-06\n",
        "2024-06-30T00:00",
        "２０２４-06-30",
        "2024",
    ],
)
def test_anything_else_is_no_date(text):
    assert refusal(lambda field: policies.asked_moment(text, field=field)) == (
        f"“{text}” is no date. Give a day such as 2024-06-30, or a month such as 2024-06."
    )


def test_nonsense_is_told_back_in_part_only():
    sentence = refusal(lambda field: policies.asked_moment("x" * 900, field=field))
    assert sentence.startswith(f"“{'x' * 20}” is no date.")


@pytest.mark.parametrize("day", [FIRST, dt.date(2024, 6, 30), TODAY])
def test_a_day_since_the_plan_was_taken_over_may_be_read(day):
    policies.check_past_day(day, first=FIRST, today=TODAY, field="as_at")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            dt.date(2024, 10, 16),
            "16 October 2024 is still to come. Choose a day up to today, 15 October 2024.",
        ),
        (
            dt.date(2024, 1, 7),
            "Nothing is written down here of a day before 8 January 2024. Choose a later one.",
        ),
    ],
)
def test_a_day_to_come_or_before_the_beginning_is_refused(day, sentence):
    given = {"day": day, "first": FIRST, "today": TODAY}
    assert refusal(policies.check_past_day, **given) == sentence


def test_only_a_frozen_month_may_be_read():
    month = dt.date(2024, 10, 1)
    policies.check_frozen_month(month, is_frozen=True, field="as_at")
    assert refusal(policies.check_frozen_month, month=month, is_frozen=False) == (
        "October 2024 is not frozen. Choose a month that is, or give a day."
    )
