"""The list of people, one person with roles, posts and history, and their account."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hertsend import dates
from hertsend.accounts import history, permissions, selectors
from hertsend.accounts.forms import (
    AT_ONCE,
    CloseForm,
    DetailsForm,
    EndForm,
    PeopleFilterForm,
    ReopenForm,
    posted,
    tell,
)
from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.services import people, roles
from hertsend.accounts.views.lists import active_filters, filters_of, page_of
from hertsend.errors import RuleBroken

HISTORY_PAGE = 10


def person_or_404(request: HttpRequest, pk: int) -> tuple[User, frozenset[int]]:
    """The person, and the partnerships in which the reader manages people.

    Another partnership's people are not found; who may not manage people is refused.
    """
    person = get_object_or_404(permissions.visible_to(request.user, User), pk=pk)
    return person, permissions.require_manager_of(request.user, person)


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the list of people down; the last has no address."""
    trail = [{"label": "People", "url": reverse("accounts:people-list")}]
    return trail + [{"label": label, "url": url} for label, url in more]


def person_crumbs(person: User, last: str) -> list[dict[str, str]]:
    """Breadcrumbs of a page about one person."""
    return crumbs((person.name, reverse("accounts:person-detail", args=[person.pk])), (last, ""))


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Everyone with a role or post, now or before."""
    managed = permissions.require_manager(request.user)
    form = PeopleFilterForm(request.GET, auto_id="filter_%s")
    rows = selectors.people(managed, on=dates.today(), **filters_of(form))
    page = page_of(request, rows)
    here = reverse("accounts:people-list")
    counts = selectors.people_counts(managed, on=dates.today())
    context = {
        "form": form,
        "page": page,
        "lines": selectors.person_lines(page.object_list),
        "counts": counts,
        "quick": [
            {
                "label": selectors.STATE_WORDS[state],
                "url": f"{here}?state={state}",
                "count": counts[state],
                "current": form.cleaned_data.get("state") == state,
            }
            for state in (selectors.INVITED, selectors.WITHOUT_ROLE, selectors.CLOSED)
        ],
        "here": here,
        "active": active_filters(form, here),
    }
    return render(request, "accounts/people_list.html", context)


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account, roles, posts, and what happened."""
    person, managed = person_or_404(request, pk)
    today = dates.today()
    trail = history.history_of(person, managed)
    held = selectors.roles_of(person, managed, on=today)
    context = {
        "person": person,
        "state": selectors.account_state(person),
        "is_self": person.pk == request.user.pk,
        "refusal": people.refusal_to_change_account(person=person, by=request.user),
        "may_be_invited_again": person.is_active and not person.has_usable_password(),
        "roles": held,
        "sentence": selectors.person_sentence(held),
        "holdings": selectors.holdings_of(person, managed, on=today),
        "many_partnerships": len(managed) > 1,
        "page": Paginator(trail, HISTORY_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs((person.name, "")),
    }
    return render(request, "accounts/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's name or address."""
    person, _ = person_or_404(request, pk)
    form = DetailsForm(posted(request), initial={"name": person.name, "email": person.email})
    if request.method == "POST" and form.is_valid():
        try:
            changed = people.change_details(person=person, by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"Saved for {changed.name}.")
            return redirect("accounts:person-detail", person.pk)
    return _form_page(request, person, form, "accounts/person_edit.html", "Name and address")


@require_http_methods(["GET", "POST"])
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a person's account."""
    person, _ = person_or_404(request, pk)
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            people.deactivate(person=person, by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"{person.name} can no longer sign in.")
            return redirect("accounts:person-detail", person.pk)
    return _form_page(request, person, form, "accounts/person_close.html", "Close account")


@require_http_methods(["GET", "POST"])
def person_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    person, _ = person_or_404(request, pk)
    form = ReopenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            people.reactivate(person=person, by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"{person.name} gets a link to set a new password.")
            return redirect("accounts:person-detail", person.pk)
    return _form_page(request, person, form, "accounts/person_reopen.html", "Reopen account")


@require_POST
def person_invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    person, _ = person_or_404(request, pk)
    try:
        people.invite_again(person=person, by=request.user)
    except RuleBroken as error:
        messages.warning(request, error.sentence)
    else:
        messages.success(request, f"{person.name} gets the invitation again.")
    return redirect("accounts:person-detail", person.pk)


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role now, or after a last day."""
    visible = permissions.visible_to(request.user, RoleAssignment)
    assignment = get_object_or_404(visible.select_related("user"), pk=pk)
    permissions.require_manager_of(request.user, assignment)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _end_role(assignment, form.cleaned_data, by=request.user)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"The end is noted. It counts for {assignment.user.name}.")
            return redirect("accounts:person-detail", assignment.user_id)
    more = {
        "role": selectors.role_words(assignment.role, assignment.scope_key),
        "assignment": assignment,
    }
    return _form_page(
        request, assignment.user, form, "accounts/role_end.html", "End a role", **more
    )


def _end_role(assignment: RoleAssignment, typed: dict[str, Any], *, by: User) -> None:
    if typed["when"] == AT_ONCE:
        roles.end_role_now(assignment=assignment, reason=typed["reason"], by=by)
    else:
        roles.end_role(
            assignment=assignment, ends_on=typed["ends_on"], reason=typed["reason"], by=by
        )


def _form_page(
    request: HttpRequest, person: User, form: Form, template: str, title: str, **more: Any
) -> HttpResponse:
    context = {"person": person, "form": form, "crumbs": person_crumbs(person, title)}
    return render(request, template, context | more)
