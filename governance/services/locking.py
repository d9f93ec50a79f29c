"""The row of a meeting, locked: the gate through which every change of what belongs to it goes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from governance.models import Meeting
from hertsend.accounts.models import User
from hertsend.records import submissions

Row = TypeVar("Row", bound=models.Model)


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is stored now, locked until the transaction ends, with what rights ask for."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("group__plan__partnership")
        .get(pk=meeting.pk)
    )


def once(
    make: Callable[[], Row],
    *,
    model: type[Row],
    what: str,
    values: list[Any],
    submission_key: str,
    by: User,
) -> Row:
    """Carry out a submission the first time that it arrives; answer its first result afterwards.

    Called once the meeting is locked. Raises ``Conflict`` for a key that was used for other words.
    """
    sent = submissions.fingerprint_of(what, {"values": values})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return model._default_manager.get(pk=earlier)
    made = make()
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=made.pk)
    return made
