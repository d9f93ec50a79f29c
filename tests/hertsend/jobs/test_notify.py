"""E-mail through GOV.UK Notify, against a server that answers like it."""

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
import pytest
import requests
from requests.exceptions import ConnectionError as LineBroken
from urllib3.exceptions import MaxRetryError
from urllib3.exceptions import SSLError as EncryptionFailed

from hertsend.jobs import mail
from hertsend.jobs import notify as door
from hertsend.jobs.mail import Mail, Refused
from hertsend.jobs.notify import UnknownAnswer

SERVICE, SECRET = "2b6c8f0e-0000-4000-8000-000000000001", "9d1f4a7c-0000-4000-8000-000000000002"

pytestmark = pytest.mark.enable_socket


class Notify(HTTPServer):
    """Answers every call with ``status``; keeps what it was asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.status = 201
        self.calls = []


class Conversation(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.path, self.headers["Authorization"], body))
        if self.server.status is None:
            return
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_words):
        """Nothing to the terminal."""


@pytest.fixture
def notify(settings):
    server = Notify()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "hertsend.jobs.notify.NotifyBackend"
    settings.NOTIFY_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    settings.NOTIFY_SERVICE, settings.NOTIFY_SECRET = SERVICE, SECRET
    settings.NOTIFY_TEMPLATE = "template-1"
    yield server
    server.shutdown()
    server.server_close()


def send():
    words = Mail(
        subject="Board pack", text="Read it: http://127.0.0.1/packs/", html="<p>Read it</p>"
    )
    email = mail.compose(words, address="chair@example.org", header_message_id="<1@example.org>")
    with mail.connection() as server:
        mail.hand_over(email, server=server)


def test_it_is_told_whom_what_and_under_which_reference(notify):
    send()
    [(path, proof, body)] = notify.calls
    assert path == "/v2/notifications/email"
    assert body == {
        "email_address": "chair@example.org",
        "template_id": "template-1",
        "personalisation": {"subject": "Board pack", "body": "Read it: http://127.0.0.1/packs/"},
        "reference": "<1@example.org>",
    }
    told = jwt.decode(proof.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
    assert told["iss"] == SERVICE


@pytest.mark.parametrize(("status", "is_permanent"), [(400, True), (403, False), (429, False)])
def test_what_it_refuses_was_not_sent(notify, status, is_permanent):
    notify.status = status
    with pytest.raises(Refused) as refusal:
        send()
    assert (refusal.value.description, refusal.value.is_permanent) == (
        f"Notify {status}",
        is_permanent,
    )


@pytest.mark.parametrize("status", [302, 500, 503])
def test_of_any_other_answer_nobody_knows(notify, status):
    notify.status = status
    with pytest.raises(UnknownAnswer):
        send()


def test_of_a_line_that_breaks_after_it_was_told_nobody_knows(notify):
    notify.status = None
    with pytest.raises(LineBroken):
        send()
    assert len(notify.calls) == 1


def test_where_nobody_listens_nothing_was_sent(notify, settings):
    notify.shutdown()
    notify.server_close()
    with pytest.raises(Refused) as refusal:
        send()
    assert not refusal.value.is_permanent


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (ssl.SSLCertVerificationError("not theirs"), Refused),
        (ssl.SSLError("decryption failed or bad record mac"), LineBroken),
    ],
)
def test_of_faults_of_encryption_only_a_wrong_certificate_comes_before_the_words(
    notify, monkeypatch, fault, expected
):
    def broken(*_given, **_named):
        raise requests.exceptions.SSLError(MaxRetryError(None, "/", EncryptionFailed(fault)))

    monkeypatch.setattr(requests, "post", broken)
    with pytest.raises(expected):
        send()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[Sign in again](https://evil.example)", "[Sign in again] (https://evil.example)"),
        ("Due:\n# Loud\n  * one\n^ two", "Due:\n\\# Loud\n  \\* one\n\\^ two"),
        ("Read it: http://127.0.0.1/packs/#top", "Read it: http://127.0.0.1/packs/#top"),
        ("3 * 4 > 5 - 6", "3 * 4 > 5 - 6"),
    ],
)
def test_what_people_typed_is_no_mark_for_it(words, expected):
    assert door.plain(words) == expected


def test_an_email_to_several_is_not_begun(notify):
    email = mail.compose(
        Mail(subject="Board pack", text="Read it."),
        address="chair@example.org",
        header_message_id="<1@example.org>",
    )
    email.to.append("other@example.org")
    with mail.connection() as server, pytest.raises(ValueError, match="too many values"):
        mail.hand_over(email, server=server)
    assert notify.calls == []
