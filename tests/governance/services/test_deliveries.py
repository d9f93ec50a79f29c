"""Each reader is told once by e-mail of an issued pack; rights are asked when it is sent and opened."""

import datetime as dt
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.test import Client

from governance.enums import DeliveryState, Edition
from governance.models import Delivery
from governance.selectors.pack_pages import deliveries_of
from governance.services import deliveries
from hertsend import dates
from hertsend.accounts.roles import MATRIX, Permission, Role
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Message
from hertsend.jobs.services import send_message
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST

NOW = dt.date(2024, 9, 12)
OFFICE, CHAIR, FAMILIES = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR, Role.PARENT_CARER_REPRESENTATIVE


@pytest.fixture
def issued(packable):
    pack = steps.read_pack(packable, AUGUST, on=NOW)
    return steps.issue(packable, pack, on=NOW)


def told(run):
    return {row.person for row in Delivery.objects.filter(run=run)}


def send_all(on=NOW):
    with at(on):
        for message in Message.objects.filter(kind=deliveries.PACK_ISSUED):
            send_message(message_id=message.pk)


def states(run):
    return {line.delivery.person: line.state for line in deliveries_of(run).lines}


def test_every_reader_of_the_edition_is_told_and_nobody_else(packable, issued):
    readers = {
        person
        for role, person in packable.people.items()
        if Permission.READ_BOARD_PACK in MATRIX[role].may
    }
    assert readers | {packable.other_lead, packable.second_chair} == told(issued)
    assert packable.people[FAMILIES] not in told(issued)
    assert packable.foreign.people[Role.BOARD_MEMBER] not in told(issued)


@pytest.mark.parametrize(
    ("edition", "is_told", "is_not"),
    [
        (Edition.EXECUTIVE, Role.EXECUTIVE_MEMBER, Role.BOARD_MEMBER),
        (Edition.FAMILIES, FAMILIES, Role.BOARD_MEMBER),
    ],
)
def test_other_editions_are_told_to_their_own_readers(packable, edition, is_told, is_not):
    pack = steps.read_pack(packable, AUGUST, on=NOW, edition=edition)
    people = told(steps.issue(packable, pack, on=NOW))
    assert packable.people[is_told] in people
    assert packable.people[is_not] not in people


def test_the_email_holds_a_link_and_nothing_of_the_pack(packable, issued):
    mail.outbox.clear()
    send_all()
    send_all()
    member = packable.people[Role.BOARD_MEMBER]
    [message] = [each for each in mail.outbox if each.to == [member.email]]
    assert message.subject == f"Board pack of August 2024: {packable.partnership.name}"
    assert issued.pack_url in message.body
    assert "It stalled." not in message.body
    assert set(states(issued).values()) == {DeliveryState.SENT}
    assert len(mail.outbox) == len(told(issued))


def test_a_name_cannot_add_a_header(packable, issued):
    packable.partnership.name = "Council\nBcc: all@example.org"
    packable.partnership.save()
    mail.outbox.clear()
    send_all()
    assert {each.subject for each in mail.outbox} == {
        "Board pack of August 2024: Council Bcc: all@example.org"
    }


def test_who_lost_the_right_gets_nothing_and_is_shown_as_refused(packable, issued):
    member = packable.people[Role.BOARD_MEMBER]
    role = member.role_assignments.get()
    role.ends_on = dt.date(2024, 9, 11)
    role.save()
    mail.outbox.clear()
    send_all()
    assert [each for each in mail.outbox if each.to == [member.email]] == []
    assert states(issued)[member] == DeliveryState.REFUSED
    assert states(issued)[packable.people[Role.ADVISER]] == DeliveryState.SENT


def test_an_unknown_outcome_waits_for_a_person_who_decides(packable, issued):
    row = Delivery.objects.get(run=issued, person=packable.people[Role.ADVISER])
    Message.objects.filter(pk=row.message_id).update(
        state=MessageState.UNKNOWN, sending_at=noon(NOW), error=SMTPServerDisconnected.__name__
    )
    send_all()
    assert states(issued)[row.person] == DeliveryState.UNKNOWN
    with at(NOW), pytest.raises(NotAllowed):
        deliveries.send_again(delivery=row, by=packable.people[CHAIR])
    with at(NOW):
        deliveries.send_again(delivery=row, by=packable.people[OFFICE])
    before = row.message.header_message_id
    send_all()
    row.message.refresh_from_db()
    assert states(issued)[row.person] == DeliveryState.SENT
    assert row.message.header_message_id == before
    with at(NOW), pytest.raises(RuleBroken, match="so nothing is sent again"):
        deliveries.send_again(delivery=row, by=packable.people[OFFICE])


def open_as(person, run, on):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    with at(on):
        return client.get(run.pack_url).status_code


def test_the_first_opening_is_noted_for_that_person_alone(packable, issued):
    member, later = packable.people[Role.BOARD_MEMBER], dt.date(2024, 9, 20)
    assert open_as(member, issued, NOW) == 200
    assert open_as(member, issued, later) == 200
    opened = {row.person: row.opened_at for row in Delivery.objects.filter(run=issued)}
    assert dates.day_of(opened.pop(member)) == NOW
    assert set(opened.values()) == {None}


def test_a_preview_is_no_opening(packable):
    pack = steps.read_pack(packable, AUGUST, on=NOW)
    run = steps.release(packable, pack, on=NOW)
    assert open_as(packable.people[CHAIR], run, NOW) == 200
    assert open_as(packable.people[Role.BOARD_MEMBER], run, NOW) == 404
    assert Delivery.objects.count() == 0
