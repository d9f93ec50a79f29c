"""Pages of recurring commitments: all of them, one with its occurrences, and what is decided of it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records.trail import trail_of
from plans import permissions, selectors
from plans.enums import CommitmentState
from plans.forms.commitments import EndForm, OccurrenceForm, RuleForm
from plans.models import Evidence, RecurringCommitment
from plans.services import commitments
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, plan_or_404, seen_of_occurrences
from plans.views.moments import as_at_context, moment_asked

PAGE_SIZE = 20
WORDING = {"state": "State", "title": "Name", "quote": "Words of the plan"}


def _url(name: str, row: RecurringCommitment, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[row.plan.slug, row.key, *more])


@require_safe
def commitment_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Everything that the plan promises again and again: missed first, then what is to be confirmed."""
    row = plan_or_404(request, plan)
    moment = moment_asked(request, row)
    lines = selectors.commitments_of(
        row, at=moment.at, on=moment.on, visible=seen_of_occurrences(request, row)
    )
    confirmed = [line for line in lines if line.is_confirmed]
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "lines": lines,
        "confirmed": sorted(confirmed, key=_missed_first(moment.on)),
        "proposed": [line for line in lines if line.state == CommitmentState.PROPOSED],
        "ended": [line for line in lines if line.state == CommitmentState.ENDED],
        "missed": selectors.missed_in(lines, since=dates.first_of(moment.on)),
        "may_confirm": not moment.is_past
        and permissions.may_confirm_commitment(request.user, partnership_id=row.partnership_id),
        "crumbs": crumbs(row, ("What comes again", ""), query=moment.query),
    }
    return render(request, "plans/commitment_list.html", context)


def _missed_first(on: dt.date) -> Any:
    return lambda line: (not line.missed_since(dates.first_of(on)), line.title)


def _commitment_or_404(request: HttpRequest, plan: str, key: str) -> RecurringCommitment:
    """The commitment of that key in a plan that the reader may see, with what rights ask for."""
    rows = permissions.visible_to(request.user, RecurringCommitment).select_related(
        "plan__partnership", "action__plan", "action__workstream", "milestone", "owner"
    )
    return get_object_or_404(rows.prefetch_related("action__areas"), plan__slug=plan, key=key)


