"""The controls: workers without what guards them, which the test must notice."""

from django.db import connection
from django.db.models import Model

from governance.models import BoardPack, Delivery, PackRun
from hertsend import dates
from hertsend.jobs import mail
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services import messages

KEYS: dict[type[Model], str] = {
    Job: "job_once_per_kind_and_key",
    PackRun: "pack_run_once",
    BoardPack: "pack_once_per_period_edition_revision",
    Delivery: "delivery_once_per_person_and_revision",
    Message: "message_once_per_kind_and_key",
}


def take_keys_away() -> None:
    """Drop the unique keys behind packs, their jobs and their e-mails, as if nobody had thought of them."""
    for model, name in KEYS.items():
        (constraint,) = [each for each in model._meta.constraints if each.name == name]
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)


def send_before_commit() -> None:
    """Tell the mail server first and write down afterwards that it was told."""
    messages._start_sending = lambda message: True
    messages._deliver = _deliver


def _deliver(message: Message, email: object) -> None:
    try:
        with mail.connection() as server:
            mail.hand_over(email, server=server)
    except mail.Refused as refusal:
        messages._put_back(message, description=refusal.description)
        return
    now = dates.now()
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT, sending_at=now, sent_at=now
    )
