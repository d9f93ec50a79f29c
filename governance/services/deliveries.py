"""Telling readers of an issued pack, each once, and noting who opened it."""

from django.db import transaction

from governance.models import Delivery, PackRun
from governance.permissions.packs import addressees
from governance.policies import packs as rules
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.jobs.services import plan_message, retry_undelivered_message

PACK_ISSUED = "governance.pack_issued"
"""The kind of the e-mail by which a reader is told of an issued pack."""


@transaction.atomic
def plan_all(*, run: PackRun, by: User) -> list[Delivery]:
    """Plan to tell every reader of the edition on this day, each once; part of issuing it.

    Raises ``NotAllowed``.
    """
    access.require(by, Permission.ISSUE_PACK, partnership_id=run.partnership_id)
    return [_planned(run, person) for person in addressees(run, on=dates.today())]


def _planned(run: PackRun, person: User) -> Delivery:
    message = plan_message(
        kind=PACK_ISSUED, key=f"{run.pk}:{person.pk}", recipient=person, day=dates.today()
    )
    return Delivery.objects.create(run=run, person=person, message=message, planned_at=dates.now())


@transaction.atomic
def note_opening(*, run: PackRun, by: User) -> bool:
    """Note when the person first opened an issued pack of which they were told; False afterwards."""
    told = Delivery.objects.select_for_update(no_key=True)
    row = told.filter(run=run, person=by, opened_at=None).first()
    if row is None:
        return False
    row.opened_at = dates.now()
    row.save(update_fields=["opened_at"])
    return True


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> Delivery:
    """Send an e-mail again that failed, or of which nobody knows, because a person decided so.

    Raises ``NotAllowed``, and ``RuleBroken`` for one that was sent, waits, or was refused.
    """
    row = Delivery.objects.select_related("run", "message", "person").get(pk=delivery.pk)
    access.require(by, Permission.RELEASE_PACK, partnership_id=row.run.partnership_id)
    state = rules.delivery_state(row.message.state if row.message else None)
    is_sent_again = (
        state in rules.SENT_AGAIN
        and row.message is not None
        and retry_undelivered_message(message_id=row.message.pk, by=by)
    )
    if not is_sent_again:
        raise RuleBroken(f"{row.person.name}: “{state.label}”, so nothing is sent again.")
    return row
