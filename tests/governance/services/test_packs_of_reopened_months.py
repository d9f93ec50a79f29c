"""A reopened month has a further pack that says why; what was issued before never changes."""

import datetime as dt
import json

import pytest

from governance import selectors, tasks
from governance.boardpack import render
from governance.boardpack.snapshot import opened, take
from governance.enums import Edition
from governance.models import BoardPack
from governance.services import packs
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict
from hertsend.jobs import services
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from tests.factories.world import World, at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST, SEPTEMBER

FIRST, REOPENED, CORRECTED, AGAIN = (dt.date(2024, 9, number) for number in (12, 16, 17, 20))
WHY = "PA1 counted one service twice."


def tick(on: dt.date) -> list[str]:
    """The beat's tick on a day, and the jobs that it asked for; their kinds of end."""
    with at(on):
        tasks.assemble_packs()
        waiting = Job.objects.filter(state=JobState.QUEUED).order_by("pk")
        return [services.run(job_id=job.pk).state for job in waiting]


def packs_of(world: World, month: dt.date = AUGUST) -> list[BoardPack]:
    return list(
        BoardPack.objects.filter(period=world.period(month), edition="board").order_by("revision")
    )


def stored_bytes(pack: BoardPack) -> bytes:
    return json.dumps(BoardPack.objects.values().get(pk=pack.pk), default=str).encode()


@pytest.fixture
def reopened(committed):
    """August's pack is issued, the month reopened, corrected, and frozen again."""
    tick(FIRST)
    (first,) = packs_of(committed)
    before = stored_bytes(first)
    steps.unfreeze(committed, on=REOPENED, freezes_on=AGAIN, reason=WHY)
    steps.report(committed, "PA1.1-2", moment=noon(CORRECTED), what_happened="Counted once.")
    steps.advance(committed, AGAIN)
    return committed, before


def test_the_issued_pack_stays_byte_for_byte_and_a_second_says_why(reopened):
    world, before = reopened
    assert set(tick(AGAIN)) == {JobState.DONE}
    first, second = packs_of(world)
    assert stored_bytes(first) == before
    assert (first.revision, first.reason, first.cut_off) == (1, "", noon(steps.AUGUST_FREEZES))
    office = world.people[Role.PROGRAMME_OFFICE].name
    said = f"August 2024 was reopened on 16 September 2024 by {office}, programme office: {WHY}"
    assert (second.revision, second.reason, second.cut_off) == (2, said, noon(AGAIN))
    assert opened(second).cover.reason == said
    assert world.period().state == "reported"
    assert [happened(each) for each in (first, second)] == ["", "Counted once."]


def happened(pack: BoardPack) -> str:
    entries = {entry.key: entry for entry in opened(pack).milestones}
    return entries["PA1.1-2"].what_happened


def test_the_pack_that_follows_tells_who_reopened_when_and_why(reopened):
    world, _ = reopened
    tick(AGAIN)
    first, second = map(opened, packs_of(world))
    assert first.reopened == ()
    (entry,) = second.reopened
    assert (entry.month, entry.frozen_at, entry.at) == (
        AUGUST,
        noon(steps.AUGUST_FREEZES),
        noon(REOPENED),
    )
    assert (entry.role, entry.by, entry.reason) == (
        "Programme office",
        world.people[Role.PROGRAMME_OFFICE].name,
        WHY,
    )
    titles = [section.title for section in render.page(second).contents]
    assert titles[:2] == ["Summary", "What was reopened since the last pack"]
    assert "What was reopened since the last pack" not in render.page(first).empty


def test_it_is_told_once(reopened):
    world, _ = reopened
    tick(AGAIN)
    steps.advance(world, steps.SEPTEMBER_FREEZES)
    tick(steps.SEPTEMBER_FREEZES)
    (september,) = packs_of(world, SEPTEMBER)
    assert opened(september).reopened == ()


def test_a_month_reopened_before_its_pack_was_made_has_one_pack_that_tells(committed):
    steps.unfreeze(committed, on=REOPENED, freezes_on=AGAIN, reason=WHY)
    steps.advance(committed, AGAIN)
    tick(AGAIN)
    (only,) = packs_of(committed)
    assert (only.revision, only.reason, only.cut_off) == (1, "", noon(AGAIN))
    assert [entry.reason for entry in opened(only).reopened] == [WHY]


def test_a_job_that_comes_to_a_reopened_month_leaves_it_to_the_next_freeze(committed):
    with at(FIRST):
        tasks.assemble_packs()
    steps.unfreeze(committed, on=REOPENED, freezes_on=AGAIN, reason=WHY)
    assert set(tick(REOPENED)) == {JobState.DONE}
    assert packs_of(committed) == []
    steps.advance(committed, AGAIN)
    assert set(tick(AGAIN)) == {JobState.DONE}
    assert [pack.revision for pack in packs_of(committed)] == [1]
    assert Job.objects.filter(key__contains="2024-08 board").count() == 2


def test_what_was_read_before_a_reopening_is_not_stored_after_it(committed):
    period = committed.period()
    taken = take(period_id=period.pk, edition=Edition.BOARD, revision=1)
    steps.unfreeze(committed, on=REOPENED, freezes_on=AGAIN, reason=WHY)

    def store():
        packs.store(period=period, edition=Edition.BOARD, taken=taken, by=User.objects.system())

    with at(REOPENED), pytest.raises(Conflict, match="was reopened while"):
        store()
    steps.advance(committed, AGAIN)
    with at(AGAIN), pytest.raises(Conflict, match="was reopened while"):
        store()
    assert (packs_of(committed), committed.period().state) == ([], "frozen")


def test_reopened_twice_each_pack_tells_its_own(reopened):
    world, _ = reopened
    tick(AGAIN)
    steps.unfreeze(
        world, on=dt.date(2024, 9, 23), freezes_on=dt.date(2024, 9, 25), reason="Once more."
    )
    steps.advance(world, dt.date(2024, 9, 25))
    tick(dt.date(2024, 9, 25))
    second, third = packs_of(world)[1:]
    assert [[each.reason for each in opened(pack).reopened] for pack in (second, third)] == [
        [WHY],
        ["Once more."],
    ]
    assert third.reason.endswith("Once more.")
    assert WHY not in third.reason
    assert selectors.latest_pack(period=world.period(), edition=Edition.BOARD) == third
