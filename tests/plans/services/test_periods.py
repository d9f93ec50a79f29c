"""The reporting calendar: each month opens, falls due and freezes once, late rather than never."""

import datetime as dt

import pytest

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed
from plans.models import ReportingPeriod
from plans.services import periods
from tests.factories import models as make
from tests.factories.world import at


@pytest.fixture
def plan(db):
    return make.PlanFactory()


def schedule(plan, first, last):
    return periods.ensure_calendar(plan=plan, first=first, last=last, by=User.objects.system())


def advance(plan, on):
    """The steps that were taken on a day: month and state."""
    with at(on):
        moved = periods.advance(plan=plan, on=on, by=User.objects.system())
    return [period.label for period in moved]


def states(plan):
    return {f"{row.month:%Y-%m}": row.state for row in plan.periods.all()}


def steps(plan, month):
    """Every state that a month was ever stored in, with the day, from its history."""
    rows = ReportingPeriod.history.filter(plan=plan, month=month).order_by("history_id")
    return [(row.state, row.history_date.astimezone(dates.LONDON).date()) for row in rows]


@pytest.mark.parametrize(
    ("month", "due_on", "freezes_on"),
    [
        # Working days 5 and 7 of the next month.
        (dt.date(2024, 8, 1), dt.date(2024, 9, 6), dt.date(2024, 9, 10)),
        # New Year's Day is a holiday.
        (dt.date(2024, 12, 1), dt.date(2025, 1, 8), dt.date(2025, 1, 10)),
        # Good Friday 29 March and Easter Monday 1 April 2024.
        (dt.date(2024, 3, 1), dt.date(2024, 4, 8), dt.date(2024, 4, 10)),
        # The early May bank holiday.
        (dt.date(2024, 4, 1), dt.date(2024, 5, 8), dt.date(2024, 5, 10)),
        # A leap year's February.
        (dt.date(2024, 1, 1), dt.date(2024, 2, 7), dt.date(2024, 2, 9)),
        (dt.date(2024, 2, 1), dt.date(2024, 3, 7), dt.date(2024, 3, 11)),
    ],
)
def test_a_month_is_due_and_freezes_on_working_days_of_the_next(plan, month, due_on, freezes_on):
    (period,) = schedule(plan, month, month)
    assert (period.opens_on, period.due_on, period.freezes_on) == (month, due_on, freezes_on)
    assert (period.state, period.label) == ("scheduled", f"{month:%B %Y}")


def test_scheduling_again_adds_only_what_is_missing(plan):
    first = schedule(plan, dt.date(2024, 11, 15), dt.date(2025, 1, 2))
    assert [period.month for period in first] == [
        dt.date(2024, 11, 1),
        dt.date(2024, 12, 1),
        dt.date(2025, 1, 1),
    ]
    again = schedule(plan, dt.date(2024, 11, 1), dt.date(2025, 2, 1))
    assert [period.month for period in again] == [dt.date(2025, 2, 1)]
    assert plan.periods.count() == 4


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_day_of_a_year_has_one_open_month_and_at_most_one_due(plan, year):
    """A run on each day, over both changes of the clocks and the leap day."""
    schedule(plan, dt.date(year - 1, 12, 1), dt.date(year, 12, 1))
    day = dt.date(year, 1, 1)
    while day.year == year:
        advance(plan, day)
        found = states(plan)
        before = dates.previous_month(day)
        freezes_on = plan.periods.get(month=before).freezes_on
        assert [month for month, state in found.items() if state == "open"] == [f"{day:%Y-%m}"]
        due = [month for month, state in found.items() if state == "due"]
        assert due == ([f"{before:%Y-%m}"] if day < freezes_on else [])
        day += dt.timedelta(days=1)
    october = dt.date(year, 10, 1)
    assert steps(plan, october)[1:] == [
        ("open", october),
        ("due", dt.date(year, 11, 1)),
        ("frozen", plan.periods.get(month=october).freezes_on),
    ]


def test_three_days_of_outage_are_made_up_for_in_order(plan):
    """Down from the last day of August until after July's freezing day would have been."""
    schedule(plan, dt.date(2024, 7, 1), dt.date(2024, 10, 1))
    advance(plan, dt.date(2024, 8, 8))
    assert states(plan) == {
        "2024-07": "due",
        "2024-08": "open",
        "2024-09": "scheduled",
        "2024-10": "scheduled",
    }
    moved = advance(plan, dt.date(2024, 9, 3))
    assert moved == ["July 2024", "August 2024", "September 2024"]
    assert states(plan) == {
        "2024-07": "frozen",
        "2024-08": "due",
        "2024-09": "open",
        "2024-10": "scheduled",
    }
    july = plan.periods.get(month=dt.date(2024, 7, 1))
    assert dates.day_of(july.frozen_at) == dt.date(2024, 9, 3), "late, and it says so"


