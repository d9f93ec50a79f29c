"""What happened to a person's account, roles and posts, in sentences, latest first."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q

from hertsend.accounts.models import Deputyship, Post, PostHolding, RoleAssignment, User
from hertsend.accounts.selectors import role_words
from hertsend.records.trail import TrailEntry, merged

Sentences = Callable[[Any, Any], Iterable[str]]

SAID_BY_THE_SENTENCE = frozenset(
    {
        "Account reopened",
        "Deputy named",
        "Details changed",
        "Invited",
        "Put in post",
        "Role ended",
        "Role given",
        "Time as deputy ended",
        "Time in post ended",
    }
)
"""What the services keep as the reason where the administrator gave none."""


def history_of(person: User, partnership_ids: Collection[int]) -> list[TrailEntry]:
    """Everything that changed about a person, in these partnerships, who did it and why.

    For those who manage people there: names and addresses are in it.
    """
    titles = dict(Post.objects.filter(partnership__in=partnership_ids).values_list("pk", "title"))
    given = Deputyship.objects.filter(lead=person)
    deputies = dict(given.values_list("deputy_id", "deputy__name"))
    # What happened at one moment is told account first, as it was done; so it comes last here.
    return merged(
        _trail(
            PostHolding,
            Q(user_id=person.pk, post_id__in=titles),
            lambda before, after: _of_holding(before, after, titles[after.post_id]),
        ),
        _trail(RoleAssignment, Q(user_id=person.pk, partnership_id__in=partnership_ids), _of_role),
        _trail(
            Deputyship,
            Q(lead_id=person.pk, partnership_id__in=partnership_ids),
            lambda before, after: _of_deputyship(before, after, deputies[after.deputy_id]),
        ),
        _trail(User, Q(id=person.pk), _of_account),
    )


def _trail(model: type, about: Q, sentences: Sentences) -> list[TrailEntry]:
    return list(_entries(model, about, sentences))[::-1]


def _entries(model: type, about: Q, sentences: Sentences) -> Iterator[TrailEntry]:
    known: dict[int, Any] = {}
    rows = model.history.filter(about).select_related("history_user")  # type: ignore[attr-defined]
    # By sequence, as clocks of several machines disagree.
    for row in rows.order_by("history_id"):
        told = tuple(sentences(known.get(row.id), row))
        known[row.id] = row
        if told:
            yield TrailEntry(
                at=row.history_date,
                who=row.history_user.name if row.history_user else "",
                reason=_reason(row.history_change_reason or ""),
                sentences=told,
            )


def _reason(stored: str) -> str:
    """Why, unless nobody typed anything and the sentence says it already."""
    return "" if stored in SAID_BY_THE_SENTENCE else stored


def _of_account(before: Any, after: Any) -> Iterator[str]:
    if before is None:
        if after.history_type == "+":
            yield f"Account opened for {after.name}, {after.email}."
        # Accounts of a demonstration or made by hand begin without a first entry.
        elif not after.is_active:
            yield "Account closed."
        else:
            yield f"Account changed: {after.name}, {after.email}."
        return
    if before.name != after.name:
        yield f"Name changed from {before.name} to {after.name}."
    if before.email != after.email:
        yield f"E-mail address changed from {before.email} to {after.email}."
    if before.is_active != after.is_active:
        yield "Account reopened." if after.is_active else "Account closed."


def _of_role(before: Any, after: Any) -> Iterator[str]:
    role = role_words(after.role, after.scope_key)
    if before is None:
        yield f"Role given: {role}, from {_days(after)}."
    elif after.is_cancelled and not before.is_cancelled:
        yield f"Role cancelled before it counted: {role}."
    elif before.ends_on != after.ends_on:
        yield f"Last day of the role {role} set to {_words(after.ends_on)}."


def _of_holding(before: Any, after: Any, title: str) -> Iterator[str]:
    kind = "deputy in" if after.is_deputy else "holder of"
    if before is None:
        yield f"Made {kind} the post {title}, from {_days(after)}."
    elif after.is_cancelled and not before.is_cancelled:
        yield f"Taken back before it counted: {kind} the post {title}."
    elif before.ends_on != after.ends_on:
        yield f"Last day as {kind} the post {title} set to {_words(after.ends_on)}."


def _of_deputyship(before: Any, after: Any, deputy: str) -> Iterator[str]:
    if before is None:
        yield f"{deputy} named as deputy, from {_days(after)}."
    elif after.is_cancelled and not before.is_cancelled:
        yield f"Taken back before it counted: {deputy} as deputy."
    elif before.ends_on != after.ends_on:
        yield f"Last day of {deputy} as deputy set to {_words(after.ends_on)}."


def _days(row: Any) -> str:
    start = _words(row.starts_on)
    return f"{start} to {_words(row.ends_on)}" if row.ends_on else start


def _words(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "none"
