"""The worker's doors of the plan: read the clock once, call one service, log what it did."""

import datetime as dt
import logging

from celery import shared_task

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.files import store
from hertsend.jobs.registry import handler
from hertsend.jobs.services import run
from hertsend.jobs.tasks import OPTIONS
from plans import selectors
from plans.models import Plan
from plans.services import nightly

logger = logging.getLogger(__name__)


@shared_task(name="plans.tasks.advance_periods", **OPTIONS)
def advance_periods() -> None:
    """Open, due and freeze the months of every plan whose time has come (hourly).

    The jobs are done here and now where no worker took them before: what follows in the timetable,
    returns and packs, is of the months as they are then.
    """
    for job in nightly.ask_for_calendars(on=dates.today(), by=User.objects.system()):
        run(job_id=job.pk)


@handler(nightly.CALENDAR)
def advance_calendar(*, plan_id: int, day: str) -> None:
    """Bring one plan's calendar up to a day; safe to run twice, at once, late, or after a kill."""
    moved = nightly.advance_calendar(
        plan=Plan.objects.get(pk=plan_id), on=dt.date.fromisoformat(day), by=User.objects.system()
    )
    for period in moved:
        logger.info("%s of plan %s: %s.", period.label, period.plan_id, period.state)


@shared_task(name="plans.tasks.run_nightly", **OPTIONS)
def run_nightly() -> None:
    """See to it that each plan's work of this day is asked for (hourly, so late rather than never)."""
    asked = nightly.ask_for_nightly_work(on=dates.today(), by=User.objects.system())
    logger.info("Asked for the nightly work of %s plans.", len(asked))


@shared_task(name="plans.tasks.sweep_files", **OPTIONS)
def sweep_files() -> None:
    """Take away uploads that no evidence claimed for a day: their form was never finished (hourly)."""
    taken = store.sweep(selectors.claimed_files)
    logger.info("Took away %s files that nobody claimed.", taken)


@handler(nightly.NIGHTLY)
def do_nightly_work(*, plan_id: int, day: str) -> None:
    """Flag what is overdue in a plan on a day, and plan that day's digests."""
    plan = Plan.objects.get(pk=plan_id)
    night = nightly.do_nightly_work(
        plan=plan, on=dt.date.fromisoformat(day), by=User.objects.system()
    )
    logger.info(
        "Plan %s, %s: %s exceptions opened, %s digests planned.",
        plan.slug,
        day,
        night.exceptions_opened,
        night.digests_planned,
    )
