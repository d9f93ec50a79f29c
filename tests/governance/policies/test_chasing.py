"""The ladder of a return, in working days of England, whatever the night on which it is climbed."""

import datetime as dt

import pytest

from governance import policies
from governance.enums import Chased
from governance.policies.chasing import rung_name
from hertsend import dates

DAY = dt.timedelta(days=1)


def days(text: str, year: int) -> list[dt.date]:
    """ "12 Apr, 19 Apr" of a year."""
    return [dt.datetime.strptime(f"{each} {year}", "%d %b %Y").date() for each in text.split(", ")]  # noqa: DTZ007


LADDERS = [
    # year, due on working day 5, then the days of −7, −2, 0, +2 and +5
    (2024, "7 Oct", "26 Sep, 3 Oct, 7 Oct, 9 Oct, 14 Oct"),
    # Easter: Good Friday 29 March and Easter Monday 1 April 2024
    (2024, "8 Apr", "26 Mar, 4 Apr, 8 Apr, 10 Apr, 15 Apr"),
    # both bank holidays of May, before and after
    (2024, "8 May", "26 Apr, 3 May, 8 May, 10 May, 15 May"),
    # Christmas, Boxing Day and New Year's Day
    (2025, "8 Jan", "27 Dec, 6 Jan, 8 Jan, 10 Jan, 15 Jan"),
    # a leap day
    (2024, "7 Mar", "27 Feb, 5 Mar, 7 Mar, 11 Mar, 14 Mar"),
    # the clocks change on 27 October
    (2024, "7 Nov", "29 Oct, 5 Nov, 7 Nov, 11 Nov, 14 Nov"),
]


@pytest.mark.parametrize(("year", "due", "rungs"), LADDERS, ids=str)
def test_each_rung_is_reached_on_its_working_day(year, due, rungs):
    [due_on] = days(due, year)
    found = {
        (whom, number): dates.working_day_from(due_on, number)
        for whom, numbers in policies.LADDER.items()
        for number in numbers
    }
    first, *rest = days(rungs, year)
    first = first.replace(year=first.year - 1) if first > due_on else first
    assert [found[Chased.LEAD, number] for number in (-7, -2, 0, 2)] == [first, *rest[:3]]
    assert found[Chased.OFFICE, 2] == rest[2]
    assert found[Chased.EXECUTIVE_CHAIR, 5] == rest[3]


DUE = dt.date(2024, 10, 7)


def climbed(whom: Chased) -> list[tuple[str, str]]:
    """Each change of the rung in the weeks around the day, with its first day."""
    found, before = [], None
    for number in range(-20, 30):
        on = DUE + number * DAY
        step = policies.chase_step(whom, due_on=DUE, on=on)
        name = step.name if step else "–"
        if name != before:
            found.append((f"{on:%a %d %b}", name))
        before = name
        assert step is None or step.day <= on
    return found


def test_the_lead_climbs_four_rungs_and_then_it_is_history():
    assert climbed(Chased.LEAD) == [
        ("Tue 17 Sep", "–"),
        ("Thu 26 Sep", "−7"),
        ("Thu 03 Oct", "−2"),
        ("Mon 07 Oct", "0"),
        ("Wed 09 Oct", "+2"),
        ("Tue 22 Oct", "–"),
    ]


def test_office_and_executive_chair_climb_one_each():
    assert climbed(Chased.OFFICE) == [
        ("Tue 17 Sep", "–"),
        ("Wed 09 Oct", "+2"),
        ("Tue 22 Oct", "–"),
    ]
    assert climbed(Chased.EXECUTIVE_CHAIR) == [
        ("Tue 17 Sep", "–"),
        ("Mon 14 Oct", "+5"),
        ("Tue 22 Oct", "–"),
    ]


@pytest.mark.parametrize(
    ("sent_back", "on", "rung"),
    [
        (None, dt.date(2024, 10, 4), "−2"),
        # sent back on the Friday, told on Saturday, then the ladder goes on
        (dt.date(2024, 10, 4), dt.date(2024, 10, 4), "−2"),
        (dt.date(2024, 10, 4), dt.date(2024, 10, 5), "sent back"),
        (dt.date(2024, 10, 4), dt.date(2024, 10, 6), "sent back"),
        (dt.date(2024, 10, 4), dt.date(2024, 10, 7), "0"),
        # sent back before the ladder begins
        (dt.date(2024, 9, 20), dt.date(2024, 9, 21), "sent back"),
        (dt.date(2024, 9, 20), dt.date(2024, 9, 26), "−7"),
        # long after, it is history like the rest
        (dt.date(2024, 10, 4), dt.date(2024, 10, 22), None),
    ],
)
def test_sending_back_is_a_rung_of_its_own(sent_back, on, rung):
    step = policies.lead_step(due_on=DUE, sent_back_on=sent_back, on=on)
    assert (step and step.name) == rung


def test_the_months_asked_for_are_those_that_may_have_a_rung():
    for number in range(366):
        on = dt.date(2024, 1, 1) + number * DAY
        first, last = policies.due_days_chased(on)
        for due_on in (on + away * DAY for away in range(-25, 25)):
            step = policies.chase_step(Chased.LEAD, due_on=due_on, on=on)
            if step is not None:
                assert first <= due_on <= last, (on, due_on)


@pytest.mark.parametrize(("number", "name"), [(-7, "−7"), (0, "0"), (2, "+2")])
def test_a_rung_is_named_as_it_is_written(number, name):
    assert rung_name(number) == name
