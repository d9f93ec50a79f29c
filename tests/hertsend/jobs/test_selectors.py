import datetime as dt

import pytest

from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.selectors import (
    JobsOverview,
    LastSuccess,
    TroubledJob,
    TroubledMessage,
    jobs_overview,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2024, 10, 15, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
NO_JOBS = dict.fromkeys(JobState, 0)
NO_MESSAGES = dict.fromkeys(MessageState, 0)


def add_job(key, **values):
    return Job.objects.create(**({"kind": "tests.note", "key": key, "created_at": NOON} | values))


def add_message(person, key, **values):
    standard = {
        "kind": "tests.digest",
        "recipient": person,
        "day": NOON.date(),
        "header_message_id": f"<{key}@example.com>",
        "planned_at": NOON,
    }
    return Message.objects.create(key=key, **(standard | values))


def test_without_work_everything_is_counted_as_none():
    overview = jobs_overview()
    assert overview == JobsOverview(
        job_counts=NO_JOBS,
        message_counts=NO_MESSAGES,
        oldest_waiting_job_at=None,
        troubled_jobs=(),
        troubled_messages=(),
        last_successes=(),
    )
    assert overview.needs_a_person is False


def test_work_is_counted_and_trouble_is_listed(person):
    add_job("waiting")
    add_job("older", created_at=NOON - HOUR)
    failed = add_job(
        "failed",
        state=JobState.FAILED,
        attempts=1,
        error="ValueError",
        not_before=NOON + HOUR,
        created_at=NOON + HOUR,
    )
    parked = add_job("parked", state=JobState.PARKED, attempts=3, not_before=NOON)
    add_job("done 1", state=JobState.DONE, finished_at=NOON)
    add_job("done 2", state=JobState.DONE, finished_at=NOON + HOUR)
    add_job("done 3", kind="tests.also", state=JobState.DONE, finished_at=NOON)
    add_message(person, "planned")
    unknown = add_message(
        person, "unknown", state=MessageState.UNKNOWN, sending_at=NOON, error="WorkerGone"
    )
    given_up = add_message(person, "parked", state=MessageState.PARKED, error="OSError")
    assert jobs_overview() == JobsOverview(
        job_counts=NO_JOBS | {"queued": 2, "failed": 1, "parked": 1, "done": 3},
        message_counts=NO_MESSAGES | {"planned": 1, "unknown": 1, "parked": 1},
        oldest_waiting_job_at=NOON - HOUR,
        troubled_jobs=(
            TroubledJob(
                failed.pk, "tests.note", "failed", JobState.FAILED, 1, "ValueError", NOON + HOUR
            ),
            TroubledJob(parked.pk, "tests.note", "parked", JobState.PARKED, 3, "", None),
        ),
        troubled_messages=(
            TroubledMessage(
                id=unknown.pk,
                kind="tests.digest",
                key="unknown",
                day=NOON.date(),
                recipient_id=person.pk,
                state=MessageState.UNKNOWN,
                sending_at=NOON,
                error="WorkerGone",
            ),
            TroubledMessage(
                id=given_up.pk,
                kind="tests.digest",
                key="parked",
                day=NOON.date(),
                recipient_id=person.pk,
                state=MessageState.PARKED,
                sending_at=None,
                error="OSError",
            ),
        ),
        last_successes=(LastSuccess("tests.also", NOON), LastSuccess("tests.note", NOON + HOUR)),
    )


@pytest.mark.parametrize(
    ("job", "message", "needs_a_person"),
    [
        (JobState.PARKED, MessageState.PLANNED, True),
        (JobState.FAILED, MessageState.PARKED, True),
        (JobState.FAILED, MessageState.UNKNOWN, True),
        (JobState.FAILED, MessageState.WITHHELD, False),
    ],
)
def test_only_what_waits_for_a_decision_needs_a_person(person, job, message, needs_a_person):
    add_job("1", state=job)
    sending_at = NOON if message == MessageState.UNKNOWN else None
    add_message(person, "1", state=message, sending_at=sending_at)
    assert jobs_overview().needs_a_person is needs_a_person


@pytest.mark.parametrize("number", [1, 3])
def test_the_overview_takes_six_queries_however_much_there_is(
    person, django_assert_num_queries, number
):
    for key in range(number):
        add_job(f"parked {key}", state=JobState.PARKED)
        add_job(f"done {key}", state=JobState.DONE, finished_at=NOON)
        add_message(person, str(key), state=MessageState.PARKED)
    with django_assert_num_queries(6):
        jobs_overview()
