"""Celery's doors: each finds its row by id and calls one service; safe to deliver twice."""

from celery import shared_task

from hertsend.jobs import policies, services

OPTIONS = {
    # The row is claimed conditionally, so a second delivery after a crash does no harm.
    "acks_late": True,
    "reject_on_worker_lost": True,
    "ignore_result": True,
    # Both end before the sweeper takes the row for abandoned.
    "soft_time_limit": int(policies.RUNNING_LIMIT.total_seconds()) - 30,
    "time_limit": int(policies.RUNNING_LIMIT.total_seconds()) - 15,
}


@shared_task(name="hertsend.jobs.tasks.run_job", **OPTIONS)
def run_job(job_id: int) -> None:
    """Do one job."""
    services.run(job_id=job_id)


@shared_task(name="hertsend.jobs.tasks.send_message", **OPTIONS)
def send_message(message_id: int) -> None:
    """Send one message."""
    services.send_message(message_id=message_id)


@shared_task(name="hertsend.jobs.tasks.sweep", **OPTIONS)
def sweep() -> None:
    """Find what got stuck."""
    services.sweep()
