"""Two real processes at one released pack: one act wins, and its readers are told once."""

import pytest
from django.db import connection

from governance.enums import PackState
from governance.models import Delivery, PackRun
from hertsend.accounts.roles import Role
from hertsend.jobs.models import Message
from tests.governance import steps
from tests.governance.services.test_pack_processes import (
    ON,
    frozen_world,
    shared_database,
    two_processes,
)
from tests.governance.steps import AUGUST

__all__ = ["frozen_world", "shared_database", "two_processes"]

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

BEFORE_THE_LOCK = {"postgresql": "FOR (NO KEY )?UPDATE", "sqlite": "^BEGIN IMMEDIATE"}
BEFORE_THE_WRITE = '^UPDATE "governance_packrun"'


@pytest.fixture
def released(frozen_world):
    pack = steps.read_pack(frozen_world, AUGUST, on=ON)
    return steps.release(frozen_world, pack, on=ON)


def race(processes, run, *, world, acts, hold_at):
    """Both act on what both have read; what each answered."""
    chairs = (world.people[Role.JOINT_CHAIR], world.second_chair)
    told = [
        {"run": run.pk, "by": chair.pk, "version": run.version, "act": act}
        for act, chair in zip(acts, chairs, strict=True)
    ]
    for process, command in zip(processes, told, strict=True):
        assert process.ask(hold_at=hold_at, day=ON.isoformat(), **command) == {"holding": True}
    for process in processes:
        process.tell(go=True)
    return sorted(process.hear()["answer"] for process in processes)


def lost(run) -> list[str]:
    """What a race must not leave behind, in words."""
    issues = PackRun.history.filter(id=run.pk, state=PackState.ISSUED).count()
    versions = list(PackRun.history.filter(id=run.pk).values_list("version", flat=True))
    return [
        *(["issued more than once"] if issues > 1 else []),
        *(["two changes of one version"] if len(set(versions)) != len(versions) else []),
    ]


def test_two_chairs_issue_at_once_and_each_reader_is_told_once(
    two_processes, frozen_world, released
):
    answers = race(
        two_processes,
        released,
        world=frozen_world,
        acts=("issue", "issue"),
        hold_at=BEFORE_THE_LOCK[connection.vendor],
    )
    assert answers == ["Conflict", "done"]
    assert lost(released) == []
    people = list(Delivery.objects.filter(run=released).values_list("person", flat=True))
    assert len(people) == len(set(people)) == Message.objects.count() > 5


def test_one_issues_while_the_other_returns_it_and_one_of_them_wins(
    two_processes, frozen_world, released
):
    answers = race(
        two_processes,
        released,
        world=frozen_world,
        acts=("issue", "send_back"),
        hold_at=BEFORE_THE_LOCK[connection.vendor],
    )
    assert answers == ["Conflict", "done"]
    assert lost(released) == []
    run = PackRun.objects.get(pk=released.pk)
    is_told = Delivery.objects.filter(run=run).exists()
    assert (run.state, is_told) in {("issued", True), ("rendered", False)}


def test_without_lock_and_version_the_checker_reports_the_loss(
    two_processes, frozen_world, released
):
    """The control: the same race with the check switched off."""
    race(
        two_processes,
        released,
        world=frozen_world,
        acts=("issue_unchecked", "issue_unchecked"),
        hold_at=BEFORE_THE_WRITE,
    )
    assert lost(released) == ["issued more than once", "two changes of one version"]
