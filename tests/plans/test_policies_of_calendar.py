"""The days of the reporting calendar, and reopening a month: no database, no clock."""

import datetime as dt

import pytest

from hertsend import dates
from plans import policies
from plans.enums import PeriodState
from plans.policies import PeriodDays
from tests.plans.rules import faults

OCTOBER, NOVEMBER, DECEMBER = (dt.date(2024, month, 1) for month in (10, 11, 12))
ON = dt.date(2024, 10, 15)
DEFAULT = PeriodDays(due_on=dt.date(2024, 12, 6), freezes_on=dt.date(2024, 12, 10))


def day(number: int, month: int = 12, year: int = 2024) -> dt.date:
    return dt.date(year, month, number)


class TestSteps:
    """Scheduled, open, due, frozen: each on its day, and late rather than never."""

    @pytest.mark.parametrize(
        ("state", "first_day", "step"),
        [
            (PeriodState.SCHEDULED, day(1, 11), PeriodState.OPEN),
            (PeriodState.OPEN, day(1), PeriodState.DUE),
            (PeriodState.DUE, day(10), PeriodState.FROZEN),
        ],
    )
    def test_a_step_is_due_from_its_day_on(self, state, first_day, step):
        month = {"state": state, "month": NOVEMBER, "opens_on": NOVEMBER, "freezes_on": day(10)}
        before = first_day - dt.timedelta(days=1)
        assert policies.period_step_due(**month, on=before) is None
        assert policies.period_step_due(**month, on=first_day) == step
        assert policies.period_step_due(**month, on=day(1, 1, 2030)) == step

    @pytest.mark.parametrize("state", policies.PERIODS_CLOSED)
    def test_nothing_is_due_of_a_closed_month(self, state):
        month = {"state": state, "month": NOVEMBER, "opens_on": NOVEMBER, "freezes_on": day(10)}
        assert policies.period_step_due(**month, on=day(1, 1, 2030)) is None


def faults_of_days(due_on, freezes_on, **changed):
    given = {"now": DEFAULT, "state": "scheduled", "month": NOVEMBER, "reason": "Board", "on": ON}
    days = PeriodDays(due_on=due_on, freezes_on=freezes_on)
    return faults(policies.check_period_days, days, **(given | changed))


class TestDays:
    """The programme office sets the days of a month that has not opened."""

    @pytest.mark.parametrize(
        ("due_on", "freezes_on"),
        [
            (day(2), day(3)),
            (day(9), day(11)),
            (day(6), day(31)),
            (day(5), DEFAULT.freezes_on),
        ],
    )
    def test_working_days_after_the_month_in_order(self, due_on, freezes_on):
        assert faults_of_days(due_on, freezes_on) == {}

    @pytest.mark.parametrize(
        ("due_on", "freezes_on", "errors"),
        [
            pytest.param(
                day(29, 11),
                day(10),
                {"due_on": ["Enter a day from 1 December 2024 to 1 January 2025."]},
                id="before the month is over",
            ),
            pytest.param(
                day(7),
                day(10),
                {"due_on": ["7 December 2024 is a Saturday. Enter a working day."]},
                id="Saturday",
            ),
            pytest.param(
                day(24),
                day(26),
                {
                    "freezes_on": [
                        "26 December 2024 is a bank holiday (Boxing Day). Enter a working day."
                    ]
                },
                id="bank holiday",
            ),
            pytest.param(
                day(9),
                day(9),
                {"freezes_on": ["Enter a day after the last day for returns."]},
                id="frozen on the last day for returns",
            ),
            pytest.param(
                day(9),
                day(2, 1, 2025),
                {"freezes_on": ["Enter a day from 1 December 2024 to 1 January 2025."]},
                id="when the next month is due already",
            ),
            pytest.param(
                day(8),
                day(2),
                {
                    "due_on": ["8 December 2024 is a Sunday. Enter a working day."],
                    "freezes_on": ["Enter a day after the last day for returns."],
                },
                id="both at once",
            ),
            pytest.param(
                DEFAULT.due_on,
                DEFAULT.freezes_on,
                {"": ["These are the days of this month already. Change at least one of them."]},
                id="nothing changed",
            ),
        ],
    )
    def test_other_days_are_faults(self, due_on, freezes_on, errors):
        assert faults_of_days(due_on, freezes_on) == errors

    @pytest.mark.parametrize("words", ["", "  \n "])
    def test_a_reason_is_needed(self, words):
        errors = {"reason": ["Enter the reason."]}
        assert faults_of_days(day(9), day(11), reason=words) == errors
        saturday = {"due_on": ["7 December 2024 is a Saturday. Enter a working day."]}
        assert faults_of_days(day(7), day(10), reason=words) == saturday | errors

    @pytest.mark.parametrize("state", ["open", "due", "frozen", "reported"])
    def test_a_month_that_has_opened_keeps_its_days(self, state):
        said = (
            "November 2024 has opened, so its days stand. "
            "You can change months that have not opened."
        )
        assert faults_of_days(day(9), day(11), state=state) == {"": [said]}

    def test_a_month_that_opens_late_has_no_days_in_the_past(self):
        late = {"on": day(9)}
        said = {"due_on": ["Enter a day from 10 December 2024 to 1 January 2025."]}
        assert faults_of_days(day(9), day(11), **late) == said
        assert faults_of_days(day(10), day(11), **late) == {}


