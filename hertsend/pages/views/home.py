"""Home by role: what is owed, who has not reported, what needs attention, or the families' view."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.permissions import visible_words
from governance.permissions.families import may_record_feedback, visible_publications
from governance.permissions.meetings import read_meetings
from governance.selectors.feedback import latest_answers
from governance.selectors.judgements import judgements_of
from governance.selectors.meetings import MeetingLine, next_meetings
from governance.selectors.tables import by_area
from hertsend import dates
from hertsend.accounts.roles import Permission
from hertsend.pages import owing, selectors
from hertsend.pages.context import current_plan
from plans import permissions
from plans import selectors as plan_selectors
from plans.models import Milestone, Plan
from plans.selectors import MilestoneLine, Moment
from plans.selectors.exceptions import EscalatedRow, escalated
from plans.views.impact import seen_of_impact
from plans.views.moments import as_at_context, lines_as_at, moment_asked

MOST_ANSWERS = 3
MOST_MEETINGS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    plan = _chosen(request)
    if plan is None:
        return render(request, "pages/home_nothing.html")
    moment = moment_asked(request, plan)
    on = moment.on
    rights = selectors.reads_as(request.user, plan)
    lines = lines_as_at(request, plan, moment)
    context: dict[str, Any] = as_at_context(request, plan, moment) | {
        "plan": plan,
        "today": on,
        "plans": permissions.visible_to(request.user, Plan),
        "watch": selectors.watch(request.user, plan, lines),
        "show_key": True,
    }
    if Permission.ANSWER_ESCALATION in rights:
        context["escalated"] = _escalated(request, plan, lines, moment)
    if not moment.is_past:
        context |= _for_today(request, plan, lines, rights)
    if Permission.READ_OFFICERS_WORDS not in rights:
        seen = seen_of_impact(request, plan)
        impacts = plan_selectors.impacts_of(plan, at=moment.at, visible=seen)
        context["families"] = selectors.families(plan, lines, on=on, impacts=impacts)
        context |= _said_and_done(request, plan, moment)
        context["meetings"] = [] if moment.is_past else _meetings(request, plan)
        return render(request, "pages/home_families.html", context)
    if Permission.READ_BOARD_PACK in rights:
        context |= {"board": _judgements(request, plan, lines, moment), "show_all_keys": True}
    return render(request, "pages/home.html", context)


def _said_and_done(request: HttpRequest, plan: Plan, moment: Moment) -> dict[str, Any]:
    """What families said and what became of it, of the latest quarter that has any."""
    published = visible_publications(request.user)
    if moment.is_past:
        published = published.filter(at__lte=moment.at)
    quarter, answers = latest_answers(plan, published)
    return {
        "quarter": quarter,
        "answers": answers[:MOST_ANSWERS],
        "records_feedback": not moment.is_past and may_record_feedback(request.user, plan),
    }


def _meetings(request: HttpRequest, plan: Plan) -> list[MeetingLine]:
    """When the groups meet next in which the person sits."""
    rows = read_meetings(request.user).filter(group__plan=plan)
    return next_meetings(rows, at=dates.now(), opened=(), most=MOST_MEETINGS)


def _judgements(
    request: HttpRequest, plan: Plan, lines: list[MilestoneLine], moment: Moment
) -> dict[str, Any]:
    """Delivery, impact and assurance by area, and what comes again and was missed."""
    by = moment.on - dt.timedelta(days=1)
    rows = by_area(lines, list(plan.areas.all()), by=by)
    judgements = judgements_of(
        plan,
        lines,
        rows,
        moment=moment,
        since=dates.first_of(moment.on),
        visible=visible_words(request.user, plan),
    )
    return {"judgements": judgements}


def _for_today(
    request: HttpRequest, plan: Plan, lines: list[MilestoneLine], rights: frozenset[Permission]
) -> dict[str, Any]:
    """What there is to do; a day gone by has none of it."""
    on = dates.today()
    owed = owing.owed(request.user, plan, lines, on=on)
    if owed is not None:
        request.return_left = len(owed.left)
    return {
        "waiting": plan_selectors.waiting_for(request.user, plans=[plan], on=on, held_on=on),
        "owed": owed,
        "returns": owing.returns(request.user, plan, on=on)
        if Permission.READ_RETURNS in rights
        else None,
        "manages_people": Permission.MANAGE_PEOPLE in rights,
        "may_update_any": Permission.MANAGE_PERIODS in rights,
    }


def _escalated(
    request: HttpRequest, plan: Plan, lines: list[MilestoneLine], moment: Moment
) -> list[EscalatedRow]:
    """What the Executive has before it, and who acts."""
    milestones = permissions.visible_to(request.user, Milestone).filter(plan=plan)
    visible = permissions.visible_exception_fields(request.user, plan)
    return escalated(lines, milestones, at=moment.at, visible=visible)


def _chosen(request: HttpRequest) -> Plan | None:
    """The plan that the address asks for (several partnerships), else the reader's first."""
    asked = request.GET.get("plan", "")
    plans = permissions.visible_to(request.user, Plan).select_related("partnership")
    # Compared here: over what an address may hold, PostgreSQL can stumble (a NUL).
    return next((plan for plan in plans if plan.slug == asked), None) or current_plan(request)
