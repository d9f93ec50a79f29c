"""What the plan's pages share: finding what the reader may see, and saying no in one way."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from plans import permissions
from plans.models import Milestone, MilestoneUpdate, OccurrenceRecord, Plan


def plan_or_404(request: HttpRequest, slug: str) -> Plan:
    """The plan of that name, if the reader may see it; else the same 404 as for one that is not.

    It is left on the request, for the frame of the page, which is about the same plan.
    """
    plans = permissions.visible_to(request.user, Plan).select_related("partnership")
    request.plan_found = get_object_or_404(plans, slug=slug)
    return request.plan_found


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


def seen_of_occurrences(request: HttpRequest, plan: Plan) -> frozenset[str]:
    """The fields of what was recorded of recurring commitments that the reader may see."""
    return permissions.visible_fields(
        request.user, OccurrenceRecord, partnership_id=plan.partnership_id
    )


def crumbs(plan: Plan, *more: tuple[str, str], query: str = "") -> list[dict[str, str]]:
    """Breadcrumbs from the plan down; the last has no address. ``query`` is added to each address."""
    trail = [("Plan", plan.get_absolute_url()), *more]
    return [{"label": label, "url": url and f"{url}{query}"} for label, url in trail]


def milestone_url(name: str, milestone: Milestone) -> str:
    """The address of one of the milestone's pages."""
    return reverse(f"plans:{name}", args=[milestone.plan.slug, milestone.key])
