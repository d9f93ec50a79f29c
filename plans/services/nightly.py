"""What is done for every plan by the hour and by the night, by itself.

The one-plan functions of other services do the work. These only say for which plans, in which
order, and commit after each step, so that a kill in between loses no more than the step at hand:
whoever comes next finds the rest still to do.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import DIGEST
from hertsend.jobs.models import Job
from hertsend.jobs.services import enqueue_on_commit, plan_message, withhold_earlier
from plans import policies, selectors
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod
from plans.services import exceptions, periods

NIGHTLY = "plans.nightly"
"""The kind of the job that does one plan's work of one day."""

CALENDAR = "plans.calendar"
"""The kind of the job that brings one plan's reporting calendar up to one day."""


# --- by the hour ----------------------------------------------------------------------------------


def ask_for_calendars(*, on: dt.date, by: User) -> list[Job]:
    """Ask that each plan's reporting calendar be brought up to the day ``on``, once for each day.

    Answers the jobs that are new. A job of its own for each plan, so that what goes wrong with one
    does not hold up the others, is tried again, and is seen by who looks after the plan. A day on
    which nothing ran is not made up for: the next one takes every step that is due by then.
    """
    asked = []
    for plan in Plan.objects.order_by("pk"):
        access.require(by, Permission.MANAGE_PERIODS, partnership_id=plan.partnership_id)
        asked.append(
            enqueue_on_commit(
                kind=CALENDAR,
                key=f"{plan.slug}:{on.isoformat()}",
                arguments={"plan_id": plan.pk, "day": on.isoformat()},
            )
        )
    return [job for job in asked if job is not None]


@transaction.atomic
def advance_calendar(*, plan: Plan, on: dt.date, by: User) -> list[ReportingPeriod]:
    """Schedule the months up to a year ahead, then take every step that is due by the day ``on``.

    The calendar begins with the month after the plan's publication. Once a month has opened, no
    earlier one is added: it would have to open after its successor. Safe to run twice, also at
    once: the plan is locked.
    """
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    begun = plan.periods.exclude(state=PeriodState.SCHEDULED).order_by("-month").first()
    periods.ensure_calendar(
        plan=plan,
        first=begun.month if begun else policies.first_reported_month(plan.published),
        last=policies.last_scheduled_month(on),
        by=by,
    )
    return periods.advance(plan=plan, on=on, by=by)


# --- by the night ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Night:
    """How much one night brought for one plan."""

    exceptions_opened: int
    digests_planned: int


def ask_for_nightly_work(*, on: dt.date, by: User) -> list[Job]:
    """Ask for each plan's work of the day ``on``, once however often this is called.

    Answers the jobs that are new. A day on which nothing ran is not made up for: the next one flags
    and tells all that is overdue by then, since when included.
    """
    asked = []
    for plan in Plan.objects.order_by("pk"):
        access.require(by, Permission.FLAG_OVERDUE, partnership_id=plan.partnership_id)
        asked.append(
            enqueue_on_commit(
                kind=NIGHTLY,
                key=f"{plan.slug}:{on.isoformat()}",
                arguments={"plan_id": plan.pk, "day": on.isoformat()},
            )
        )
    return [job for job in asked if job is not None]


def do_nightly_work(*, plan: Plan, on: dt.date, by: User) -> Night:
    """Flag what is overdue on the day ``on``, then plan the day's digests.

    ``on`` is the job's day, not the worker's. Safe to run twice, at once, late or after a kill.
    """
    opened = exceptions.flag_overdue(plan=plan, on=on, by=by)
    return Night(
        exceptions_opened=len(opened), digests_planned=plan_digests(plan=plan, on=on, by=by)
    )


def plan_digests(*, plan: Plan, on: dt.date, by: User) -> int:
    """Plan one digest for each person to whom something of the plan is to be told on that day.

    Answers how many are new. The key is person and day, so that someone with matters in two plans
    is told once, of both. What the digest says, and whether it is still due, is found out when it
    is sent. An earlier one that was given up has no more to say, and no longer asks for a person.
    """
    access.require(by, Permission.FLAG_OVERDUE, partnership_id=plan.partnership_id)
    waiting = selectors.matters_by_person(plan, on=on, held_on=on)
    last = selectors.last_digests(waiting, before=on)
    told = [
        person
        for person, matters in waiting.items()
        if any(matter.is_told(after=last.get(person)) for matter in matters)
    ]
    planned = [
        plan_message(kind=DIGEST, key=f"{person.pk}:{on.isoformat()}", recipient=person, day=on)
        for person in User.objects.filter(pk__in=told).order_by("pk")
    ]
    withhold_earlier(kind=DIGEST, recipients=told, day=on)
    return sum(message is not None for message in planned)
