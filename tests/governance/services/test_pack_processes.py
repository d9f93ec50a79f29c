"""Two real processes that assemble the same pack, and one that is killed, on either database."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings as project_settings
from django.db import connection

from governance.boardpack.snapshot import opened
from governance.enums import Edition
from governance.models import BoardPack
from governance.services import pack_runs
from hertsend.accounts.models import User
from hertsend.jobs import services
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from hertsend.jobs.policies import RUNNING_LIMIT
from tests.factories.world import World, at
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.hertsend.jobs.test_races import Process, shared_database

__all__ = ["shared_database"]

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
ON = dt.date(2024, 9, 12)


class PackProcess(Process):
    """Another process of this application; see tests/governance/pack_process.py."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.governance.pack_process"],
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
    started = [PackProcess(environment) for _ in range(2)]
    for process in started:
        assert process.hear() == {"ready": True}
    yield started
    for process in started:
        process.close()


@pytest.fixture
def frozen_world(shared_database):
    world = World.build()
    steps.advance(world, steps.AUGUST_FREEZES)
    return world


def meet(processes, *, hold_at, **command):
    """Bring both processes to the same statement, let both go on, and hear what came of it."""
    for process in processes:
        assert process.ask(hold_at=hold_at, day=ON.isoformat(), **command) == {"holding": True}
    for process in processes:
        process.tell(go=True)
    return [process.hear() for process in processes]


GAPS = {
    "neither saw a pack": 'FROM "plans_milestone"',
    "both have read": {"postgresql": "FOR (NO KEY )?UPDATE", "sqlite": "^BEGIN IMMEDIATE"},
}


@pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS)
def test_two_at_once_leave_one_pack_and_one_reported_month(two_processes, frozen_world, gap):
    with at(ON):
        # So that the first lock that both come to is that of storing.
        pack_runs.plan_run(
            period=frozen_world.period(AUGUST), edition=Edition.BOARD, by=User.objects.system()
        )
    hold_at = gap if isinstance(gap, str) else gap[connection.vendor]
    period = frozen_world.period(AUGUST)
    answers = meet(two_processes, hold_at=hold_at, act="assemble", period=period.pk)
    assert answers == [{"assembled": True}] * 2
    pack = BoardPack.objects.get(period=period)
    assert opened(pack).cover.month == AUGUST
    period.refresh_from_db()
    assert period.state == "reported"
    assert type(period).history.filter(id=period.pk, state="reported").count() == 1


def test_two_ticks_at_once_ask_for_each_month_once(two_processes, frozen_world):
    gap = {"postgresql": 'INSERT INTO "jobs_job"', "sqlite": "^BEGIN IMMEDIATE"}[connection.vendor]
    meet(two_processes, hold_at=gap, act="tick")
    here, there = frozen_world.plan.slug, frozen_world.foreign.plan.slug
    assert sorted(Job.objects.values_list("key", flat=True)) == sorted(
        f"{month} {edition}"
        for month in (f"{here} 2024-07", f"{here} 2024-08", f"{there} 2024-07")
        for edition in Edition
    )


KILLED = {
    "before reading": ('FROM "plans_milestone"', 0),
    "before storing": ('INSERT INTO "governance_boardpack"', 0),
    "after storing": (r'^UPDATE "jobs_job" .*"finished_at"', 1),
}


@pytest.mark.parametrize(("kill_at", "left"), KILLED.values(), ids=KILLED)
def test_a_worker_killed_half_way_is_succeeded_and_one_pack_is_left(
    two_processes, frozen_world, kill_at, left
):
    victim, successor = two_processes
    victim.ask(act="tick", day=ON.isoformat())
    job = Job.objects.get(key=f"{frozen_world.plan.slug} 2024-08 board")
    run = {"act": "run", "job": job.pk, "day": ON.isoformat()}
    assert victim.ask(hold_at=kill_at, **run) == {"holding": True}
    victim.kill()
    packs = BoardPack.objects.filter(period=frozen_world.period(AUGUST), edition="board")
    assert packs.count() == left

    job.refresh_from_db()
    assert successor.ask(**run) == {"ran": False}
    assert services.sweep(at=job.claimed_at + RUNNING_LIMIT).requeued_jobs == 1
    assert successor.ask(**run) == {"ran": True}
    job.refresh_from_db()
    assert (job.state, job.attempts, packs.count()) == (JobState.DONE, 2, 1)
    assert frozen_world.period(AUGUST).state == "reported"
