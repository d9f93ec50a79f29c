"""Who stands in for a lead: named by the lead, seen by those who look after people or the month."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hertsend import dates
from hertsend.accounts import permissions, selectors
from hertsend.accounts.forms import AT_ONCE, EndForm, NameDeputyForm, posted, tell
from hertsend.accounts.models import Deputyship, Partnership, User
from hertsend.accounts.services import deputies
from hertsend.errors import Conflict, NotAllowed, RuleBroken


@require_http_methods(["GET", "POST"])
def deputy_name(request: HttpRequest) -> HttpResponse:
    """Name somebody who stands in for the reader for a time."""
    today = dates.today()
    leading = permissions.require_lead(request.user, on=today)
    partnerships = selectors.partnerships_of(leading)
    form = NameDeputyForm(
        posted(request),
        people=selectors.possible_deputies(request.user, leading, on=today),
        partnerships=partnerships,
        initial={"starts_on": today, "submission_key": uuid4().hex},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = _name(form.cleaned_data, partnerships, by=request.user)
        except (RuleBroken, Conflict) as error:
            _tell(form, error)
        else:
            messages.success(request, f"{row.deputy.name} stands in for you, and gets an e-mail.")
            return redirect("accounts:my-account")
    context = {
        "form": form,
        "deputies": selectors.deputies_of(request.user, on=today),
        "crumbs": _crumbs("Name a deputy"),
    }
    return render(request, "accounts/deputy_name.html", context)


def _name(typed: dict[str, Any], partnerships: list[Partnership], *, by: User) -> Deputyship:
    slug = typed.pop("partnership", "") or partnerships[0].slug
    partnership = next(row for row in partnerships if row.slug == slug)
    return deputies.name_deputy(partnership=partnership, by=by, **typed)


def _tell(form: NameDeputyForm, error: RuleBroken | Conflict) -> None:
    if isinstance(error, RuleBroken):
        tell(form, error)
    else:
        form.add_error(None, error.sentence)


@require_safe
def deputy_list(request: HttpRequest) -> HttpResponse:
    """Everyone who stands in for a lead now or later."""
    readable = permissions.require_reader_of_deputies(request.user)
    lines = selectors.deputies(request.user, readable, on=dates.today())
    return render(request, "accounts/deputy_list.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a time as deputy now, or after an earlier last day."""
    visible = permissions.visible_to(request.user, Deputyship)
    row = get_object_or_404(visible.select_related("lead", "deputy"), pk=pk)
    if not permissions.may_end_deputyship(request.user, row):
        raise NotAllowed("Only the lead who named the deputy, or an administrator, ends it early.")
    is_own = row.lead_id == request.user.pk
    back = "accounts:my-account" if is_own else "accounts:deputy-list"
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _end(row, form.cleaned_data, by=request.user)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"The end is noted for {row.deputy.name}.")
            return redirect(back)
    context = {
        "deputyship": row,
        "is_own": is_own,
        "form": form,
        "back": reverse(back),
        "crumbs": _crumbs("End a time as deputy") if is_own else _listed("End a time as deputy"),
    }
    return render(request, "accounts/deputy_end.html", context)


def _end(row: Deputyship, typed: dict[str, Any], *, by: User) -> None:
    if typed["when"] == AT_ONCE:
        deputies.end_deputyship_now(deputyship=row, reason=typed["reason"], by=by)
    else:
        deputies.end_deputyship(
            deputyship=row, ends_on=typed["ends_on"], reason=typed["reason"], by=by
        )


def _crumbs(last: str) -> list[dict[str, str]]:
    return [
        {"label": "My account", "url": reverse("accounts:my-account")},
        {"label": last, "url": ""},
    ]


def _listed(last: str) -> list[dict[str, str]]:
    return [
        {"label": "Deputies", "url": reverse("accounts:deputy-list")},
        {"label": last, "url": ""},
    ]
