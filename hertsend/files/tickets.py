"""Tickets for files that wait for their form: a page may come back, and the file need not be sent again.

A ticket is signed for one person and one day's work; it is no right to read the file.
"""

from dataclasses import asdict

from django.core import signing

from hertsend.files.store import ReceivedFile

HOLDS_SECONDS = 12 * 60 * 60
"""Shorter than an unclaimed file is kept."""


def ticket_for(received: ReceivedFile, *, holder: int) -> str:
    """A ticket for a file, for the person with this primary key."""
    return signing.dumps(asdict(received), salt=_salt(holder), compress=True)


def received_by(ticket: str, *, holder: int) -> ReceivedFile | None:
    """The file of a ticket; None for one that is spoilt, too old, or somebody else's."""
    if not ticket:
        return None
    try:
        return ReceivedFile(**signing.loads(ticket, salt=_salt(holder), max_age=HOLDS_SECONDS))
    except signing.BadSignature:
        return None


def _salt(holder: int) -> str:
    return f"hertsend.files.tickets:{holder}"
