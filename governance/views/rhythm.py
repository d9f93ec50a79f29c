"""How often the executive meets: what the plan says, what was decided, and its chair's form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance import permissions, selectors
from governance.forms.calendar import RhythmForm
from governance.services import rhythm
from governance.views.context import plan_of_board
from governance.views.sending import Sending, begun
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from plans.models import Plan
from plans.views.context import crumbs


def _context(request: HttpRequest, plan: Plan, *more: tuple[str, str]) -> dict[str, Any]:
    here = reverse("governance:rhythm", args=[plan.slug])
    seen = permissions.fields_of_rhythm(request.user, plan)
    found = selectors.rhythm_of(plan, visible=seen)
    return {
        "plan": plan,
        "rhythm": found,
        "now": found.of(dates.first_of(dates.today())),
        "assessment": selectors.assessment_due(plan, dates.today()),
        "decides": permissions.may_decide_rhythm(request.user, plan),
        "crumbs": crumbs(
            plan,
            ("Calendar", reverse("governance:calendar", args=[plan.slug])),
            ("Rhythm", here if more else ""),
            *more,
        ),
    }


@require_safe
def rhythm_page(request: HttpRequest, plan: str) -> HttpResponse:
    """The rhythm in force, the months that it gives a meeting, and every decision."""
    row = plan_of_board(request, plan)
    context = _context(request, row) | {"calendar": selectors.calendar_of(row)}
    return render(request, "governance/rhythm.html", context)


@require_http_methods(["GET", "POST"])
def rhythm_decide(request: HttpRequest, plan: str) -> HttpResponse:
    """The executive's chair decides, from a month on."""
    row = plan_of_board(request, plan)
    access.require(request.user, Permission.DECIDE_RHYTHM, partnership_id=row.partnership_id)
    first, last = selectors.months_to_decide(row, on=dates.today())

    def version_now() -> int:
        return selectors.rhythm_of(row).number

    def make(data: QueryDict | None) -> RhythmForm:
        months = dates.months_between(first, last)
        return RhythmForm(data, months=months, initial=begun(version_now()))

    def act(typed: dict[str, Any]) -> object:
        number = typed.pop("base_version")
        return rhythm.decide_rhythm(plan=row, base_number=number, by=request.user, **typed)

    sending = Sending(request, make, act, version_now=version_now)
    if sending.done:
        messages.success(request, "The decision is noted.")
        return redirect("governance:rhythm", plan=row.slug)
    context = _context(request, row, ("Decide", "")) | {"form": sending.form}
    return render(request, "governance/rhythm_decide.html", context, status=sending.status)
