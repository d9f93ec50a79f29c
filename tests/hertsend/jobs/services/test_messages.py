import datetime as dt
import email

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from hertsend import dates
from hertsend.jobs import services
from hertsend.jobs.enums import MessageState
from hertsend.jobs.mail import Mail
from hertsend.jobs.models import Message
from hertsend.jobs.registry import UnknownKind
from hertsend.jobs.services.waking import SEND_MESSAGE
from tests.hertsend.jobs.conftest import closed_port
from tests.hertsend.jobs.smtp_sink import Behaviour

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 10, 15)


def plan(person, **values):
    standard = {
        "kind": "tests.digest",
        "key": f"{person.pk}:{DAY}",
        "recipient": person,
        "day": DAY,
    }
    return services.plan_message(**(standard | values))


def test_a_message_is_planned_once_for_each_kind_and_key(writer, person):
    before = dates.now()
    message = plan(person)
    assert plan(person) is None
    other = plan(person, key="other")
    message.refresh_from_db()
    assert set(Message.objects.all()) == {message, other}
    assert (message.state, message.attempts, message.day) == (MessageState.PLANNED, 0, DAY)
    assert message.recipient == person
    assert before <= message.planned_at == message.woken_at <= dates.now()
    assert message.header_message_id != other.header_message_id
    assert writer.calls == []


def test_a_kind_that_nobody_words_is_refused_where_it_is_planned(writer, person):
    with pytest.raises(UnknownKind):
        plan(person, kind="tests.typing_error")
    assert Message.objects.count() == 0


