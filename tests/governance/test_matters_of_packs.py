"""Packs wait for the office until they are released, then for joint chairs until they are issued."""

import datetime as dt

import pytest

from governance import matters
from governance.models import Delivery
from governance.services import deliveries, pack_runs
from hertsend.accounts.roles import Role
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Message
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


def settle(run, state, *, number):
    """Let so many of a pack's e-mails stand in a state."""
    rows = Delivery.objects.filter(run=run).order_by("pk").values("message")[:number]
    sending_at = run.issued_at if state != MessageState.PARKED else None
    Message.objects.filter(pk__in=[row["message"] for row in rows]).update(
        state=state, sending_at=sending_at
    )


@pytest.mark.parametrize("state", [MessageState.UNKNOWN, MessageState.PARKED])
def test_a_pack_that_did_not_reach_everybody_waits_for_the_office(packable, pack, state):
    run = steps.issue(packable, pack, on=NOW)
    assert matters.undelivered(asked(packable.plan, on=NOW, held_on=NOW)) == {}
    settle(run, state, number=2)
    found = matters.undelivered(asked(packable.plan, on=NOW + DAY, held_on=NOW))
    assert set(found) == {packable.people[OFFICE].pk}
    (matter,) = found[packable.people[OFFICE].pk]
    assert (matter.sentence, matter.detail, matter.action, matter.path, matter.step.day) == (
        "Board pack of August 2024",
        "2 e-mails failed or nobody knows",
        "See who",
        f"{run.get_absolute_url()}deliveries/",
        NOW + DAY,
    )


def test_an_email_that_is_still_tried_waits_for_nobody(packable, pack):
    run = steps.issue(packable, pack, on=NOW)
    settle(run, MessageState.SENDING, number=1)
    assert matters.undelivered(asked(packable.plan, on=NOW, held_on=NOW)) == {}


def test_who_has_opened_the_pack_waits_for_no_email(packable, pack):
    run = steps.issue(packable, pack, on=NOW)
    settle(run, MessageState.UNKNOWN, number=2)
    first = Delivery.objects.filter(run=run).order_by("pk").first()
    with at(NOW):
        assert deliveries.note_opening(run=run, by=first.person)
    question = asked(packable.plan, on=NOW, held_on=NOW)
    (matter,) = matters.undelivered(question)[packable.people[OFFICE].pk]
    assert matter.detail == "1 e-mail failed or nobody knows"


def test_of_an_overtaken_version_nothing_waits(packable, pack):
    run = steps.issue(packable, pack, on=NOW)
    settle(run, MessageState.UNKNOWN, number=2)
    with at(NOW):
        after = pack_runs.reissue(
            run=run, reason="A figure.", base_version=run.version, by=packable.people[OFFICE]
        )
    question = asked(packable.plan, on=NOW, held_on=NOW)
    assert matters.undelivered(question) != {}
    again = steps.read_pack(packable, AUGUST, on=NOW)
    assert steps.issue(packable, again, on=NOW).pk == after.pk
    assert matters.undelivered(question) == {}


def test_other_places_packs_are_not_told_of(packable, pack):
    settle(steps.issue(packable, pack, on=NOW), MessageState.UNKNOWN, number=1)
    assert matters.undelivered(asked(packable.foreign.plan, on=NOW, held_on=NOW)) == {}


def test_the_queries_of_undelivered_packs_do_not_grow(packable, pack, django_assert_num_queries):
    settle(steps.issue(packable, pack, on=NOW), MessageState.UNKNOWN, number=1)
    question = asked(packable.plan, on=NOW, held_on=NOW)
    with django_assert_num_queries(1):
        matters.undelivered(question)
    other = steps.issue(packable, steps.read_pack(packable, steps.JULY, on=NOW), on=NOW)
    settle(other, MessageState.UNKNOWN, number=3)
    with django_assert_num_queries(1):
        assert len(matters.undelivered(question)[packable.people[OFFICE].pk]) == 2
