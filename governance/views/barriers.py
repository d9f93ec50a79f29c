"""Barriers: the list, one barrier, and what is done with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance import permissions
from governance.enums import BarrierState
from governance.forms.barriers import (
    AnswerForm,
    AssignForm,
    BarrierFilterForm,
    BarrierForm,
    CloseBarrierForm,
)
from governance.models import Barrier
from governance.permissions import barriers as rights
from governance.permissions.risks import scope_of_risk
from governance.selectors import barriers as reads
from governance.selectors.barriers import BarrierLine
from governance.selectors.people import risk_owners
from governance.services import barriers
from governance.views.act_page import act_page
from governance.views.risk_pages import sent
from governance.views.risks import readable_plan
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed
from plans.models import Plan
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, key_or_404

PAGE_SIZE = 25
ALL = "all"


def _listed(plan: Plan) -> str:
    return reverse("governance:barrier-list", args=[plan.slug])


def _barrier(request: HttpRequest, slug: str, key: str) -> Barrier:
    plan = readable_plan(request, slug)
    rows = rights.visible_barriers(request.user).filter(plan=plan)
    rows = rows.select_related("plan__partnership", "workstream", "owner", "raised_by")
    return get_object_or_404(rows, key=key_or_404(key))


@require_safe
def barrier_list(request: HttpRequest, plan: str) -> HttpResponse:
    """The barriers that workstreams raised, those that wait for help first."""
    row = readable_plan(request, plan)
    streams = list(row.workstreams.all())
    form = BarrierFilterForm(request.GET, streams=streams, auto_id="filter_%s")
    form.is_valid()
    rows = rights.visible_barriers(request.user).filter(plan=row)
    lines = reads.barrier_lines(rows, on=dates.today())
    found = [line for line in lines if _fits(line, form.cleaned_data)]
    context = {
        "plan": row,
        "form": form,
        "total": len(lines),
        "waiting": sum(line.barrier.state == BarrierState.OPEN for line in lines),
        "late": sum(line.is_late for line in lines),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "here": _listed(row),
        "raises": bool(rights.streams_of_barriers(request.user, row)),
        "crumbs": crumbs(row, ("Barriers", "")),
    }
    return render(request, "governance/barrier_list.html", context)


def _fits(line: BarrierLine, wanted: dict[str, Any]) -> bool:
    """Whether a barrier fits every filter that is set; closed ones are asked for by name."""
    state, stream = wanted.get("state", ""), wanted.get("workstream", "")
    has_state = line.barrier.state == state if state else line.barrier.state != BarrierState.CLOSED
    return (state == ALL or has_state) and stream in ("", line.barrier.workstream.key)


@require_safe
def barrier_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One barrier: what is asked, of whom, what was answered, and what came of it."""
    barrier = _barrier(request, plan, key)
    own = rights.visible_barriers(request.user).filter(pk=barrier.pk)
    trail = reads.history_of(
        barrier, with_names=permissions.reads_people(request.user, barrier.plan)
    )
    held = access.of(request.user)
    is_open = barrier.state != BarrierState.CLOSED
    context = {
        "plan": barrier.plan,
        "barrier": barrier,
        "line": reads.barrier_lines(own, on=dates.today())[0],
        "can_answer": is_open and rights.answers_barrier(held, barrier, person_id=request.user.pk),
        "can_assign": is_open and rights.assigns_barriers(held, barrier.plan),
        "can_close": is_open and rights.raises_barriers(held, barrier.plan, barrier.workstream),
        "page": Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page")),
        "crumbs": crumbs(barrier.plan, ("Barriers", _listed(barrier.plan)), (barrier.key, "")),
    }
    return render(request, "governance/barrier_detail.html", context)