def test_after_months_of_silence_every_step_is_taken_once(plan):
    schedule(plan, dt.date(2024, 1, 1), dt.date(2024, 12, 1))
    moved = advance(plan, dt.date(2024, 6, 30))
    assert moved == [
        *(month for month in ("January 2024", "February 2024") for _ in range(3)),
        *(month for month in ("March 2024", "April 2024") for _ in range(3)),
        *["May 2024"] * 3,
        "June 2024",
    ]
    assert advance(plan, dt.date(2024, 6, 30)) == []
    assert [state for state, _ in steps(plan, dt.date(2024, 5, 1))] == [
        "scheduled",
        "open",
        "due",
        "frozen",
    ]


def test_a_second_run_the_same_day_changes_nothing(plan):
    schedule(plan, dt.date(2024, 7, 1), dt.date(2024, 10, 1))
    day = dt.date(2024, 9, 1)
    assert advance(plan, day) == ["July 2024"] * 3 + ["August 2024"] * 2 + ["September 2024"]
    before = states(plan)
    assert advance(plan, day) == []
    assert states(plan) == before


def test_a_run_for_an_earlier_day_takes_nothing_back(plan):
    schedule(plan, dt.date(2024, 7, 1), dt.date(2024, 10, 1))
    advance(plan, dt.date(2024, 9, 10))
    before = states(plan)
    assert advance(plan, dt.date(2024, 8, 1)) == []
    assert states(plan) == before


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Midnight in London is 23:00 in Greenwich while summer time lasts.
        (dt.datetime(2024, 8, 31, 22, 59, 59, tzinfo=dt.UTC), dt.date(2024, 8, 31)),
        (dt.datetime(2024, 8, 31, 23, 0, tzinfo=dt.UTC), dt.date(2024, 9, 1)),
        (dt.datetime(2024, 11, 30, 23, 59, 59, tzinfo=dt.UTC), dt.date(2024, 11, 30)),
        (dt.datetime(2024, 12, 1, 0, 0, tzinfo=dt.UTC), dt.date(2024, 12, 1)),
    ],
)
def test_months_are_cut_at_midnight_in_london(plan, moment, day):
    schedule(plan, dt.date(2024, 8, 1), dt.date(2024, 12, 1))
    with dates.at(moment):
        periods.advance(plan=plan, on=dates.today(), by=User.objects.system())
    opened = [month for month, state in states(plan).items() if state == "open"]
    assert opened == [f"{day:%Y-%m}"]


def test_a_frozen_month_is_reported_once(plan):
    schedule(plan, dt.date(2024, 7, 1), dt.date(2024, 8, 1))
    system = User.objects.system()
    advance(plan, dt.date(2024, 8, 31))
    july, august = plan.periods.all()
    with at(dt.date(2024, 9, 1)):
        first = periods.mark_reported(period=july, by=system)
    with at(dt.date(2024, 9, 2)):
        again = periods.mark_reported(period=july, by=system)
        untouched = periods.mark_reported(period=august, by=system)
    assert first.state == "reported"
    assert again.reported_at == first.reported_at
    assert (untouched.state, untouched.reported_at) == ("open", None)


class TestRights:
    """The programme office and the system keep the calendar."""

    @pytest.mark.parametrize("role", list(Role))
    def test_who_keeps_the_calendar(self, world, role):
        person, period = world.people[role], world.period()
        acts = (
            lambda: periods.advance(plan=world.plan, on=dt.date(2024, 9, 10), by=person),
            lambda: periods.ensure_calendar(
                plan=world.plan, first=dt.date(2025, 1, 1), last=dt.date(2025, 1, 1), by=person
            ),
            lambda: periods.mark_reported(period=period, by=person),
        )
        with at(dt.date(2024, 9, 10)):
            for act in acts:
                if role == Role.PROGRAMME_OFFICE:
                    assert act()
                else:
                    with pytest.raises(NotAllowed):
                        act()
        assert world.period().state == ("reported" if role == Role.PROGRAMME_OFFICE else "due")

    def test_another_partnerships_office_does_not(self, world):
        with pytest.raises(NotAllowed):
            periods.advance(
                plan=world.plan,
                on=dt.date(2024, 9, 10),
                by=world.foreign.people[Role.PROGRAMME_OFFICE],
            )

    def test_each_step_is_kept_with_who_and_why(self, world):
        office = world.people[Role.PROGRAMME_OFFICE]
        with at(dt.date(2024, 9, 10)):
            periods.advance(plan=world.plan, on=dt.date(2024, 9, 10), by=office)
        entry = world.period().history.latest()
        assert (entry.history_user, entry.history_change_reason) == (office, "August 2024: frozen")
