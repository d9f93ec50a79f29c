"""Reading the plan: areas, actions, words explained."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plans import permissions
from plans.models import Action, Milestone
from plans.policies import worst
from plans.views.context import crumbs, key_or_404, live_lines, plan_or_404


@require_safe
def plan_detail(request: HttpRequest, plan: str) -> HttpResponse:
    """The plan from areas to actions, with how each action stands."""
    row = plan_or_404(request, plan)
    by_action = defaultdict(list)
    for line in live_lines(request, row):
        by_action[line.action_key].append(line)
    by_stream = defaultdict(list)
    for action in row.actions.select_related("workstream"):
        lines = by_action[action.key]
        by_stream[action.workstream_id].append(
            {
                "action": action,
                "count": len(lines),
                "complete": sum(line.is_complete for line in lines),
                "overdue": sum(line.is_overdue for line in lines),
                "standing": worst([line.standing for line in lines]),
            }
        )
    sections = {section.key: section.content for section in row.sections.all()}
    context = {
        "plan": row,
        "workstreams": [
            {"row": stream, "areas": list(stream.areas.all()), "actions": by_stream[stream.pk]}
            for stream in row.workstreams.prefetch_related("areas")
        ],
        "ambitions": row.ambitions.prefetch_related("areas"),
        "sections": sections,
        "may_see_readings": not permissions.reads_only_plain_english(
            request.user, partnership_id=row.partnership_id
        ),
        "show_key": True,
    }
    return render(request, "plans/plan_detail.html", context)


@require_safe
def action_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One action: what it means for families, its milestones, and the impact that it promises."""
    row = plan_or_404(request, plan)
    actions = permissions.visible_to(request.user, Action).select_related("workstream")
    action = get_object_or_404(actions.prefetch_related("areas"), plan=row, key=key_or_404(key))
    context = {
        "plan": row,
        "action": action,
        "areas": list(action.areas.all()),
        "lines": live_lines(
            request, row, permissions.visible_to(request.user, Milestone).filter(action=action)
        ),
        "crumbs": crumbs(row, (action.key, "")),
        "show_key": True,
    }
    return render(request, "plans/action_detail.html", context)


@require_safe
def glossary(request: HttpRequest, plan: str) -> HttpResponse:
    """The words of the plan and what they stand for."""
    row = plan_or_404(request, plan)
    context = {
        "plan": row,
        "terms": row.glossary_terms.all(),
        "crumbs": crumbs(row, ("Glossary", "")),
    }
    return render(request, "plans/glossary.html", context)
