"""Celery's door and the job behind it: the packs of the months that were frozen."""

from celery import shared_task

from governance.enums import Edition
from governance.services import packs
from hertsend.accounts.models import User
from hertsend.jobs import registry
from plans.models import ReportingPeriod


@shared_task(name="governance.tasks.assemble_packs")
def assemble_packs() -> None:
    """Ask for the packs that are missing; the rows of the periods say which."""
    packs.request_missing(by=User.objects.system())


@registry.handler(packs.ASSEMBLE_PACK)
def assemble_pack(*, period_id: int, edition: str) -> None:
    """Assemble one pack; safe to run twice, late, or after a kill."""
    packs.assemble(
        period=ReportingPeriod.objects.get(pk=period_id),
        edition=Edition(edition),
        by=User.objects.system(),
    )
