"""What the pages of decisions and of the log share: finding what the reader may see, and their forms."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from governance import permissions
from governance.enums import PromptKind
from governance.models import Group, Meeting
from governance.permissions import records as rights
from governance.selectors.prompts import is_number
from kpis import permissions as measures
from kpis.models import Indicator
from plans.models import Plan
from plans.views.context import crumbs, key_or_404

ORIGINS: tuple[PromptKind, ...] = (
    *(PromptKind.EXCEPTION, PromptKind.DATE_REQUEST),
    *(PromptKind.FINDING, PromptKind.RISK, PromptKind.FEEDBACK),
)
"""What a page can hand to a form by its name in the address, beside a measure or a milestone."""


def group_or_404(request: HttpRequest, slug: str, key: str) -> Group:
    """The group of that key in a plan that the reader may see."""
    rows = permissions.visible_groups(request.user).select_related("plan__partnership")
    return get_object_or_404(rows, plan__slug=slug, key=key_or_404(key))


def record_or_404(
    request: HttpRequest, model: type[Model], slug: str, key: str, number: int
) -> Any:
    """The decision, request or log action of that number, if the reader may see it."""
    rows = rights.visible_records(request.user, model).select_related("group__plan__partnership")
    return get_object_or_404(
        rows, group__plan__slug=slug, group__key=key_or_404(key), number=number
    )


def choosable_groups(request: HttpRequest, plan: Plan) -> list[tuple[str, str]]:
    """The groups whose records a filter may choose."""
    rows = permissions.visible_groups(request.user).filter(plan=plan)
    return [(row.key, row.name) for row in rows]


def indicators_of(request: HttpRequest, plan: Plan) -> QuerySet[Indicator]:
    """The measures that may be named as what prompted something."""
    rows = measures.visible_to(request.user, Indicator).filter(plan=plan)
    return rows.order_by("name", "pk")


def handed_on(request: HttpRequest) -> dict[str, Any]:
    """What the page that leads to a form says prompted it, as the form's first values."""
    given = request.GET
    start: dict[str, Any] = {"milestone": given.get("milestone", "")[:100]}
    for kind in ORIGINS:
        if reference := given.get(kind.value, ""):
            start["origin"] = f"{kind.value}:{reference}"[:100]
    return start


def meeting_handed_on(request: HttpRequest, meetings: QuerySet[Meeting]) -> Meeting | None:
    """The meeting whose page led to a form, where it has begun and is of the form's group."""
    number = request.GET.get("meeting", "")
    return meetings.filter(number=int(number)).first() if is_number(number) else None


def origin_words(form: Any) -> str:
    """In words, what the page came from; "" where it came from nothing."""
    kind, _, reference = str(form["origin"].value() or "").partition(":")
    known = {each.value: each.label for each in ORIGINS}
    return f"{known[kind]}: {reference}" if kind in known and reference else ""


def trail(plan: Plan, *more: tuple[str, str], of_log: bool = False) -> list[dict[str, str]]:
    """Breadcrumbs through the decisions or the log."""
    first = ("Action log", "log-list") if of_log else ("Decisions", "decision-list")
    return crumbs(plan, (first[0], reverse(f"governance:{first[1]}", args=[plan.slug])), *more)
