import datetime as dt
import smtplib

import pytest

from hertsend.jobs import policies, tasks
from hertsend.jobs.enums import JobState, MessageState


@pytest.mark.parametrize(
    ("attempts", "state", "pause"),
    [
        (1, JobState.FAILED, dt.timedelta(minutes=1)),
        (2, JobState.FAILED, dt.timedelta(minutes=5)),
        (3, JobState.PARKED, None),
        (4, JobState.PARKED, None),
    ],
)
def test_a_job_is_given_up_at_the_third_failure(attempts, state, pause):
    assert policies.job_after_failure(attempts) == (state, pause)


@pytest.mark.parametrize(
    ("attempts", "is_permanent", "state", "pause"),
    [
        (1, False, MessageState.PLANNED, dt.timedelta(minutes=1)),
        (3, False, MessageState.PLANNED, dt.timedelta(minutes=15)),
        (6, False, MessageState.PLANNED, dt.timedelta(minutes=60)),
        (7, False, MessageState.PARKED, None),
        (1, True, MessageState.PARKED, None),
    ],
)
def test_a_message_is_given_up_at_the_seventh_refusal_or_at_a_permanent_one(
    attempts, is_permanent, state, pause
):
    result = policies.message_after_refusal(attempts, is_permanent=is_permanent)
    assert result == (state, pause)


@pytest.mark.parametrize(
    ("error", "is_permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"none such")}), True),
        (smtplib.SMTPRecipientsRefused({"a@example.com": (499, b"later")}), False),
        (smtplib.SMTPRecipientsRefused({"a@x": (550, b""), "b@x": (452, b"")}), False),
        (smtplib.SMTPDataError(554, b"no"), False),
        (ValueError("550"), False),
    ],
)
def test_only_a_mailbox_refused_with_5xx_is_refused_for_good(error, is_permanent):
    assert policies.is_permanent_refusal(error) is is_permanent


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("password=swordfish"), "ValueError"),
        (smtplib.SMTPDataError(554, b"for lead@example.com"), "SMTPDataError 554"),
        (
            smtplib.SMTPRecipientsRefused({"a@x": (550, b""), "b@x": (452, b"")}),
            "SMTPRecipientsRefused 452 550",
        ),
        (type("E" * 300, (Exception,), {})(), "E" * 200),
    ],
)
def test_what_is_noted_of_an_error_is_its_kind_and_never_its_words(error, words):
    assert policies.describe_error(error) == words


def test_celery_ends_a_task_before_the_sweeper_takes_its_row_for_abandoned():
    assert tasks.OPTIONS["soft_time_limit"] < tasks.OPTIONS["time_limit"]
    assert tasks.OPTIONS["time_limit"] < policies.RUNNING_LIMIT.total_seconds()
    assert policies.RUNNING_LIMIT <= policies.SENDING_LIMIT
