"""Nights with real processes that meet or are killed, on a SQLite file or on PostgreSQL."""

import datetime as dt
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as project_settings
from django.core import mail
from django.db import connection, transaction

from hertsend.accounts.roles import Role
from hertsend.jobs import services
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.policies import RUNNING_LIMIT
from plans.models import MilestoneException, ReportingPeriod
from plans.services.locking import lock
from tests.factories import models as make
from tests.factories.world import World, at
from tests.hertsend.jobs.test_races import PATIENCE, Process, shared_database

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
ON = dt.date(2024, 10, 15)
A_MOMENT = dt.timedelta(microseconds=1)


class NightlyProcess(Process):
    """Another process of this application; see tests/plans/nightly_process.py."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.plans.nightly_process"],
            cwd=project_settings.BASE_DIR,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@pytest.fixture
def two_processes(shared_database, tmp_path):
    (tmp_path / "data").mkdir()
    environment = {
        "DJANGO_SETTINGS_MODULE": "hertsend.settings",
        "DATABASE_URL": shared_database,
        "HERTSEND_ENVIRONMENT": "test",
        "HERTSEND_DATA": str(tmp_path / "data"),
        "CELERY_BROKER_URL": "memory://",
    }
    started = [NightlyProcess(environment) for _ in range(2)]
    for process in started:
        assert process.hear() == {"ready": True}
    yield started
    for process in started:
        process.close()


@pytest.fixture
def shared_world(shared_database):
    return World.build()


def in_the_gap(on_postgresql: str, on_sqlite: str) -> str:
    """Where both processes have looked and neither has written.

    On SQLite a writing transaction admits nobody else, so there the gap is before it.
    """
    return {"postgresql": on_postgresql, "sqlite": on_sqlite}[connection.vendor]


def meet(processes: list[Process], *, hold_at: str, **command) -> list[dict]:
    """Bring both processes to the same statement, let both go on, and hear what came of it."""
    for process in processes:
        assert process.ask(hold_at=hold_at, day=ON.isoformat(), **command) == {"holding": True}
    for process in processes:
        process.tell(go=True)
    return [process.hear() for process in processes]


def flagged(world: World) -> list[str]:
    rows = MilestoneException.objects.filter(milestone__plan=world.plan, closed_at=None)
    return sorted(rows.values_list("milestone__key", flat=True))


KEYS = ["AI1.1-1", "AI1.1-2", "PA1.1-1", "PA1.1-2"]


def those_told(world: World) -> list[int]:
    """Both leads of what is overdue; the office and the executive chair of returns that never came."""
    by_role = (Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.EXECUTIVE_CHAIR)
    return sorted([*(world.people[role].pk for role in by_role), world.other_lead.pk])


def told() -> list[int]:
    return sorted(Message.objects.values_list("recipient_id", flat=True))


def test_two_ticks_at_once_ask_for_each_plan_once_and_one_worker_does_it(
    two_processes, shared_world
):
    gap = in_the_gap('INSERT INTO "jobs_job"', 'FROM "plans_plan"')
    answers = meet(two_processes, hold_at=gap, act="tick")
    assert sum(answer["jobs"] > 0 for answer in answers) >= 1
    assert Job.objects.count() == 2

    job = Job.objects.get(key=f"{shared_world.plan.slug}:{ON}")
    for process in two_processes:
        process.tell(act="run", job=job.pk, day=ON.isoformat())
    assert sorted(process.hear()["ran"] for process in two_processes) == [False, True]
    assert (flagged(shared_world), told()) == (KEYS, those_told(shared_world))


@pytest.mark.parametrize(
    ("on_postgresql", "on_sqlite"),
    [
        pytest.param("FOR (NO KEY )?UPDATE", 'FROM "plans_plan"', id="both saw no exception"),
        pytest.param(
            'FROM "accounts_postholding"', 'FROM "accounts_postholding"', id="nobody was told yet"
        ),
        pytest.param(
            'INSERT INTO "jobs_message"', 'FROM "accounts_postholding"', id="both saw no message"
        ),
    ],
)
def test_two_workers_on_the_same_night_open_one_exception_each_and_tell_each_person_once(
    two_processes, shared_world, on_postgresql, on_sqlite
):
    answers = meet(
        two_processes,
        hold_at=in_the_gap(on_postgresql, on_sqlite),
        act="work",
        plan=shared_world.plan.pk,
    )
    assert answers == [{"worked": True}] * 2
    assert MilestoneException.objects.count() == len(KEYS)
    assert (flagged(shared_world), told()) == (KEYS, those_told(shared_world))


KILLED = {
    "before flagging": ('INSERT INTO "plans_milestoneexception"', [], 0),
    "between flagging and telling": ('FROM "accounts_postholding"', KEYS, 0),
    "while telling the first": ('INSERT INTO "jobs_message"', KEYS, 0),
    "after telling all": (r'^UPDATE "jobs_job" .*"finished_at"', KEYS, 4),
}


@pytest.mark.parametrize(("kill_at", "left_flagged", "left_told"), KILLED.values(), ids=KILLED)
def test_a_worker_killed_at_night_is_succeeded_and_nobody_is_told_twice(
    two_processes, shared_world, kill_at, left_flagged, left_told
):
    victim, successor = two_processes
    victim.ask(act="tick", day=ON.isoformat())
    job = Job.objects.get(key=f"{shared_world.plan.slug}:{ON}")
    run = {"act": "run", "job": job.pk, "day": ON.isoformat()}
    assert victim.ask(hold_at=kill_at, **run) == {"holding": True}
    victim.kill()
    assert (flagged(shared_world), len(told())) == (left_flagged, left_told)

    job.refresh_from_db()
    assert services.sweep(at=job.claimed_at + RUNNING_LIMIT - A_MOMENT).requeued_jobs == 0
    assert successor.ask(**run) == {"ran": False}
    assert services.sweep(at=job.claimed_at + RUNNING_LIMIT).requeued_jobs == 1
    assert successor.ask(**run) == {"ran": True}

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert MilestoneException.objects.count() == len(KEYS)
    assert (flagged(shared_world), told()) == (KEYS, those_told(shared_world))
    with at(ON):
        sent = [services.send_message(message_id=row.pk) for row in Message.objects.all()]
    assert {message.state for message in sent} == {MessageState.SENT}
    assert len(mail.outbox) == 4


@pytest.mark.parametrize(
    ("act", "on_postgresql"),
    [
        pytest.param("advance", 'INSERT INTO "jobs_job"', id="two ticks ask for it"),
        pytest.param("calendar", "FOR NO KEY UPDATE", id="two workers do it"),
    ],
)
def test_two_at_once_move_a_new_calendar_once(two_processes, shared_database, act, on_postgresql):
    plan = make.PlanFactory(published="2023-12")
    gap = in_the_gap(on_postgresql, 'FROM "plans_plan"')
    meet(two_processes, hold_at=gap, act=act, plan=plan.pk)
    assert plan.periods.count() == 22
    steps = ReportingPeriod.history.filter(plan=plan)
    # 22 months scheduled; nine of them opened, due and frozen; October opened.
    assert steps.count() == 22 + 9 * 3 + 1
    assert plan.periods.filter(frozen_at=None, due_at__isnull=False).count() == 0


@pytest.mark.services
def test_a_night_and_a_lead_who_proposes_wait_for_each_other_in_one_order(
    two_processes, shared_world
):
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite one writing transaction at a time is all there is.")
    work = {"act": "work", "plan": shared_world.plan.pk, "day": ON.isoformat()}
    assert two_processes[0].ask(**work) == {"worked": True}
    with transaction.atomic():
        lock(shared_world.milestone("PA1.1-1"))
        two_processes[0].tell(**work)
        wait_until_somebody_waits()
        shared_world.propose("PA1.1-1")
    assert two_processes[0].hear() == {"worked": True}
    assert flagged(shared_world) == ["AI1.1-1", "AI1.1-2", "PA1.1-2"]


def wait_until_somebody_waits() -> None:
    """Until another process asks for a row that is locked here."""
    last = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < last:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid IN "
                "(SELECT pid FROM pg_locks WHERE NOT granted) AND datname = current_database()"
            )
            if cursor.fetchone() != (0,):
                return
    pytest.fail("Nobody asked for the row that is locked.")
