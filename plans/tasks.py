"""The worker's doors of the plan: read the clock once, call one service, log what it did."""

import datetime as dt
import logging

from celery import shared_task

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.jobs.registry import handler
from hertsend.jobs.tasks import OPTIONS
from plans.models import Plan
from plans.services import nightly

logger = logging.getLogger(__name__)


@shared_task(name="plans.tasks.advance_periods", **OPTIONS)
def advance_periods() -> None:
    """Open, due and freeze the months of every plan whose time has come (hourly)."""
    moved = nightly.advance_calendars(on=dates.today(), by=User.objects.system())
    for period in moved:
        logger.info("%s of plan %s: %s.", period.label, period.plan_id, period.state)


@shared_task(name="plans.tasks.run_nightly", **OPTIONS)
def run_nightly() -> None:
    """See to it that each plan's work of this day is asked for (hourly, so late rather than never)."""
    asked = nightly.ask_for_nightly_work(on=dates.today(), by=User.objects.system())
    logger.info("Asked for the nightly work of %s plans.", len(asked))


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
