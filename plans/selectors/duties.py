"""Whom a milestone's date is to be brought to mind: duties follow posts.

The same answer serves home, the plan of a reminder and, at the moment of sending, its words.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.models import PostHolding
from hertsend.accounts.roles import Permission
from plans import policies
from plans.models import Milestone, Plan


@dataclass(frozen=True)
class Duty:
    """A milestone that is overdue or due soon, as at a day."""

    milestone: Milestone
    date_in_force: dt.date
    agreed_on: dt.date | None
    days_overdue: int

    @property
    def is_overdue(self) -> bool:
        """Past the date in force; due on the day itself is not."""
        return self.days_overdue > 0


def duties_by_person(
    plan: Plan, *, on: dt.date, held_on: dt.date, held: Mapping[int, Access]
) -> dict[int, list[Duty]]:
    """What is overdue on the day ``on``, or due within seven days of it, by the person it concerns.

    That is everyone who holds one of the milestone's lead posts on the day ``held_on``, deputies
    included; where nobody does, the leads of its workstream. Only people who may read the plan
    count: a post gives no rights. Keys are primary keys; nobody has an empty list. Four queries.

    ``held`` is what each person there may do on that day (``access.everyone_in``).
    """
    partnership = plan.partnership_id
    readers = set(access.who_may(held, Permission.READ_PLAN, partnership_id=partnership))
    in_post = _in_post(plan, held_on)
    found: dict[int, list[Duty]] = defaultdict(list)
    for milestone in _to_be_reminded_of(plan, on):
        posts = [lead.post_id for lead in milestone.milestone_leads.all()]
        people = set().union(*(in_post[post] for post in posts)) & readers
        stream = milestone.action.workstream.key
        leading = set(access.leads_of(held, stream, partnership_id=partnership))
        for person in people or leading & readers:
            found[person].append(_duty(milestone, on))
    return dict(found)


def _to_be_reminded_of(plan: Plan, on: dt.date) -> list[Milestone]:
    return list(
        plan.milestones.with_dates()
        .filter(policies.reminder_q(on))
        .select_related("plan", "action__workstream")
        .prefetch_related("action__areas", "milestone_leads")
    )


def _duty(row: Any, on: dt.date) -> Duty:
    """The duty of a milestone that carries its dates (``MilestoneQuerySet.with_dates``)."""
    return Duty(
        milestone=row,
        date_in_force=row.date_in_force,
        agreed_on=row.agreed_on,
        days_overdue=policies.days_overdue(stage=row.stage, date_in_force=row.date_in_force, on=on),
    )


def _in_post(plan: Plan, on: dt.date) -> dict[int, set[int]]:
    """The holders and deputies of each post, by primary keys."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = PostHolding.objects.current(on).filter(post__partnership=plan.partnership_id)
    for post, person in rows.values_list("post_id", "user_id"):
        found[post].add(person)
    return found
