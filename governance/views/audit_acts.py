"""What is done with audits: planned, changed, cancelled, reported; findings; who was told."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from governance.forms.audits import (
    CancelAuditForm,
    ChangeAuditForm,
    FindingForm,
    PlanAuditForm,
    ReportForm,
    TellForm,
)
from governance.models import Audit
from governance.permissions import audits as permissions
from governance.policies.audits import AuditWords
from governance.services import audits
from governance.views.act_page import act_page
from governance.views.audits import audit_or_404, programme_plan, programme_url
from governance.views.risk_pages import sent
from hertsend.errors import Conflict, RuleBroken
from plans.models import Plan
from plans.views.acting import CONFLICT_STATUS, tell
from plans.views.acts import carry_out, keyed


def _page(
    request: HttpRequest,
    plan: Plan,
    audit: Audit | None,
    words: tuple[str, str],
    form: Any,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """A page with one form; ``words`` are its title and its button."""
    title, button = words
    above = ((audit.key, audit.get_absolute_url()),) if audit else ()
    return act_page(
        request,
        plan,
        form,
        title=title,
        button=button,
        caption=audit.title if audit else plan.partnership.name,
        trail=(("Assurance programme", programme_url(plan)), *above),
        status=status,
        conflict=conflict,
    )


@require_http_methods(["GET", "POST"])
def audit_add(request: HttpRequest, plan: str) -> HttpResponse:
    """Put an audit into the programme."""
    row = programme_plan(request, plan)
    permissions.require_audit_manager(request.user, row)
    planned: list[Audit] = []

    def act(form: PlanAuditForm) -> str:
        found = audits.plan_audit(
            plan=row,
            words=form.words,
            workstream=form.cleaned_data["workstream"],
            by=request.user,
            submission_key=form.cleaned_data["submission_key"],
        )
        planned.append(found)
        return f"{found.key} is in the programme."

    def planned_page() -> str:
        return planned[0].get_absolute_url()

    return carry_out(
        request,
        partial(PlanAuditForm, plan=row),
        fresh=keyed,
        act=act,
        page=partial(_page, request, row, None, ("Plan an audit", "Put it in")),
        leads_to=planned_page,
    )


def _managed(request: HttpRequest, plan: str, key: str) -> Audit:
    audit = audit_or_404(request, plan, key)
    permissions.require_audit_manager(request.user, audit.plan)
    return audit


def _begun(request: HttpRequest, audit: Audit) -> dict[str, Any]:
    """The version of the audit as it is stored now, and a key of the form's own."""
    now = permissions.visible_audits(request.user).get(pk=audit.pk)
    return keyed(base_version=now.version)


def _act_on(
    request: HttpRequest,
    audit: Audit,
    form_class: Callable[..., Any],
    *,
    act: Callable[[Any], object],
    said: str,
    words: tuple[str, str],
    start: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form about an audit, or carry it out and go back to the audit."""

    def fresh() -> dict[str, Any]:
        given = start or {}
        return _begun(request, audit) | (given if request.method != "POST" else {})

    def carried_out(form: Any) -> str:
        act(form)
        return said

    return carry_out(
        request,
        form_class,
        fresh=fresh,
        act=carried_out,
        page=partial(_page, request, audit.plan, audit, words),
        leads_to=audit.get_absolute_url,
    )


@require_http_methods(["GET", "POST"])
def audit_change(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Change a planned audit, its day among the rest."""
    audit = _managed(request, plan, key)
    start = {name: getattr(audit, name) for name in AuditWords.__dataclass_fields__}
    return _act_on(
        request,
        audit,
        partial(ChangeAuditForm, plan=audit.plan),
        act=lambda form: audits.change_audit(
            audit=audit, words=form.words, by=request.user, **sent(form, "workstream", "reason")
        ),
        said=f"{audit.key} is changed.",
        words=(f"Change {audit.key}", "Save the changes"),
        start=start | {"workstream": audit.workstream_id},
    )


@require_http_methods(["GET", "POST"])
def audit_cancel(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Cancel a planned audit."""
    audit = _managed(request, plan, key)
    return _act_on(
        request,
        audit,
        CancelAuditForm,
        act=lambda form: audits.cancel_audit(audit=audit, by=request.user, **sent(form, "reason")),
        said=f"{audit.key} is cancelled.",
        words=(f"Cancel {audit.key}", "Cancel this audit"),
    )


@require_http_methods(["GET", "POST"])
def audit_report(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Say that an audit is done, with its report; a file taken once comes back with the page."""
    audit = _managed(request, plan, key)
    words = (f"Report of {audit.key}", "Save the report")
    if request.method != "POST":
        return _page(request, audit.plan, audit, words, ReportForm(initial=_begun(request, audit)))
    form = ReportForm(request.POST, request.FILES)
    form.full_clean()
    form.take_file(holder=request.user.pk)
    if form.is_valid():
        try:
            audits.report_audit(audit=audit, words=form.words, by=request.user, **sent(form))
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form.data |= {name: str(value) for name, value in _begun(request, audit).items()}
            messages.warning(request, error.sentence)
            return _page(
                request, audit.plan, audit, words, form, status=CONFLICT_STATUS, conflict=error
            )
        else:
            messages.success(request, f"{audit.key} is done. Note now what it found.")
            return redirect(audit)
    return _page(request, audit.plan, audit, words, form)


@require_http_methods(["GET", "POST"])
def finding_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Note one thing that an audit found."""
    audit = _managed(request, plan, key)

    def act(form: FindingForm) -> str:
        audits.add_finding(audit=audit, by=request.user, **form.cleaned_data)
        return "The finding is noted."

    return carry_out(
        request,
        FindingForm,
        fresh=keyed,
        act=act,
        page=partial(_page, request, audit.plan, audit, ("Note a finding", "Note it")),
        leads_to=audit.get_absolute_url,
    )


@require_http_methods(["GET", "POST"])
def audit_tell(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Note which group had the report."""
    audit = _managed(request, plan, key)
    return _act_on(
        request,
        audit,
        partial(TellForm, plan=audit.plan),
        act=lambda form: audits.tell_group(
            audit=audit, by=request.user, **sent(form, "group", "reported_on")
        ),
        said=f"It is noted who had the report of {audit.key}.",
        words=(f"Who had the report of {audit.key}", "Save"),
    )
