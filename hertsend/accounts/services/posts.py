"""Putting a person in a post for a time, as holder or deputy. Posts give duties, never rights."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from hertsend import dates
from hertsend.accounts import permissions, policies
from hertsend.accounts.models import Post, PostHolding, User
from hertsend.accounts.services import guarding, standing_in
from hertsend.errors import RuleBroken
from hertsend.records.bases import save_audited


@transaction.atomic
def put_in_post(
    *,
    post: Post,
    person: User,
    is_deputy: bool = False,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    reason: str = "",
    by: User,
) -> PostHolding:
    """Say that a person holds a post from a day (which may be past), for good or up to a last day.

    Several people may share a post. Raises ``NotAllowed`` for who does not manage people,
    ``RuleBroken`` for someone outside the partnership, a closed account, or who is in the post.
    """
    guarding.lock(post.partnership_id)
    guarding.require_manager(by, partnership_id=post.partnership_id)
    policies.check_holding(starts_on=starts_on, ends_on=ends_on)
    known = permissions.people_of([post.partnership_id]).filter(pk=person.pk, is_active=True)
    if not known.exists():
        raise RuleBroken({"person": ["Select a person with an open account in this partnership."]})
    overlapping = PostHolding.objects.not_over(starts_on).filter(
        post=post, user=person, deputyship=None
    )
    if ends_on is not None:
        overlapping = overlapping.filter(Q(starts_on__lte=ends_on))
    if overlapping.exists():
        raise RuleBroken({"person": [policies.ALREADY_IN_POST]})
    holding = PostHolding(
        post=post, user=person, is_deputy=is_deputy, starts_on=starts_on, ends_on=ends_on
    )
    save_audited(holding, by=by, reason=reason.strip() or "Put in post")
    return holding


@transaction.atomic
def end_holding(
    *, holding: PostHolding, ends_on: dt.date, reason: str = "", by: User
) -> PostHolding:
    """Set the last day of a person in a post; yesterday ends it at once.

    A deputy for the time being stands in no longer either. Raises ``NotAllowed`` for who does not
    manage people, ``RuleBroken`` for what is over or held as a deputy, or an earlier day.
    """
    guarding.lock(holding.post.partnership_id)
    guarding.require_manager(by, partnership_id=holding.post.partnership_id)
    row = PostHolding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
    standing_in.refuse_as_deputy(row)
    policies.check_end(
        ends_on=ends_on, ended_on=row.ends_on, is_cancelled=row.is_cancelled, on=dates.today()
    )
    row.is_cancelled = policies.is_never_used(starts_on=row.starts_on, ends_on=ends_on)
    row.ends_on = row.starts_on if row.is_cancelled else ends_on
    save_audited(
        row,
        by=by,
        reason=reason.strip() or "Time in post ended",
        fields=["ends_on", "is_cancelled"],
    )
    standing_in.follow_holding(row, ends_on=ends_on, by=by)
    return row


@transaction.atomic
def end_holding_now(*, holding: PostHolding, reason: str = "", by: User) -> PostHolding:
    """End a person's time in a post at once: yesterday was its last day. Raises as ``end_holding``."""
    yesterday = dates.today() - dt.timedelta(days=1)
    return end_holding(holding=holding, ends_on=yesterday, reason=reason, by=by)
