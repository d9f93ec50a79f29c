import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from hertsend import dates
from hertsend.jobs import services
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from hertsend.jobs.registry import UnknownKind
from hertsend.jobs.services.waking import RUN_JOB

pytestmark = pytest.mark.django_db


def enqueue(**values):
    return services.enqueue_on_commit(**({"kind": "tests.note", "key": "1"} | values))


def test_a_job_is_asked_for_once_for_each_kind_and_key(worker):
    before = dates.now()
    job = enqueue(arguments={"milestone": 3})
    assert enqueue(arguments={"milestone": 4}) is None
    other = enqueue(key="2")
    assert [job.pk, other.pk] == list(Job.objects.order_by("pk").values_list("pk", flat=True))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.arguments) == (JobState.QUEUED, 0, {"milestone": 3})
    assert before <= job.created_at == job.woken_at <= dates.now()
    assert other.arguments == {}


def test_a_kind_that_nobody_does_is_refused_where_it_is_asked_for(worker):
    with pytest.raises(UnknownKind):
        enqueue(kind="tests.typing_error")
    assert Job.objects.count() == 0


def test_asking_twice_leaves_the_callers_transaction_usable(worker):
    with transaction.atomic():
        enqueue()
        enqueue()
        enqueue(key="2")
    assert Job.objects.count() == 2


def test_a_worker_is_woken_when_the_caller_commits(
    worker, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue()
        enqueue()
        assert woken.take() == []
    assert woken.take() == [(RUN_JOB, job.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_caller_that_rolls_back_leaves_neither_row_nor_wake_up(worker, woken):
    @transaction.atomic
    def enqueue_and_fail():
        enqueue()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        enqueue_and_fail()
    assert Job.objects.count() == 0
    assert woken.take() == []


def test_a_job_for_later_is_left_to_the_sweeper(worker, woken, django_capture_on_commit_callbacks):
    later = dates.now() + dt.timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(not_before=later)
        due = enqueue(key="2", not_before=dates.now())
    assert (job.not_before, job.woken_at) == (later, None)
    assert woken.take() == [(RUN_JOB, due.pk)]


@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_with_the_broker_away_saving_succeeds(worker, broker_away, caplog):
    with transaction.atomic():
        job = enqueue()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert f"did not take {RUN_JOB} for row {job.pk} (OperationalError)" in caplog.text


def test_a_waiting_job_is_claimed_once(worker):
    job = enqueue()
    before = dates.now()
    claimed = services.claim(job_id=job.pk)
    assert (claimed.pk, claimed.state, claimed.attempts) == (job.pk, JobState.RUNNING, 1)
    assert before <= claimed.claimed_at <= dates.now()
    assert services.claim(job_id=job.pk) is None


def test_a_failed_job_is_claimed_like_a_new_one(worker):
    job = enqueue()
    Job.objects.update(state=JobState.FAILED, attempts=1)
    assert services.claim(job_id=job.pk).attempts == 2


@pytest.mark.parametrize(
    ("state", "times"),
    [
        (JobState.DONE, {"finished_at": dt.datetime(2024, 10, 15, tzinfo=dt.UTC)}),
        (JobState.PARKED, {}),
    ],
)
def test_a_job_that_is_over_is_not_claimed(worker, state, times):
    job = enqueue()
    Job.objects.update(state=state, **times)
    assert services.claim(job_id=job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.attempts) == (state, 0)


def test_a_job_is_not_claimed_before_its_time(worker):
    early = enqueue(not_before=dates.now() + dt.timedelta(minutes=1))
    due = enqueue(key="2", not_before=dates.now())
    assert services.claim(job_id=early.pk) is None
    assert services.claim(job_id=due.pk) == due


def test_a_job_that_does_not_exist_is_not_claimed(worker):
    assert services.claim(job_id=1) is None


@pytest.mark.django_db(transaction=True)
def test_claiming_in_a_transaction_is_refused_since_it_would_protect_nothing(worker):
    job = enqueue()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.claim(job_id=job.pk)
    assert services.claim(job_id=job.pk) == job


def test_a_job_is_done_once(worker):
    job = enqueue(arguments={"milestone": 3})
    done = services.run(job_id=job.pk)
    assert services.run(job_id=job.pk) is None
    assert worker.calls == [{"milestone": 3}]
    assert (done.state, done.attempts, done.claimed_at, done.error) == (JobState.DONE, 1, None, "")
    assert job.created_at <= done.finished_at <= dates.now()


def test_a_failure_is_tried_again_after_a_pause_and_parked_at_the_third(worker, caplog):
    job = enqueue()
    worker.error = ValueError("password=swordfish")
    pauses = []
    for _ in range(2):
        before = dates.now()
        failed = services.run(job_id=job.pk)
        assert (failed.state, failed.error) == (JobState.FAILED, "ValueError")
        assert (failed.woken_at, failed.claimed_at, failed.finished_at) == (None, None, None)
        pauses.append(round((failed.not_before - before).total_seconds() / 60))
        assert services.run(job_id=job.pk) is None
        Job.objects.update(not_before=before)
    parked = services.run(job_id=job.pk)
    assert pauses == [1, 5]
    assert (parked.state, parked.attempts, parked.not_before) == (JobState.PARKED, 3, None)
    assert services.run(job_id=job.pk) is None
    assert len(worker.calls) == 3
    assert f"Attempt 3 of job {job.pk} (tests.note) failed." in caplog.text


def test_a_job_that_succeeds_in_the_end_keeps_no_error(worker):
    job = enqueue()
    worker.error = ValueError()
    services.run(job_id=job.pk)
    Job.objects.update(not_before=dates.now())
    worker.error = None
    done = services.run(job_id=job.pk)
    assert (done.state, done.attempts, done.error) == (JobState.DONE, 2, "")


def test_a_kind_that_this_worker_does_not_know_is_left_for_one_that_does(worker):
    job = enqueue()
    Job.objects.update(kind="tests.newer")
    failed = services.run(job_id=job.pk)
    assert (failed.state, failed.error) == (JobState.FAILED, "UnknownKind")


@pytest.mark.parametrize("error", [None, ValueError()])
def test_a_worker_that_took_too_long_does_not_settle_what_is_another_workers(
    worker, monkeypatch, caplog, error
):
    job = enqueue()
    swept_at = dates.now() + dt.timedelta(hours=1)
    state_seen = []

    def take_too_long():
        services.sweep(at=swept_at)
        claimed = services.claim(job_id=job.pk)
        state_seen.append((claimed.state, claimed.attempts))
        if error is not None:
            raise error

    monkeypatch.setitem(services.jobs.registry._handlers, "tests.note", take_too_long)
    left = services.run(job_id=job.pk)
    assert state_seen == [(JobState.RUNNING, 2)]
    assert (left.state, left.attempts, left.finished_at) == (JobState.RUNNING, 2, None)
    assert f"Job {job.pk} took too long" in caplog.text


def test_a_person_puts_a_parked_job_back(worker, woken, django_capture_on_commit_callbacks):
    by = get_user_model().objects.create_user(email="office@example.com", name="Olive Office")
    job = enqueue()
    assert services.retry_parked_job(job_id=job.pk, by=by) is False
    Job.objects.update(state=JobState.PARKED, attempts=3, error="ValueError")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.retry_parked_job(job_id=job.pk, by=by) is True
        assert services.retry_parked_job(job_id=job.pk, by=by) is False
    assert woken.take() == [(RUN_JOB, job.pk)]
    assert services.run(job_id=job.pk).attempts == 1