def test_a_worker_is_woken_when_the_caller_commits(
    writer, person, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = plan(person)
        plan(person)
        assert woken.take() == []
    assert woken.take() == [(SEND_MESSAGE, message.pk)]


def test_a_message_is_worded_at_sending_and_sent_once(writer, person):
    message = plan(person)
    writer.mail = Mail(subject="Due\nthis week", text="Three.", html="<p>Three.</p>")
    sent = services.send_message(message_id=message.pk)
    assert services.send_message(message_id=message.pk) is None
    assert writer.calls == [{"recipient": person, "day": DAY, "key": message.key}]
    [letter] = outbox.outbox
    assert (letter.subject, letter.body, letter.to) == ("Due this week", "Three.", [person.email])
    assert letter.extra_headers["Message-ID"] == message.header_message_id
    assert [content for content, _ in letter.alternatives] == ["<p>Three.</p>"]
    assert (sent.state, sent.error) == (MessageState.SENT, "")
    assert message.planned_at <= sent.sending_at <= sent.sent_at <= dates.now()


def test_the_words_of_an_email_are_stored_nowhere(writer, person, caplog):
    writer.mail = Mail(subject="swordfish", text="swordfish", html="swordfish")
    message = plan(person)
    services.send_message(message_id=message.pk)
    [letter] = outbox.outbox
    assert letter.subject == "swordfish"
    assert "swordfish" not in str(Message.objects.filter(pk=message.pk).values().get())
    assert "swordfish" not in caplog.text


def test_a_renderer_that_returns_nothing_withholds_the_message(writer, person):
    message = plan(person)
    writer.mail = None
    withheld = services.send_message(message_id=message.pk)
    assert (withheld.state, withheld.sending_at) == (MessageState.WITHHELD, None)
    assert services.send_message(message_id=message.pk) is None
    assert outbox.outbox == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_a_person_who_left_gets_nothing_and_nothing_is_worded(writer, person, change):
    message = plan(person)
    type(person).objects.filter(pk=person.pk).update(**change)
    assert services.send_message(message_id=message.pk).state == MessageState.WITHHELD
    assert writer.calls == []
    assert outbox.outbox == []


@pytest.mark.parametrize(
    ("state", "times"),
    [
        (MessageState.SENDING, {"sending_at": dates.now()}),
        (MessageState.UNKNOWN, {"sending_at": dates.now()}),
        (MessageState.SENT, {"sending_at": dates.now(), "sent_at": dates.now()}),
        (MessageState.PARKED, {}),
    ],
)
def test_only_a_planned_message_is_sent(writer, person, state, times):
    message = plan(person)
    Message.objects.update(state=state, **times)
    assert services.send_message(message_id=message.pk) is None
    assert outbox.outbox == []


def test_a_message_is_not_sent_before_its_time(writer, person):
    message = plan(person)
    Message.objects.update(not_before=dates.now() + dt.timedelta(minutes=1))
    assert services.send_message(message_id=message.pk) is None
    Message.objects.update(not_before=dates.now())
    assert services.send_message(message_id=message.pk).state == MessageState.SENT


@pytest.mark.parametrize("fault", ["renderer", "address"])
def test_a_message_that_cannot_be_worded_is_tried_again(writer, person, fault):
    message = plan(person)
    if fault == "renderer":
        writer.error, noted = KeyError("swordfish"), "KeyError"
    else:
        type(person).objects.update(email="lead@example.com\nBcc: thief@example.com")
        noted = "BadHeaderError"
    before = dates.now()
    put_back = services.send_message(message_id=message.pk)
    assert (put_back.state, put_back.attempts, put_back.error) == (MessageState.PLANNED, 1, noted)
    assert (put_back.sending_at, put_back.woken_at) == (None, None)
    assert round((put_back.not_before - before).total_seconds()) == 60
    assert outbox.outbox == []


def test_two_workers_that_worded_the_same_message_send_it_once(writer, person, monkeypatch):
    message = plan(person)

    def send_it_meanwhile(**_):
        monkeypatch.setitem(services.messages.registry._renderers, "tests.digest", writer)
        services.send_message(message_id=message.pk)
        return Mail(subject="Second", text="Second.")

    monkeypatch.setitem(services.messages.registry._renderers, "tests.digest", send_it_meanwhile)
    assert services.send_message(message_id=message.pk).state == MessageState.SENT
    assert [letter.subject for letter in outbox.outbox] == ["Due this week"]


@pytest.mark.django_db(transaction=True)
def test_sending_in_a_transaction_is_refused_since_a_crash_would_forget_it(writer, person):
    message = plan(person)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.send_message(message_id=message.pk)
    assert outbox.outbox == []
    assert services.send_message(message_id=message.pk).state == MessageState.SENT


@pytest.mark.enable_socket
class TestMailServer:
    """The rule of sending, against a real conversation with a mail server."""

    @pytest.mark.parametrize("behaviour", [Behaviour.ACCEPT, Behaviour.ACCEPT_AND_HANG_UP])
    def test_what_the_server_took_is_sent(self, writer, person, sink, behaviour):
        sink.behaviour = behaviour
        message = plan(person)
        sent = services.send_message(message_id=message.pk)
        assert (sent.state, sent.attempts, sent.error) == (MessageState.SENT, 0, "")
        [letter] = sink.mails
        assert email.message_from_bytes(letter)["Message-ID"] == message.header_message_id

    @pytest.mark.parametrize(
        ("behaviour", "error"),
        [
            (Behaviour.BUSY, "SMTPConnectError 421"),
            (Behaviour.REFUSE_SENDER, "SMTPSenderRefused 451"),
            (Behaviour.REFUSE_MAILBOX_FOR_NOW, "SMTPRecipientsRefused 452"),
            (Behaviour.REFUSE_WORDS, "SMTPDataError 554"),
        ],
    )
    def test_what_the_server_refused_is_tried_again(self, writer, person, sink, behaviour, error):
        sink.behaviour = behaviour
        message = plan(person)
        refused = services.send_message(message_id=message.pk)
        assert (refused.state, refused.attempts) == (MessageState.PLANNED, 1)
        assert (refused.error, refused.sending_at) == (error, None)
        assert services.send_message(message_id=message.pk) is None
        sink.behaviour = Behaviour.ACCEPT
        Message.objects.update(not_before=dates.now())
        sent = services.send_message(message_id=message.pk)
        assert (sent.state, sent.attempts, sent.error) == (MessageState.SENT, 1, "")
        assert len(sink.mails) == 1

    def test_a_server_that_is_away_is_tried_seven_times(self, writer, person, sink, settings):
        settings.EMAIL_PORT = closed_port()
        message = plan(person)
        states = []
        for _ in range(7):
            Message.objects.update(not_before=dates.now())
            states.append(services.send_message(message_id=message.pk).state)
        assert states == [MessageState.PLANNED] * 6 + [MessageState.PARKED]
        message.refresh_from_db()
        assert (message.attempts, message.error) == (7, "ConnectionRefusedError")
        assert services.send_message(message_id=message.pk) is None

    def test_a_mailbox_that_does_not_exist_is_not_tried_again(self, writer, person, sink):
        sink.behaviour = Behaviour.REFUSE_MAILBOX
        message = plan(person)
        parked = services.send_message(message_id=message.pk)
        assert (parked.state, parked.attempts) == (MessageState.PARKED, 1)
        assert parked.error == "SMTPRecipientsRefused 550"
        assert sink.mails == []

    def test_what_nobody_knows_is_unknown_and_not_sent_again(self, writer, person, sink):
        sink.behaviour = Behaviour.HANG_UP_AFTER_WORDS
        message = plan(person)
        unknown = services.send_message(message_id=message.pk)
        assert (unknown.state, unknown.error) == (MessageState.UNKNOWN, "SMTPServerDisconnected")
        assert unknown.sending_at is not None
        sink.behaviour = Behaviour.ACCEPT
        assert services.send_message(message_id=message.pk) is None
        assert services.sweep(at=dates.now() + dt.timedelta(days=1)).woken_messages == 0
        assert len(sink.mails) == 1

    def test_a_person_decides_to_send_again_and_it_is_the_same_message(
        self, writer, person, sink, woken, django_capture_on_commit_callbacks
    ):
        sink.behaviour = Behaviour.HANG_UP_AFTER_WORDS
        message = plan(person)
        assert services.retry_undelivered_message(message_id=message.pk, by=person) is False
        services.send_message(message_id=message.pk)
        sink.behaviour = Behaviour.ACCEPT
        with django_capture_on_commit_callbacks(execute=True):
            assert services.retry_undelivered_message(message_id=message.pk, by=person) is True
            assert services.retry_undelivered_message(message_id=message.pk, by=person) is False
        assert woken.take() == [(SEND_MESSAGE, message.pk)]
        assert services.send_message(message_id=message.pk).state == MessageState.SENT
        identities = {email.message_from_bytes(letter)["Message-ID"] for letter in sink.mails}
        assert (len(sink.mails), identities) == (2, {message.header_message_id})

    @pytest.mark.parametrize(
        "outcome",
        [
            (Behaviour.ACCEPT, MessageState.SENT),
            (Behaviour.REFUSE_WORDS, MessageState.PLANNED),
        ],
    )
    def test_a_slow_sender_declared_unknown_still_says_what_it_learns(
        self, writer, person, sink, monkeypatch, outcome
    ):
        sink.behaviour, state = outcome
        message = plan(person)
        hand_over = services.messages.mail.hand_over
        seen = []

        def slowly(letter, *, server):
            services.sweep(at=dates.now() + dt.timedelta(hours=1))
            seen.append(Message.objects.get(pk=message.pk).state)
            hand_over(letter, server=server)

        monkeypatch.setattr(services.messages.mail, "hand_over", slowly)
        assert services.send_message(message_id=message.pk).state == state
        assert seen == [MessageState.UNKNOWN]


def test_a_backend_that_says_it_sent_nothing_is_tried_again(writer, person, settings):
    settings.EMAIL_BACKEND = f"{__name__}.IdleBackend"
    message = plan(person)
    refused = services.send_message(message_id=message.pk)
    assert (refused.state, refused.error) == (MessageState.PLANNED, "NothingSent")


class IdleBackend(BaseEmailBackend):
    """Sends nothing, and says so."""

    def send_messages(self, email_messages):
        return 0
