"""For whom a failed sign-in counts: the address that was typed, together with where it came from."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

FIELDS = ("email", "login", "username")
"""The names that allauth, its form and axes itself give to the address."""


def address_typed(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str | None:
    """The address of a sign-in, whatever its capitals; None where there is none."""
    given = credentials or (request.POST if request else {})
    for field in FIELDS:
        if typed := given.get(field):
            return str(typed).strip().lower()
    return None
