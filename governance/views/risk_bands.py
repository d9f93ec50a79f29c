"""The bands of risk scores, which the programme office sets."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from governance.forms.mitigations import BandsForm
from governance.selectors import risks as reads
from governance.services import risk_bands
from governance.views.risk_pages import listed, trail
from governance.views.risks import readable_plan
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from plans.models import Plan
from plans.views.acts import carry_out, keyed


@require_http_methods(["GET", "POST"])
def risk_bands_set(request: HttpRequest, plan: str) -> HttpResponse:
    """Set the partnership's own bands of scores."""
    row = readable_plan(request, plan)
    access.require(request.user, Permission.SET_RISK_BANDS, partnership_id=row.partnership_id)

    def act(form: BandsForm) -> str:
        found = risk_bands.set_bands(
            plan=row,
            words=form.words,
            reason=form.cleaned_data["reason"],
            base_number=form.cleaned_data["base_number"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
        return f"The bands are set from {found.from_on.day} {found.from_on:%B %Y} on."

    return carry_out(
        request,
        BandsForm,
        fresh=lambda: _fresh_bands(request, row),
        act=act,
        page=partial(_bands_page, request, row),
        leads_to=lambda: listed(row),
    )


def _fresh_bands(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The bands in force, to start from."""
    before = reads.bands_set(plan)
    start = keyed(base_number=before[0].number if before else 0)
    if request.method == "POST":
        return start
    names = ("first", "second", "third", "fourth")
    bands = reads.bands_of(plan, on=dates.today()).bands
    for name, band in zip(names, bands, strict=False):
        start |= {f"{name}_name": band.name, f"{name}_from": band.first}
    return start | {"from_on": dates.today()}


def _bands_page(
    request: HttpRequest,
    plan: Plan,
    form: BandsForm,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "conflict": conflict,
        "before": reads.bands_set(plan),
        "back": listed(plan),
        "crumbs": trail(plan, ("Bands of scores", "")),
    }
    return render(request, "governance/risk_bands.html", context, status=status)
