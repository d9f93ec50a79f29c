"""What the pages share on which something is done with a risk: one form, one act, back to the risk."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.models import Risk
from governance.permissions import risks as permissions
from governance.views.act_page import act_page
from hertsend.errors import Conflict
from plans.models import Plan
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs

REGISTER = "Risks"


def listed(plan: Plan) -> str:
    """Where the register stands."""
    return reverse("governance:risk-list", args=[plan.slug])


def trail(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs through the register."""
    return crumbs(plan, (REGISTER, listed(plan)), *more)


def form_page(
    request: HttpRequest,
    plan: Plan,
    risk: Risk | None,
    words: dict[str, str],
    form: Any,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """A page with one form; ``words`` are its title, its button and, where it has one, its template."""
    above = ((risk.key, risk.get_absolute_url()),) if risk else ()
    return act_page(
        request,
        plan,
        form,
        caption=risk.event if risk else plan.partnership.name,
        trail=((REGISTER, listed(plan)), *above),
        status=status,
        conflict=conflict,
        **words,
    )


def sent(form: Any, *names: str) -> dict[str, Any]:
    """These fields with the version and the key of the form."""
    return {name: form.cleaned_data[name] for name in (*names, "base_version", "submission_key")}


def act_on(
    request: HttpRequest,
    risk: Risk,
    form_class: Callable[..., Any],
    *,
    act: Callable[[Any], str],
    words: dict[str, str],
    start: Callable[[], dict[str, Any]] = dict,
    version_of: Callable[[], int] | None = None,
) -> HttpResponse:
    """Show a form about a risk, or carry it out and go back to the risk."""

    def fresh() -> dict[str, Any]:
        version = version_of() if version_of else _version_of(request, risk)
        return keyed(base_version=version) | (start() if request.method != "POST" else {})

    return carry_out(
        request,
        form_class,
        fresh=fresh,
        act=act,
        page=partial(form_page, request, risk.plan, risk, words),
        leads_to=risk.get_absolute_url,
    )


def _version_of(request: HttpRequest, risk: Risk) -> int:
    """The risk's version as it is stored now."""
    return permissions.visible_risks(request.user).get(pk=risk.pk).version
