"""Decisions and actions taken because of data: the page and its CSV."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.decisions import DataReportForm
from governance.permissions.records import Reader
from governance.selectors.because_of_data import CSV_HEADINGS, DataReport, csv_rows, data_report
from governance.views.records import trail
from hertsend import dates
from hertsend.errors import RuleBroken
from hertsend.records.exports import csv_text
from plans.models import Plan
from plans.views.context import plan_or_404

BAD_REQUEST = 400


@require_safe
def because_of_data(request: HttpRequest, plan: str) -> HttpResponse:
    """What data led to: each decision and action with what prompted it and what that showed."""
    row = plan_or_404(request, plan)
    form = DataReportForm(request.GET, auto_id="filter_%s")
    here = reverse("governance:because-of-data", args=[row.slug])
    context: dict[str, Any] = {
        "plan": row,
        "form": form,
        "here": here,
        "crumbs": trail(row, ("Because of data", "")),
    }
    if not form.is_valid():
        return render(request, "governance/because_of_data.html", context, status=BAD_REQUEST)
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    export = reverse("governance:because-of-data-export", args=[row.slug])
    context |= {
        "report": _report(request, row, asked),
        "is_narrowed": bool(asked),
        "export": f"{export}?{urlencode(asked)}" if asked else export,
    }
    return render(request, "governance/because_of_data.html", context)


@require_safe
def because_of_data_export(request: HttpRequest, plan: str) -> HttpResponse:
    """The same as CSV: a row for each thing that prompted each of them."""
    row = plan_or_404(request, plan)
    form = DataReportForm(request.GET)
    if not form.is_valid():
        raise RuleBroken({name: list(map(str, found)) for name, found in form.errors.items()})
    report = _report(request, row, {k: v for k, v in form.cleaned_data.items() if v})
    response = HttpResponse(
        csv_text(CSV_HEADINGS, csv_rows(report)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-because-of-data.csv"'
    return response


def _report(request: HttpRequest, plan: Plan, asked: dict[str, Any]) -> DataReport:
    return data_report(Reader.of(request.user, plan), on=dates.today(), **asked)
