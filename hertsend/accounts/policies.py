"""The rules of people, roles and posts, on plain values: no database, no request, no clock.

``check_…`` raises ``RuleBroken``; its keys are the names of the forms' fields.
"""

import datetime as dt
from collections.abc import Collection

from hertsend.accounts.roles import MATRIX, Role, Scope
from hertsend.errors import RuleBroken

LONGEST_NAME = 150

ALREADY_HELD = "This person holds that role already for some of these days."
ALREADY_IN_POST = "This person is in that post already for some of these days."


def is_scoped(role: str) -> bool:
    """Whether the role is held for one workstream or one area."""
    return MATRIX[Role(role)].scope != Scope.PARTNERSHIP


def scope_noun(role: str) -> str:
    """What the role is held for: "workstream", "area", or nothing for the whole partnership."""
    return str(MATRIX[Role(role)].scope.value) if is_scoped(role) else ""


def check_role(
    *,
    role: str,
    scope_key: str,
    known_scope_keys: Collection[str],
    starts_on: dt.date,
    ends_on: dt.date | None,
    on: dt.date,
) -> None:
    """Refuse a role that is unknown, whose workstream or area is missing, or whose days are past.

    ``known_scope_keys`` are the keys that the partnership's plans give to what this role is held
    for. A role cannot be given for days gone by: rights that nobody had cannot have been used.
    """
    if role not in Role.values:
        raise RuleBroken({"role": ["Select a role."]})
    errors: dict[str, list[str]] = {}
    if is_scoped(role) and scope_key not in known_scope_keys:
        errors["scope_key"] = [f"Select the {scope_noun(role)} for which they hold this role."]
    if not is_scoped(role) and scope_key:
        errors["scope_key"] = ["This role is held for the whole partnership."]
    if starts_on < on:
        errors["starts_on"] = ["The first day must be today or later."]
    if ends_on is not None and ends_on < starts_on:
        errors["ends_on"] = ["The last day must not be before the first day."]
    if errors:
        raise RuleBroken(errors)


def check_holding(*, starts_on: dt.date, ends_on: dt.date | None) -> None:
    """Refuse a time in a post that ends before it starts; it may lie in the past, as posts give no rights."""
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken({"ends_on": ["The last day must not be before the first day."]})


def check_end(
    *, ends_on: dt.date, ended_on: dt.date | None, is_cancelled: bool, on: dt.date
) -> None:
    """Refuse a last day that rewrites the past, or an end of what is over.

    ``ends_on`` is the last day that counts. Yesterday ends it at once; earlier days have been used.
    """
    if is_cancelled or (ended_on is not None and ended_on < on):
        raise RuleBroken("This has ended already.")
    if ends_on < on - dt.timedelta(days=1):
        raise RuleBroken(
            {"ends_on": ["The last day must be today or later. To end it at once, choose “Now”."]}
        )


def is_never_used(*, starts_on: dt.date, ends_on: dt.date) -> bool:
    """Whether an end on ``ends_on`` leaves no day that counts, so that it is cancelled."""
    return ends_on < starts_on


def lasts_longer(*, ends_on: dt.date, ended_on: dt.date | None) -> bool:
    """Whether a new last day gives more days than before."""
    return ended_on is not None and ends_on > ended_on


LONGEST_DEPUTYSHIP = dt.timedelta(days=60)
TOO_LONG = (
    f"A deputy stands in for {LONGEST_DEPUTYSHIP.days} days at most. For longer, ask an "
    "administrator to give them the role."
)


def check_deputyship(*, starts_on: dt.date, ends_on: dt.date, on: dt.date) -> None:
    """Refuse a time of standing in that has begun, ends before it starts, or is longer than a holiday."""
    if starts_on < on:
        raise RuleBroken({"starts_on": ["The first day must be today or later."]})
    if ends_on < starts_on:
        raise RuleBroken({"ends_on": ["The last day must not be before the first day."]})
    if ends_on - starts_on >= LONGEST_DEPUTYSHIP:
        raise RuleBroken({"ends_on": [TOO_LONG]})


NEVER_DEPUTIES: dict[str, str] = {
    Role.PARENT_CARER_REPRESENTATIVE: "a parent carer representative only reads the plan",
    Role.ADVISER: "an adviser only reads the plan",
}
"""Roles that must stay apart from delivery, with why: their readers see no internal notes or drafts."""


def check_deputy(*, is_self: bool, roles: Collection[str]) -> None:
    """Refuse oneself, somebody without a role in the partnership, and who must only read there.

    ``roles`` are those that the deputy holds of their own on the first day.
    """
    if is_self:
        raise RuleBroken({"deputy": ["Select somebody else: nobody stands in for themselves."]})
    if reasons := [NEVER_DEPUTIES[role] for role in sorted(roles) if role in NEVER_DEPUTIES]:
        raise RuleBroken({"deputy": [f"Select somebody else: {reasons[0]}."]})
    if not roles:
        raise RuleBroken(
            {"deputy": ["Select a person with a role in this partnership on the first day."]}
        )


def check_name(name: str) -> None:
    """Refuse a person without a name, or with one that no list can show."""
    if not name.strip():
        raise RuleBroken({"name": ["Enter the person's name."]})
    if len(name.strip()) > LONGEST_NAME:
        raise RuleBroken({"name": [f"The name must be {LONGEST_NAME} characters or fewer."]})
