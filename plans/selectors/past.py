"""What was there at a moment: the rows up to it, and the milestones that were in the plan by then.

A milestone begins with the first row of its history. What came with the plan's first import counts
always, also for months that were reported before the plan was taken over: that import is told from
later ones by its day, the day of the first row of the plan's own history. What a later import or
edition adds counts from the moment at which it was stored.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hertsend import dates
from plans.models import Milestone, Plan


def until(at: dt.datetime | None, rows: QuerySet) -> QuerySet:
    """The rows up to a moment; all of them without one."""
    return rows if at is None else rows.filter(at__lte=at)


def those_there(milestones: QuerySet[Milestone, Any], *, at: dt.datetime | None) -> list[Any]:
    """The rows of those milestones that were in the plan at a moment; now, all are. One query."""
    (rows,) = those_there_at(milestones, [at])
    return rows


def those_there_at(
    milestones: QuerySet[Milestone, Any], moments: Sequence[dt.datetime | None]
) -> list[list[Any]]:
    """The same for each of several moments, still in one query."""
    if all(at is None for at in moments):
        rows: list[Any] = list(milestones)
        return [rows for _ in moments]
    own = Milestone.history.filter(id=OuterRef("pk")).order_by("history_id")
    plans = Plan.history.filter(id=OuterRef("plan_id")).order_by("history_id")
    rows = list(
        milestones.annotate(
            begun_at=Subquery(own.values("history_date")[:1]),
            plan_begun_at=Subquery(plans.values("history_date")[:1]),
        )
    )
    return [[row for row in rows if at is None or _was_there(row, at)] for at in moments]


def _was_there(row: Any, at: dt.datetime) -> bool:
    if row.begun_at <= at:
        return True
    return dates.day_of(row.begun_at) <= dates.day_of(row.plan_begun_at)
