"""Who stands in for whom, and who may be asked to."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from hertsend.accounts import permissions, policies
from hertsend.accounts.models import Deputyship, RoleAssignment, User
from hertsend.accounts.selectors.lines import state_on


@dataclass(frozen=True)
class DeputyLine:
    """Who stands in for whom, with the days, what for, and whether that can still be ended."""

    pk: int
    lead: str
    deputy: str
    words: str
    starts_on: dt.date
    ends_on: dt.date
    state: str
    may_end: bool


def deputies(user: User, partnership_ids: Collection[int], *, on: dt.date) -> list[DeputyLine]:
    """Who stands in for whom in these partnerships now or later, earliest first, for this reader."""
    rows = Deputyship.objects.not_over(on).filter(partnership__in=partnership_ids)
    return _deputy_lines(user, rows, on=on)


def deputies_of(user: User, *, on: dt.date) -> list[DeputyLine]:
    """Whom the person has named for now or later, wherever: for the person's own eyes."""
    return _deputy_lines(user, Deputyship.objects.not_over(on).filter(lead=user), on=on)


def deputyships_held(user: User, *, on: dt.date) -> list[DeputyLine]:
    """For whom the person stands in now or later, wherever: for the person's own eyes."""
    return _deputy_lines(user, Deputyship.objects.not_over(on).filter(deputy=user), on=on)


def possible_deputies(
    user: User, partnership_ids: Collection[int], *, on: dt.date
) -> QuerySet[User]:
    """Everyone with a role of their own there whom the person may name, by name."""
    rows = RoleAssignment.objects.current(on).filter(
        partnership__in=partnership_ids, deputyship=None
    )
    never = rows.filter(role__in=policies.NEVER_DEPUTIES)
    return (
        User.objects.filter(is_active=True, pk__in=rows.values("user"))
        .exclude(pk__in=never.values("user"))
        .exclude(pk=user.pk)
        .order_by("name", "pk")
    )


def _deputy_lines(user: User, rows: QuerySet[Deputyship], *, on: dt.date) -> list[DeputyLine]:
    rows = rows.select_related("lead", "deputy").prefetch_related("roles", "holdings__post")
    return [
        DeputyLine(
            pk=row.pk,
            lead=row.lead.name,
            deputy=row.deputy.name,
            words=", ".join(
                [
                    *sorted(each.scope_key for each in row.roles.all()),
                    *sorted(each.post.title for each in row.holdings.all()),
                ]
            ),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            state=state_on(row, on=on),
            may_end=permissions.may_end_deputyship(user, row),
        )
        for row in rows
    ]
