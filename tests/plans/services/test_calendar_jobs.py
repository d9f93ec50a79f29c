"""The calendar's job: asked for once a day for each plan, tried again, seen by who looks after it."""

import datetime as dt

import pytest

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from hertsend.jobs.services import run
from hertsend.records.bases import save_audited
from plans import tasks
from plans.models import Plan
from plans.services import nightly
from tests.factories import models as make

NIGHT = dt.datetime(2024, 10, 15, 0, 2, tzinfo=dates.LONDON)
URL = "/jobs/"


@pytest.fixture
def broken(world) -> Plan:
    """A further plan of the partnership, whose calendar cannot be worked out."""
    return make.PlanFactory(partnership=world.partnership, published="unknown")


def mend(plan: Plan) -> None:
    """Correct the day of publication."""
    plan.published = "2023-12"
    save_audited(plan, by=User.objects.system(), reason="Corrected")


def beat(after: dt.timedelta = dt.timedelta(0)) -> None:
    with dates.at(NIGHT + after):
        tasks.advance_periods()


def jobs(plan: Plan) -> list[tuple]:
    rows = Job.objects.filter(kind="plans.calendar", key__startswith=f"{plan.slug}:")
    return list(rows.order_by("key").values_list("key", "state", "attempts", "error"))


def key(plan: Plan, day: str = "2024-10-15") -> str:
    return f"{plan.slug}:{day}"


def test_a_day_has_one_job_for_each_plan_however_often_the_clock_ticks(world):
    for hours in (0, 1, 23):
        beat(dt.timedelta(hours=hours))
    for plan in (world.plan, world.foreign.plan):
        assert jobs(plan) == [(key(plan), JobState.DONE, 1, "")]
    beat(dt.timedelta(days=1))
    assert [row[0] for row in jobs(world.plan)] == [key(world.plan), key(world.plan, "2024-10-16")]


def test_what_fails_is_tried_again_then_given_up_and_holds_up_no_other(world, broken):
    beat()
    [(_, state, attempts, error)] = jobs(broken)
    assert (state, attempts, error) == (JobState.FAILED, 1, "ValueError")
    assert jobs(world.plan) == [(key(world.plan), JobState.DONE, 1, "")]
    # Not by the next tick, but after its pauses
    beat(dt.timedelta(hours=1))
    assert jobs(broken)[0][2] == 1
    again = Job.objects.get(kind="plans.calendar", key=key(broken))
    for minutes, ended in ((1, JobState.FAILED), (7, JobState.PARKED)):
        with dates.at(NIGHT + dt.timedelta(minutes=minutes, seconds=1)):
            assert run(job_id=again.pk).state == ended


def test_who_looks_after_the_plan_sees_it_and_puts_it_back(broken, as_role):
    beat()
    Job.objects.filter(key=key(broken)).update(state=JobState.PARKED, attempts=3)
    office = as_role(Role.PROGRAMME_OFFICE)
    with dates.at(NIGHT):
        words = office.get(URL).content.decode()
    assert "Something needs a person." in words
    assert "Months opened, due and frozen, every day" in words
    assert key(broken) in words
    assert as_role(Role.WORKSTREAM_LEAD).get(URL).status_code == 403
    # Once its cause is mended, it is put back and does the whole of it
    mend(broken)
    job = Job.objects.get(kind="plans.calendar", key=key(broken))
    with dates.at(NIGHT):
        office.post(URL, {"job": job.pk})
        assert run(job_id=job.pk).state == JobState.DONE
    assert broken.periods.filter(state="frozen").count() == 9


def test_what_was_given_up_is_made_up_for_on_the_next_day(broken):
    beat()
    mend(broken)
    beat(dt.timedelta(days=1))
    assert [row[1] for row in jobs(broken)] == [JobState.FAILED, JobState.DONE]
    assert broken.periods.filter(state="frozen").count() == 9


@pytest.mark.parametrize("role", [Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR])
def test_a_person_asks_for_their_own_plans_only_and_most_for_none(world, role):
    with pytest.raises(NotAllowed):
        nightly.ask_for_calendars(on=NIGHT.date(), by=world.people[role])
