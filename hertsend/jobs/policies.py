"""How long background work may take, how often it is tried, and what is noted of a failure."""

import datetime as dt
import smtplib

from hertsend.jobs.enums import JobState, MessageState

QUEUED_LIMIT = dt.timedelta(minutes=2)
"""A row that was woken and is still waiting after this long is woken again."""

RUNNING_LIMIT = dt.timedelta(minutes=3)
"""A job that runs longer has lost its worker; longer than the tasks' own time limit."""

SENDING_LIMIT = dt.timedelta(minutes=3)
"""A message that is being sent for longer has lost its worker; longer than the mail time-out."""

JOB_PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=5))
"""The pause after the first and after the second failed attempt; the third parks the job."""

MESSAGE_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 60, 60))
"""Longer than those of a job: a mail server asks newcomers to come back, or is away for hours."""

ATTEMPTS_ALLOWED = len(JOB_PAUSES) + 1

LONGEST_ERROR = 200


def job_after_failure(attempts: int) -> tuple[JobState, dt.timedelta | None]:
    """The state of a job whose ``attempts``-th attempt failed, and the pause before the next."""
    if attempts >= ATTEMPTS_ALLOWED:
        return JobState.PARKED, None
    return JobState.FAILED, JOB_PAUSES[attempts - 1]


def message_after_refusal(
    attempts: int, *, is_permanent: bool
) -> tuple[MessageState, dt.timedelta | None]:
    """The state of a message that was not accepted at its ``attempts``-th attempt, and the pause.

    A permanent refusal (the mailbox does not exist) is not tried again.
    """
    if is_permanent or attempts > len(MESSAGE_PAUSES):
        return MessageState.PARKED, None
    return MessageState.PLANNED, MESSAGE_PAUSES[attempts - 1]


def is_permanent_refusal(error: BaseException) -> bool:
    """Whether the mail server said that this mailbox will never take mail (5xx to RCPT)."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


def describe_error(error: BaseException) -> str:
    """The kind of an error, and the mail server's code; never its message.

    Messages quote values: addresses, passwords in connection strings, what somebody typed. This
    text is stored and shown on a page; the full trace is in the log.
    """
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    words = " ".join([type(error).__name__, *map(str, codes)])
    return words[:LONGEST_ERROR]
