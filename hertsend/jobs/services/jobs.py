"""Asking for a job, claiming it, and doing it."""

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q

from hertsend import dates
from hertsend.jobs import policies, registry
from hertsend.jobs.enums import CLAIMABLE_JOB_STATES, JobState
from hertsend.jobs.models import Job
from hertsend.jobs.services.waking import RUN_JOB, wake_on_commit

logger = logging.getLogger(__name__)


@transaction.atomic
def enqueue_on_commit(
    *,
    kind: str,
    key: str,
    arguments: Mapping[str, Any] | None = None,
    not_before: dt.datetime | None = None,
) -> Job | None:
    """Ask for a job, once for each kind and key; a worker is woken when the caller commits.

    The row is part of the caller's transaction. ``arguments`` are passed to the handler and hold
    JSON values, best ids and dates: the handler reads the rest anew. A job for later
    (``not_before``) is woken by the sweeper when its time has come.

    Returns the new job, or ``None`` when there is one already, in whatever state. Raises
    ``UnknownKind`` when no handler is registered. A broker that is away is no error.
    """
    registry.handler_for(kind)
    now = dates.now()
    is_for_now = not_before is None or not_before <= now
    job, is_new = Job.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "arguments": dict(arguments or {}),
            "not_before": not_before,
            "created_at": now,
            "woken_at": now if is_for_now else None,
        },
    )
    if not is_new:
        return None
    if is_for_now:
        wake_on_commit(task=RUN_JOB, row_id=job.pk)
    return job


def claim(*, job_id: int) -> Job | None:
    """Take a waiting job whose time has come, for this worker alone; ``None`` if it is not there.

    One conditional update of the row's own columns: of two workers, the database lets one through.
    """
    now = dates.now()
    with transaction.atomic(durable=True):
        claimed = (
            Job.objects.filter(pk=job_id, state__in=CLAIMABLE_JOB_STATES)
            .filter(Q(not_before__isnull=True) | Q(not_before__lte=now))
            .update(state=JobState.RUNNING, claimed_at=now, attempts=F("attempts") + 1)
        )
    if not claimed:
        return None
    return Job.objects.filter(pk=job_id, state=JobState.RUNNING, claimed_at=now).first()


def run(*, job_id: int) -> Job | None:
    """Claim a job and do it; ``None`` when there was nothing to claim.

    A handler that raises leaves the job failed, to be tried again after a pause, or parked after
    the third attempt. A worker that dies leaves it running, for the sweeper.
    """
    job = claim(job_id=job_id)
    if job is None:
        return None
    try:
        registry.handler_for(job.kind)(**job.arguments)
    except Exception as error:
        logger.exception("Attempt %s of job %s (%s) failed.", job.attempts, job.pk, job.kind)
        _note_failure(job, error)
    else:
        _settle(job, state=JobState.DONE, finished_at=dates.now(), error="")
    job.refresh_from_db()
    return job


def retry_parked_job(*, job_id: int, by: AbstractBaseUser) -> bool:
    """Put a job that was given up back, with its attempts anew; False when it is not parked.

    Whether the person may do so is for the page to ask.
    """
    now = dates.now()
    with transaction.atomic():
        was_parked = Job.objects.filter(pk=job_id, state=JobState.PARKED).update(
            state=JobState.QUEUED, attempts=0, not_before=None, woken_at=now
        )
        if was_parked:
            logger.info("Job %s was put back by person %s.", job_id, by.pk)
            wake_on_commit(task=RUN_JOB, row_id=job_id)
    return bool(was_parked)


def _note_failure(job: Job, error: Exception) -> None:
    state, pause = policies.job_after_failure(job.attempts)
    _settle(
        job,
        state=state,
        error=policies.describe_error(error),
        not_before=None if pause is None else dates.now() + pause,
        woken_at=None,
    )


def _settle(job: Job, **changes: Any) -> None:
    """Store how this attempt ended, unless the sweeper has given the job to another since."""
    settled = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, attempts=job.attempts, claimed_at=job.claimed_at
    ).update(claimed_at=None, **changes)
    if not settled:
        logger.warning("Job %s took too long and is no longer this worker's.", job.pk)
