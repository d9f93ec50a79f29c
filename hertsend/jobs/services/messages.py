"""Planning an e-mail, and sending it at most once.

A mail server cannot be made to take an e-mail exactly once. So the row says ``sending``, committed,
before the server hears of it; a crash after that leaves ``unknown``, which a person decides upon.
"""

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from hertsend import dates
from hertsend.jobs import mail, policies, registry
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Message
from hertsend.jobs.services.waking import SEND_MESSAGE, wake_on_commit

logger = logging.getLogger(__name__)

UNDELIVERED = (MessageState.PARKED, MessageState.UNKNOWN)


@transaction.atomic
def plan_message(
    *, kind: str, key: str, recipient: AbstractBaseUser, day: dt.date
) -> Message | None:
    """Plan one e-mail to one person, once for each kind and key; sent when the caller commits.

    ``day`` is what the message is about, from the job's row and never from the worker's clock.
    Returns the new message, or ``None`` when it was planned before. Raises ``UnknownKind`` when no
    renderer is registered.
    """
    registry.renderer_for(kind)
    now = dates.now()
    message, is_new = Message.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "recipient_id": recipient.pk,
            "day": day,
            "header_message_id": mail.new_header_message_id(),
            "planned_at": now,
            "woken_at": now,
        },
    )
    if not is_new:
        return None
    wake_on_commit(task=SEND_MESSAGE, row_id=message.pk)
    return message


def send_message(*, message_id: int) -> Message | None:
    """Word a planned message and hand it to the mail server; ``None`` when it is not to be sent now.

    ``message_id`` is the row's primary key. The renderer asks again what the recipient may see; a
    person who was deactivated gets nothing. What the server refuses before accepting it is tried
    again after a pause; what nobody knows becomes ``unknown``.
    """
    message = _find_planned(message_id)
    if message is None:
        return None
    try:
        email = _word(message)
    except Exception as error:
        logger.exception("Message %s (%s) could not be worded.", message.pk, message.kind)
        _put_back(message, description=policies.describe_error(error))
    else:
        if email is None:
            _settle(message, state=MessageState.WITHHELD, error="")
        elif _start_sending(message):
            _deliver(message, email)
    message.refresh_from_db()
    return message


def retry_undelivered_message(*, message_id: int, by: AbstractBaseUser) -> bool:
    """Send a message again that was given up or is unknown, because a person decided so.

    False when it is in no such state. Whether the person may decide is for the page to ask.
    """
    now = dates.now()
    with transaction.atomic():
        was_undelivered = Message.objects.filter(pk=message_id, state__in=UNDELIVERED).update(
            state=MessageState.PLANNED, attempts=0, not_before=None, sending_at=None, woken_at=now
        )
        if was_undelivered:
            logger.info("Message %s was put back by person %s.", message_id, by.pk)
            wake_on_commit(task=SEND_MESSAGE, row_id=message_id)
    return bool(was_undelivered)


def withhold_earlier(*, kind: str, recipients: Collection[int], day: dt.date) -> int:
    """Let go of messages of earlier days that were given up, since one of this day says it all anew.

    Answers how many. What may have been sent, or is still being tried, is left alone.
    """
    with transaction.atomic():
        return Message.objects.filter(
            kind=kind, recipient__in=recipients, day__lt=day, state=MessageState.PARKED
        ).update(state=MessageState.WITHHELD, error="")


def _find_planned(message_id: int) -> Message | None:
    return (
        Message.objects.select_related("recipient")
        .filter(pk=message_id, state=MessageState.PLANNED)
        .filter(Q(not_before__isnull=True) | Q(not_before__lte=dates.now()))
        .first()
    )


def _word(message: Message) -> EmailMultiAlternatives | None:
    recipient = message.recipient
    if not recipient.is_active or not recipient.email:
        return None
    words = registry.renderer_for(message.kind)(
        recipient=recipient, day=message.day, key=message.key
    )
    if words is None:
        return None
    return mail.compose(words, address=recipient.email, header_message_id=message.header_message_id)


def _start_sending(message: Message) -> bool:
    """Commit that the message may leave from now on; False when another worker was first."""
    now = dates.now()
    with transaction.atomic(durable=True):
        started = Message.objects.filter(
            pk=message.pk, state=MessageState.PLANNED, attempts=message.attempts
        ).update(state=MessageState.SENDING, sending_at=now, error="")
    message.sending_at = now
    return bool(started)


def _deliver(message: Message, email: EmailMultiAlternatives) -> None:
    try:
        with mail.connection() as server:
            mail.hand_over(email, server=server)
            _settle(message, state=MessageState.SENT, sent_at=dates.now())
    except mail.Refused as refusal:
        logger.warning("Message %s was not accepted: %s.", message.pk, refusal.description)
        _put_back(message, description=refusal.description, is_permanent=refusal.is_permanent)
    except Exception as error:
        logger.exception("Nobody knows whether message %s was sent.", message.pk)
        _settle(message, state=MessageState.UNKNOWN, error=policies.describe_error(error))


def _put_back(message: Message, *, description: str, is_permanent: bool = False) -> None:
    attempts = message.attempts + 1
    state, pause = policies.message_after_refusal(attempts, is_permanent=is_permanent)
    _settle(
        message,
        state=state,
        attempts=attempts,
        error=description,
        not_before=None if pause is None else dates.now() + pause,
        woken_at=None,
        sending_at=None,
    )


def _settle(message: Message, **changes: Any) -> None:
    """Store what became of this attempt, unless another worker's has begun since.

    A sender that was slow enough to be declared unknown, and then learns what happened, says so.
    """
    if message.sending_at is None:
        attempt = Q(state=MessageState.PLANNED)
    else:
        attempt = Q(
            state__in=[MessageState.SENDING, MessageState.UNKNOWN], sending_at=message.sending_at
        )
    Message.objects.filter(attempt, pk=message.pk, attempts=message.attempts).update(**changes)
