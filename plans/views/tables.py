"""The table of milestones, now or as at a moment, with another moment beside it; and its CSV."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hertsend.records.exports import csv_text
from plans.enums import Stage, Standing
from plans.forms import MilestoneFilterForm
from plans.models import Plan
from plans.selectors import MilestoneLine, Moment, table
from plans.selectors.moments import PARAMETER
from plans.views.context import plan_or_404
from plans.views.moments import (
    BESIDE,
    as_at_context,
    lines_as_at,
    moment_asked,
    moment_beside,
)

PAGE_SIZE = 25

HEADINGS = [
    ("number", "Number", False),
    ("milestone", "Milestone", False),
    ("lead", "Lead", False),
    ("published", "Published", True),
    ("agreed", "Agreed", True),
    ("forecast", "Forecast", True),
    ("slip", "Slip, days", True),
    ("delivery", "Delivery", False),
    ("stage", "Stage", False),
]


BESIDE_ORDERS = [
    ("number", "Number", False),
    ("milestone", "Milestone", False),
    ("in-force", "In force", True),
    ("slip", "Slip, days", True),
    ("delivery", "Delivery", False),
    ("stage", "Stage", False),
]
"""Of the headings, those that stand beside what they were."""


def _choices(plan: Plan, lines: list) -> dict[str, list[tuple[str, str]]]:
    """The options of each filter, from what the table holds."""
    streams = [(row.key, f"{row.key} {row.name}") for row in plan.workstreams.all()]
    areas = [(row.key, f"{row.key} {row.name}") for row in plan.areas.all()]
    posts = sorted(
        {
            (key, title)
            for line in lines
            for key, title in zip(line.lead_keys, line.leads, strict=True)
        },
        key=lambda pair: pair[1].casefold(),
    )
    return {
        "workstream": [("", f"All {len(streams)}"), *streams],
        "area": [("", f"All {len(areas)}"), *areas],
        "lead": [("", f"All {len(posts)} posts"), *posts],
        "stage": [("", "All"), *Stage.choices],
        "rating": [("", "All"), *Standing.choices],
    }


def _filtered(
    request: HttpRequest, plan: Plan, moment: Moment
) -> tuple[list, list, MilestoneFilterForm]:
    """All lines, those that match, and the form; an unknown value filters nothing."""
    lines = lines_as_at(request, plan, moment)
    form = MilestoneFilterForm(request.GET, choices=_choices(plan, lines), auto_id="filter_%s")
    form.is_valid()
    found = table.matching(lines, form.cleaned_data, on=moment.on)
    return lines, table.ordered(found, request.GET.get("sort", "")), form


@require_safe
def milestone_list(request: HttpRequest, plan: str) -> HttpResponse:
    """All milestones as a table, worst first."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    lines, found, form = _filtered(request, row, moment)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("plans:milestone-list", args=[row.slug])
    beside = moment_beside(request, row)
    then = _then(request, row, beside)
    context = as_at_context(request, row, moment, beside=beside.parameter if beside else "") | {
        "plan": row,
        "form": form,
        "page": page,
        "total": len(lines),
        "headings": _headings(request, here, BESIDE_ORDERS if beside else HEADINGS),
        "beside": beside,
        "pairs": [(line, then.get(line.pk)) for line in page.object_list] if beside else [],
        "active": _active(request, form, here, beside),
        "here": f"{here}{moment.query}",
        "quick": [
            {"label": label, "url": f"{here}{_joined(moment.query, query)}", "count": count}
            for label, query, count in table.quick_counts(lines, on=moment.on)
        ],
        "export": f"{reverse('plans:milestone-export', args=[row.slug])}?{request.GET.urlencode()}",
        "show_key": True,
    }
    return render(request, "plans/milestone_list.html", context)


@require_safe
def milestone_export(request: HttpRequest, plan: str) -> HttpResponse:
    """Exactly the rows of the table, in their order, as CSV."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    _, found, _ = _filtered(request, row, moment)
    beside = moment_beside(request, row)
    then = _then(request, row, beside)
    name = f"{row.slug}-milestones{f'-{moment.parameter}' if moment.is_past else ''}.csv"
    if beside:
        headings = (*table.CSV_HEADINGS, *table.BESIDE_HEADINGS)
        text = csv_text(headings, (table.csv_row_beside(line, then.get(line.pk)) for line in found))
    else:
        text = csv_text(table.CSV_HEADINGS, (table.csv_row(line) for line in found))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _then(request: HttpRequest, plan: Plan, beside: Moment | None) -> dict[int, MilestoneLine]:
    """The milestones at the moment that stands beside, by primary key."""
    lines = lines_as_at(request, plan, beside) if beside else []
    return {line.pk: line for line in lines}


def _joined(query: str, more: str) -> str:
    """A query and what is added to it."""
    return f"{query}&{more}" if query else f"?{more}"


def _without(request: HttpRequest, *names: str, **changed: str) -> str:
    query = {
        name: value
        for name, value in request.GET.items()
        if name not in {*names, "page", *changed} and value
    }
    return urlencode(query | changed)


def _headings(
    request: HttpRequest, here: str, headings: list[tuple[str, str, bool]]
) -> list[dict[str, Any]]:
    """The headings as links that sort, with the direction in which they sort now."""
    current = request.GET.get("sort") or table.DEFAULT_ORDER
    found = []
    for name, label, numeric in headings:
        direction = {name: "ascending", f"-{name}": "descending"}.get(current, "")
        turned = f"-{name}" if direction == "ascending" else name
        found.append(
            {
                "label": label,
                "numeric": numeric,
                "direction": direction,
                "href": f"{here}?{_without(request, sort=turned)}",
            }
        )
    return found


def _active(
    request: HttpRequest, form: MilestoneFilterForm, here: str, beside: Moment | None
) -> list[dict[str, str]]:
    """The filters in use, each with the address of the same table without it."""
    found = []
    if beside:
        url = f"{here}?{_without(request, BESIDE)}"
        found.append({"label": f"Beside: {beside.label}", "remove_url": url})
    for name, value in form.cleaned_data.items():
        if not value or name in (PARAMETER, BESIDE):
            continue
        field = form.fields[name]
        label = dict(getattr(field, "choices", [])).get(value, value)
        words = "Overdue only" if name == "overdue" else f"{field.label}: {label}"
        found.append({"label": words, "remove_url": f"{here}?{_without(request, name)}"})
    return found
