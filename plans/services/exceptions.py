"""Overdue spells: one open exception for each milestone that is past its date."""

import datetime as dt

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.records.bases import save_audited
from plans import policies, selectors
from plans.enums import ExceptionClosure, Stage
from plans.models import Milestone, MilestoneException, Plan
from plans.models.milestone import MilestoneQuerySet
from plans.services.locking import lock


@transaction.atomic
def flag_overdue(*, plan: Plan, on: dt.date, by: User) -> list[MilestoneException]:
    """Open an exception for each milestone that is overdue on ``on`` and has none; close others.

    Safe to run twice, at once or late: the milestone is locked and looked at again, and the
    database allows one open exception for each. Answers the ones that were opened.
    """
    access.require(by, Permission.FLAG_OVERDUE, partnership_id=plan.partnership_id)
    opened = []
    for milestone in _in_question(plan, on=on):
        if milestone.spell_opened_at is None:
            found = _open(milestone, on=on, by=by)
            opened += [found] if found else []
        else:
            # A run for a day gone by must not end what a later day's run has opened since.
            judged_on = max(on, dates.day_of(milestone.spell_opened_at))
            close_if_ended(milestone=milestone, on=judged_on, by=by)
    return opened


def _in_question(plan: Plan, *, on: dt.date) -> MilestoneQuerySet:
    """The milestones whose spell may begin or end, each once and in one order.

    Two runs that lock the same milestones in two orders would wait for each other for ever.
    """
    spells = MilestoneException.objects.filter(milestone=OuterRef("pk"), closed_at=None)
    milestones = plan.milestones.with_overdue(on).annotate(
        spell_opened_at=Subquery(spells.values("opened_at")[:1])
    )
    return milestones.filter(Q(is_overdue=True) | Q(spell_opened_at__isnull=False)).order_by("pk")


def _open(milestone: Milestone, *, on: dt.date, by: User) -> MilestoneException | None:
    row = lock(milestone)
    in_force = selectors.dates_of(row).in_force
    overdue = policies.is_overdue(stage=row.stage, date_in_force=in_force, on=on)
    if in_force is None or not overdue:
        return None
    if row.exceptions.filter(closed_at=None).exists():
        return None
    exception = MilestoneException(milestone=row, overdue_since=in_force, opened_at=dates.now())
    save_audited(exception, by=by, reason=f"Overdue since {in_force:%d %B %Y}")
    return exception


@transaction.atomic
def follow(*, milestone: Milestone, by: User) -> None:
    """Open or close the overdue spell of a milestone whose stage was just changed.

    One that was returned, taken back or reopened past its date is overdue again from that moment, not
    only from the night.
    """
    if _open(milestone, on=dates.today(), by=by) is None:
        close_if_ended(milestone=milestone, by=by)


@transaction.atomic
def close_if_ended(
    *, milestone: Milestone, by: User, on: dt.date | None = None
) -> MilestoneException | None:
    """Close the open exception of a milestone that is no longer overdue, saying why it ended."""
    spells = MilestoneException.objects.filter(milestone=milestone, closed_at=None)
    if not spells.exists():
        return None
    # The milestone before its exception, as in every act: the other way round two could wait for each other.
    row = lock(milestone)
    exception = spells.select_for_update().first()
    if exception is None:
        return None
    in_force = selectors.dates_of(row).in_force
    if policies.is_overdue(stage=row.stage, date_in_force=in_force, on=on or dates.today()):
        return None
    exception.closure = _closure(row.stage)
    exception.closed_at = dates.now()
    save_audited(
        exception,
        by=by,
        reason=f"Ended: {exception.get_closure_display().lower()}",
        fields=["closure", "closed_at"],
    )
    return exception


def _closure(stage: str) -> ExceptionClosure:
    if stage == Stage.WITHDRAWN:
        return ExceptionClosure.WITHDRAWN
    if stage in policies.OPEN_STAGES:
        return ExceptionClosure.DATE_AGREED
    return ExceptionClosure.COMPLETED
