"""Which people, roles and posts a person may see, and which they manage.

Rows of other partnerships are answered like rows that do not exist. Within the own partnership a
page that the reader may not use says so.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from hertsend.accounts import access
from hertsend.accounts.models import Partnership, Post, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed

Row = TypeVar("Row", bound=models.Model)

PATH_TO_PARTNERSHIP: dict[type[models.Model], str] = {
    Partnership: "pk",
    RoleAssignment: "partnership",
    Post: "partnership",
    PostHolding: "post__partnership",
}

FOR_ADMINISTRATORS = "Only administrators manage people and roles. Ask one of them."
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


def _rows(model: type[Row], partnership_ids: Collection[int]) -> models.QuerySet[Row]:
    if issubclass(model, User):
        return people_of(partnership_ids)
    path = PATH_TO_PARTNERSHIP[model]
    return model._default_manager.filter(**{f"{path}__in": partnership_ids})
