"""Pages of impact: every action with its impact, one action's ratings, rating and deciding."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans import permissions, policies, selectors
from plans.models import Action, Evidence, ImpactEvidence, ImpactRating, Plan
from plans.selectors import NO_IMPACT, ImpactLine
from plans.views.actions import action_or_404
from plans.views.context import crumbs, plan_or_404
from plans.views.moments import as_at_context, lines_as_at, moment_asked


def seen_of_impact(request: HttpRequest, plan: Plan) -> frozenset[str]:
    """The fields of impact ratings that the reader may see."""
    return permissions.visible_fields(
        request.user, ImpactRating, partnership_id=plan.partnership_id
    )


def impact_url(name: str, action: Action, *more: Any) -> str:
    """The address of one of the pages of an action's impact."""
    return reverse(f"plans:{name}", args=[action.plan.slug, action.key, *more])


@require_safe
def impact_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Every action with its impact beside how its delivery stands."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    found = selectors.impacts_of(row, at=moment.at, visible=seen_of_impact(request, row))
    lines: dict[str, list] = {}
    for line in lines_as_at(request, row, moment):
        lines.setdefault(line.action_key, []).append(line)
    entries = [
        _entry(action, lines.get(action.key, []), found.get(action.key, NO_IMPACT), on=moment.on)
        for action in row.actions.select_related("workstream")
    ]
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "entries": entries,
        "rated": sum(entry["impact"].confirmed is not None for entry in entries),
        "waiting": [entry for entry in entries if entry["impact"].proposed],
        "crumbs": crumbs(row, ("Impact", ""), query=moment.query),
        "show_key": True,
        "show_impact_key": True,
    }
    return render(request, "plans/impact_list.html", context)


def _entry(action: Action, lines: list, found: selectors.ActionImpact, *, on: Any) -> dict:
    return {
        "action": action,
        "standing": policies.worst([line.standing for line in lines]),
        "impact": found,
        "review": next((line for line in lines if _is_due(line, on)), None),
    }


def _is_due(line: selectors.MilestoneLine, on: Any) -> bool:
    return policies.is_review_due(
        kind=line.kind, stage=line.stage, date_in_force=line.date_in_force, on=on
    )


@require_safe
def action_impact(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Every rating of an action with what it rests on, latest first."""
    action = action_or_404(request, plan, key)
    lines = selectors.history_of_impact(action, visible=seen_of_impact(request, action.plan))
    pieces = _pieces_by_rating(request, action)
    context = {
        "plan": action.plan,
        "action": action,
        "ratings": [(line, pieces.get(line.pk, [])) for line in lines],
        "impact": selectors.impacts_of_lines(lines),
        "show_impact_key": True,
        **_doors(request, action, lines),
        "crumbs": impact_crumbs(action, ("Impact", "")),
    }
    return render(request, "plans/action_impact.html", context)


def _pieces_by_rating(request: HttpRequest, action: Action) -> dict[int, list[Evidence]]:
    """The evidence of each rating, as far as the reader may see it."""
    links = permissions.visible_to(request.user, ImpactEvidence).filter(rating__action=action)
    found: dict[int, list[Evidence]] = {}
    for link in links.select_related("evidence__file"):
        found.setdefault(link.rating_id, []).append(link.evidence)
    return found


def _doors(request: HttpRequest, action: Action, lines: list[ImpactLine]) -> dict[str, Any]:
    """The buttons that the reader may use: rate, while none waits; decide or take back, while one does."""
    waiting = next((line for line in lines if line.is_proposed), None)
    may_rate = permissions.may_propose_impact(request.user, action)
    may_decide = permissions.may_confirm_impact(request.user, action)
    return {
        "rate_url": impact_url("impact-rate", action) if may_rate and not waiting else "",
        "decide_url": impact_url("impact-decide", action, waiting.number)
        if may_decide and waiting
        else "",
        "take_back_url": impact_url("impact-take-back", action, waiting.number)
        if may_rate and waiting
        else "",
    }


def impact_crumbs(action: Action, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the plan over the action down."""
    return crumbs(action.plan, (action.key, action.get_absolute_url()), *more)
