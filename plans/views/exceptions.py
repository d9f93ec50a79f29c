"""Exceptions: the list of a plan, the tab of a milestone, and the lead's report for a month."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hertsend import dates
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from plans import permissions
from plans.enums import DateRequestState, EscalationState
from plans.forms import as_parameter
from plans.forms.exceptions import ExceptionFilterForm, ReportForm
from plans.models import Milestone, Plan, ReportingPeriod
from plans.policies import OPEN_STAGES, ReportWords
from plans.selectors import Moment
from plans.selectors.challenges import NOTHING_SAID, ExceptionFile, exception_files
from plans.selectors.commitments import Missed, commitments_of, missed_in
from plans.selectors.date_requests import chain_of, requests_of
from plans.selectors.exceptions import (
    ExceptionRow,
    exception_rows,
    is_exception,
    period_reported_on,
)
from plans.services import exception_reports
from plans.views.acting import require
from plans.views.acts import carry_out, keyed
from plans.views.context import (
    crumbs,
    milestone_or_404,
    milestone_url,
    plan_or_404,
    seen_of_occurrences,
)
from plans.views.frame import milestone_frame
from plans.views.moments import as_at_context, line_as_at, moment_asked

KEPT_IN_PLACE = "last"
"""The value of ``start`` in the address that begins a report with the words of the last one."""


@require_safe
def exception_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Every overdue or off-track milestone with what its lead says of it, and each missed promise."""
    row = plan_or_404(request, plan)
    permissions.require_officers_words(request.user, row)
    moment = moment_asked(request, row)
    rows = exception_rows(
        permissions.visible_to(request.user, Milestone).filter(plan=row),
        plan=row,
        moment=moment,
        visible=permissions.visible_exception_fields(request.user, row),
    )
    form = ExceptionFilterForm(request.GET, choices=_choices(row), auto_id="filter_%s")
    form.is_valid()
    found = [each for each in rows if _fits(each, form.cleaned_data)]
    missed = _missed(request, row, moment)
    here = reverse("plans:exception-list", args=[row.slug])
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "form": form,
        "rows": found,
        "total": len(rows),
        "missed": [each for each in missed if _fits_promise(each, form.cleaned_data)],
        "all_missed": len(missed),
        "reported": sum(each.is_reported for each in rows),
        "period": period_reported_on(row, moment),
        "active": _active(request, form, here),
        "here": f"{here}{moment.query}",
        "show_key": True,
    }
    return render(request, "plans/exception_list.html", context)


def _missed(request: HttpRequest, plan: Plan, moment: Moment) -> list[Missed]:
    """What the plan promises again and again and was missed: exceptions too, though nobody is late."""
    lines = commitments_of(
        plan, at=moment.at, on=moment.on, visible=seen_of_occurrences(request, plan)
    )
    return missed_in(lines, since=dates.first_of(moment.on))


def _fits_promise(missed: Missed, wanted: dict[str, Any]) -> bool:
    """Whether a promise fits the filters: it has a workstream, but neither areas nor a report."""
    stream, area, report = (wanted.get(name, "") for name in ("workstream", "area", "report"))
    return stream in ("", missed.line.workstream_key) and not area and report in ("", "without")


