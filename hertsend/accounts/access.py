"""May this person do it: grants read from current role assignments, asked in one place.

``of`` is for pages and lists (read once per request and kept on the person); ``require`` is for
services and reads the roles anew, so that a role that ended is refused by the next request even
when the person object is older.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hertsend import dates
from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import MATRIX, SCOPED_PERMISSIONS, SYSTEM_MAY, Permission, Role, Scope
from hertsend.errors import NotAllowed


@dataclass(frozen=True)
class Grant:
    """One current role of a person."""

    partnership_id: int
    role: Role
    scope_key: str

    def gives(
        self, permission: Permission, *, workstream_key: str | None, area_keys: frozenset[str]
    ) -> bool:
        """Whether this role gives the permission for a thing in that workstream and those areas."""
        description = MATRIX[self.role]
        if permission not in description.may:
            return False
        if permission not in SCOPED_PERMISSIONS or description.scope == Scope.PARTNERSHIP:
            return True
        if description.scope == Scope.WORKSTREAM:
            return self.scope_key == workstream_key
        return self.scope_key in area_keys


@dataclass(frozen=True)
class Access:
    """All that a person may do on one day."""

    grants: tuple[Grant, ...]
    is_system: bool = False

    def may(
        self,
        permission: Permission,
        *,
        partnership_id: int,
        workstream_key: str | None = None,
        area_keys: Iterable[str] = (),
    ) -> bool:
        """Whether the person holds the permission there; rights of several roles add up."""
        if self.is_system:
            return permission in SYSTEM_MAY
        areas = frozenset(area_keys)
        return any(
            grant.gives(permission, workstream_key=workstream_key, area_keys=areas)
            for grant in self.grants
            if grant.partnership_id == partnership_id
        )

    def role_for(
        self,
        permission: Permission,
        *,
        partnership_id: int,
        workstream_key: str | None = None,
        area_keys: Iterable[str] = (),
    ) -> Role | None:
        """The role through which the person holds the permission there; None without one."""
        areas = frozenset(area_keys)
        for grant in self.grants:
            if grant.partnership_id == partnership_id and grant.gives(
                permission, workstream_key=workstream_key, area_keys=areas
            ):
                return grant.role
        return None

    def partnerships_where(self, permission: Permission) -> frozenset[int]:
        """The partnerships in which the person holds the permission somewhere."""
        return frozenset(
            grant.partnership_id for grant in self.grants if permission in MATRIX[grant.role].may
        )

    def grants_of(self, permission: Permission) -> tuple[Grant, ...]:
        """The roles that give the permission, each where it gives it."""
        return tuple(grant for grant in self.grants if permission in MATRIX[grant.role].may)

    def roles_in(self, partnership_id: int) -> tuple[Role, ...]:
        """The person's roles in a partnership, each once, in the order of the matrix."""
        held = {grant.role for grant in self.grants if grant.partnership_id == partnership_id}
        return tuple(role for role in Role if role in held)

    def scope_keys(self, role: Role, *, partnership_id: int) -> tuple[str, ...]:
        """The workstreams or areas for which the person holds ``role``."""
        return tuple(
            grant.scope_key
            for grant in self.grants
            if grant.role == role and grant.partnership_id == partnership_id
        )


NOBODY = Access(grants=())


def read(user: Any, *, on: dt.date) -> Access:
    """The person's access on a day, read from the database."""
    if not isinstance(user, User):
        return NOBODY
    if user.is_system:
        return Access(grants=(), is_system=True)
    if not user.is_active:
        return NOBODY
    rows = RoleAssignment.objects.current(on).filter(user=user, user__is_active=True)
    return Access(
        grants=tuple(
            Grant(partnership_id=row.partnership_id, role=Role(row.role), scope_key=row.scope_key)
            for row in rows
        )
    )


def of(user: Any) -> Access:
    """The person's access today, read once for each loaded person (so once per request)."""
    kept = getattr(user, "_access", None)
    if kept is None or kept[0] != dates.today():
        kept = (dates.today(), read(user, on=dates.today()))
        if isinstance(user, User):
            user._access = kept
    return kept[1]


def require(
    by: Any,
    permission: Permission,
    *,
    partnership_id: int,
    workstream_key: str | None = None,
    area_keys: Iterable[str] = (),
    sentence: str = "",
) -> None:
    """Refuse unless the person holds the permission now.

    Raises ``NotAllowed`` with ``sentence``, or with one made from the permission's label.
    """
    allowed = read(by, on=dates.today()).may(
        permission,
        partnership_id=partnership_id,
        workstream_key=workstream_key,
        area_keys=area_keys,
    )
    if not allowed:
        raise NotAllowed(sentence or f"Your role does not let you {permission.label} here.")


@dataclass(frozen=True)
class Holders:
    """Everyone's current roles in a partnership on a day, read once to be asked often."""

    grants: tuple[tuple[Grant, User], ...]

    def of(
        self,
        permission: Permission,
        *,
        partnership_id: int,
        workstream_key: str | None = None,
        area_keys: Iterable[str] = (),
    ) -> list[User]:
        """Everyone who holds the permission there, by name, each once."""
        areas = frozenset(area_keys)
        found = {
            user.pk: user
            for grant, user in self.grants
            if grant.partnership_id == partnership_id
            and grant.gives(permission, workstream_key=workstream_key, area_keys=areas)
        }
        return list(found.values())


def holders_in(partnership_id: int, *, on: dt.date) -> Holders:
    """Who holds which role in a partnership on a day. One query."""
    rows = (
        RoleAssignment.objects.current(on)
        .filter(partnership_id=partnership_id, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "user_id")
    )
    return Holders(
        tuple((Grant(row.partnership_id, Role(row.role), row.scope_key), row.user) for row in rows)
    )


def people_with(
    permission: Permission,
    *,
    partnership_id: int,
    on: dt.date,
    workstream_key: str | None = None,
    area_keys: Iterable[str] = (),
) -> list[User]:
    """Everyone who holds the permission there on a day, by name: who gets the reminder."""
    return holders_in(partnership_id, on=on).of(
        permission,
        partnership_id=partnership_id,
        workstream_key=workstream_key,
        area_keys=area_keys,
    )


def everyone_in(partnership_id: int, *, on: dt.date) -> dict[int, Access]:
    """What each person with a role there may do on a day, by primary key, in one query.

    For lists that concern many people at once; each person's access holds that partnership alone.
    """
    rows = RoleAssignment.objects.current(on).filter(
        partnership_id=partnership_id, user__is_active=True
    )
    found: dict[int, list[Grant]] = {}
    for row in rows:
        grant = Grant(row.partnership_id, Role(row.role), row.scope_key)
        found.setdefault(row.user_id, []).append(grant)
    return {person: Access(grants=tuple(grants)) for person, grants in found.items()}


def in_role(held: Mapping[int, Access], role: Role) -> list[int]:
    """Who of these people holds a role, whatever its scope."""
    return [
        person for person, each in held.items() if role in {grant.role for grant in each.grants}
    ]


def leads_of(held: Mapping[int, Access], workstream_key: str, *, partnership_id: int) -> list[int]:
    """Who of these people leads a workstream, deputies included."""
    return [
        person
        for person, each in held.items()
        if workstream_key in each.scope_keys(Role.WORKSTREAM_LEAD, partnership_id=partnership_id)
    ]


def who_may(held: Mapping[int, Access], permission: Permission, **scope: Any) -> list[int]:
    """Who of these people holds a permission in a scope; see ``Access.may``."""
    return [person for person, each in held.items() if each.may(permission, **scope)]
