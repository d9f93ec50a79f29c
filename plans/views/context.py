"""What the plan's pages share: finding what the reader may see, and saying no in one way."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hertsend import dates
from plans import permissions, selectors
from plans.models import Milestone, MilestoneUpdate, Plan
from plans.selectors import MilestoneLine


def plan_or_404(request: HttpRequest, slug: str) -> Plan:
    """The plan of that name, if the reader may see it; else the same 404 as for one that is not."""
    plans = permissions.visible_to(request.user, Plan).select_related("partnership")
    return get_object_or_404(plans, slug=slug)


def key_or_404(key: str) -> str:
    """The key of an address, unless it holds a NUL, over which PostgreSQL stumbles."""
    if "\x00" in key:
        raise Http404
    return key


def milestone_or_404(request: HttpRequest, slug: str, key: str) -> Milestone:
    """The milestone of that key in a plan that the reader may see."""
    rows = (
        permissions.visible_to(request.user, Milestone)
        .select_related("plan__partnership", "action__workstream")
        .prefetch_related("action__areas", "milestone_leads__post")
    )
    return get_object_or_404(rows, plan__slug=slug, key=key_or_404(key))


def seen_of_updates(request: HttpRequest, plan: Plan) -> frozenset[str]:
    """The fields of updates that the reader may see."""
    return permissions.visible_fields(
        request.user, MilestoneUpdate, partnership_id=plan.partnership_id
    )


def live_lines(
    request: HttpRequest, plan: Plan, rows: Any = None, *, on: dt.date | None = None
) -> list[MilestoneLine]:
    """The plan's milestones as they stand today, for this reader."""
    if rows is None:
        rows = permissions.visible_to(request.user, Milestone).filter(plan=plan)
    return selectors.lines_of(
        rows,
        periods=selectors.current_periods(plan),
        at=None,
        on=on or dates.today(),
        visible=seen_of_updates(request, plan),
    )


def crumbs(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the plan down; the last has no address."""
    trail = [{"label": "Plan", "url": plan.get_absolute_url()}]
    return trail + [{"label": label, "url": url} for label, url in more]


def milestone_url(name: str, milestone: Milestone) -> str:
    """The address of one of the milestone's pages."""
    return reverse(f"plans:{name}", args=[milestone.plan.slug, milestone.key])
