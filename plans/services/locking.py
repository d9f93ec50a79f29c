"""What every change of a milestone does first and last: lock it, and write who, when and why."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import IntegrityError

from hertsend.accounts.models import User
from hertsend.errors import Conflict
from hertsend.records.bases import save_audited
from plans.models import Milestone

Result = TypeVar("Result")

FIRST_COME = "Someone else saved this milestone a moment before you."


def lock(milestone: Milestone) -> Milestone:
    """The row as it is stored now, locked until the transaction ends, with what rights ask for."""
    return (
        Milestone.objects.select_for_update(of=("self",))
        .select_related("plan", "action__workstream")
        .prefetch_related("action__areas")
        .get(pk=milestone.pk)
    )


def store_state(milestone: Milestone, *, by: User, reason: str, **changes: Any) -> None:
    """Write the milestone's new state, count its version, and keep who and why in its history."""
    for field, value in changes.items():
        setattr(milestone, field, value)
    milestone.version += 1
    save_audited(milestone, by=by, reason=reason, fields=[*changes, "version"])


def unique_means_conflict(service: Callable[..., Result]) -> Callable[..., Result]:
    """Turn the refusal of a unique key into a ``Conflict``: the backstop behind the lock.

    Stands outside the transaction of the service, so that the transaction is rolled back whole.
    """

    @functools.wraps(service)
    def guarded(*args: Any, **kwargs: Any) -> Result:
        try:
            return service(*args, **kwargs)
        except IntegrityError as error:
            if "unique" not in str(error).lower():
                raise
            raise Conflict(FIRST_COME) from error

    return guarded
