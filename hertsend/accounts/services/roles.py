"""Giving a role from a day, and ending it on a day or at once.

``ends_on`` is the last day that counts. Ending "now" sets yesterday, so the very next request is
refused. A role that is taken back on its first day, or before it, is kept as cancelled: it counts on
no day.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from hertsend import dates
from hertsend.accounts import access, policies
from hertsend.accounts.models import Partnership, RoleAssignment, User
from hertsend.accounts.roles import Permission, Role
from hertsend.accounts.services import guarding, standing_in
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.records.bases import save_audited


@transaction.atomic
def give_role(
    *,
    person: User,
    partnership: Partnership,
    role: str,
    scope_key: str = "",
    known_scope_keys: Collection[str] = (),
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    reason: str = "",
    by: User,
) -> RoleAssignment:
    """Give a person a role in a partnership from a day, for good or up to a last day.

    ``scope_key`` is the workstream's key for a lead, the area's for a joint chair;
    ``known_scope_keys`` are those that the partnership's plans have. Raises ``NotAllowed`` for who
    does not manage people or gives themselves a role, ``RuleBroken`` for days gone by, an unknown
    workstream or area, a closed account, or a role that is held already.
    """
    guarding.lock(partnership.pk)
    guarding.require_manager(by, partnership_id=partnership.pk)
    if by.pk == person.pk:
        raise NotAllowed("Nobody gives themselves a role. Ask another administrator.")
    return _store(
        RoleAssignment(
            user=person,
            partnership=partnership,
            role=role,
            scope_key=scope_key,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        known_scope_keys=known_scope_keys,
        reason=reason.strip() or "Role given",
        by=by,
    )


@transaction.atomic
def give_first_administrator(*, person: User, partnership: Partnership, by: User) -> RoleAssignment:
    """Give a partnership that has no administrator its first one, or a new one after a mishap.

    Only for the system actor: by the command on the machine itself. Raises ``NotAllowed`` for
    anybody else, ``RuleBroken`` where there is an administrator who can invite.
    """
    guarding.lock(partnership.pk)
    if not by.is_system:
        raise NotAllowed("The first administrator is made on the machine itself.")
    held = RoleAssignment.objects.current(dates.today()).filter(
        partnership=partnership, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if held.exists():
        raise RuleBroken("This partnership has an administrator, who can give the role.")
    return _store(
        RoleAssignment(
            user=person,
            partnership=partnership,
            role=Role.ADMINISTRATOR,
            starts_on=dates.today(),
        ),
        known_scope_keys=(),
        reason="First administrator",
        by=by,
    )


@transaction.atomic
def end_role(
    *, assignment: RoleAssignment, ends_on: dt.date, reason: str = "", by: User
) -> RoleAssignment:
    """Set the last day of a role; yesterday ends it with the next request.

    A role whose first day would come after that is cancelled, and a lead's deputy holds it no longer.
    Raises ``NotAllowed`` for who does not manage people or lengthens an own role, ``RuleBroken`` for a
    role that is over or held as a deputy, an earlier day, or the last administrator.
    """
    guarding.lock(assignment.partnership_id)
    guarding.require_manager(by, partnership_id=assignment.partnership_id)
    row = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    standing_in.refuse_as_deputy(row)
    today = dates.today()
    policies.check_end(
        ends_on=ends_on, ended_on=row.ends_on, is_cancelled=row.is_cancelled, on=today
    )
    if row.user_id == by.pk and policies.lasts_longer(ends_on=ends_on, ended_on=row.ends_on):
        raise NotAllowed("Nobody lengthens their own role. Ask another administrator.")
    if row.role == Role.ADMINISTRATOR:
        guarding.check_administrator_stays(
            partnership_ids=[row.partnership_id],
            leaving=row.user,
            first_day_without=max(ends_on + dt.timedelta(days=1), today),
        )
    row.is_cancelled = policies.is_never_used(starts_on=row.starts_on, ends_on=ends_on)
    row.ends_on = row.starts_on if row.is_cancelled else ends_on
    save_audited(
        row, by=by, reason=reason.strip() or "Role ended", fields=["ends_on", "is_cancelled"]
    )
    standing_in.follow_role(row, ends_on=ends_on, by=by)
    return row


@transaction.atomic
def end_role_now(*, assignment: RoleAssignment, reason: str = "", by: User) -> RoleAssignment:
    """End a role at once: yesterday was its last day. Raises as ``end_role`` does."""
    yesterday = dates.today() - dt.timedelta(days=1)
    return end_role(assignment=assignment, ends_on=yesterday, reason=reason, by=by)


@transaction.atomic
def end_roles_of_leaver(
    *, person: User, partnership: Partnership, ends_on: dt.date, reason: str, by: User
) -> list[RoleAssignment]:
    """Set the last day of every role of somebody who leaves; answer those that it changed.

    Nobody stands in for them any longer, nor they for anybody.

    For whoever keeps the groups: rights follow when people leave. Raises ``NotAllowed`` for others,
    for oneself, and for an administrator, whose roles another administrator ends.
    """
    guarding.lock(partnership.pk)
    access.require(by, Permission.MANAGE_GROUPS, partnership_id=partnership.pk)
    if by.pk == person.pk:
        raise NotAllowed("Nobody ends their own roles by leaving. Ask an administrator.")
    today = dates.today()
    held = RoleAssignment.objects.select_for_update().not_over(today)
    ending = [
        row
        for row in held.filter(user=person, partnership=partnership)
        if row.ends_on is None or row.ends_on > ends_on
    ]
    if any(row.role == Role.ADMINISTRATOR for row in ending):
        raise NotAllowed("They are an administrator, so another administrator ends their roles.")
    for row in ending:
        policies.check_end(
            ends_on=ends_on, ended_on=row.ends_on, is_cancelled=row.is_cancelled, on=today
        )
        row.is_cancelled = policies.is_never_used(starts_on=row.starts_on, ends_on=ends_on)
        row.ends_on = row.starts_on if row.is_cancelled else ends_on
        save_audited(row, by=by, reason=reason, fields=["ends_on", "is_cancelled"])
        standing_in.follow_role(row, ends_on=ends_on, by=by)
    standing_in.end_with_person(
        person, partnership=partnership, ends_on=ends_on, reason=reason, by=by
    )
    return ending


def _store(
    row: RoleAssignment, *, known_scope_keys: Collection[str], reason: str, by: User
) -> RoleAssignment:
    """Check the rules of a new role and keep it."""
    policies.check_role(
        role=row.role,
        scope_key=row.scope_key,
        known_scope_keys=known_scope_keys,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        on=dates.today(),
    )
    if not User.objects.filter(pk=row.user_id, is_active=True).exists():
        raise RuleBroken("This account is closed. Reopen it before you give a role.")
    overlapping = RoleAssignment.objects.not_over(row.starts_on).filter(
        user=row.user,
        partnership=row.partnership,
        role=row.role,
        scope_key=row.scope_key,
        deputyship=None,
    )
    if row.ends_on is not None:
        overlapping = overlapping.filter(Q(starts_on__lte=row.ends_on))
    if overlapping.exists():
        raise RuleBroken({"role": [policies.ALREADY_HELD]})
    save_audited(row, by=by, reason=reason)
    return row
