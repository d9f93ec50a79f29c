"""What changed between two moments, by default since the last board pack: the page and its CSV."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import permissions
from governance.forms.spans import SpanForm
from governance.selectors import comparison as comparing
from governance.selectors.comparison import Comparison
from governance.views.context import ShortList
from hertsend import dates
from hertsend.errors import RuleBroken
from hertsend.records.exports import csv_text
from plans.models import ImpactRating, Plan
from plans.permissions import visible_fields
from plans.selectors import Moment
from plans.views.context import crumbs, plan_or_404

BAD_REQUEST = 400


@require_safe
def changes(request: HttpRequest, plan: str) -> HttpResponse:
    """The plan at two moments, and what is otherwise; a refused moment keeps what was typed."""
    row = plan_or_404(request, plan)
    asked = _asked(request)
    form = _form(row, asked)
    context: dict[str, Any] = {"plan": row, "form": form, "crumbs": crumbs(row, ("Changes", ""))}
    try:
        span = comparing.span_of(row, **asked, today=dates.today())
    except RuleBroken as error:
        form.is_valid()
        for name, sentences in error.errors.items():
            form.add_error(name, sentences)
        return render(request, "governance/changes.html", context, status=BAD_REQUEST)
    if span is not None:
        context |= _compared(_comparison(request, row, *span))
    return render(request, "governance/changes.html", context)


@require_safe
def changes_export(request: HttpRequest, plan: str) -> HttpResponse:
    """The same as CSV: a row for each change of each milestone."""
    row = plan_or_404(request, plan)
    span = comparing.span_of(row, **_asked(request), today=dates.today())
    found = comparing.rows_of(_comparison(request, row, *span)) if span else []
    name = "-".join([row.slug, "changes", *map(_in_name, span or ())])
    response = HttpResponse(
        csv_text(comparing.CSV_HEADINGS, found), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _in_name(moment: Moment) -> str:
    """A moment in the name of a file."""
    return moment.parameter or (moment.on.isoformat() if moment.is_past else "today")


def _asked(request: HttpRequest) -> dict[str, str]:
    """The two moments of the address; of a month and a day under one name the day counts."""
    widget = SpanForm.base_fields["since"].widget
    return {name: widget.value_from_datadict(request.GET, {}, name) for name in ("since", "until")}


def _form(plan: Plan, asked: dict[str, str]) -> SpanForm:
    months = [(f"{row.month:%Y-%m}", row.label) for row in plan.periods.closed()]
    return SpanForm(
        asked,
        months=months,
        latest=dates.today().isoformat(),
        nothing={"since": "The last board pack", "until": "Now"},
        auto_id="span_%s",
    )


def _comparison(request: HttpRequest, plan: Plan, since: Moment, until: Moment) -> Comparison:
    partnership = plan.partnership_id
    return comparing.comparison(
        plan,
        since,
        until,
        visible=permissions.visible_words(request.user, plan),
        visible_of_impact=visible_fields(request.user, ImpactRating, partnership_id=partnership),
    )


def _compared(found: Comparison) -> dict[str, Any]:
    """What the page shows of a comparison, with the addresses of the same in other forms."""
    span = {"since": found.since.parameter, "until": found.until.parameter}
    query = urlencode({name: value for name, value in span.items() if value})
    table = {"as_at": found.until.parameter, "beside": found.since.parameter}
    slug = [found.plan.slug]
    return {
        "found": found,
        "groups": [(group, ShortList(group.lines)) for group in found.groups],
        "export": f"{reverse('governance:changes-export', args=slug)}?{query}",
        "table": f"{reverse('plans:milestone-list', args=slug)}?"
        + urlencode({name: value for name, value in table.items() if value})
        if found.since.parameter
        else "",
        "show_key": True,
    }
