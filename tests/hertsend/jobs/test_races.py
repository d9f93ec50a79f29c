"""Races and kills with real processes, on a SQLite file or on PostgreSQL.

Each has its control: the same steps with the safeguard left out, which the same assertions catch.
"""

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as project_settings
from django.contrib.auth import get_user_model
from django.db import connection, connections

from hertsend import dates
from hertsend.jobs import services, tasks
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.policies import QUEUED_LIMIT, RUNNING_LIMIT, SENDING_LIMIT
from hertsend.jobs.services.waking import RUN_JOB
from tests.hertsend.jobs.conftest import closed_port
from tests.hertsend.jobs.smtp_sink import Behaviour

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
ROUNDS = 20
PATIENCE = 30
A_MOMENT = dt.timedelta(microseconds=1)


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The address of the test's database, where other processes see what is committed."""
    memory = connections["default"]
    if memory.vendor == "postgresql":
        where = memory.settings_dict
        person = quote(where["USER"]) + (
            f":{quote(where['PASSWORD'])}" if where["PASSWORD"] else ""
        )
        yield f"postgres://{person}@{where['HOST']}:{where['PORT'] or 5432}/{where['NAME']}"
        return
    file = tmp_path / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as target:
        memory.connection.backup(target)
    connections["default"] = memory.copy()
    connection.settings_dict["NAME"] = str(file)
    yield f"sqlite:///{file}"
    connection.close()
    connections["default"] = memory


