"""How a measure is counted and read, and where its level changed: forms, each calls one service."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from kpis import permissions
from kpis.forms import DefinitionForm, ReadingForm, StepDecisionForm, StepForm
from kpis.models import Indicator, StepChange
from kpis.services import indicators, steps
from kpis.views.context import crumbs, indicator_or_404, line_of, tell
from plans import permissions as plan_permissions
from plans.forms import new_submission_key

CONFLICT_STATUS = 409
READ_FIELDS = tuple(
    name
    for name in ReadingForm.base_fields
    if name not in {"reason", "base_version", "submission_key"}
)


def _page(
    request: HttpRequest, indicator: Indicator, form, title: str, *, more=None, status: int = 200
) -> HttpResponse:
    context = {
        "plan": indicator.plan,
        "indicator": indicator,
        "form": form,
        "title": title,
        "back": indicator.get_absolute_url(),
        "crumbs": crumbs(
            indicator.plan, (indicator.name, indicator.get_absolute_url()), (title, "")
        ),
    }
    return render(request, "kpis/setting.html", context | (more or {}), status=status)


@require_http_methods(["GET", "POST"])
def definition_new(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Say how a measure is counted from a period on."""
    indicator = indicator_or_404(request, plan, key)
    access.require(
        request.user, Permission.MANAGE_MEASURES, partnership_id=indicator.plan.partnership_id
    )
    latest = indicator.definitions.first()
    names = ("counting_rule", "source", "period_kind", "frequency", "numerator", "denominator")
    initial = {name: getattr(latest, name) for name in names} if latest else {}
    initial |= {
        "base_version": latest.version if latest else 0,
        "submission_key": new_submission_key(),
    }
    form = DefinitionForm(request.POST or None, initial=initial)
    title, status = "How it is counted", 200
    if request.method == "POST" and form.is_valid():
        try:
            indicators.define(
                indicator=indicator,
                words=form.words,
                base_version=form.cleaned_data["base_version"],
                submission_key=form.cleaned_data["submission_key"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form.add_error(None, error.sentence)
            status = CONFLICT_STATUS
        else:
            messages.success(request, "Saved. The chart draws a line where the counting changed.")
            return redirect(indicator)
    return _page(request, indicator, form, title, status=status)


@require_http_methods(["GET", "POST"])
def reading_edit(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Set how a measure is read and shown."""
    indicator = indicator_or_404(request, plan, key)
    access.require(
        request.user, Permission.MANAGE_MEASURES, partnership_id=indicator.plan.partnership_id
    )
    form = _reading_form(request, indicator)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            indicators.set_reading(
                indicator=indicator,
                reading=form.reading,
                reason=form.cleaned_data["reason"],
                base_version=form.cleaned_data["base_version"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form.add_error(None, error.sentence)
            status = CONFLICT_STATUS
        else:
            messages.success(request, "Saved.")
            return redirect(indicator)
    return _page(request, indicator, form, "How it is read", status=status)


def _reading_form(request: HttpRequest, indicator: Indicator) -> ReadingForm:
    initial = {name: getattr(indicator, name) for name in READ_FIELDS if name != "companions"}
    initial |= {
        "companions": list(indicator.companions.values_list("pk", flat=True)),
        "trajectory": "\n".join(f"{day[:7]} {number}" for day, number in indicator.trajectory),
        "base_version": indicator.version,
        "submission_key": new_submission_key(),
    }
    outcomes = indicator.plan.sections.filter(key="outcomes").first()
    others = permissions.visible_to(request.user, Indicator).filter(plan=indicator.plan)
    return ReadingForm(
        request.POST or None,
        initial=initial,
        posts=plan_permissions.visible_to(request.user, Post).filter(
            partnership=indicator.plan.partnership_id
        ),
        others=others.exclude(pk=indicator.pk),
        outcomes=[(one["key"], one["text"]) for one in (outcomes.content if outcomes else [])],
    )


@require_http_methods(["GET", "POST"])
def step_propose(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Propose that the measure has been at a new level since a period."""
    indicator = indicator_or_404(request, plan, key)
    access.require(request.user, Permission.ENTER_FIGURES, **permissions.scope_of(indicator))
    line = line_of(request, indicator)
    form = StepForm(
        request.POST or None,
        initial={"base_version": 0, "submission_key": new_submission_key()},
        periods=[
            (point.period.starts_on.isoformat(), point.label)
            for point in reversed(line.points)
            if point.number is not None
        ],
    )
    if request.method == "POST" and form.is_valid():
        try:
            steps.propose(
                indicator=indicator,
                starts_on=dt.date.fromisoformat(form.cleaned_data["starts_on"]),
                reason=form.cleaned_data["reason"],
                submission_key=form.cleaned_data["submission_key"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, "Proposed. The programme office decides.")
            return redirect(indicator)
    return _page(request, indicator, form, "Propose a step change")


@require_http_methods(["GET", "POST"])
def step_decide(request: HttpRequest, plan: str, key: str, step: int) -> HttpResponse:
    """Approve a step change, or refuse it."""
    indicator = indicator_or_404(request, plan, key)
    rows = permissions.visible_to(request.user, StepChange).select_related("proposed_by")
    row = get_object_or_404(rows, indicator=indicator, number=step)
    access.require(
        request.user, Permission.DECIDE_STEP_CHANGE, partnership_id=indicator.plan.partnership_id
    )
    form = StepDecisionForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            steps.decide(
                step=row,
                approve=form.cleaned_data["act"] == "approve",
                decision=form.cleaned_data["decision"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form.add_error(None, error.sentence)
            status = CONFLICT_STATUS
        else:
            messages.success(request, "Decided. The reason stands beside the chart.")
            return redirect(indicator)
    more = {"step": row, "today": dates.today()}
    return _page(request, indicator, form, "Decide on a step change", more=more, status=status)
