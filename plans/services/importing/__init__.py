"""The import of a plan file: all of it or nothing, and nothing where nothing has changed."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Partnership, User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from plans.models import MilestoneException, Plan
from plans.planfile.differences import Differences
from plans.planfile.rows import Document, Kind
from plans.planfile.stored import differences_from
from plans.services import exceptions
from plans.services.importing import following
from plans.services.importing.storing import Storing

IMPORTED = "Imported from the plan file"


def _first_come(service: Callable[..., Differences]) -> Callable[..., Differences]:
    """Tell the second of two first imports at once that it is the second."""

    @functools.wraps(service)
    def guarded(*args: Any, **kwargs: Any) -> Differences:
        try:
            return service(*args, **kwargs)
        except IntegrityError as error:
            if "unique" not in str(error).lower():
                raise
            raise Conflict("Someone else is importing this plan. Import it again.") from error

    return guarded


@_first_come
@transaction.atomic
def import_plan(*, document: Document, by: User, correction: str = "") -> Differences:
    """Take over a document without faults (``plans.planfile.reading``); answer what was written.

    What only the database has stays. Stage, rating and forecast of a milestone are not touched.
    What upper apps read from the file follows in the same transaction (``following``).
    ``correction`` is the reason for changing a published date or wording; it goes into the history.

    Raises ``NotAllowed``, ``RuleBroken`` under ``correction`` where a reason is needed or where the
    plan is another partnership's, and ``Conflict`` when someone imports the same plan at once.
    """
    reason = correction.strip()
    slug = document["partnership"]["key"]
    partnership = Partnership.objects.select_for_update().filter(slug=slug).first()
    access.require(by, Permission.IMPORT_PLAN, partnership_id=partnership.pk if partnership else 0)
    differences = differences_from(document)
    _check_reason(differences, reason)
    why_changed = f"Correction: {reason}" if reason else IMPORTED
    if not differences.is_empty:
        Storing(differences, by=by, reasons=(IMPORTED, why_changed)).store()
        _end_spells(differences, by=by)
    plan = Plan.objects.get(slug=document["plan"]["slug"])
    for follower in following.followers():
        follower(plan=plan, by=by, reason=why_changed)
    return differences


def _check_reason(differences: Differences, reason: str) -> None:
    if differences.corrections and not reason:
        named = ", ".join(
            f"{change.key} ({', '.join(field.field for field in change.corrections)})"
            for change in differences.corrections
        )
        raise RuleBroken(
            {"correction": [f"Give a reason for changing published dates or wording of {named}."]}
        )


def _end_spells(differences: Differences, *, by: User) -> None:
    """Close what was open because of a date that the plan, as corrected, does not have."""
    redated = [
        change.key
        for change in differences.changed
        if change.kind is Kind.MILESTONE and any(one.field == "due_on" for one in change.fields)
    ]
    [slug] = differences.rows[Kind.PLAN]
    open_spells = MilestoneException.objects.filter(
        milestone__plan=Plan.objects.get(slug=slug), milestone__key__in=redated, closed_at=None
    )
    for exception in open_spells.select_related("milestone"):
        exceptions.close_if_ended(milestone=exception.milestone, on=dates.today(), by=by)
