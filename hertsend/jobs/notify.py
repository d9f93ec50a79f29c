"""E-mails by GOV.UK Notify, behind Django's own door for them.

Notify sends what a template of the service's account says. Ours has the two placeholders ``subject``
and ``body`` and nothing else, so that every e-mail is worded here. Of an e-mail in HTML its plain text
is sent; what is attached is not. It was never tried against Notify itself, only against a server that
answers as its documentation says.

Its one call is made here, after Notify's "REST API" documentation: the client that Notify offers needs a
package which each machine would have to build.
"""

import re
import ssl
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, SSLError

from hertsend import dates
from hertsend.jobs.mail import Refused

MARK = re.compile(r"^([ \t]*)([#^*>+])", re.MULTILINE)
"""What stands for a heading, an inset, a list or a quote at the beginning of a line."""


class NotifyBackend(BaseEmailBackend):
    """Hands e-mails to Notify, with the Message-ID as the reference under which Notify knows them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand over each e-mail to its one recipient; answer how many were taken.

        Raises ``ValueError``, before Notify is told anything, for an e-mail to several people, of whom
        one could be refused after another was told; ``Refused`` where Notify has said that it did not
        take one. Any other error means that nobody knows: Notify broke down, or the line did.
        """
        for email in email_messages:
            (address,) = email.recipients()
            _send(email, address)
        return len(email_messages)


def _send(email: EmailMessage, address: str) -> None:
    try:
        answer = requests.post(
            f"{settings.NOTIFY_ADDRESS}/v2/notifications/email",
            json=_words(email, address),
            auth=_Bearer(_token()),
            timeout=settings.EMAIL_TIMEOUT,
            allow_redirects=False,
        )
    except requests.ConnectionError as error:
        if _was_never_told(error):
            raise Refused(type(error).__name__) from error
        raise
    if HTTPStatus.BAD_REQUEST <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        # A request that is wrong in itself stays wrong; keys and limits are put right.
        is_permanent = answer.status_code == HTTPStatus.BAD_REQUEST
        raise Refused(f"Notify {answer.status_code}", is_permanent=is_permanent)
    if answer.status_code != HTTPStatus.CREATED:
        raise UnknownAnswer(str(answer.status_code))


class _Bearer(requests.auth.AuthBase):
    """The proof of who asks, which no password file of the machine may take the place of."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


def _was_never_told(error: requests.ConnectionError) -> bool:
    """Whether there was no line to Notify at all, over which it could have heard anything.

    Of faults of encryption that is true of a wrong certificate alone: others may come after the words.
    """
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    cause = reason.args[0] if isinstance(reason, SSLError) and reason.args else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError) or isinstance(
        cause, ssl.SSLCertVerificationError
    )


class UnknownAnswer(Exception):
    """Notify answered neither that it took the e-mail nor that it did not."""


def _words(email: EmailMessage, address: str) -> dict[str, Any]:
    return {
        "email_address": address,
        "template_id": settings.NOTIFY_TEMPLATE,
        "personalisation": {"subject": str(email.subject), "body": plain(str(email.body))},
        "reference": email.extra_headers.get("Message-ID"),
    }


def plain(words: str) -> str:
    """The words without what Notify would take for its marks: headings, lists, quotes and named links.

    So that what somebody typed into a title neither changes the e-mail nor hides where a link leads.
    """
    return MARK.sub(r"\1\\\2", words.replace("](", "] ("))


def _token() -> str:
    """The proof of who asks for one call: a JSON Web Token with the service as issuer, good for seconds."""
    told = {"iss": settings.NOTIFY_SERVICE, "iat": int(dates.true_now().timestamp())}
    return jwt.encode(told, settings.NOTIFY_SECRET, algorithm="HS256")