@require_safe
def commitment_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One commitment: the plan's words, the rule, its occurrences, and who decided what."""
    row = _commitment_or_404(request, plan, key)
    seen = seen_of_occurrences(request, row.plan)
    line = selectors.commitment_line(row, on=dates.today(), visible=seen)
    may_confirm = permissions.may_confirm_commitment(
        request.user, partnership_id=row.plan.partnership_id
    )
    context = {
        "plan": row.plan,
        "row": row,
        "line": line,
        "leads": _leads(row),
        "page": Paginator(line.occurrences, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_record": permissions.may_record_occurrence(request.user, row),
        "confirm_url": _url("commitment-confirm", row) if may_confirm else "",
        "end_url": _url("commitment-end", row)
        if may_confirm and row.state != CommitmentState.ENDED
        else "",
        "trail": trail_of(
            RecurringCommitment,
            about=Q(id=row.pk),
            wording=WORDING,
            created="Taken over from the published plan, to be confirmed.",
            show_people="by" in seen,
            show_reasons="note" in seen,
        ),
        "crumbs": _crumbs(row),
    }
    return render(request, "plans/commitment_detail.html", context)


def _leads(row: RecurringCommitment) -> list[str]:
    """The posts that the plan names beside it, where it names several."""
    if row.milestone is None:
        return []
    return [lead.post.title for lead in row.milestone.milestone_leads.select_related("post")]


def _crumbs(row: RecurringCommitment, *more: tuple[str, str]) -> list[dict[str, str]]:
    listed = reverse("plans:commitment-list", args=[row.plan.slug])
    here = _url("commitment-detail", row) if more else ""
    return crumbs(row.plan, ("What comes again", listed), (row.title, here), *more)


def _require_office(request: HttpRequest, row: RecurringCommitment) -> None:
    access.require(
        request.user, Permission.CONFIRM_COMMITMENT, partnership_id=row.plan.partnership_id
    )


@require_http_methods(["GET", "POST"])
def commitment_confirm(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The programme office says how a commitment comes again and who answers for it."""
    row = _commitment_or_404(request, plan, key)
    _require_office(request, row)
    posts = {post.key: post for post in row.plan.partnership.posts.order_by("title", "key")}

    def act(form: RuleForm) -> str:
        data = form.cleaned_data
        commitments.confirm_commitment(
            commitment=row, by=request.user, **(data | {"owner": posts[data["owner"]]})
        )
        return f"Confirmed: {row.title}."

    return carry_out(
        request,
        partial(RuleForm, posts=list(posts.values()), stated=_rule_as_stated(row)),
        fresh=_version_of(row),
        act=act,
        page=_page(request, row, "commitment_confirm"),
        leads_to=lambda: _url("commitment-detail", row),
    )


def _rule_as_stated(row: RecurringCommitment) -> dict[str, Any]:
    """Where the form starts: with the rule in force, else with what the plan says and no more."""
    latest = row.decisions.exclude(frequency="").select_related("owner").first()
    if latest is not None:
        return {
            "frequency": latest.frequency,
            "months": latest.months,
            "first_on": latest.first_on,
            "ends_on": latest.ends_on,
            "owner": latest.owner.key if latest.owner else "",
        }
    return {
        "frequency": row.stated_frequency,
        "months": row.stated_months,
        "first_on": row.stated_from,
        "ends_on": row.stated_to,
        "owner": row.owner.key if row.owner else "",
    }


def _version_of(row: RecurringCommitment) -> Callable[[], dict[str, Any]]:
    """What a form on a commitment starts with, read when it is asked for."""

    def fresh() -> dict[str, Any]:
        row.refresh_from_db(fields=["version", "state"])
        return keyed(base_version=row.version)

    return fresh


def _page(
    request: HttpRequest, row: RecurringCommitment, template: str, **more: Any
) -> Callable[..., HttpResponse]:
    """A function that shows the page of a form on a commitment."""

    def page(form: Any, *, status: int = 200, conflict: Conflict | None = None) -> HttpResponse:
        context = {
            "plan": row.plan,
            "row": row,
            "form": form,
            "conflict": conflict,
            "leads": _leads(row),
            "back": _url("commitment-detail", row),
            "crumbs": _crumbs(row, ("Decide", "")),
        }
        return render(request, f"plans/{template}.html", context | more, status=status)

    return page


@require_http_methods(["GET", "POST"])
def commitment_end(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The programme office ends a commitment, or says that it is none, with the reason."""
    row = _commitment_or_404(request, plan, key)
    _require_office(request, row)

    def act(form: EndForm) -> str:
        commitments.end_commitment(commitment=row, by=request.user, **form.cleaned_data)
        return f"Ended: {row.title}."

    return carry_out(
        request,
        EndForm,
        fresh=_version_of(row),
        act=act,
        page=_page(request, row, "commitment_end"),
        leads_to=lambda: _url("commitment-detail", row),
    )


@require_http_methods(["GET", "POST"])
def occurrence_record(request: HttpRequest, plan: str, key: str, day: str) -> HttpResponse:
    """Say what happened in one occurrence, named by the first day of its window."""
    row = _commitment_or_404(request, plan, key)
    access.require(
        request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_commitment(row)
    )
    occurrence = _occurrence_or_404(request, row, day)
    evidence = permissions.visible_to(request.user, Evidence)
    pieces = list(evidence.standing().filter(action=row.action_id)) if row.action else []

    def fresh() -> dict[str, Any]:
        latest = _occurrence_or_404(request, row, day)
        return keyed(window_from=latest.window.starts_on, base_number=latest.number)

    def act(form: OccurrenceForm) -> str:
        data = form.cleaned_data
        chosen = next((piece for piece in pieces if piece.pk == data.get("evidence")), None)
        commitments.record_occurrence(
            commitment=row, by=request.user, **(data | {"evidence": chosen})
        )
        return f"Recorded: {row.title}, {occurrence.label}."

    return carry_out(
        request,
        partial(OccurrenceForm, pieces=pieces),
        fresh=fresh,
        act=act,
        page=_page(request, row, "occurrence_record", occurrence=occurrence),
        leads_to=lambda: _url("commitment-detail", row),
    )


def _occurrence_or_404(
    request: HttpRequest, row: RecurringCommitment, day: str
) -> selectors.Occurrence:
    """The occurrence whose window begins on that day."""
    line = selectors.commitment_line(
        row, on=dates.today(), visible=seen_of_occurrences(request, row.plan)
    )
    for occurrence in line.occurrences:
        if occurrence.window.starts_on.isoformat() == day:
            return occurrence
    raise Http404