def _page(
    request: HttpRequest,
    plan: Plan,
    barrier: Barrier | None,
    words: tuple[str, str],
    form: Any,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """A page with one form; ``words`` are its title and its button."""
    title, button = words
    above = ((barrier.key, barrier.get_absolute_url()),) if barrier else ()
    return act_page(
        request,
        plan,
        form,
        title=title,
        button=button,
        caption=barrier.title if barrier else plan.partnership.name,
        note=barrier.help_wanted if barrier else "",
        trail=(("Barriers", _listed(plan)), *above),
        status=status,
        conflict=conflict,
    )


@require_http_methods(["GET", "POST"])
def barrier_add(request: HttpRequest, plan: str) -> HttpResponse:
    """Ask for help with what stands in the way."""
    row = readable_plan(request, plan)
    streams = rights.streams_of_barriers(request.user, row)
    if not streams:
        raise NotAllowed("Only the programme office and workstream leads raise barriers. Ask one.")
    raised: list[Barrier] = []

    def act(form: BarrierForm) -> str:
        found = barriers.raise_barrier(
            plan=row,
            workstream=form.cleaned_data["workstream"],
            words=form.words,
            owner=form.cleaned_data["owner"],
            by=request.user,
            submission_key=form.cleaned_data["submission_key"],
        )
        raised.append(found)
        return f"{found.key} is raised. {found.owner} is told."

    def raised_page() -> str:
        return raised[0].get_absolute_url()

    offered = {
        "streams": row.workstreams.filter(pk__in=[stream.pk for stream in streams]),
        "owners": risk_owners(row, on=dates.today()),
    }
    return carry_out(
        request,
        partial(BarrierForm, **offered),
        fresh=keyed,
        act=act,
        page=partial(_page, request, row, None, ("Raise a barrier", "Ask for help")),
        leads_to=raised_page,
    )


def _act_on(
    request: HttpRequest,
    barrier: Barrier,
    form_class: Callable[..., Any],
    *,
    act: Callable[[Any], object],
    said: str,
    words: tuple[str, str],
    start: dict[str, Any],
) -> HttpResponse:
    """Show a form about a barrier, or carry it out and go back to the barrier."""

    def fresh() -> dict[str, Any]:
        now = rights.visible_barriers(request.user).get(pk=barrier.pk)
        return keyed(base_version=now.version) | (start if request.method != "POST" else {})

    def carried_out(form: Any) -> str:
        act(form)
        return said

    return carry_out(
        request,
        form_class,
        fresh=fresh,
        act=carried_out,
        page=partial(_page, request, barrier.plan, barrier, words),
        leads_to=barrier.get_absolute_url,
    )


@require_http_methods(["GET", "POST"])
def barrier_assign(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Say who sees to a barrier."""
    barrier = _barrier(request, plan, key)
    place = barrier.plan.partnership_id
    access.require(request.user, Permission.ANSWER_BARRIER, partnership_id=place)
    return _act_on(
        request,
        barrier,
        partial(AssignForm, owners=risk_owners(barrier.plan, on=dates.today())),
        act=lambda form: barriers.assign_barrier(
            barrier=barrier, by=request.user, **sent(form, "owner", "needed_by", "reason")
        ),
        said=f"Who sees to {barrier.key} is noted.",
        words=(f"Who sees to {barrier.key}", "Save"),
        start={"owner": barrier.owner_id, "needed_by": barrier.needed_by},
    )


@require_http_methods(["GET", "POST"])
def barrier_answer(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Answer a barrier."""
    barrier = _barrier(request, plan, key)
    held = access.of(request.user)
    if not rights.answers_barrier(held, barrier, person_id=request.user.pk):
        raise NotAllowed(
            "Only who was asked, a chair or the programme office answers, never who asked."
        )
    return _act_on(
        request,
        barrier,
        AnswerForm,
        act=lambda form: barriers.answer_barrier(
            barrier=barrier, by=request.user, **sent(form, "answer")
        ),
        said=f"{barrier.key} is answered.",
        words=(f"Answer {barrier.key}", "Answer it"),
        start={"answer": barrier.answer},
    )


@require_http_methods(["GET", "POST"])
def barrier_close(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Close a barrier with what came of it."""
    barrier = _barrier(request, plan, key)
    scope = scope_of_risk(barrier.plan, barrier.workstream)
    access.require(request.user, Permission.RAISE_BARRIER, **scope)
    return _act_on(
        request,
        barrier,
        CloseBarrierForm,
        act=lambda form: barriers.close_barrier(
            barrier=barrier, by=request.user, **sent(form, "outcome")
        ),
        said=f"{barrier.key} is closed.",
        words=(f"Close {barrier.key}", "Close it"),
        start={},
    )
