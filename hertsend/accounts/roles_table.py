"""The matrix of roles and permissions as a table: for the page and for ``docs/reference/roles.md``."""

from dataclasses import dataclass

from hertsend.accounts.roles import MATRIX, SCOPED_PERMISSIONS, Permission, Role, Scope

YES = "Yes"
NO = "–"
WITHIN: dict[Scope, str] = {
    Scope.PARTNERSHIP: YES,
    Scope.WORKSTREAM: "In their workstream",
    Scope.AREA: "In their area",
}
HELD_FOR: dict[Scope, str] = {
    Scope.PARTNERSHIP: "the whole partnership",
    Scope.WORKSTREAM: "one workstream; several can be held",
    Scope.AREA: "one area; several can be held",
}


@dataclass(frozen=True)
class RoleColumn:
    """A role in words: what its holder comes for, must never do, and how far it reaches."""

    code: str
    label: str
    comes_for: str
    must_never: str
    held_for: str
    may: tuple[str, ...]


@dataclass(frozen=True)
class PermissionRow:
    """A permission and, in the order of the columns, what each role has of it."""

    code: str
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RoleTable:
    """All roles and all permissions that a role gives."""

    columns: tuple[RoleColumn, ...]
    rows: tuple[PermissionRow, ...]


def role_table() -> RoleTable:
    """Who can do what, made from the matrix alone. Permissions of jobs only are left out."""
    held = [
        permission
        for permission in Permission
        if any(permission in description.may for description in MATRIX.values())
    ]
    return RoleTable(
        columns=tuple(_column(role, held) for role in Role),
        rows=tuple(
            PermissionRow(
                code=permission.value,
                label=permission.label,
                cells=tuple(cell(role, permission) for role in Role),
            )
            for permission in held
        ),
    )


def cell(role: Role, permission: Permission) -> str:
    """What a role has of a permission: yes, within its workstream or area, or not."""
    description = MATRIX[role]
    if permission not in description.may:
        return NO
    return WITHIN[description.scope] if permission in SCOPED_PERMISSIONS else YES


def _column(role: Role, held: list[Permission]) -> RoleColumn:
    description = MATRIX[role]
    return RoleColumn(
        code=role.value,
        label=str(role.label),
        comes_for=description.comes_for,
        must_never=description.must_never,
        held_for=HELD_FOR[description.scope],
        may=tuple(
            _sentence(role, permission) for permission in held if permission in description.may
        ),
    )


def _sentence(role: Role, permission: Permission) -> str:
    within = cell(role, permission)
    label = str(permission.label)
    return label if within == YES else f"{label} ({within[0].lower()}{within[1:]})"
