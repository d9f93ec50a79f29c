"""Asking for background work, doing it once, and finding again what was lost on the way.

The row is the truth. The broker only wakes a worker up; it may lose, repeat or delay that, and the
sweeper puts it right. None of these functions but the asking ones may be called in a transaction:
a claim that is not committed protects nothing.
"""

from hertsend.jobs.services.jobs import claim, enqueue_on_commit, retry_parked_job, run
from hertsend.jobs.services.messages import (
    plan_message,
    retry_undelivered_message,
    send_message,
    withhold_earlier,
)
from hertsend.jobs.services.sweeping import Swept, sweep

__all__ = [
    "Swept",
    "claim",
    "enqueue_on_commit",
    "plan_message",
    "retry_parked_job",
    "retry_undelivered_message",
    "run",
    "send_message",
    "sweep",
    "withhold_earlier",
]
