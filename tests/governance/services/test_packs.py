"""A month's pack is assembled once, however often it is asked for."""

import datetime as dt

import pytest
from django.db import transaction

from governance.boardpack import snapshot
from governance.enums import Edition
from governance.models import BoardPack
from governance.services import packs
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.jobs.models import Job
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST, JULY, SEPTEMBER

LATER = dt.date(2024, 9, 12)


def assemble(world, month=AUGUST, *, by=None, on=LATER):
    with at(on):
        return packs.assemble(
            period=world.period(month), edition=Edition.BOARD, by=by or User.objects.system()
        )


def test_a_pack_is_stored_and_its_month_reported(committed):
    pack = assemble(committed)
    assert (pack.period.month, pack.revision, pack.schema_version) == (AUGUST, 1, 1)
    assert pack.partnership == committed.partnership
    assert pack.assembled_by == User.objects.system()
    period = committed.period(AUGUST)
    assert period.state == "reported"
    assert pack.cut_off == period.frozen_at
    assert pack.assembled_at == period.reported_at > period.frozen_at


def test_the_second_time_answers_with_the_first_pack(committed):
    first = assemble(committed)
    steps.propose(committed, "AI1.1-1", on=LATER)
    second = assemble(committed, on=dt.date(2024, 11, 20))
    assert (second.pk, second.sha256) == (first.pk, first.sha256)
    assert BoardPack.objects.count() == 1
    assert committed.period(AUGUST).reported_at == first.assembled_at


def test_a_late_pack_is_what_an_early_one_would_have_been(committed):
    july = assemble(committed, JULY)
    steps.propose(committed, "AI1.1-1", on=LATER)
    late = assemble(committed, on=dt.date(2024, 12, 1))
    assert july.content["cover"]["month"] == "2024-07-01"
    stages = {entry["key"]: entry["stage"] for entry in late.content["milestones"]}
    assert (stages["PA1.1-1"], stages["AI1.1-1"]) == ("proposed_complete", "in_progress")


def test_a_month_that_is_not_frozen_has_no_pack(packable):
    with pytest.raises(RuleBroken) as refusal:
        assemble(packable, SEPTEMBER)
    assert refusal.value.sentence == "September 2024 is not frozen yet, so there is no pack of it."
    assert BoardPack.objects.count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROGRAMME_OFFICE])
def test_other_roles_assemble_no_packs(packable, role):
    with pytest.raises(NotAllowed):
        assemble(packable, by=packable.people[role])
    assert BoardPack.objects.count() == 0


def test_the_programme_office_may_assemble_its_own_and_no_others(committed):
    office = committed.people[Role.PROGRAMME_OFFICE]
    assert assemble(committed, by=office).assembled_by == office
    with pytest.raises(NotAllowed):
        assemble(committed.foreign, JULY, by=office)


def test_a_pack_is_not_assembled_inside_another_transaction(committed):
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction of its own"):
        assemble(committed)
    assert assemble(committed).revision == 1


def test_missing_packs_are_asked_for_once_for_each_plan_and_month(packable):
    with at(LATER):
        asked = packs.request_missing(by=User.objects.system())
        again = packs.request_missing(by=User.objects.system())
    here, there = packable.plan.slug, packable.foreign.plan.slug
    months = [f"{here} 2024-07", f"{there} 2024-07", f"{here} 2024-08"]
    assert sorted(job.key for job in asked) == sorted(
        f"{month} {edition}" for month in months for edition in Edition
    )
    assert again == []
    assert Job.objects.count() == 9


def test_a_month_with_a_pack_is_not_asked_for(committed):
    assemble(committed)
    with at(LATER):
        asked = packs.request_missing(by=User.objects.system())
    assert f"{committed.plan.slug} 2024-08 board" not in {job.key for job in asked}


def test_a_person_asks_only_for_plans_whose_packs_they_assemble(packable):
    with at(LATER), pytest.raises(NotAllowed):
        packs.request_missing(by=packable.people[Role.PROGRAMME_OFFICE])
    assert Job.objects.count() == 0


def test_of_two_that_have_read_the_second_answers_with_the_firsts_pack(packable):
    period = packable.period(AUGUST)
    readings = [snapshot.of(period, edition=Edition.BOARD, revision=1) for _ in range(2)]
    with at(LATER):
        first, second = (
            packs.store(period=period, edition=Edition.BOARD, taken=taken, by=User.objects.system())
            for taken in readings
        )
    assert second.pk == first.pk
    assert str(BoardPack.objects.get()) == "August 2024 Board 1"


def test_nobody_stores_a_pack_without_the_right_to_assemble_it(packable):
    period = packable.period(AUGUST)
    taken = snapshot.of(period, edition=Edition.BOARD, revision=1)
    with pytest.raises(NotAllowed):
        packs.store(
            period=period,
            edition=Edition.BOARD,
            taken=taken,
            by=packable.people[Role.BOARD_MEMBER],
        )
    assert (BoardPack.objects.count(), packable.period(AUGUST).state) == (0, "frozen")
