"""The states of background work and of the messages it sends."""

from django.db.models import TextChoices


class JobState(TextChoices):
    """Where a job is."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed, will be tried again"
    PARKED = "parked", "given up, needs a person"


class MessageState(TextChoices):
    """Where an e-mail is.

    ``unknown``: the mail server may or may not have taken it, so it is never sent again unasked.
    ``withheld``: at the time of sending the recipient had no right to it, or no need of it.
    """

    PLANNED = "planned", "waiting"
    SENDING = "sending", "being sent"
    SENT = "sent", "sent"
    UNKNOWN = "unknown", "perhaps sent, needs a person"
    WITHHELD = "withheld", "not sent, no longer due to this person"
    PARKED = "parked", "given up, needs a person"


CLAIMABLE_JOB_STATES = (JobState.QUEUED, JobState.FAILED)
"""A job that failed waits for its next attempt like a new one."""

HANDED_OVER_MESSAGE_STATES = (MessageState.SENDING, MessageState.SENT, MessageState.UNKNOWN)
"""States that begin with the words going to the mail server; these rows carry ``sending_at``."""
