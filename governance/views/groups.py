"""Groups: who reports to whom, who sits where, what is missing; and the programme office's forms."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import permissions
from governance.boardpack.drawings import draw_groups
from governance.forms.groups import (
    EndGroupForm,
    GroupForm,
    LeaveForm,
    MembershipForm,
    PlaceForm,
    TermsForm,
)
from governance.models import Group, Membership
from governance.permissions import meetings
from governance.selectors import groups as reads
from governance.selectors.meetings import MeetingLine, next_meetings
from governance.services import groups
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts import permissions as people_permissions
from hertsend.accounts.forms import AT_ONCE, posted, tell
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.files.answering import as_download
from plans.forms import new_submission_key
from plans.models import Plan
from plans.permissions import visible_to
from plans.views.context import crumbs, key_or_404

PAGE_SIZE = 25
MEETINGS_SHOWN = 3


def _plan(request: HttpRequest, slug: str) -> Plan:
    return get_object_or_404(
        visible_to(request.user, Plan).select_related("partnership"), slug=slug
    )


def _group(request: HttpRequest, slug: str, key: str) -> Group:
    rows = permissions.visible_groups(request.user).select_related("plan__partnership")
    return get_object_or_404(rows, plan__slug=slug, key=key_or_404(key))


def _membership(request: HttpRequest, slug: str, key: str, pk: int) -> Membership:
    rows = permissions.visible_memberships(request.user)
    rows = rows.select_related("group__plan__partnership", "person", "workstream")
    return get_object_or_404(rows, group__plan__slug=slug, group__key=key_or_404(key), pk=pk)


def _require_manager(request: HttpRequest, plan: Plan) -> None:
    access.require(request.user, Permission.MANAGE_GROUPS, partnership_id=plan.partnership_id)


def _crumbs(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(plan, ("Groups", reverse("governance:group-list", args=[plan.slug])), *more)


@require_safe
def group_list(request: HttpRequest, plan: str) -> HttpResponse:
    """All groups as a drawing and as a list, with what is missing."""
    row = _plan(request, plan)
    today = dates.today()
    lines = reads.groups_of(row, on=today, with_names=permissions.reads_people(request.user, row))
    manages = permissions.may_manage_groups(request.user, row)
    context = {
        "plan": row,
        "lines": lines,
        "drawing": draw_groups(lines) if lines else "",
        "gaps": [(line.group, gap) for line in lines for gap in line.gaps],
        "ended": reads.ended_groups(row, on=today),
        "manages": manages,
        "not_taken_over": reads.groups_not_taken_over(row) if manages else 0,
        "crumbs": crumbs(row, ("Groups", "")),
    }
    return render(request, "governance/group_list.html", context)


@require_POST
def group_take_over(request: HttpRequest, plan: str) -> HttpResponse:
    """Keep the groups that the plan names."""
    row = _plan(request, plan)
    made = groups.take_over(plan=row, by=request.user)
    if made:
        messages.success(request, f"Taken over from the plan: {len(made)}.")
    else:
        messages.info(request, "Every group that the plan names is kept already.")
    return redirect("governance:group-list", plan=row.slug)


@require_safe
def group_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One group: what it is for, who sits in it, its terms of reference, its history."""
    group = _group(request, plan, key)
    today = dates.today()
    with_names = permissions.reads_people(request.user, group.plan)
    before, later = reads.past_and_future_seats(group, on=today, with_names=with_names)
    trail = reads.history_of(group, with_names=with_names)
    context = {
        "plan": group.plan,
        "group": group,
        "line": reads.group_line(group, on=today, with_names=with_names),
        "before": before,
        "later": later,
        "terms": group.terms.select_related("file"),
        "with_names": with_names,
        "meetings": _next_meetings(request, group),
        "plans_meetings": meetings.keeps_meetings(request.user, group.plan),
        "manages": permissions.may_manage_groups(request.user, group.plan)
        and not (group.ended_on and group.ended_on < today),
        "page": Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page")),
        "crumbs": _crumbs(group.plan, (group.name, "")),
    }
    return render(request, "governance/group_detail.html", context)


def _next_meetings(request: HttpRequest, group: Group) -> list[MeetingLine]:
    """When the group meets next."""
    rows = meetings.visible_meetings(request.user).filter(group=group)
    return next_meetings(rows, at=dates.now(), opened=(), most=MEETINGS_SHOWN)


def _form_page(
    request: HttpRequest, plan: Plan, *, form: Any, title: str, button: str, back: str, **more: Any
) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "crumbs": _crumbs(plan, (title, "")),
    } | more
    return render(request, "governance/group_form.html", context)


