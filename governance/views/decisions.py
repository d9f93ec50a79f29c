"""Decisions: what waits for one, what was decided, and one of each with its history."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.decisions import GroupFilterForm
from governance.models import Decision, DecisionRequest
from governance.permissions import records as rights
from governance.permissions.records import Reader
from governance.selectors import decisions as reads
from governance.selectors.log import log_lines
from governance.views.records import choosable_groups, record_or_404, trail
from hertsend import dates
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25


@require_safe
def decision_list(request: HttpRequest, plan: str) -> HttpResponse:
    """What waits for a decision, and what was decided, the latest first."""
    row = plan_or_404(request, plan)
    reader = Reader.of(request.user, row)
    groups = choosable_groups(request, row)
    form = GroupFilterForm(request.GET, groups=groups, auto_id="filter_%s")
    form.is_valid()
    group = form.cleaned_data.get("group", "")
    requests, decisions = reader.requests, reader.decisions
    if group:
        requests, decisions = requests.filter(group__key=group), decisions.filter(group__key=group)
    page = Paginator(decisions, PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("governance:decision-list", args=[row.slug])
    context = {
        "plan": row,
        "form": form,
        "waiting": reads.request_lines(reads.waiting_requests(requests), reader),
        "page": page,
        "decided": reads.decision_lines(page.object_list, reader),
        "chaired": set(rights.chairs(request.user).values_list("key", flat=True)),
        "chairing": rights.chairs(request.user).filter(plan=row, ended_on=None),
        "may_ask": rights.may_ask(request.user, row),
        "reads_all": rights.reads_all_records(request.user, row),
        "here": here,
        "active": [{"label": dict(groups)[group], "remove_url": here}] if group else [],
        "today": dates.today(),
        "crumbs": crumbs(row, ("Decisions", "")),
    }
    return render(request, "governance/decision_list.html", context)


@require_safe
def decision_detail(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """One decision: what was decided, why, what prompted it, and what came of it."""
    row = record_or_404(request, Decision, plan, key, number)
    reader = Reader.of(request.user, row.group.plan)
    (line,) = reads.decision_lines(reader.decisions.filter(pk=row.pk), reader)
    own = reader.log_actions.filter(decision=row)
    context = {
        "plan": row.group.plan,
        "line": line,
        "actions": log_lines(own, reader, on=dates.today()),
        "may_supersede": not line.is_superseded and rights.may_take(request.user, row.group),
        "may_raise": rights.may_keep_log(request.user, row.group),
        "decision": row,
        "crumbs": trail(row.group.plan, (f"{line.group} {line.number}", "")),
    }
    return render(request, "governance/decision_detail.html", context)


@require_safe
def decision_request_detail(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """One request for a decision, and what became of it."""
    row = record_or_404(request, DecisionRequest, plan, key, number)
    reader = Reader.of(request.user, row.group.plan)
    (line,) = reads.request_lines(reader.requests.filter(pk=row.pk), reader)
    chairs = line.is_open and rights.may_take(request.user, row.group)
    is_own = row.asked_by_id == request.user.pk
    history = reads.history_of(row, reader)
    context = {
        "plan": row.group.plan,
        "line": line,
        "may_take": chairs and not is_own,
        "is_own": chairs and is_own,
        "may_withdraw": line.is_open and rights.may_withdraw(request.user, row),
        "page": Paginator(history, PAGE_SIZE).get_page(request.GET.get("page")),
        "crumbs": trail(row.group.plan, (f"Request {line.number} to {line.group}", "")),
    }
    return render(request, "governance/decision_request_detail.html", context)
