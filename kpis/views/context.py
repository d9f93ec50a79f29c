"""What the pages of measures share: finding what the reader may see, and saying what they may do."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hertsend import dates
from hertsend.errors import RuleBroken
from kpis import permissions, selectors
from kpis.models import Indicator
from kpis.selectors import MeasureBoard, MeasureLine
from kpis.selectors.delivery import delivery_of
from plans.models import Plan
from plans.views.context import key_or_404


def indicator_or_404(request: HttpRequest, plan: str, key: str) -> Indicator:
    """The measure of that key in a plan, if the reader may see it."""
    rows = permissions.visible_to(request.user, Indicator)
    rows = rows.select_related("plan__partnership", "workstream", "owner")
    return get_object_or_404(rows, plan__slug=plan, key=key_or_404(key))


def is_exact(request: HttpRequest, plan: Plan) -> bool:
    """Whether the reader sees small numbers and officers' words."""
    return permissions.reads_officers_words(request.user, partnership_id=plan.partnership_id)


def board_of(request: HttpRequest, plan: Plan) -> MeasureBoard:
    """The plan's measures as the reader may see them."""
    return selectors.measure_board(
        plan,
        permissions.visible_to(request.user, Indicator),
        on=dates.today(),
        exact=is_exact(request, plan),
    )


def line_of(request: HttpRequest, indicator: Indicator, *, trial: bool = False) -> MeasureLine:
    """One measure as the reader may see it."""
    [line] = selectors.measure_lines(
        permissions.visible_to(request.user, Indicator).filter(pk=indicator.pk),
        on=dates.today(),
        exact=is_exact(request, indicator.plan),
        standings=delivery_of(indicator.plan, on=dates.today()).actions,
        trial=trial,
    )
    return line


def list_url(plan: Plan) -> str:
    return reverse("kpis:indicator-list", args=[plan.slug])


def measure_url(name: str, indicator: Indicator) -> str:
    """The address of one of the measure's pages."""
    return reverse(f"kpis:{name}", args=[indicator.plan.slug, indicator.key])


def crumbs(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the measures down; the last has no address."""
    trail = [{"label": "Measures", "url": list_url(plan)}]
    return trail + [{"label": label, "url": url} for label, url in more]


def tell(form: Any, error: RuleBroken) -> None:
    """Put a rule's sentences beside the fields they belong to."""
    for field, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)
