"""Calendars that people read in programs of their own: made, replaced and revoked by that person alone."""

import secrets

from django.db import transaction

from governance.models import CalendarFeed
from governance.permissions import meetings as permissions
from governance.policies import meetings as rules
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import NotAllowed
from hertsend.records.bases import save_audited
from plans.models import Plan

BYTES_OF_KEY = 32
WITHOUT_MEETINGS = "You sit in no group of this plan now, so a calendar would show nothing."


@transaction.atomic
def make_feed(*, plan: Plan, by: User) -> str:
    """Make the person's calendar and answer its key, which cannot be read again later.

    An earlier one ends at once. Raises ``NotAllowed`` for somebody without a meeting to see.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if not permissions.may_have_feed(by, plan):
        raise NotAllowed(WITHOUT_MEETINGS)
    _end_open(plan, by=by, reason="Replaced by a new one")
    key = secrets.token_urlsafe(BYTES_OF_KEY)
    feed = CalendarFeed(plan=plan, person=by, digest=rules.digest_of(key), made_at=dates.now())
    save_audited(feed, by=by, reason="Made")
    return key


@transaction.atomic
def revoke_feed(*, plan: Plan, by: User) -> bool:
    """End the person's own calendar at once; answers whether there was one."""
    User.objects.select_for_update().get(pk=by.pk)
    return _end_open(plan, by=by, reason="Revoked")


def _end_open(plan: Plan, *, by: User, reason: str) -> bool:
    rows = CalendarFeed.objects.select_for_update(of=("self",))
    row = rows.filter(plan=plan, person=by, revoked_at=None).first()
    if row is None:
        return False
    row.revoked_at = dates.now()
    save_audited(row, by=by, reason=reason, fields=["revoked_at"])
    return True
