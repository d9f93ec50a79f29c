"""Which people, roles and posts a person may see, and which they manage.

Rows of other partnerships are answered like rows that do not exist. Within the own partnership a
page that the reader may not use says so.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from hertsend.accounts import access
from hertsend.accounts.models import (
    Deputyship,
    Partnership,
    Post,
    PostHolding,
    RoleAssignment,
    User,
)
from hertsend.accounts.roles import Permission, Role
from hertsend.errors import NotAllowed

Row = TypeVar("Row", bound=models.Model)

PATH_TO_PARTNERSHIP: dict[type[models.Model], str] = {
    Partnership: "pk",
    RoleAssignment: "partnership",
    Post: "partnership",
    PostHolding: "post__partnership",
    Deputyship: "partnership",
}

FOR_ADMINISTRATORS = "Only administrators manage people and roles. Ask one of them."
NOT_DEPUTIES = (
    "Only administrators and the programme office see who stands in for whom. Ask one of them."
)
ONLY_LEADS = "Only workstream leads name a deputy, for the workstreams that they lead themselves."
NOT_HOLDERS = "Your role does not let you see who holds which post."


def visible_to(user: Any, model: type[Row]) -> models.QuerySet[Row]:
    """The rows of ``model`` in the reader's partnerships, no others; people by their roles and posts there."""
    return _rows(model, access.of(user).partnerships_where(Permission.READ_PLAN))


def people_of(partnership_ids: Collection[int]) -> models.QuerySet[User]:
    """Everyone who holds, held or will hold a role or post in one of the partnerships."""
    roles = RoleAssignment.objects.filter(user=OuterRef("pk"), partnership__in=partnership_ids)
    holdings = PostHolding.objects.filter(
        user=OuterRef("pk"), post__partnership__in=partnership_ids
    )
    return User.objects.filter(Exists(roles) | Exists(holdings), is_system=False)


def require_manager(user: Any) -> frozenset[int]:
    """The partnerships whose people the reader manages. Raises ``NotAllowed`` without one."""
    managed = access.of(user).partnerships_where(Permission.MANAGE_PEOPLE)
    if not managed:
        raise NotAllowed(FOR_ADMINISTRATORS)
    return managed


def require_manager_of(user: Any, row: models.Model) -> frozenset[int]:
    """The same where the row belongs to such a partnership. Raises ``NotAllowed`` where it does not."""
    managed = require_manager(user)
    if not _rows(type(row), managed).filter(pk=row.pk).exists():
        raise NotAllowed(FOR_ADMINISTRATORS)
    return managed


def require_reader_of_posts(user: Any) -> frozenset[int]:
    """The partnerships in which the reader sees who holds which post. Raises ``NotAllowed`` without one."""
    readable = access.of(user).partnerships_where(Permission.READ_PEOPLE)
    if not readable:
        raise NotAllowed(NOT_HOLDERS)
    return readable


def sees_deputies_in(user: Any) -> frozenset[int]:
    """The partnerships whose people or months the person looks after: they see who stands in for whom."""
    held = access.of(user)
    return held.partnerships_where(Permission.MANAGE_PEOPLE) | held.partnerships_where(
        Permission.MANAGE_PERIODS
    )


def require_reader_of_deputies(user: Any) -> frozenset[int]:
    """The same partnerships. Raises ``NotAllowed`` without one."""
    if not (readable := sees_deputies_in(user)):
        raise NotAllowed(NOT_DEPUTIES)
    return readable


def leads_in(user: Any, *, on: dt.date) -> frozenset[int]:
    """The partnerships in which the person leads a workstream themselves, not as a deputy."""
    named_in = access.of(user).partnerships_where(Permission.NAME_DEPUTY)
    if not named_in:
        return frozenset()
    own = RoleAssignment.objects.current(on).filter(
        user=user, partnership__in=named_in, role=Role.WORKSTREAM_LEAD, deputyship=None
    )
    return frozenset(own.values_list("partnership", flat=True))


def require_lead(user: Any, *, on: dt.date) -> frozenset[int]:
    """The same partnerships. Raises ``NotAllowed`` without one."""
    if not (leading := leads_in(user, on=on)):
        raise NotAllowed(ONLY_LEADS)
    return leading


def may_end_deputyship(user: Any, deputyship: Deputyship) -> bool:
    """Whether the person named the deputy or manages people there."""
    return deputyship.lead_id == user.pk or access.of(user).may(
        Permission.MANAGE_PEOPLE, partnership_id=deputyship.partnership_id
    )


def _rows(model: type[Row], partnership_ids: Collection[int]) -> models.QuerySet[Row]:
    if issubclass(model, User):
        return people_of(partnership_ids)
    path = PATH_TO_PARTNERSHIP[model]
    return model._default_manager.filter(**{f"{path}__in": partnership_ids})
