"""Naming somebody who stands in for a workstream lead for a time, and ending that early."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from hertsend import dates
from hertsend.accounts import access, permissions, policies
from hertsend.accounts.models import Deputyship, Partnership, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Permission, Role
from hertsend.accounts.services import guarding, standing_in
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.jobs.services import plan_message
from hertsend.records import submissions
from hertsend.records.bases import save_audited

DEPUTY_NAMED = "accounts.deputy_named"
"""The kind of the e-mail that tells a person for whom they stand in, and until when."""


@transaction.atomic
def name_deputy(
    *,
    partnership: Partnership,
    deputy: User,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str = "",
    by: User,
    submission_key: str = "",
) -> Deputyship:
    """Let a person stand in for ``by``: they hold the same workstreams, and are deputy in the same posts.

    Everything ends by itself after ``ends_on``. Raises ``NotAllowed`` for who leads no workstream
    themselves, ``RuleBroken`` for a time or a person that the rules exclude, or a second deputy for
    the same days.
    """
    guarding.lock(partnership.pk)
    access.require(
        by,
        Permission.NAME_DEPUTY,
        partnership_id=partnership.pk,
        sentence=permissions.ONLY_LEADS,
    )
    sent = _fingerprint(partnership, deputy, starts_on, ends_on, reason)
    if earlier := submissions.earlier_result(person=by, key=submission_key, fingerprint=sent):
        return Deputyship.objects.get(pk=earlier)
    policies.check_deputyship(starts_on=starts_on, ends_on=ends_on, on=dates.today())
    _check_deputy(deputy, partnership=partnership, starts_on=starts_on, by=by)
    _check_free(partnership, starts_on=starts_on, ends_on=ends_on, by=by)
    row = Deputyship(
        partnership=partnership, lead=by, deputy=deputy, starts_on=starts_on, ends_on=ends_on
    )
    save_audited(row, by=by, reason=reason.strip() or "Deputy named")
    _hand_on(row, by=by)
    plan_message(kind=DEPUTY_NAMED, key=str(row.pk), recipient=deputy, day=dates.today())
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@transaction.atomic
def end_deputyship(
    *, deputyship: Deputyship, ends_on: dt.date, reason: str = "", by: User
) -> Deputyship:
    """Set an earlier last day for a deputy; yesterday ends it with their next request.

    Raises ``NotAllowed`` for who neither named them nor manages people, ``RuleBroken`` for what is
    over, an earlier day, or a later day than before.
    """
    guarding.lock(deputyship.partnership_id)
    row = Deputyship.objects.select_for_update().get(pk=deputyship.pk)
    if row.lead_id != by.pk:
        guarding.require_manager(by, partnership_id=row.partnership_id)
    policies.check_end(
        ends_on=ends_on, ended_on=row.ends_on, is_cancelled=row.is_cancelled, on=dates.today()
    )
    if policies.lasts_longer(ends_on=ends_on, ended_on=row.ends_on):
        raise RuleBroken({"ends_on": ["The last day can only become earlier. Name a deputy anew."]})
    words = reason.strip() or "Time as deputy ended"
    held = row.roles.select_for_update().filter(is_cancelled=False)
    in_post = row.holdings.select_for_update().filter(is_cancelled=False)
    standing_in.shorten([row, *held, *in_post], ends_on=ends_on, reason=words, by=by)
    return row


@transaction.atomic
def end_deputyship_now(*, deputyship: Deputyship, reason: str = "", by: User) -> Deputyship:
    """End a time as deputy at once: yesterday was its last day. Raises as ``end_deputyship`` does."""
    yesterday = dates.today() - dt.timedelta(days=1)
    return end_deputyship(deputyship=deputyship, ends_on=yesterday, reason=reason, by=by)


def _fingerprint(partnership: Partnership, deputy: User, *values: Any) -> str:
    return submissions.fingerprint_of(
        "name_deputy", {"partnership": partnership.pk, "deputy": deputy.pk, "values": values}
    )


def _check_deputy(deputy: User, *, partnership: Partnership, starts_on: dt.date, by: User) -> None:
    own = RoleAssignment.objects.current(starts_on).filter(
        user=deputy, user__is_active=True, partnership=partnership, deputyship=None
    )
    roles = set(own.values_list("role", flat=True))
    policies.check_deputy(is_self=deputy.pk == by.pk, roles=roles)


def _check_free(
    partnership: Partnership, *, starts_on: dt.date, ends_on: dt.date, by: User
) -> None:
    """One deputy at a time, so that everybody knows whom to ask."""
    others = Deputyship.objects.not_over(starts_on).filter(
        partnership=partnership, lead=by, starts_on__lte=ends_on
    )
    if other := others.select_related("deputy").first():
        raise RuleBroken(
            {
                "starts_on": [
                    f"{other.deputy.name} stands in for you on some of these days. End that first."
                ]
            }
        )


def _hand_on(row: Deputyship, *, by: User) -> None:
    """Give the deputy what the lead holds of their own in that time, as far as they lack it."""
    roles, holdings = _own(row, RoleAssignment), _own(row, PostHolding)
    if not roles:
        raise NotAllowed(permissions.ONLY_LEADS)
    reason = f"Deputy of {row.lead.name}"
    for role in roles:
        given = RoleAssignment(
            user=row.deputy,
            partnership=row.partnership,
            role=role.role,
            scope_key=role.scope_key,
            deputyship=row,
            **_days(row, role),
        )
        save_audited(given, by=by, reason=reason)
    for holding in holdings:
        in_post = PostHolding(
            post=holding.post,
            user=row.deputy,
            is_deputy=True,
            deputyship=row,
            **_days(row, holding),
        )
        save_audited(in_post, by=by, reason=reason)


def _own(row: Deputyship, model: type[RoleAssignment] | type[PostHolding]) -> QuerySet[Any]:
    """What the lead holds in the time of the deputyship, not as a deputy themselves."""
    where = (
        Q(partnership=row.partnership_id, role=Role.WORKSTREAM_LEAD)
        if model is RoleAssignment
        else Q(post__partnership=row.partnership_id, is_deputy=False)
    )
    return model.objects.not_over(row.starts_on).filter(
        where, user=row.lead_id, deputyship=None, starts_on__lte=row.ends_on
    )


def _days(row: Deputyship, held: RoleAssignment | PostHolding) -> dict[str, dt.date]:
    """The days of the deputyship on which the lead holds it."""
    return {
        "starts_on": max(row.starts_on, held.starts_on),
        "ends_on": min(row.ends_on, held.ends_on or row.ends_on),
    }
