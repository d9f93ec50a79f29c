"""Asking the broker to wake a worker; the only place that talks to it."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

RUN_JOB = "hertsend.jobs.tasks.run_job"
SEND_MESSAGE = "hertsend.jobs.tasks.send_message"

BROKER_ERRORS = (KombuError, RedisError, OSError)
"""Broker away, full, or (file system) out of space. Redis's own errors come through unwrapped."""

logger = logging.getLogger(__name__)


def wake(*, task: str, row_id: int) -> bool:
    """Ask the broker to start ``task`` for a committed row; False when the broker is away.

    Without retries, since a person may be waiting for the page: the sweeper asks again.
    """
    try:
        current_app.tasks[task].apply_async(args=[row_id], retry=False)
    except BROKER_ERRORS as error:
        logger.warning(
            "The broker did not take %s for row %s (%s); the sweeper will ask again.",
            task,
            row_id,
            type(error).__name__,
        )
        return False
    return True


def wake_on_commit(*, task: str, row_id: int) -> None:
    """Do so once the current transaction is committed; nothing that goes wrong there is raised."""

    def wake_now() -> None:
        # Not a partial: Django logs the name of what failed, and a partial has none.
        wake(task=task, row_id=row_id)

    transaction.on_commit(wake_now, robust=True)
