"""Which months carry a meeting, when the rhythm is assessed, and what a decision must say."""

import datetime as dt

import pytest

from governance import policies
from governance.enums import Rhythm
from governance.policies import Span
from hertsend import dates
from tests.plans.rules import faults

YEAR = dates.months_between(dt.date(2024, 1, 1), dt.date(2025, 6, 1))
PLAN = Span(Rhythm.MONTHLY, dt.date(2024, 1, 1))


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def meetings(*spans: Span) -> str:
    """The months of 2024 and of half of 2025 as one letter each: M for a meeting."""
    return "".join("M" if policies.carries_meeting(each, spans) else "-" for each in YEAR)


@pytest.mark.parametrize(
    ("decided", "months"),
    [
        pytest.param([], "MMMMMMMMMMMMMMMMMM", id="nothing"),
        pytest.param(
            [Span(Rhythm.TWO_MONTHLY, month("2024-04"))], "MMMM-M-M-M-M-M-M-M", id="two-monthly"
        ),
        pytest.param(
            [Span(Rhythm.QUARTERLY, month("2024-05"))], "MMMMM--M--M--M--M-", id="quarterly"
        ),
        pytest.param(
            [Span(Rhythm.QUARTERLY, month("2024-04")), Span(Rhythm.MONTHLY, month("2024-09"))],
            "MMMM--M-MMMMMMMMMM",
            id="back to monthly",
        ),
        pytest.param(
            [Span(Rhythm.TWO_MONTHLY, month("2024-10")), Span(Rhythm.QUARTERLY, month("2024-06"))],
            "MMMMMM--M--M--M--M",
            id="a later word on earlier months is the last word on all after them",
        ),
        pytest.param(
            [Span(Rhythm.QUARTERLY, month("2024-06")), Span(Rhythm.TWO_MONTHLY, month("2024-06"))],
            "MMMMMM-M-M-M-M-M-M",
            id="the same month decided twice",
        ),
    ],
)
def test_which_months_carry_a_meeting(decided, months):
    assert meetings(PLAN, *decided) == months


def test_months_before_the_first_follow_the_plan():
    spans = [Span(Rhythm.QUARTERLY, month("2024-07")), Span(Rhythm.MONTHLY, month("2024-09"))]
    assert policies.span_of(month("2024-05"), spans) == spans[0]
    assert [policies.carries_meeting(month(f"2024-0{each}"), spans) for each in (4, 5, 6, 7)] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("closed", "months", "has_decision_since", "due"),
    [
        (2, 3, False, False),
        (3, 3, False, True),
        (9, 3, False, True),
        (3, 3, True, False),
        (0, 0, False, False),
        (9, 0, False, False),
    ],
)
def test_the_rhythm_is_assessed_after_the_promised_months_and_once(
    closed, months, has_decision_since, due
):
    given = {"closed": closed, "months": months, "has_decision_since": has_decision_since}
    assert policies.is_assessment_due(**given) is due


@pytest.mark.parametrize(
    ("first", "months", "until"),
    [("2024-01", 3, "2024-04"), ("2024-11", 3, "2025-02"), ("2024-01", 0, "2024-01")],
)
def test_until_when_the_plan_decides(first, months, until):
    assert policies.promised_until(month(first), months) == month(until)


DECISION = {
    "rhythm": "quarterly",
    "from_month": month("2024-10"),
    "reason": "Delivery is steady.",
    "earliest": month("2024-10"),
    "latest": month("2025-10"),
}
WHICH = ["Choose a month from October 2024 to October 2025."]


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({}, {}),
        ({"from_month": month("2025-10")}, {}),
        ({"rhythm": "weekly"}, {"rhythm": ["Select how often the executive meets."]}),
        ({"from_month": month("2024-09")}, {"from_month": WHICH}),
        ({"from_month": month("2025-11")}, {"from_month": WHICH}),
        ({"from_month": dt.date(2024, 10, 2)}, {"from_month": WHICH}),
        ({"reason": " "}, {"reason": ["Enter the reason."]}),
        (
            {"rhythm": "", "reason": ""},
            {
                "rhythm": ["Select how often the executive meets."],
                "reason": ["Enter the reason."],
            },
        ),
    ],
)
def test_what_a_decision_must_say(changed, errors):
    assert faults(policies.check_rhythm, **(DECISION | changed)) == errors
