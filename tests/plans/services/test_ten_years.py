"""A hundred and twenty months by the clock: each is opened, due and frozen once, late rather than never."""

import datetime as dt
from collections import Counter

import pytest

from hertsend import dates
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from plans import tasks
from plans.models import Plan
from tests.factories import models as make
from tests.hertsend.jobs.test_races import shared_database
from tests.plans.bank_holidays import working_day_of
from tests.plans.services.test_nightly_processes import two_processes

__all__ = ["shared_database", "two_processes"]

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

MONTHS = [dt.date(2024 + number // 12, number % 12 + 1, 1) for number in range(120)]
BEAT = dt.time(0, 2)
DAYS_AWAY = 3


def following(month: dt.date) -> dt.date:
    """The month after."""
    return dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)


def last_sunday(year: int, month: int) -> dt.date:
    """The day on which the clocks change in March and October, which have 31 days."""
    day = dt.date(year, month, 31)
    return day - dt.timedelta(days=(day.weekday() + 1) % 7)


def days_away() -> set[dt.date]:
    """Three days each on which the beat was down: over the turn of some months and the freeze of others."""
    begins = [month for number, month in enumerate(MONTHS) if number % 7 == 3]
    begins += [working_day_of(month, 7) for number, month in enumerate(MONTHS) if number % 7 == 5]
    return {day + dt.timedelta(days=number) for day in begins for number in range(DAYS_AWAY)}


def ticks() -> list[dt.datetime]:
    """The moments of the beat: the days around each step, leap days, and every hour of a change of clocks."""
    around = set()
    for month in [*MONTHS, following(MONTHS[-1])]:
        for day in (month, working_day_of(month, 7)):
            around |= {day + dt.timedelta(days=number) for number in (-1, 0, 1, DAYS_AWAY)}
    around |= {dt.date(year, 2, 29) for year in (2024, 2028, 2032)}
    moments = {
        dt.datetime.combine(day, BEAT, tzinfo=dates.LONDON).astimezone(dt.UTC) for day in around
    }
    for year in range(2024, 2034):
        for month in (3, 10):
            eve = dt.datetime.combine(last_sunday(year, month), dt.time(2), tzinfo=dt.UTC)
            moments |= {eve + dt.timedelta(hours=number, minutes=2) for number in range(-4, 3)}
    away = days_away()
    return sorted(
        each for each in moments if day_of(each) >= MONTHS[0] and day_of(each) not in away
    )


def day_of(moment: dt.datetime) -> dt.date:
    """The day in London."""
    return moment.astimezone(dates.LONDON).date()


def first_tick(days: list[dt.date], day: dt.date) -> dt.date:
    """The first day from this one on on which the beat was there."""
    return next(each for each in days if each >= day)


def expected() -> dict[dt.date, tuple[dt.date, ...]]:
    """When each month is opened, due and frozen."""
    days = [day_of(each) for each in ticks()]
    return {
        month: (
            first_tick(days, month),
            first_tick(days, following(month)),
            first_tick(days, working_day_of(following(month), 7)),
        )
        for month in MONTHS
    }


def check(plan: Plan) -> None:
    """Each month took each step once, on its day; each day's job was done at the first attempt."""
    rows = plan.periods.filter(month__in=MONTHS).order_by("month")
    assert {
        row.month: (day_of(row.opened_at), day_of(row.due_at), day_of(row.frozen_at))
        for row in rows
    } == expected()
    written = Counter(
        (row.month, row.history_change_reason.rpartition(" ")[2])
        for row in rows.model.history.filter(plan=plan, month__in=MONTHS)
    )
    steps = ("calendar", "open", "due", "frozen")
    assert written == Counter((month, step) for month in MONTHS for step in steps)
    days = {f"{plan.slug}:{day_of(each)}" for each in ticks()}
    jobs = Job.objects.filter(kind="plans.calendar")
    assert {(job.key, job.state, job.attempts) for job in jobs} == {
        (day, JobState.DONE, 1) for day in days
    }


def test_the_beat_was_away_at_both_kinds_of_steps_and_the_clocks_changed():
    """What the test is made of is there: late steps, leap days, both changes of clocks."""
    late = [
        (opened - month).days for month, (opened, _, _) in expected().items() if opened != month
    ]
    frozen_late = [
        month
        for month, (_, _, frozen) in expected().items()
        if frozen != working_day_of(following(month), 7)
    ]
    assert (late, len(frozen_late)) == ([DAYS_AWAY] * 17, 17)
    offsets = {each.astimezone(dates.LONDON).utcoffset() for each in ticks()}
    assert offsets == {dt.timedelta(0), dt.timedelta(hours=1)}


def test_one_beat(db):
    plan = make.PlanFactory(published="2023-12")
    for moment in ticks():
        with dates.at(moment):
            tasks.advance_periods.apply(throw=True)
    check(plan)


@pytest.mark.races
def test_two_beats_at_once(two_processes, shared_database):
    plan = make.PlanFactory(published="2023-12")
    for moment in ticks():
        for process in two_processes:
            process.tell(act="advance", moment=moment.isoformat())
        assert [process.hear() for process in two_processes] == [{"advanced": True}] * 2
    check(plan)
