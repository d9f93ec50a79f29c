import datetime as dt

import pytest

from hertsend.jobs import services
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.policies import QUEUED_LIMIT, RUNNING_LIMIT, SENDING_LIMIT
from hertsend.jobs.services import Swept
from hertsend.jobs.services.waking import RUN_JOB, SEND_MESSAGE

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2024, 10, 15, 12, tzinfo=dt.UTC)
A_MOMENT = dt.timedelta(microseconds=1)
NOTHING = Swept(requeued_jobs=0, parked_jobs=0, unknown_messages=0, woken_jobs=0, woken_messages=0)


def add_job(**values):
    standard = {"kind": "tests.note", "key": "1", "created_at": NOON, "woken_at": NOON}
    return Job.objects.create(**(standard | values))


def add_message(person, **values):
    standard = {
        "kind": "tests.digest",
        "key": "1",
        "recipient": person,
        "day": NOON.date(),
        "header_message_id": "<1@example.com>",
        "planned_at": NOON,
        "woken_at": NOON,
    }
    return Message.objects.create(**(standard | values))


def stored(row):
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.FAILED])
def test_a_job_that_waits_too_long_is_woken_again_but_not_each_time(woken, state):
    job = add_job(state=state)
    assert services.sweep(at=NOON + QUEUED_LIMIT - A_MOMENT) == NOTHING
    assert woken.take() == []
    assert services.sweep(at=NOON + QUEUED_LIMIT).woken_jobs == 1
    assert woken.take() == [(RUN_JOB, job.pk)]
    assert stored(job).woken_at == NOON + QUEUED_LIMIT
    assert services.sweep(at=NOON + QUEUED_LIMIT + A_MOMENT) == NOTHING
    assert woken.take() == []


def test_a_job_for_later_is_woken_when_its_time_has_come(woken):
    job = add_job(not_before=NOON, woken_at=None)
    assert services.sweep(at=NOON - A_MOMENT) == NOTHING
    assert services.sweep(at=NOON).woken_jobs == 1
    assert woken.take() == [(RUN_JOB, job.pk)]


@pytest.mark.parametrize(
    "values",
    [{"state": JobState.DONE, "finished_at": NOON}, {"state": JobState.PARKED}],
)
def test_a_job_that_is_over_is_left_alone(woken, values):
    add_job(**values)
    assert services.sweep(at=NOON + dt.timedelta(days=1)) == NOTHING
    assert woken.take() == []


def test_a_job_whose_worker_is_gone_waits_again_and_keeps_its_count(woken):
    job = add_job(state=JobState.RUNNING, claimed_at=NOON, attempts=2)
    assert services.sweep(at=NOON + RUNNING_LIMIT - A_MOMENT) == NOTHING
    swept = services.sweep(at=NOON + RUNNING_LIMIT)
    assert (swept.requeued_jobs, swept.parked_jobs, swept.woken_jobs) == (1, 0, 1)
    assert woken.take() == [(RUN_JOB, job.pk)]
    job = stored(job)
    assert (job.state, job.attempts, job.claimed_at) == (JobState.QUEUED, 2, None)
    assert job.error == "WorkerGone"


def test_a_job_that_lost_its_worker_three_times_is_parked(woken):
    job = add_job(state=JobState.RUNNING, claimed_at=NOON, attempts=3)
    swept = services.sweep(at=NOON + RUNNING_LIMIT)
    assert (swept.requeued_jobs, swept.parked_jobs, swept.woken_jobs) == (0, 1, 0)
    job = stored(job)
    assert (job.state, job.claimed_at, job.error) == (JobState.PARKED, None, "WorkerGone")
    assert services.sweep(at=NOON + dt.timedelta(days=1)) == NOTHING
    assert woken.take() == []


def test_a_message_whose_worker_is_gone_becomes_unknown_and_stays_so(person, woken):
    message = add_message(person, state=MessageState.SENDING, sending_at=NOON)
    assert services.sweep(at=NOON + SENDING_LIMIT - A_MOMENT) == NOTHING
    assert services.sweep(at=NOON + SENDING_LIMIT).unknown_messages == 1
    message = stored(message)
    assert (message.state, message.sending_at) == (MessageState.UNKNOWN, NOON)
    assert message.error == "WorkerGone"
    assert services.sweep(at=NOON + dt.timedelta(days=1)) == NOTHING
    assert woken.take() == []


