"""Home by role: what is owed, who has not reported, what needs attention, or the families' view."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hertsend import dates
from hertsend.accounts.roles import Permission
from hertsend.pages import selectors
from hertsend.pages.context import current_plan
from plans import permissions
from plans.models import Plan
from plans.views.context import live_lines


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    plan = _chosen(request)
    if plan is None:
        return render(request, "pages/home_nothing.html")
    on = dates.today()
    rights = selectors.reads_as(request.user, plan)
    lines = live_lines(request, plan)
    context: dict[str, Any] = {
        "plan": plan,
        "today": on,
        "plans": permissions.visible_to(request.user, Plan),
        "show_key": True,
    }
    if Permission.READ_OFFICERS_WORDS not in rights:
        context["families"] = selectors.families(plan, lines, on=on)
        return render(request, "pages/home_families.html", context)
    context |= {
        "owed": selectors.owed(request.user, plan, lines, on=on),
        "returns": selectors.returns(plan, lines, on=on)
        if Permission.READ_RETURNS in rights
        else None,
        "watch": selectors.watch(request.user, plan, lines),
        "manages_people": Permission.MANAGE_PEOPLE in rights,
        "may_update_any": Permission.MANAGE_PERIODS in rights,
    }
    return render(request, "pages/home.html", context)


def _chosen(request: HttpRequest) -> Plan | None:
    """The plan that the address asks for (several partnerships), else the reader's first."""
    asked = request.GET.get("plan", "")
    plans = permissions.visible_to(request.user, Plan).select_related("partnership")
    # Compared here: over what an address may hold, PostgreSQL can stumble (a NUL).
    return next((plan for plan in plans if plan.slug == asked), None) or current_plan(request)
