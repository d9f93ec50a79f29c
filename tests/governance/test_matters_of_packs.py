"""Packs wait for the office until they are released, then for joint chairs until they are issued."""

import datetime as dt

import pytest

from governance import matters
from governance.services import pack_runs
from hertsend.accounts.roles import Role
from tests.factories.matters import asked
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST

NOW = dt.date(2024, 9, 12)
DAY = dt.timedelta(days=1)
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR


@pytest.fixture
def pack(packable):
    return steps.read_pack(packable, AUGUST, on=NOW)


def waiting(world, on=NOW):
    return matters.packs(asked(world.plan, on=on, held_on=on))


def test_nothing_waits_until_it_is_laid_out(packable, pack):
    assert waiting(packable) == {}


def test_it_waits_for_the_office_and_then_for_every_chair(packable, pack):
    run = steps.lay_out(pack, on=NOW)
    found = waiting(packable, NOW + DAY)
    assert set(found) == {packable.people[OFFICE].pk}
    (matter,) = found[packable.people[OFFICE].pk]
    assert (matter.sentence, matter.detail, matter.path, matter.step.day) == (
        "Board pack of August 2024",
        "Assembled on 12 September 2024",
        run.get_absolute_url(),
        NOW + DAY,
    )
    run = steps.release(packable, pack, on=NOW)
    found = waiting(packable)
    assert set(found) == {packable.people[CHAIR].pk, packable.second_chair.pk}
    assert [each.action for each in found[packable.second_chair.pk]] == ["Issue it"]


def test_a_returned_pack_waits_for_the_office_again(packable, pack):
    run = steps.release(packable, pack, on=NOW)
    with at(NOW):
        pack_runs.send_back(
            run=run,
            reason="No foreword.",
            base_version=run.version,
            by=packable.people[CHAIR],
        )
    (matter,) = waiting(packable)[packable.people[OFFICE].pk]
    assert matter.detail == "Returned on 12 September 2024"


def test_an_issued_pack_waits_for_nobody(packable, pack):
    steps.issue(packable, pack, on=NOW)
    assert waiting(packable) == {}


def test_a_pack_of_a_month_that_is_open_again_waits_for_nobody(packable, pack):
    steps.lay_out(pack, on=NOW)
    assert waiting(packable) != {}
    steps.unfreeze(
        packable, on=dt.date(2024, 9, 16), freezes_on=dt.date(2024, 9, 18), reason="Wrong."
    )
    assert waiting(packable, dt.date(2024, 9, 17)) == {}


def test_the_queries_do_not_grow(packable, pack, django_assert_num_queries):
    steps.lay_out(pack, on=NOW)
    question = asked(packable.plan, on=NOW, held_on=NOW)
    with django_assert_num_queries(2):
        matters.packs(question)
    steps.lay_out(steps.read_pack(packable, steps.JULY, on=NOW), on=NOW)
    with django_assert_num_queries(2):
        matters.packs(question)