def _choices(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    streams = [(row.key, f"{row.key} {row.name}") for row in plan.workstreams.all()]
    areas = [(row.key, f"{row.key} {row.name}") for row in plan.areas.all()]
    return {"workstream": [("", "All"), *streams], "area": [("", "All"), *areas]}


def _fits(row: ExceptionRow, wanted: dict[str, Any]) -> bool:
    """Whether a row fits every filter that is set; an unknown value filters nothing."""
    stream, area, report = (wanted.get(name, "") for name in ("workstream", "area", "report"))
    return (
        stream in ("", row.line.workstream_key)
        and (not area or area in row.line.area_keys)
        and (not report or (report == "with") == row.is_reported)
    )


def _active(request: HttpRequest, form: ExceptionFilterForm, here: str) -> list[dict[str, str]]:
    """The filters in use, each with the address of the same list without it."""
    found = []
    for name, value in form.cleaned_data.items():
        if value:
            rest = {key: each for key, each in request.GET.items() if key != name and each}
            label = dict(form.fields[name].choices).get(value, value)
            words = f"{form.fields[name].label}: {label}"
            found.append({"label": words, "remove_url": f"{here}?{urlencode(rest)}"})
    return found


@require_safe
def milestone_exceptions(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """What is said of a milestone's exceptions, and the chain of its dates."""
    milestone = milestone_or_404(request, plan, key)
    permissions.require_officers_words(request.user, milestone.plan)
    moment = moment_asked(request, milestone.plan)
    own = permissions.visible_to(request.user, Milestone).filter(pk=milestone.pk)
    line = line_as_at(request, milestone, moment)
    visible = permissions.visible_exception_fields(request.user, milestone.plan)
    context = milestone_frame(request, milestone, moment, current="Exceptions and dates") | {
        "line": line,
        "file": exception_files(own, at=moment.at, visible=visible).get(milestone.pk, NOTHING_SAID),
        "spell": milestone.exceptions.open_at(moment.at).first(),
        "chain": chain_of(milestone, forecast_on=line.forecast_on, at=moment.at, visible=visible),
        "requests": requests_of(own, at=moment.at, visible=visible),
    }
    return render(
        request, "plans/milestone_exceptions.html", context | _acts(request, milestone, moment)
    )


def _acts(request: HttpRequest, milestone: Milestone, moment: Moment) -> dict[str, bool]:
    """What the reader may do here and now; nothing in a past view."""
    if moment.is_past:
        return {}
    is_open = milestone.stage in OPEN_STAGES
    leads = permissions.may_update(request.user, milestone)
    challenges = permissions.may_challenge(request.user, milestone)
    challengeable = is_open and challenges and is_exception(milestone, on=moment.on)
    waits = milestone.date_requests.filter(state=DateRequestState.OPEN).exists()
    raised = milestone.escalations.filter(state=EscalationState.OPEN)
    return {
        "can_report": leads and is_open,
        "can_ask": challengeable,
        "can_escalate": challengeable and not raised.exists(),
        "can_withdraw_escalation": challenges and raised.filter(escalated_by=request.user).exists(),
        "can_answer": leads,
        "can_answer_escalation": permissions.may_answer_escalation(request.user, milestone),
        "can_record": permissions.may_record_deep_dive(request.user, milestone),
        "can_request_date": leads and is_open and not waits,
    }


@require_http_methods(["GET", "POST"])
def exception_report(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The form by which a lead reports on an exception for a month."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    periods = list(milestone.plan.periods.accepting_updates())
    period = _period(request, milestone, periods)
    if period is None:
        return _report_page(request, milestone, None, None, periods=periods)
    last = _said(request, milestone)

    def page(form: ReportForm, *, status: int = 200, conflict: Conflict | None = None):
        shown = {"conflict": conflict, "status": status, "last": last.latest_before(period.month)}
        return _report_page(request, milestone, form, period, periods=periods, **shown)

    def act(form: ReportForm) -> str:
        exception_reports.write_report(
            milestone=milestone,
            period=period,
            words=form.words,
            base_version=form.cleaned_data["base_version"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
        return f"Exception report for {milestone.key}, {period.label}, is stored."

    return carry_out(
        request,
        ReportForm,
        fresh=lambda: _fresh(request, milestone, period),
        act=act,
        page=page,
        leads_to=lambda: _next(request, milestone, period),
    )


def _next(request: HttpRequest, milestone: Milestone, period: ReportingPeriod) -> str:
    """Back to where the report was asked for: the row of the return, or the milestone's tab."""
    if request.POST.get("then") != "return":
        return milestone_url("milestone-exceptions", milestone)
    address = [milestone.plan.slug, as_parameter(period), milestone.action.workstream.key]
    return f"{reverse('governance:return-detail', args=address)}#row{milestone.pk}"


def _period(
    request: HttpRequest, milestone: Milestone, running: list[ReportingPeriod]
) -> ReportingPeriod | None:
    """The month of the form or the address, else the earliest that takes reports; None without one.

    A month that froze while somebody was typing is for the rules to refuse, so that they are told.
    """
    asked = request.POST.get("period") or request.GET.get("month", "")
    if not asked:
        return next(iter(running), None)
    for period in milestone.plan.periods.all():
        if as_parameter(period) == asked:
            return period
    raise Http404("There is no such month.")


def _said(request: HttpRequest, milestone: Milestone) -> ExceptionFile:
    """What was said of the milestone's exceptions until now, read anew."""
    own = permissions.visible_to(request.user, Milestone).filter(pk=milestone.pk)
    visible = permissions.visible_exception_fields(request.user, milestone.plan)
    return exception_files(own, visible=visible).get(milestone.pk, NOTHING_SAID)


def _fresh(request: HttpRequest, milestone: Milestone, period: ReportingPeriod) -> dict[str, Any]:
    """Where the form starts: this month's report, to be corrected, or the last one if it was asked for."""
    said = _said(request, milestone)
    current = said.report_of(period.month)
    start = keyed(base_version=current.number if current else 0, period=as_parameter(period))
    if request.method == "POST":
        return start
    words = current
    if words is None and request.GET.get("start") == KEPT_IN_PLACE:
        words = said.latest_before(period.month)
    if words is None:
        return start
    kept = {name: getattr(words, name) for name in ReportWords.__dataclass_fields__}
    if words.done_by < dates.today():
        del kept["done_by"]
    return start | kept


def _report_page(
    request: HttpRequest,
    milestone: Milestone,
    form: ReportForm | None,
    period: ReportingPeriod | None,
    *,
    periods: list[ReportingPeriod],
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "plan": milestone.plan,
        "milestone": milestone,
        "form": form,
        "period": period,
        "others": [row for row in periods if row != period],
        "then": request.POST.get("then") or request.GET.get("then", ""),
        "here": milestone_url("exception-report", milestone),
        "back": milestone_url("milestone-exceptions", milestone),
        "crumbs": crumbs(
            milestone.plan,
            (milestone.action.key, milestone.action.get_absolute_url()),
            (milestone.key, milestone.get_absolute_url()),
            ("Exception report", ""),
        ),
    }
    return render(request, "plans/exception_report.html", context | more, status=status)
