import datetime as dt

import pytest
from celery import current_app
from django.core import mail as outbox

from hertsend import dates
from hertsend.jobs import services, tasks
from hertsend.jobs.enums import JobState, MessageState

pytestmark = pytest.mark.django_db


def test_a_job_delivered_twice_is_done_once(worker):
    job = services.enqueue_on_commit(kind="tests.note", key="1")
    tasks.run_job(job.pk)
    tasks.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, worker.calls) == (JobState.DONE, 1, [{}])


def test_a_message_delivered_twice_is_sent_once(writer, person):
    message = services.plan_message(
        kind="tests.digest", key="1", recipient=person, day=dt.date(2024, 10, 15)
    )
    tasks.send_message(message.pk)
    tasks.send_message(message.pk)
    message.refresh_from_db()
    assert (message.state, len(outbox.outbox)) == (MessageState.SENT, 1)


def test_the_sweeper_wakes_what_was_forgotten(worker, woken):
    job = services.enqueue_on_commit(kind="tests.note", key="1")
    type(job).objects.update(woken_at=dates.now() - dt.timedelta(minutes=5))
    tasks.sweep()
    assert woken.take() == [("hertsend.jobs.tasks.run_job", job.pk)]


@pytest.mark.parametrize("name", ["run_job", "send_message", "sweep"])
def test_a_task_is_known_by_its_name_and_acknowledged_late(name):
    task = current_app.tasks[f"hertsend.jobs.tasks.{name}"]
    assert task == getattr(tasks, name)
    assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (True, True, True)
