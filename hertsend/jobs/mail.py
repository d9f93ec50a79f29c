"""The words of one e-mail, made safe for its headers, and handing them to the mail server."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from smtplib import (
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from hertsend.jobs import policies

REFUSALS = (
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
"""Answers by which a mail server says that it has not accepted the e-mail."""

LINE_BREAKERS = frozenset({"Cc", "Zl", "Zp"})
"""Unicode categories that can end a header's line: control characters, and two separators."""


@dataclass(frozen=True)
class Mail:
    """What a renderer returns: subject, plain text, and the same in HTML if there is any."""

    subject: str
    text: str
    html: str | None = None


class Refused(Exception):
    """The mail server has certainly not accepted the e-mail, so it may be tried again."""

    def __init__(self, description: str, *, is_permanent: bool = False) -> None:
        super().__init__(description)
        self.description = description
        self.is_permanent = is_permanent


def absolute_link(path: str) -> str:
    """The full address of a page of this site, from the configured origin and never a request's.

    ``path`` is absolute on the site ("/plans/…"). Raises ``ValueError`` for anything else, since
    "//elsewhere.example/" would lead away from the site.
    """
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError("A link in an e-mail needs a path of this site, beginning with one slash.")
    return settings.SITE_ORIGIN.rstrip("/") + path


def new_header_message_id() -> str:
    """A Message-ID header that no other e-mail has."""
    return f"<{uuid4().hex}@{urlsplit(settings.SITE_ORIGIN).hostname}>"


def one_line(words: str) -> str:
    """The words on one line: a line break in a title neither adds a header nor loses the mail."""
    return " ".join(
        "".join(
            " " if unicodedata.category(letter) in LINE_BREAKERS else letter for letter in words
        ).split()
    )


def compose(mail: Mail, *, address: str, header_message_id: str) -> EmailMultiAlternatives:
    """The e-mail to one address, ready to hand over.

    Raises ``BadHeaderError`` or ``ValueError`` here, before anything is promised to the server,
    when the e-mail cannot be put into words that travel.
    """
    email = EmailMultiAlternatives(
        subject=one_line(mail.subject),
        body=mail.text,
        to=[address],
        headers={"Message-ID": header_message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html is not None:
        email.attach_alternative(mail.html, "text/html")
    email.message().as_bytes()
    return email


@contextmanager
def connection() -> Iterator[BaseEmailBackend]:
    """An open connection to the mail server. Raises ``Refused`` when there is none to be had.

    Saying goodbye may fail: by then the e-mail was accepted or refused, and that stands.
    """
    server = get_connection()
    try:
        try:
            server.open()
        except Exception as error:
            raise Refused(policies.describe_error(error)) from error
        yield server
    finally:
        with suppress(OSError):
            server.close()


def hand_over(email: EmailMultiAlternatives, *, server: BaseEmailBackend) -> None:
    """Give the e-mail to the mail server.

    Raises ``Refused`` when the server has said that it did not accept it. Any other error (a
    connection lost while waiting for the answer) means that nobody knows.
    """
    try:
        accepted = server.send_messages([email])
    except REFUSALS as error:
        raise Refused(
            policies.describe_error(error), is_permanent=policies.is_permanent_refusal(error)
        ) from error
    if accepted == 0:
        raise Refused("NothingSent")
