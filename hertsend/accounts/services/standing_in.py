"""What the services for roles, posts and deputies share: rows that are held as somebody's deputy."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from hertsend.accounts import policies
from hertsend.accounts.models import Deputyship, Partnership, PostHolding, RoleAssignment, User
from hertsend.errors import RuleBroken
from hertsend.records.bases import save_audited


def refuse_as_deputy(row: RoleAssignment | PostHolding) -> None:
    """Refuse to end by itself what is held as a deputy: it goes with the rest of it."""
    if row.deputyship_id is not None:
        raise RuleBroken("This is held as somebody's deputy. End the time as deputy instead.")


def shorten(
    rows: Iterable[Deputyship | RoleAssignment | PostHolding],
    *,
    ends_on: dt.date,
    reason: str,
    by: User,
) -> None:
    """Let what would last longer end on ``ends_on``; what would begin after that never counts."""
    for row in rows:
        if row.ends_on is not None and row.ends_on <= ends_on:
            continue
        row.is_cancelled = policies.is_never_used(starts_on=row.starts_on, ends_on=ends_on)
        row.ends_on = row.starts_on if row.is_cancelled else ends_on
        save_audited(row, by=by, reason=reason, fields=["ends_on", "is_cancelled"])


def end_with_person(
    person: User, *, partnership: Partnership, ends_on: dt.date, reason: str, by: User
) -> None:
    """Let every time in which the person stands in, or is stood in for, end with their leaving."""
    rows = Deputyship.objects.select_for_update().filter(
        Q(lead=person) | Q(deputy=person),
        partnership=partnership,
        ends_on__gt=ends_on,
        is_cancelled=False,
    )
    for row in rows:
        held = row.roles.select_for_update().filter(is_cancelled=False)
        in_post = row.holdings.select_for_update().filter(is_cancelled=False)
        shorten([row, *held, *in_post], ends_on=ends_on, reason=reason, by=by)


def follow_role(role: RoleAssignment, *, ends_on: dt.date, by: User) -> None:
    """Deputies hold a role no longer than the lead for whom they hold it."""
    rows = RoleAssignment.objects.select_for_update(of=("self",)).filter(
        deputyship__lead=role.user_id,
        partnership=role.partnership_id,
        role=role.role,
        scope_key=role.scope_key,
        ends_on__gt=ends_on,
        is_cancelled=False,
    )
    shorten(rows, ends_on=ends_on, reason="The lead's role ended", by=by)


def follow_holding(holding: PostHolding, *, ends_on: dt.date, by: User) -> None:
    """Deputies stand in for the holder of a post no longer than that person holds it."""
    rows = PostHolding.objects.select_for_update(of=("self",)).filter(
        deputyship__lead=holding.user_id,
        post=holding.post_id,
        ends_on__gt=ends_on,
        is_cancelled=False,
    )
    shorten(rows, ends_on=ends_on, reason="The holder's time in the post ended", by=by)
