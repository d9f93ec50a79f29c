"""Reading the plan: areas, actions, words explained."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plans import permissions, policies, selectors
from plans.models import Action, Evidence, Milestone
from plans.policies import worst
from plans.selectors import NO_IMPACT, Moment
from plans.views.context import crumbs, key_or_404, plan_or_404
from plans.views.impact import impact_url, seen_of_impact
from plans.views.moments import as_at_context, lines_as_at, moment_asked, without_acts


@require_safe
def plan_detail(request: HttpRequest, plan: str) -> HttpResponse:
    """The plan from areas to actions, with how each action stands, now or as at a moment."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    by_action = defaultdict(list)
    for line in lines_as_at(request, row, moment):
        by_action[line.action_key].append(line)
    impacts = selectors.impacts_of(row, at=moment.at, visible=seen_of_impact(request, row))
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
                "impact": impacts.get(action.key, NO_IMPACT),
            }
        )
    sections = {section.key: section.content for section in row.sections.all()}
    context = as_at_context(request, row, moment) | {
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
        "show_all_keys": True,
    }
    return render(request, "plans/plan_detail.html", context)


@require_safe
def action_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One action: what it means for families, its milestones, and the impact that it promises."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    actions = permissions.visible_to(request.user, Action).select_related("plan", "workstream")
    action = get_object_or_404(actions.prefetch_related("areas"), plan=row, key=key_or_404(key))
    milestones = permissions.visible_to(request.user, Milestone).filter(action=action)
    lines = lines_as_at(request, row, moment, milestones)
    ratings = selectors.history_of_impact(
        action, at=moment.at, visible=seen_of_impact(request, row)
    )
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "action": action,
        "areas": list(action.areas.all()),
        "lines": lines,
        "standing": worst([line.standing for line in lines]),
        "impact": selectors.impacts_of_lines(ratings),
        "impact_url": "" if moment.is_past else impact_url("action-impact", action),
        "pieces": list(_evidence_of_impact(request, action, moment)),
        "crumbs": crumbs(row, (action.key, ""), query=moment.query),
        "show_all_keys": True,
    }
    context |= _sign_off(request, action, moment)
    return render(request, "plans/action_detail.html", context)


def _evidence_of_impact(request: HttpRequest, action: Action, moment: Moment) -> QuerySet[Evidence]:
    rows = permissions.visible_to(request.user, Evidence).filter(action=action, milestone=None)
    rows = rows if moment.at is None else rows.filter(added_at__lte=moment.at)
    return rows.select_related("file")


def _sign_off(request: HttpRequest, action: Action, moment: Moment) -> dict[str, Any]:
    """Whether the action is signed off, what ended that, and what the reader may do about it."""
    standing = selectors.action_standing(action, at=moment.at)
    reads_words = not permissions.reads_only_plain_english(
        request.user, partnership_id=action.plan.partnership_id
    )
    may_sign = permissions.may_sign_off_action(request.user, action)
    may_update = permissions.may_update_action(request.user, action)
    context = {
        "sign_off": standing,
        "shows_sign_off_words": reads_words,
        "shows_sharing": reads_words,
        "can_sign": may_sign
        and not standing.is_signed_off
        and policies.milestones_are_over(selectors.stages_in(action)),
        "can_reopen": may_sign and standing.is_signed_off,
        "can_add_evidence": may_update,
        "can_change_evidence": may_update,
    }
    return without_acts(context, moment)


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
