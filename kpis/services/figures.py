"""Figures: entered or corrected, one by one or many together, and never overwritten."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.records import submissions
from kpis import permissions
from kpis.models import IndicatorDefinition, Measurement
from kpis.policies.periods import Period
from kpis.services.writing import (
    Entry,
    Latest,
    add,
    check_entry,
    definitions_of,
    first_come,
    latest_of,
    lock_indicators,
)
from plans.models import Plan


@first_come
@transaction.atomic
def enter(
    *, plan: Plan, entries: Sequence[Entry], by: User, submission_key: str = ""
) -> list[Measurement]:
    """Store figures, all or none. A figure that is there already, and the same, is left alone.

    Raises ``NotAllowed`` for another workstream's measure, ``RuleBroken`` with each cell's name,
    ``Conflict`` with the cells that someone else changed since the page was opened.
    """
    locked = lock_indicators(one.indicator.pk for one in entries)
    for indicator in locked.values():
        access.require(by, Permission.ENTER_FIGURES, **permissions.scope_of(indicator))
        if indicator.plan_id != plan.pk:
            raise RuleBroken("A measure of another plan stands among these.")
    body = {"plan": plan.pk, "entries": [_body(one) for one in entries]}
    fingerprint = submissions.fingerprint_of("enter_figures", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=fingerprint)
    if earlier is not None:
        return []
    stored = latest_of(locked)
    _check(entries, stored, definitions=definitions_of(locked))
    made = [
        row
        for one in entries
        if (row := _add(one, stored.get((one.indicator.pk, one.period)), by=by)) is not None
    ]
    submissions.remember(person=by, key=submission_key, fingerprint=fingerprint, result=plan.pk)
    return made


def _body(one: Entry) -> dict[str, Any]:
    return {
        "indicator": one.indicator.pk,
        "period": asdict(one.period),
        "base": one.base_number,
        "reason": one.reason,
        **asdict(one.figure),
    }


def _check(
    entries: Sequence[Entry],
    stored: dict[tuple[int, Period], Latest],
    *,
    definitions: dict[int, IndicatorDefinition],
) -> None:
    """Every entry, so that a form is told all that is wrong at once."""
    errors: dict[str, list[str]] = {}
    moved: dict[str, Any] = {}
    for one in entries:
        before = stored.get((one.indicator.pk, one.period))
        if (before.number if before else 0) != one.base_number:
            moved[one.name] = before.figure.number if before and before.figure else None
            continue
        try:
            check_entry(one, before, definitions.get(one.indicator.pk))
        except RuleBroken as error:
            errors[one.name] = [each for told in error.errors.values() for each in told]
    if moved:
        raise Conflict(
            "Someone else entered some of these figures after you opened the page. Nothing of yours "
            "is lost: compare, then save again.",
            current=moved,
            submitted={one.name: one.figure.number for one in entries if one.name in moved},
        )
    if errors:
        raise RuleBroken(errors)


def _add(one: Entry, before: Latest | None, *, by: User) -> Measurement | None:
    if before and before.figure and one.figure.says_the_same(before.figure):
        return None
    return add(one, number=one.base_number + 1, by=by)
