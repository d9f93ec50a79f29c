"""Idempotency: the same press of the same button is carried out once.

Called inside the transaction of a service, after the row that is being changed was locked, so that
two copies of one submission cannot both pass.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from hertsend import dates
from hertsend.errors import Conflict, RuleBroken
from hertsend.records.models import Submission

LONGEST_KEY = 100

Row = TypeVar("Row", bound=Model)


def fingerprint_of(what: str, body: Mapping[str, Any]) -> str:
    """The SHA-256 of the name of the act and its values, in hexadecimal."""
    text = json.dumps([what, body], cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def earlier_result(*, person: AbstractBaseUser, key: str, fingerprint: str) -> int | None:
    """The primary key that this submission led to before, or None when it is new.

    Raises ``Conflict`` when the key was used for something else, ``RuleBroken`` for a key that is
    too long to be kept.
    """
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        raise RuleBroken({"submission_key": [f"Use a key of {LONGEST_KEY} characters at most."]})
    earlier = Submission.objects.filter(person=person, key=key).first()
    if earlier is None:
        return None
    if earlier.fingerprint != fingerprint:
        raise Conflict(
            "This form was already sent with other words. Open the page again to see what is "
            "stored, then send your words once more."
        )
    return earlier.result


def sent_before(
    what: str, body: Mapping[str, Any], *, person: AbstractBaseUser, key: str
) -> tuple[str, int | None]:
    """The fingerprint of a submission, and the primary key that it led to before; None when it is new.

    Raises as ``earlier_result`` does.
    """
    fingerprint = fingerprint_of(what, body)
    return fingerprint, earlier_result(person=person, key=key, fingerprint=fingerprint)


def earlier_row(
    model: type[Row], *, person: AbstractBaseUser, key: str, fingerprint: str
) -> Row | None:
    """The row that this submission made before, or None. Raises as ``earlier_result`` does."""
    earlier = earlier_result(person=person, key=key, fingerprint=fingerprint)
    return None if earlier is None else model._default_manager.get(pk=earlier)


def remember(*, person: AbstractBaseUser, key: str, fingerprint: str, result: int) -> None:
    """Note that this submission was carried out."""
    if key:
        Submission.objects.create(
            person=person,
            key=key,
            fingerprint=fingerprint,
            result=result,
            at=dates.now(),
        )
