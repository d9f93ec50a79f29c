"""Reading milestones: the table, its CSV, and one milestone with what happened to it."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hertsend import dates
from hertsend.accounts import permissions as people_permissions
from hertsend.accounts.models import PostHolding
from hertsend.charts import date_line
from hertsend.records.exports import csv_text
from plans import permissions, policies, selectors
from plans.enums import Stage, StageAct, Standing
from plans.forms import MilestoneFilterForm
from plans.models import Milestone, Plan
from plans.selectors import table, timeline
from plans.views.context import (
    crumbs,
    live_lines,
    milestone_or_404,
    milestone_url,
    plan_or_404,
    seen_of_updates,
)

PAGE_SIZE = 25
LATEST_UPDATES = 4

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


def _filtered(request: HttpRequest, plan: Plan) -> tuple[list, list, MilestoneFilterForm]:
    """All lines, those that match, and the form; an unknown value filters nothing."""
    lines = live_lines(request, plan)
    form = MilestoneFilterForm(request.GET, choices=_choices(plan, lines), auto_id="filter_%s")
    form.is_valid()
    found = table.matching(lines, form.cleaned_data, on=dates.today())
    return lines, table.ordered(found, request.GET.get("sort", "")), form


@require_safe
def milestone_list(request: HttpRequest, plan: str) -> HttpResponse:
    """All milestones as a table, worst first."""
    row = plan_or_404(request, plan)
    lines, found, form = _filtered(request, row)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("plans:milestone-list", args=[row.slug])
    context = {
        "plan": row,
        "form": form,
        "page": page,
        "total": len(lines),
        "headings": _headings(request, here),
        "active": _active(request, form, here),
        "here": here,
        "quick": [
            {"label": label, "url": f"{here}?{query}", "count": count}
            for label, query, count in table.quick_counts(lines, on=dates.today())
        ],
        "export": f"{reverse('plans:milestone-export', args=[row.slug])}?{request.GET.urlencode()}",
        "show_key": True,
        "today": dates.today(),
    }
    return render(request, "plans/milestone_list.html", context)


@require_safe
def milestone_export(request: HttpRequest, plan: str) -> HttpResponse:
    """Exactly the rows of the table, in their order, as CSV."""
    row = plan_or_404(request, plan)
    _, found, _ = _filtered(request, row)
    text = csv_text(table.CSV_HEADINGS, (table.csv_row(line) for line in found))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-milestones.csv"'
    return response


def _without(request: HttpRequest, *names: str, **changed: str) -> str:
    query = {
        name: value
        for name, value in request.GET.items()
        if name not in {*names, "page", *changed} and value
    }
    return urlencode(query | changed)


def _headings(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """The headings as links that sort, with the direction in which they sort now."""
    current = request.GET.get("sort") or table.DEFAULT_ORDER
    found = []
    for name, label, numeric in HEADINGS:
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


def _active(request: HttpRequest, form: MilestoneFilterForm, here: str) -> list[dict[str, str]]:
    """The filters in use, each with the address of the same table without it."""
    found = []
    for name, value in form.cleaned_data.items():
        if not value:
            continue
        field = form.fields[name]
        label = dict(getattr(field, "choices", [])).get(value, value)
        words = "Overdue only" if name == "overdue" else f"{field.label}: {label}"
        found.append({"label": words, "remove_url": f"{here}?{_without(request, name)}"})
    return found


@require_safe
def milestone_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One milestone: dates, leads, the way to sign-off, and what happened."""
    milestone = milestone_or_404(request, plan, key)
    seen = seen_of_updates(request, milestone.plan)
    own = permissions.visible_to(request.user, Milestone).filter(pk=milestone.pk)
    line = live_lines(request, milestone.plan, own)[0]
    entries = timeline.timeline_of(milestone, visible=seen)
    context = _frame(request, milestone, current="Overview") | {
        "line": line,
        "entries": entries[:LATEST_UPDATES],
        "more": len(entries) > LATEST_UPDATES,
        "drawing": _drawing(line),
        "holders": _holders(request, milestone) if "people" in seen else [],
        "steps": _steps(milestone),
        "exception": milestone.exceptions.filter(closed_at=None).first(),
    }
    return render(request, "plans/milestone_detail.html", context)


def _drawing(line: selectors.MilestoneLine) -> str:
    if line.due_on is None:
        return ""
    return date_line(
        published=line.due_on,
        agreed=line.agreed_on,
        forecast=line.forecast_on,
        today=dates.today(),
        identifier="dates",
    )


def _holders(request: HttpRequest, milestone: Milestone) -> list[PostHolding]:
    posts = [lead.post_id for lead in milestone.milestone_leads.all()]
    return list(
        people_permissions.visible_to(request.user, PostHolding)
        .current(dates.today())
        .filter(post__in=posts)
        .select_related("post", "user")
        .order_by("post__title", "is_deputy", "pk")
    )


def _steps(milestone: Milestone) -> list[dict[str, str]]:
    """The way to sign-off as the page draws it."""
    order = [Stage.IN_PROGRESS, Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF]
    titles = ["In progress", "Lead proposes complete", "Joint chair signs"]
    reached = order.index(milestone.stage) if milestone.stage in order else -1
    return [
        {"title": title, "state": _step_state(position, reached, milestone.stage)}
        for position, title in enumerate(titles)
    ]


def _step_state(position: int, reached: int, stage: str) -> str:
    if position < reached or stage == Stage.SIGNED_OFF:
        return "done"
    return "current" if position == reached else "todo"


def _frame(request: HttpRequest, milestone: Milestone, *, current: str) -> dict[str, Any]:
    """What every page of a milestone shows: heading, tabs, and the buttons that the reader may use."""
    url = {
        name: milestone_url(f"milestone-{name}", milestone)
        for name in ("detail", "updates", "history", "update", "propose", "sign-off", "withdraw")
    }
    tabs = [("Overview", url["detail"]), ("Updates", url["updates"]), ("History", url["history"])]
    may_update = permissions.may_update(request.user, milestone)
    return {
        "plan": milestone.plan,
        "milestone": milestone,
        "url": {name.replace("-", "_"): address for name, address in url.items()},
        "tabs": [
            {"label": label, "url": address, "current": label == current} for label, address in tabs
        ],
        "can_update": may_update and bool(policies.STAGES_BY_UPDATE[milestone.stage]),
        "can_propose": may_update and policies.can_act(StageAct.PROPOSED, stage=milestone.stage),
        "can_sign": permissions.may_sign_off(request.user, milestone)
        and policies.can_act(StageAct.SIGNED_OFF, stage=milestone.stage),
        "can_withdraw": permissions.may_withdraw(request.user, milestone)
        and policies.can_act(StageAct.WITHDRAWN, stage=milestone.stage),
        "crumbs": crumbs(
            milestone.plan,
            (milestone.action.key, milestone.action.get_absolute_url()),
            (milestone.key, ""),
        ),
        "show_key": True,
    }


@require_safe
def milestone_updates(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Everything that happened to a milestone."""
    milestone = milestone_or_404(request, plan, key)
    entries = timeline.timeline_of(milestone, visible=seen_of_updates(request, milestone.plan))
    context = _frame(request, milestone, current="Updates") | {"entries": entries}
    return render(request, "plans/milestone_updates.html", context)


@require_safe
def milestone_history(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Every change in sentences: who, when and why, as far as the reader may see it."""
    milestone = milestone_or_404(request, plan, key)
    trail = timeline.history_of(milestone, visible=seen_of_updates(request, milestone.plan))
    page = Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _frame(request, milestone, current="History") | {"page": page}
    return render(request, "plans/milestone_history.html", context)
