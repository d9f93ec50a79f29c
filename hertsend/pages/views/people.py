"""Inviting people and giving roles: pages that need the workstreams and areas of the plans."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts import policies, selectors
from hertsend.accounts.forms import InviteForm, RoleChoiceForm, RoleForm, posted, tell
from hertsend.accounts.models import Partnership, User
from hertsend.accounts.permissions import require_manager
from hertsend.accounts.roles import MATRIX, Role, Scope
from hertsend.accounts.services import people, roles
from hertsend.accounts.views.people import crumbs, person_crumbs, person_or_404
from hertsend.errors import RuleBroken
from plans import permissions
from plans.models import Area, Workstream

ScopeChoices = list[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """What was chosen in the first step: a role, where, and what it can be held for there."""

    role: Role
    partnership: Partnership
    scopes: ScopeChoices

    @property
    def given(self) -> dict[str, Any]:
        """The choice in the words of the services."""
        return {
            "role": self.role.value,
            "partnership": self.partnership,
            "known_scope_keys": frozenset(key for key, _ in self.scopes),
        }


@require_http_methods(["GET", "POST"])
def person_invite(request: HttpRequest) -> HttpResponse:
    """Invite a person: first the role, then who it is."""
    managed = require_manager(request.user)
    trail = crumbs(("Invite a person", ""))
    choice, choosing = _choice_of(request, managed)
    if choice is None:
        context = {"form": choosing, "crumbs": trail, "title": "What will the person do?"}
        return render(request, "accounts/role_choose.html", context)
    form = InviteForm(
        posted(request),
        role=choice.role,
        scopes=choice.scopes,
        initial={"starts_on": dates.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            person = people.invite(by=request.user, **choice.given, **form.cleaned_data)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"{person.name} is invited, and gets an e-mail.")
            return redirect("accounts:person-detail", person.pk)
    return _details_page(request, "accounts/person_invite.html", form, choice, trail)


@require_http_methods(["GET", "POST"])
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person one more role: first which, then for what and from when."""
    person, managed = person_or_404(request, pk)
    trail = person_crumbs(person, "Give a role")
    choice, choosing = _choice_of(request, managed)
    if choice is None:
        context = {
            "form": choosing,
            "crumbs": trail,
            "title": f"Which role does {person.name} get?",
        }
        return render(request, "accounts/role_choose.html", context)
    form = RoleForm(
        posted(request),
        role=choice.role,
        scopes=choice.scopes,
        initial={"starts_on": dates.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = roles.give_role(
                person=person, by=request.user, **choice.given, **form.cleaned_data
            )
        except RuleBroken as error:
            tell(form, error)
        else:
            words = selectors.role_words(row.role, row.scope_key)
            messages.success(request, f"{person.name} has a new role: {words}.")
            return redirect("accounts:person-detail", person.pk)
    return _details_page(request, "accounts/role_give.html", form, choice, trail, person=person)


def _choice_of(
    request: HttpRequest, managed: frozenset[int]
) -> tuple[Choice | None, RoleChoiceForm]:
    """The role and partnership that the address names; None until both are chosen."""
    partnerships = selectors.partnerships_of(managed)
    asked = "role" in request.GET or "chosen" in request.GET
    form = RoleChoiceForm(request.GET if asked else None, partnerships=partnerships)
    if not asked or not form.is_valid():
        return None, form
    slug = form.cleaned_data.get("partnership") or partnerships[0].slug
    partnership = next(row for row in partnerships if row.slug == slug)
    role = Role(form.cleaned_data["role"])
    return Choice(role, partnership, _scopes(request.user, partnership, role)), form


def _scopes(user: User, partnership: Partnership, role: Role) -> ScopeChoices:
    """What the role can be held for in the partnership's plans: workstreams, areas, or nothing."""
    model = {Scope.WORKSTREAM: Workstream, Scope.AREA: Area}.get(MATRIX[role].scope)
    if model is None:
        return []
    rows = permissions.visible_to(user, model).filter(plan__partnership=partnership)
    named = {row.key: f"{row.key} {row.name}".strip() for row in rows.order_by("position")}
    return list(named.items())


def _details_page(
    request: HttpRequest,
    template: str,
    form: Any,
    choice: Choice,
    trail: list[dict[str, str]],
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "crumbs": trail,
        "role": choice.role.label,
        "description": MATRIX[choice.role],
        "partnership": choice.partnership,
        "nothing_to_hold": policies.is_scoped(choice.role) and not choice.scopes,
        "here": request.get_full_path(),
        "again": request.path,
    }
    return render(request, template, context | more)
