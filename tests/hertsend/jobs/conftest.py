"""A handler, a renderer and a reader for tests, the broker's queue, and a mail server."""

import socket

import pytest
from celery import current_app
from django.contrib.auth import get_user_model
from kombu.exceptions import OperationalError

from hertsend.jobs import registry
from hertsend.jobs.mail import Mail
from tests.hertsend.jobs.smtp_sink import SmtpSink

QUEUE = "celery"


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user(email="lead@example.com", name="Robin Reader")


class Worker:
    """A handler that notes what it was given and raises what it is told to."""

    def __init__(self) -> None:
        self.calls: list[dict] = []
        self.error: Exception | None = None

    def __call__(self, **arguments: object) -> None:
        self.calls.append(arguments)
        if self.error is not None:
            raise self.error


class Writer:
    """A renderer that notes what it was asked for, and returns or raises what it is told to."""

    def __init__(self) -> None:
        self.calls: list[dict] = []
        self.mail: Mail | None = Mail(subject="Due this week", text="Three milestones.")
        self.error: Exception | None = None

    def __call__(self, **arguments: object) -> Mail | None:
        self.calls.append(arguments)
        if self.error is not None:
            raise self.error
        return self.mail


@pytest.fixture
def worker(monkeypatch) -> Worker:
    """Does jobs of the kind "tests.note"."""
    noting = Worker()
    monkeypatch.setitem(registry._handlers, "tests.note", noting)
    return noting


@pytest.fixture
def writer(monkeypatch) -> Writer:
    """Words messages of the kind "tests.digest"."""
    writing = Writer()
    monkeypatch.setitem(registry._renderers, "tests.digest", writing)
    return writing


class Woken:
    """What the broker was asked to start since the last look: (task, row id) pairs."""

    def take(self) -> list[tuple[str, int]]:
        found = []
        with current_app.connection_for_read() as connection:
            queue = connection.SimpleQueue(QUEUE)
            while True:
                try:
                    message = queue.get_nowait()
                except queue.Empty:
                    return found
                message.ack()
                found.append((message.headers["task"], message.payload[0][0]))


@pytest.fixture
def woken() -> Woken:
    queue = Woken()
    queue.take()
    return queue


def closed_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def broker_away(monkeypatch):
    """The broker's port is closed, as when Redis is being restarted."""
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", f"redis://127.0.0.1:{closed_port()}/0")
    monkeypatch.setitem(current_app.conf, "broker_transport_options", {"max_retries": 0})
    current_app._after_fork()
    with current_app.connection_for_write() as connection, pytest.raises(OperationalError):
        connection.ensure_connection(max_retries=0)
    yield
    monkeypatch.undo()
    current_app._after_fork()


@pytest.fixture
def sink(settings) -> SmtpSink:
    """A mail server to which this process sends."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with SmtpSink() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