STAYS = {
    "state": "reported",
    "month": dt.date(2024, 9, 1),
    "latest_closed": dt.date(2024, 9, 1),
    "due": None,
}


def faults_of_reopening(**changed):
    given = {
        "month": dt.date(2024, 9, 1),
        "freezes_on": dt.date(2024, 10, 21),
        "reason": "A workstream was counted twice.",
        "on": ON,
    }
    return faults(policies.check_unfreezing, **(given | changed))


class TestReopening:
    """The last frozen month, while none is being returned, with a reason and a day to freeze again."""

    @pytest.mark.parametrize("state", policies.PERIODS_CLOSED)
    def test_the_last_frozen_month(self, state):
        assert faults(policies.check_may_unfreeze, **(STAYS | {"state": state})) == {}

    @pytest.mark.parametrize("state", ["scheduled", "open", "due"])
    def test_a_month_that_is_not_frozen(self, state):
        said = "September 2024 is not frozen, so there is nothing to reopen."
        assert faults(policies.check_may_unfreeze, **(STAYS | {"state": state})) == {"": [said]}

    def test_an_earlier_month(self):
        said = "Only the last frozen month can be reopened, September 2024."
        earlier = STAYS | {"month": dt.date(2024, 8, 1)}
        assert faults(policies.check_may_unfreeze, **earlier) == {"": [said]}

    def test_while_another_is_being_returned(self):
        said = (
            "October 2024 is being returned, so no frozen month can be reopened now. "
            "Report what is to be put right in October 2024."
        )
        assert faults(policies.check_may_unfreeze, **(STAYS | {"due": OCTOBER})) == {"": [said]}

    @pytest.mark.parametrize(
        ("freezes_on", "said"),
        [
            (ON, "Enter a day from 16 October 2024 to 1 November 2024."),
            (dt.date(2024, 11, 4), "Enter a day from 16 October 2024 to 1 November 2024."),
            (dt.date(2024, 10, 19), "19 October 2024 is a Saturday. Enter a working day."),
        ],
    )
    def test_a_day_on_which_it_cannot_freeze_again(self, freezes_on, said):
        assert faults_of_reopening(freezes_on=freezes_on) == {"freezes_on": [said]}

    @pytest.mark.parametrize("freezes_on", [dt.date(2024, 10, 16), dt.date(2024, 11, 1)])
    def test_the_first_and_the_last_day_on_which_it_can(self, freezes_on):
        assert faults_of_reopening(freezes_on=freezes_on) == {}

    def test_without_a_reason(self):
        assert faults_of_reopening(reason=" ") == {"reason": ["Enter the reason."]}


def test_a_month_freezes_before_the_next_falls_due_whatever_the_days():
    """So at most one month is due at a time, whichever days are set."""
    for month in dates.months_between(dt.date(2024, 1, 1), dt.date(2033, 12, 1)):
        assert policies.latest_freeze(month) == policies.falls_due_on(dates.next_month(month))
