"""The assurance programme: a financial year's audits, and one audit with what it found."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import permissions
from governance.enums import AuditState, PromptKind
from governance.models import Audit
from governance.permissions import audits as rights
from governance.policies.audits import FinancialYear, financial_year, financial_year_of
from governance.selectors import audits as reads
from governance.views.raising import led_to
from hertsend import dates
from hertsend.files import store
from hertsend.files.answering import as_attachment
from plans.models import Plan
from plans.views.context import crumbs, key_or_404, plan_or_404

HISTORY_SIZE = 25


def programme_plan(request: HttpRequest, slug: str) -> Plan:
    """The plan, for whoever reads its audits. Raises ``NotAllowed`` for other readers of the plan."""
    plan = plan_or_404(request, slug)
    rights.require_audits(request.user, plan)
    return plan


def audit_or_404(request: HttpRequest, slug: str, key: str) -> Audit:
    """The audit of that number."""
    plan = programme_plan(request, slug)
    rows = rights.visible_audits(request.user).filter(plan=plan)
    rows = rows.select_related("plan__partnership", "workstream", "reported_to", "report_file")
    return get_object_or_404(rows, key=key_or_404(key))


def programme_url(plan: Plan) -> str:
    """Where the programme stands."""
    return reverse("governance:audit-list", args=[plan.slug])


def _year(request: HttpRequest) -> FinancialYear:
    """The year of the address, else today's."""
    asked = request.GET.get("year", "")
    found = financial_year(asked) if asked else financial_year_of(dates.today())
    if found is None:
        raise Http404("There is no such year.")
    return found


@require_safe
def audit_list(request: HttpRequest, plan: str) -> HttpResponse:
    """A financial year's audits: which are due, done, not yet reported."""
    row = programme_plan(request, plan)
    year, today = _year(request), dates.today()
    rows = rights.visible_audits(request.user).filter(plan=row)
    here = programme_url(row)
    context = {
        "plan": row,
        "year": year,
        "programme": reads.programme_of(rows, year, on=today),
        "years": [
            {
                "label": each.label,
                "url": f"{here}?year={each.start}",
                "current": each == year,
            }
            for each in reads.years_of(rows, on=today)
        ],
        "manages": rights.manages_audits(request.user, row),
        "crumbs": crumbs(row, ("Assurance programme", "")),
    }
    return render(request, "governance/audit_list.html", context)


@require_safe
def audit_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One audit: what it looks at, what it showed, what it found, and who was told."""
    audit = audit_or_404(request, plan, key)
    own = rights.visible_audits(request.user).filter(pk=audit.pk)
    with_names = permissions.reads_people(request.user, audit.plan)
    trail = reads.history_of(audit, with_names=with_names)
    context = {
        "plan": audit.plan,
        "audit": audit,
        "line": reads.audit_lines(own, on=dates.today())[0],
        "page": Paginator(trail, HISTORY_SIZE).get_page(request.GET.get("page")),
        "crumbs": crumbs(
            audit.plan, ("Assurance programme", programme_url(audit.plan)), (audit.key, "")
        ),
    }
    more = _found(request, audit) | _acts(request, audit)
    return render(request, "governance/audit_detail.html", context | more)


def _found(request: HttpRequest, audit: Audit) -> dict[str, Any]:
    """What it found, by kind, each with what it led to; and whether the reader raises more."""
    by_kind = reads.findings_of(audit)
    rows = [row for _, found in by_kind for row in found]
    led = led_to(request, audit.plan, PromptKind.FINDING, rows)
    prompted = led.pop("prompted")
    findings = [
        (label, [(row, prompted.get(row.pk, ())) for row in found]) for label, found in by_kind
    ]
    return led | {"findings": findings}


def _acts(request: HttpRequest, audit: Audit) -> dict[str, Any]:
    """What the reader may do with the audit."""
    manages = rights.manages_audits(request.user, audit.plan)
    return {
        "can_report": manages and audit.state == AuditState.PLANNED,
        "can_find": manages and audit.state == AuditState.DONE,
        "can_tell": manages and audit.state == AuditState.DONE and audit.reported_on is None,
    }


@require_safe
def audit_file(request: HttpRequest, plan: str, key: str) -> FileResponse:
    """Hand out the report of an audit, to be saved and never shown here."""
    audit = audit_or_404(request, plan, key)
    if audit.report_file is None:
        raise Http404
    try:
        return as_attachment(
            store.opened(audit.report_file.sha256),
            name=audit.report_file.name,
            media_type=audit.report_file.media_type,
            size=audit.report_file.size,
        )
    except store.FileIsGone:
        raise Http404 from None
