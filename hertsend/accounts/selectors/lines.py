"""Roles and times in posts in words, with their days."""

import datetime as dt
from dataclasses import dataclass

from hertsend.accounts.models import Deputyship, Post, PostHolding, RoleAssignment
from hertsend.accounts.roles import Role


@dataclass(frozen=True)
class RoleLine:
    """A role of a person in words, with its days; ``state`` is "now", "later", "ended" or "cancelled"."""

    pk: int
    words: str
    partnership: str
    place: str
    starts_on: dt.date
    ends_on: dt.date | None
    state: str
    deputyship_pk: int | None

    @property
    def is_over(self) -> bool:
        """Whether no day that counts is left."""
        return self.state in {"ended", "cancelled"}


@dataclass(frozen=True)
class HoldingLine:
    """A time in a post in words, with its days."""

    pk: int
    post_pk: int
    post: str
    organisation: str
    person_pk: int
    person: str
    email: str
    is_deputy: bool
    deputy_of: str
    deputyship_pk: int | None
    starts_on: dt.date
    ends_on: dt.date | None
    state: str

    @property
    def is_over(self) -> bool:
        """Whether no day that counts is left."""
        return self.state in {"ended", "cancelled"}


def role_words(role: str, scope_key: str) -> str:
    """A role with what it is held for: "Workstream lead, PA1"."""
    label = str(Role(role).label)
    return f"{label}, {scope_key}" if scope_key else label


def role_line(row: RoleAssignment, *, on: dt.date) -> RoleLine:
    return RoleLine(
        pk=row.pk,
        words=words_of(row),
        partnership=row.partnership.name,
        place=row.partnership.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=state_on(row, on=on),
        deputyship_pk=row.deputyship_id,
    )


def words_of(row: RoleAssignment) -> str:
    """The role, and for whom it is held: "Workstream lead, PA1 (deputy of Alex Morgan)"."""
    words = role_words(row.role, row.scope_key)
    return f"{words} (deputy of {row.deputyship.lead.name})" if row.deputyship else words


def holding_line(
    row: PostHolding, *, on: dt.date, show_contacts: bool, post: Post | None = None
) -> HoldingLine:
    held = post or row.post
    return HoldingLine(
        pk=row.pk,
        post_pk=held.pk,
        post=held.title,
        organisation=held.organisation,
        person_pk=row.user_id,
        person=row.user.name,
        email=row.user.email if show_contacts else "",
        is_deputy=row.is_deputy,
        deputy_of=row.deputyship.lead.name if row.deputyship else "",
        deputyship_pk=row.deputyship_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=state_on(row, on=on),
    )


def state_on(row: RoleAssignment | PostHolding | Deputyship, *, on: dt.date) -> str:
    if row.is_cancelled:
        return "cancelled"
    if row.ends_on is not None and row.ends_on < on:
        return "ended"
    return "later" if row.starts_on > on else "now"
