"""Celery's door and the job behind it: returns of open months, packs of frozen ones."""

from celery import shared_task

from governance.enums import Edition
from governance.services import packs, returns, timetable
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.jobs import registry
from hertsend.jobs.services import run
from plans.models import Plan, ReportingPeriod


@shared_task(name="governance.tasks.assemble_packs")
def assemble_packs() -> None:
    """Ask for the packs that are missing; the rows of the periods say which."""
    packs.request_missing(by=User.objects.system())


@shared_task(name="governance.tasks.make_returns")
def make_returns() -> None:
    """Make the returns of the months that have opened, for every plan (hourly).

    The jobs are done here and now where no worker took them before, so that what follows in the
    timetable finds the returns.
    """
    for job in timetable.ask_for_returns(on=dates.today(), by=User.objects.system()):
        run(job_id=job.pk)


@registry.handler(timetable.MAKE_RETURNS)
def make_returns_of(*, plan_id: int) -> None:
    """Make one plan's missing returns; safe to run twice, at once, late, or after a kill."""
    returns.make_missing(plan=Plan.objects.get(pk=plan_id), by=User.objects.system())


@registry.handler(packs.ASSEMBLE_PACK)
def assemble_pack(*, period_id: int, edition: str) -> None:
    """Assemble one pack; safe to run twice, late, or after a kill.

    Of a month that was reopened before its pack was made there is none: its next freeze asks anew.
    """
    period = ReportingPeriod.objects.get(pk=period_id)
    if period.frozen_at is not None:
        packs.assemble(period=period, edition=Edition(edition), by=User.objects.system())
