"""Finding again what a dead worker, a lost wake-up or a broker that was away left behind.

Safe to run twice at once: each step is a conditional update of the row's own columns.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from hertsend import dates
from hertsend.jobs import policies
from hertsend.jobs.enums import CLAIMABLE_JOB_STATES, JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services.waking import RUN_JOB, SEND_MESSAGE, wake

AT_A_TIME = 500
"""Rows woken by one run; the rest follow in the next."""

WORKER_GONE = "WorkerGone"


@dataclass(frozen=True)
class Swept:
    """How many rows one run of the sweeper moved."""

    requeued_jobs: int
    parked_jobs: int
    unknown_messages: int
    woken_jobs: int
    woken_messages: int


def sweep(*, at: dt.datetime | None = None) -> Swept:
    """Put right what got stuck before ``at`` (by default now), and wake the workers for it.

    A job whose worker is gone waits again, or is parked after the third time. A message whose
    worker is gone while sending becomes unknown and is never sent again unasked. Waiting rows that
    were not woken, or too long ago, are woken.
    """
    at = at or dates.now()
    requeued, parked = _release_abandoned_jobs(at)
    unknown = _declare_unknown_messages(at)
    jobs = Job.objects.filter(state__in=CLAIMABLE_JOB_STATES)
    messages = Message.objects.filter(state=MessageState.PLANNED)
    return Swept(
        requeued_jobs=requeued,
        parked_jobs=parked,
        unknown_messages=unknown,
        woken_jobs=_wake_waiting(jobs, task=RUN_JOB, at=at),
        woken_messages=_wake_waiting(messages, task=SEND_MESSAGE, at=at),
    )


def _stale(field: str, *, limit: dt.timedelta, at: dt.datetime) -> Q:
    """Longer ago than the limit; or as far ahead, which only a clock set back can make."""
    return Q(**{f"{field}__lte": at - limit}) | Q(**{f"{field}__gt": at + limit})


def _release_abandoned_jobs(at: dt.datetime) -> tuple[int, int]:
    abandoned = Job.objects.filter(
        _stale("claimed_at", limit=policies.RUNNING_LIMIT, at=at), state=JobState.RUNNING
    )
    parked = abandoned.filter(attempts__gte=policies.ATTEMPTS_ALLOWED).update(
        state=JobState.PARKED, claimed_at=None, error=WORKER_GONE
    )
    requeued = abandoned.filter(attempts__lt=policies.ATTEMPTS_ALLOWED).update(
        state=JobState.QUEUED, claimed_at=None, woken_at=None, error=WORKER_GONE
    )
    return requeued, parked


def _declare_unknown_messages(at: dt.datetime) -> int:
    return Message.objects.filter(
        _stale("sending_at", limit=policies.SENDING_LIMIT, at=at), state=MessageState.SENDING
    ).update(state=MessageState.UNKNOWN, error=WORKER_GONE)


def _wake_waiting(rows: QuerySet[Model], *, task: str, at: dt.datetime) -> int:
    due = rows.filter(Q(not_before__isnull=True) | Q(not_before__lte=at)).filter(
        Q(woken_at__isnull=True) | _stale("woken_at", limit=policies.QUEUED_LIMIT, at=at)
    )
    woken = 0
    for row_id in due.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]:
        with transaction.atomic(durable=True):
            is_ours = due.filter(pk=row_id).update(woken_at=at)
        if is_ours and not wake(task=task, row_id=row_id):
            break
        woken += is_ours
    return woken