class Process:
    """Another process of this application; see tests/hertsend/jobs/process.py."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.hertsend.jobs.process"],
            cwd=project_settings.BASE_DIR,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "hertsend.settings"} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, **command) -> None:
        self.child.stdin.write(json.dumps(command) + "\n")
        self.child.stdin.flush()

    def hear(self) -> dict:
        return json.loads(self.child.stdout.readline())

    def ask(self, **command) -> dict:
        self.tell(**command)
        return self.hear()

    def kill(self) -> None:
        """SIGKILL: no handler runs, no connection says goodbye."""
        self.child.kill()
        self.child.wait(PATIENCE)

    def close(self) -> None:
        self.kill()
        self.child.stdin.close()
        self.child.stdout.close()


@pytest.fixture
def start(shared_database, tmp_path):
    """Start processes at once, and answer when all are ready."""
    started = []

    def start_processes(number: int = 1, **environment: str) -> list[Process]:
        standard = {
            "DATABASE_URL": shared_database,
            "HERTSEND_ENVIRONMENT": "test",
            "HERTSEND_DATA": str(tmp_path / "data"),
            "CELERY_BROKER_URL": "memory://",
        }
        (tmp_path / "data").mkdir(exist_ok=True)
        processes = [Process(standard | environment) for _ in range(number)]
        started.extend(processes)
        for process in processes:
            assert process.hear() == {"ready": True}
        return processes

    yield start_processes
    for process in started:
        process.close()


@pytest.fixture
def shared_person(shared_database):
    return get_user_model().objects.create_user(email="lead@example.com", name="Robin Reader")


def race(processes: list[Process], **command) -> tuple[list, list[dict]]:
    """Let all look, then let all act: what they saw, and what came of it."""
    saw = [process.ask(look=True, **command)["saw"] for process in processes]
    for process in processes:
        process.tell(act="now")
    return saw, [process.hear() for process in processes]


def add_job(key: object, **arguments) -> Job:
    return Job.objects.create(
        kind="tests.write_line",
        key=str(key),
        arguments={name: str(value) for name, value in arguments.items()},
        created_at=dates.now(),
    )


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="ascii").splitlines()


def race_for_jobs(processes: list[Process], folder: Path, **command) -> set[tuple[int, int]]:
    """Both processes run the same job, round after round: how many ran it, how often it was done."""
    results = set()
    for number in range(ROUNDS):
        file = folder / f"{number}.txt"
        job = add_job(number, path=file)
        saw, answers = race(processes, act="run", job=job.pk, **command)
        assert saw == ["queued", "queued"]
        results.add((sum(answer["ran"] for answer in answers), lines_of(file).count("finished")))
    return results


def test_of_two_processes_that_both_saw_a_job_waiting_one_does_it(start, tmp_path):
    assert race_for_jobs(start(2), tmp_path) == {(1, 1)}
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_control_without_the_conditional_claim_both_do_it(start, tmp_path):
    assert race_for_jobs(start(2), tmp_path, bypass=True) == {(2, 2)}


def race_for_messages(processes: list[Process], person, **command) -> set[tuple]:
    """Both plan the same message, round after round: rows of it, and the answers in order."""
    results = set()
    for number in range(ROUNDS):
        key = f"{person.pk}:{number}"
        saw, answers = race(processes, act="plan", key=key, recipient=person.pk, **command)
        assert saw == [0, 0]
        planned = sorted(str(answer["planned"]) for answer in answers)
        results.add((Message.objects.filter(key=key).count(), *planned))
    return results


def test_of_two_processes_that_plan_the_same_message_one_does_and_neither_is_disturbed(
    start, shared_person
):
    assert race_for_messages(start(2), shared_person) == {(1, "False", "True")}
    assert Job.objects.count() == ROUNDS * 2 * 2


def test_control_looking_before_planning_disturbs_the_loser(start, shared_person):
    results = race_for_messages(start(2), shared_person, bypass=True)
    assert results == {(1, "None", "True")}
    assert Job.objects.count() == ROUNDS * 2


@pytest.fixture
def planned(shared_person):
    return Message.objects.create(
        kind="tests.digest",
        key="1",
        recipient=shared_person,
        day=dates.today(),
        header_message_id="<1@example.com>",
        planned_at=dates.now(),
        woken_at=dates.now(),
    )


@pytest.mark.parametrize(
    "kill_point",
    [(Behaviour.NEVER_GREET, 0), (Behaviour.NEVER_ANSWER_WORDS, 1)],
)
def test_a_worker_killed_while_sending_leaves_unknown_and_nothing_is_sent_again(
    start, planned, sink, writer, kill_point
):
    sink.behaviour, mails_read = kill_point
    [sender] = start(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    sender.tell(act="send", message=planned.pk)
    assert (sink.kept if mails_read else sink.reached).wait(PATIENCE)
    sender.kill()
    sink.behaviour = Behaviour.ACCEPT

    planned.refresh_from_db()
    assert planned.state == MessageState.SENDING
    assert services.send_message(message_id=planned.pk) is None
    assert services.sweep(at=planned.sending_at + SENDING_LIMIT - A_MOMENT).unknown_messages == 0
    assert services.sweep(at=planned.sending_at + SENDING_LIMIT).unknown_messages == 1
    assert services.sweep(at=planned.sending_at + dt.timedelta(days=1)).woken_messages == 0
    tasks.send_message(planned.pk)
    planned.refresh_from_db()
    assert (planned.state, len(sink.mails)) == (MessageState.UNKNOWN, mails_read)


def test_control_a_sweeper_that_plans_again_sends_twice(start, planned, sink, writer):
    sink.behaviour = Behaviour.NEVER_ANSWER_WORDS
    [sender] = start(EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    sender.tell(act="send", message=planned.pk)
    assert sink.kept.wait(PATIENCE)
    sender.kill()
    sink.behaviour = Behaviour.ACCEPT
    Message.objects.update(state=MessageState.PLANNED, sending_at=None)
    tasks.send_message(planned.pk)
    assert len(sink.mails) == 2


def kill_half_way(processes: list[Process], file: Path) -> Job:
    """The first process begins a job and is killed before it has finished."""
    job = add_job("1", path=file, hold_first=True)
    assert processes[0].ask(act="run", job=job.pk) == {"holding": True}
    processes[0].kill()
    job.refresh_from_db()
    assert (job.state, lines_of(file)) == (JobState.RUNNING, ["begun"])
    return job


def test_a_job_whose_worker_is_killed_half_way_is_finished_once_by_another(start, tmp_path):
    file = tmp_path / "lines.txt"
    processes = start(2)
    job = kill_half_way(processes, file)
    other = processes[1]
    assert other.ask(act="run", job=job.pk) == {"ran": False}
    assert services.sweep(at=job.claimed_at + RUNNING_LIMIT - A_MOMENT).requeued_jobs == 0
    assert other.ask(act="run", job=job.pk) == {"ran": False}
    assert services.sweep(at=job.claimed_at + RUNNING_LIMIT).requeued_jobs == 1
    assert other.ask(act="run", job=job.pk) == {"ran": True}
    assert other.ask(act="run", job=job.pk) == {"ran": False}
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert lines_of(file) == ["begun", "begun", "finished"]


def test_control_without_the_conditional_claim_a_late_delivery_does_it_again(start, tmp_path):
    file = tmp_path / "lines.txt"
    processes = start(2)
    job = kill_half_way(processes, file)
    services.sweep(at=job.claimed_at + RUNNING_LIMIT)
    late = processes[1]
    late.tell(act="run", job=job.pk, look=True, bypass=True)
    assert late.hear() == {"saw": JobState.QUEUED}
    [quick] = start()
    assert quick.ask(act="run", job=job.pk) == {"ran": True}
    assert late.ask(act="now") == {"ran": True}
    assert lines_of(file) == ["begun", "begun", "finished", "begun", "finished"]


def test_with_the_broker_away_saving_succeeds_and_the_sweeper_finds_the_row(
    start, tmp_path, woken, monkeypatch
):
    file = tmp_path / "lines.txt"
    [web] = start(CELERY_BROKER_URL=f"redis://127.0.0.1:{closed_port()}/0")
    job = Job.objects.get(pk=web.ask(act="enqueue", key="1", path=str(file))["job"])
    assert job.state == JobState.QUEUED
    assert services.sweep(at=job.woken_at + QUEUED_LIMIT - A_MOMENT).woken_jobs == 0
    assert woken.take() == []
    assert services.sweep(at=job.woken_at + QUEUED_LIMIT).woken_jobs == 1
    assert woken.take() == [(RUN_JOB, job.pk)]
    assert web.ask(act="run", job=job.pk) == {"ran": True}
    assert lines_of(file) == ["begun", "finished"]


def test_control_with_the_broker_there_the_worker_is_woken_at_once(shared_database, worker, woken):
    job = services.enqueue_on_commit(kind="tests.note", key="1")
    assert woken.take() == [(RUN_JOB, job.pk)]