def test_a_planned_message_is_woken_when_it_is_due_and_waits_too_long(person, woken):
    waiting = add_message(person)
    later = add_message(
        person,
        key="2",
        header_message_id="<2@example.com>",
        not_before=NOON + dt.timedelta(hours=1),
        woken_at=None,
    )
    assert services.sweep(at=NOON + QUEUED_LIMIT).woken_messages == 1
    assert woken.take() == [(SEND_MESSAGE, waiting.pk)]
    assert services.sweep(at=NOON + dt.timedelta(hours=1)).woken_messages == 2
    assert woken.take() == [(SEND_MESSAGE, waiting.pk), (SEND_MESSAGE, later.pk)]


@pytest.mark.parametrize(
    "values",
    [
        {"state": MessageState.SENT, "sending_at": NOON, "sent_at": NOON},
        {"state": MessageState.WITHHELD},
        {"state": MessageState.PARKED},
    ],
)
def test_a_message_that_is_over_is_left_alone(person, woken, values):
    add_message(person, **values)
    assert services.sweep(at=NOON + dt.timedelta(days=1)) == NOTHING
    assert woken.take() == []


def test_rows_from_a_clock_that_was_set_back_are_not_lost(person, woken):
    tomorrow = NOON + dt.timedelta(days=1)
    waiting = add_job(woken_at=tomorrow)
    running = add_job(key="2", state=JobState.RUNNING, claimed_at=tomorrow, attempts=1)
    add_job(key="3", woken_at=NOON + QUEUED_LIMIT)
    add_message(person, state=MessageState.SENDING, sending_at=tomorrow)
    assert services.sweep(at=NOON) == Swept(
        requeued_jobs=1, parked_jobs=0, unknown_messages=1, woken_jobs=2, woken_messages=0
    )
    assert woken.take() == [(RUN_JOB, waiting.pk), (RUN_JOB, running.pk)]


def test_many_waiting_rows_are_woken_over_several_runs(woken, monkeypatch):
    monkeypatch.setattr(services.sweeping, "AT_A_TIME", 2)
    rows = [add_job(key=str(number)).pk for number in range(3)]
    at = NOON + QUEUED_LIMIT
    assert services.sweep(at=at).woken_jobs == 2
    assert services.sweep(at=at).woken_jobs == 1
    assert services.sweep(at=at).woken_jobs == 0
    assert woken.take() == [(RUN_JOB, row) for row in rows]


@pytest.mark.enable_socket
def test_with_the_broker_away_the_sweeper_stops_asking_and_comes_back(broker_away):
    first, second = add_job(), add_job(key="2")
    at = NOON + QUEUED_LIMIT
    assert services.sweep(at=at) == NOTHING
    assert (stored(first).woken_at, stored(second).woken_at) == (at, NOON)


def test_rows_that_another_sweeper_woke_meanwhile_are_not_woken_again(woken):
    rows = Job.objects.filter(state=JobState.QUEUED)
    job = add_job()
    at = NOON + QUEUED_LIMIT

    class Slow(type(rows)):
        """Between its look and its change, another sweeper is quicker."""

        def values_list(self, *fields, **options):
            found = list(super().values_list(*fields, **options))
            Job.objects.update(woken_at=at)
            return found

    slow = Slow(Job).filter(state=JobState.QUEUED)
    assert services.sweeping._wake_waiting(slow, task=RUN_JOB, at=at) == 0
    assert woken.take() == []
    assert services.sweeping._wake_waiting(rows, task=RUN_JOB, at=at + QUEUED_LIMIT) == 1
    assert woken.take() == [(RUN_JOB, job.pk)]


def test_the_sweeper_reads_the_clock_when_it_is_given_no_moment(woken):
    job = add_job()
    assert services.sweep().woken_jobs == 1
    assert woken.take() == [(RUN_JOB, job.pk)]