def _sent(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was typed was carried out; what is wrong stands beside the fields else."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except RuleBroken as error:
        tell(form, error)
        return False
    return True


@require_http_methods(["GET", "POST"])
def group_add(request: HttpRequest, plan: str) -> HttpResponse:
    """Add a group that the plan does not name."""
    row = _plan(request, plan)
    _require_manager(request, row)
    form = GroupForm(posted(request), plan=row)
    if _sent(request, form, lambda typed: groups.add_group(plan=row, by=request.user, **typed)):
        messages.success(request, f"{form.cleaned_data['name']} is added.")
        return redirect("governance:group-list", plan=row.slug)
    back = reverse("governance:group-list", args=[row.slug])
    return _form_page(request, row, form=form, title="Add a group", button="Add it", back=back)


@require_http_methods(["GET", "POST"])
def group_place(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Say to whom a group reports and which workstreams it delivers."""
    group = _group(request, plan, key)
    _require_manager(request, group.plan)
    initial = {
        "reports_to": [upper.pk for upper in group.reports_to.all()],
        "workstreams": [stream.pk for stream in group.workstreams.all()],
    }
    form = PlaceForm(posted(request), plan=group.plan, group=group, initial=initial)
    if _sent(
        request, form, lambda typed: groups.place_group(group=group, by=request.user, **typed)
    ):
        messages.success(request, f"The place of {group.name} is noted.")
        return redirect(group)
    return _form_page(
        request,
        group.plan,
        form=form,
        title=f"Place of {group.name}",
        button="Save",
        back=group.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def group_end(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """End a group."""
    group = _group(request, plan, key)
    _require_manager(request, group.plan)
    form = EndGroupForm(posted(request), initial={"ends_on": dates.today()})
    if _sent(request, form, lambda typed: groups.end_group(group=group, by=request.user, **typed)):
        messages.success(request, f"The end of {group.name} is noted.")
        return redirect("governance:group-list", plan=group.plan.slug)
    return _form_page(
        request,
        group.plan,
        form=form,
        title=f"End {group.name}",
        button="End it",
        back=group.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def membership_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Note that somebody joins a group."""
    group = _group(request, plan, key)
    _require_manager(request, group.plan)
    people = people_permissions.people_of([group.plan.partnership_id]).filter(is_active=True)
    form = MembershipForm(
        posted(request), group=group, people=people.order_by("name", "pk"), today=dates.today()
    )
    if _sent(request, form, lambda typed: groups.join(group=group, by=request.user, **typed)):
        messages.success(request, "They are noted as sitting in this group.")
        return redirect(group)
    return _form_page(
        request,
        group.plan,
        form=form,
        title=f"Somebody joins {group.name}",
        button="Note it",
        back=group.get_absolute_url(),
        note="Sitting in a group opens its meetings. All else comes from the roles that an "
        "administrator gives.",
    )


@require_http_methods(["GET", "POST"])
def membership_end(request: HttpRequest, plan: str, key: str, pk: int) -> HttpResponse:
    """Note that somebody leaves a group, and end their roles with it."""
    membership = _membership(request, plan, key, pk)
    group = membership.group
    _require_manager(request, group.plan)
    held = reads.roles_of_leaver(membership, on=dates.today())
    form = LeaveForm(posted(request), has_roles=bool(held))
    if _sent(request, form, lambda typed: _leave(membership, typed, request)):
        messages.success(request, "The end is noted.")
        return redirect(group)
    who = membership.person or membership.name
    return _form_page(
        request,
        group.plan,
        form=form,
        title=f"{who} leaves {group.name}",
        button="Note it",
        back=group.get_absolute_url(),
        roles=held,
    )


def _leave(membership: Membership, typed: dict[str, Any], request: HttpRequest) -> None:
    yesterday = dates.today() - dt.timedelta(days=1)
    groups.leave(
        membership=membership,
        ends_on=yesterday if typed["when"] == AT_ONCE else typed["ends_on"],
        reason=typed["reason"],
        ends_roles=typed.get("ends_roles", False),
        by=request.user,
    )


@require_http_methods(["GET", "POST"])
def terms_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Note approved terms of reference."""
    group = _group(request, plan, key)
    _require_manager(request, group.plan)
    if request.method == "POST":
        form = TermsForm(request.POST, request.FILES)
        form.full_clean()
        form.take_file(holder=request.user.pk)
    else:
        form = TermsForm(initial={"submission_key": new_submission_key()})

    def act(_typed: dict[str, Any]) -> object:
        return groups.add_terms(group=group, by=request.user, **form.agreed)

    if _sent(request, form, act):
        messages.success(request, "The terms of reference are noted.")
        return redirect(group)
    return _form_page(
        request,
        group.plan,
        form=form,
        title=f"Terms of reference of {group.name}",
        button="Note them",
        back=group.get_absolute_url(),
        takes_file=True,
    )


@require_safe
def terms_file(request: HttpRequest, plan: str, key: str, number: int) -> FileResponse:
    """Hand out terms of reference that are kept as a file, to be saved and never shown here."""
    rows = permissions.visible_terms(request.user).select_related("file")
    group = _group(request, plan, key)
    return as_download(get_object_or_404(rows, group=group, number=number, file__isnull=False).file)
