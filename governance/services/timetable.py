"""What is done for every plan by the hour: each by a job of its own."""

import datetime as dt

from governance import selectors
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.jobs.models import Job
from hertsend.jobs.services import enqueue_on_commit
from plans.models import Plan

MAKE_RETURNS = "governance.make_returns"
"""The kind of the job that makes one plan's returns of the months that have opened."""


def ask_for_returns(*, on: dt.date, by: User) -> list[Job]:
    """Ask, for each plan that lacks a return, that its returns be made; once for each day.

    Answers the jobs that are new. A job of its own for each plan, so that what goes wrong with one
    does not hold up the others, is tried again, and is seen by who looks after the plan. A plan that
    lacks none is not asked for: its months may open later in the day.
    """
    asked = []
    for plan in Plan.objects.order_by("pk"):
        access.require(by, Permission.MANAGE_PERIODS, partnership_id=plan.partnership_id)
        if selectors.lacks_returns(plan):
            asked.append(
                enqueue_on_commit(
                    kind=MAKE_RETURNS,
                    key=f"{plan.slug}:{on.isoformat()}",
                    arguments={"plan_id": plan.pk},
                )
            )
    return [job for job in asked if job is not None]
