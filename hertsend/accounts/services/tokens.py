"""Tokens by which a program acts for a person: made, listed and revoked by that person alone.

Only a digest is stored, so the text of a token is shown once. A token never holds more than its
person: it ends with their last role or when they are deactivated (``hertsend.api.authentication``).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from knox.models import AuthToken

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.errors import NotAllowed, RuleBroken

MOST_TOKENS = 5
SHOWN_OF_TOKEN = 8
REFERENCE = 16


@dataclass(frozen=True)
class Token:
    """A token as its person sees it; ``begins`` are its first characters, never the whole of it."""

    reference: str
    begins: str
    made_at: dt.datetime
    ends_at: dt.datetime | None


@transaction.atomic
def create(*, by: User) -> str:
    """Make a token for ``by`` and answer its text, which cannot be read again later.

    Raises ``NotAllowed`` for a person without a current role, ``RuleBroken`` beyond
    ``MOST_TOKENS``.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    if not access.read(person, on=dates.today()).grants:
        raise NotAllowed("You hold no role now, so a token would open nothing.")
    if len(listed(by=person)) >= MOST_TOKENS:
        raise RuleBroken(f"You have {MOST_TOKENS} tokens already. Revoke one first.")
    _, text = AuthToken.objects.create(user=person)
    return text


@transaction.atomic
def listed(*, by: User) -> list[Token]:
    """The tokens of ``by`` that have not ended, latest first."""
    # Tokens live by the real clock, also where a demonstration has a day of its own.
    rows = AuthToken.objects.filter(user=by, expiry__gt=Now()).order_by("-created", "pk")
    return [
        Token(
            reference=row.digest[:REFERENCE],
            begins=row.token_key[:SHOWN_OF_TOKEN],
            made_at=row.created,
            ends_at=row.expiry,
        )
        for row in rows
    ]


@transaction.atomic
def revoke(*, reference: str, by: User) -> bool:
    """End one of the own tokens at once; answers whether there was one with that reference."""
    mine = [row for row in AuthToken.objects.filter(user=by) if row.digest[:REFERENCE] == reference]
    for row in mine:
        row.delete()
    return bool(mine)


@transaction.atomic
def revoke_all(*, by: User) -> int:
    """End all of the own tokens at once, for a machine that was lost; answers how many there were."""
    ended, _ = AuthToken.objects.filter(user=by).delete()
    return ended
