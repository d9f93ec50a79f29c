"""Pages of assurance: every area with its history, and the form of the executive's chair."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance import permissions, selectors
from governance.definitions import ASSURANCE_DEFINITIONS
from governance.forms.assurance import AssuranceForm
from governance.services.assurance import set_assurance
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from plans.models import Area
from plans.permissions import visible_to
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, key_or_404, plan_or_404
from plans.views.moments import as_at_context, moment_asked


@require_safe
def assurance_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Every area with its assurance and how it came to it, now or as at a moment."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    visible = permissions.visible_of_assurance(request.user, row)
    areas = selectors.assurance_of(row, at=moment.at, visible=visible)
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "areas": areas,
        "rated": sum(each.current is not None for each in areas),
        "may_rate": not moment.is_past and permissions.may_set_assurance(request.user, row),
        "assurance_definitions": ASSURANCE_DEFINITIONS,
        "crumbs": crumbs(row, ("Assurance", ""), query=moment.query),
    }
    return render(request, "governance/assurance_list.html", context)


@require_http_methods(["GET", "POST"])
def assurance_rate(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The executive's chair rates an area."""
    rows = visible_to(request.user, Area).select_related("plan__partnership")
    area = get_object_or_404(rows, plan__slug=plan, key=key_or_404(key))
    access.require(request.user, Permission.SET_ASSURANCE, partnership_id=area.plan.partnership_id)
    listed = reverse("governance:assurance-list", args=[area.plan.slug])

    def act(form: AssuranceForm) -> str:
        rating = set_assurance(area=area, by=request.user, **form.cleaned_data)
        return f"Saved: {area.key} is {rating.get_level_display().lower()}."

    return carry_out(
        request,
        AssuranceForm,
        fresh=lambda: keyed(base_number=_of_area(request, area).number),
        act=act,
        page=partial(_rate_page, request, area, listed),
        leads_to=lambda: listed,
    )


def _rate_page(
    request: HttpRequest,
    area: Area,
    listed: str,
    form: AssuranceForm,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    context = {
        "plan": area.plan,
        "found": _of_area(request, area),
        "form": form,
        "conflict": conflict,
        "back": listed,
        "crumbs": crumbs(area.plan, ("Assurance", listed), (area.key, "")),
    }
    return render(request, "governance/assurance_rate.html", context, status=status)


def _of_area(request: HttpRequest, area: Area) -> selectors.AreaAssurance:
    visible = permissions.visible_of_assurance(request.user, area.plan)
    rated = {each.area.key: each for each in selectors.assurance_of(area.plan, visible=visible)}
    return rated[area.key]
