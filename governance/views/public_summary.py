"""How the public summary is made: months, sentences, approval, publication, and the switch."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.public_summary import (
    OFF,
    ON,
    ApproveSentencesForm,
    CorrectSummaryForm,
    PublishSummaryForm,
    SentencesForm,
    SwitchForm,
)
from governance.models.public_summary import SENTENCES, USUAL_THRESHOLD
from governance.permissions import families as permissions
from governance.selectors import public_summary as reads
from governance.services import public_summary as services
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from plans.models import Plan, ReportingPeriod
from plans.permissions import visible_to
from plans.views.acts import carry_out
from plans.views.context import crumbs, key_or_404, plan_or_404

TITLE = "Public summary"


def _plan(request: HttpRequest, slug: str) -> Plan:
    row = plan_or_404(request, slug)
    permissions.require_public_summary(request.user, row)
    return row


def _period(request: HttpRequest, slug: str, month: str) -> ReportingPeriod:
    """The month of the address, once it has begun; 404 for every other word."""
    row = plan_or_404(request, slug)
    visible = visible_to(request.user, ReportingPeriod).filter(plan=row)
    found = next((each for each in visible if f"{each.month:%Y-%m}" == month), None)
    if found is None or found.month > dates.today():
        raise Http404
    permissions.require_public_summary(request.user, row)
    found.plan = row
    return found


def _threshold(plan: Plan) -> int:
    setting = reads.setting_in_force(plan, on=dates.today())
    return setting.threshold if setting else USUAL_THRESHOLD


def _crumbs(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(plan, (TITLE, reverse("governance:summary-list", args=[plan.slug])), *more)


def _month_url(period: ReportingPeriod) -> str:
    return reverse("governance:summary-month", args=[period.plan.slug, f"{period.month:%Y-%m}"])


@require_safe
def summary_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Whether the summary is public, who decided it, and what is written of each month."""
    row = _plan(request, plan)
    total = row.areas.count()
    context = {
        "plan": row,
        "setting": reads.setting_in_force(row, on=dates.today()),
        "settings": reads.settings_of(row),
        "months": [
            {
                "period": period,
                "url": reverse(
                    "governance:summary-month", args=[row.slug, f"{period.month:%Y-%m}"]
                ),
                "approved": sum(each.state == "approved" for each in period.area_summaries.all()),
                "total": total,
                "versions": len(period.summary_publications.all()),
            }
            for period in reads.months_of(row, on=dates.today())
        ],
        "crumbs": crumbs(row, (TITLE, "")),
    } | permissions.does_in_summary(request.user, row)
    return render(request, "governance/summary_list.html", context)


@require_safe
def summary_month(request: HttpRequest, plan: str, month: str) -> HttpResponse:
    """What is written of a month, what is to be told of it, and what the public was shown."""
    period = _period(request, plan, month)
    context = {
        "plan": period.plan,
        "period": period,
        "month": month,
        "lines": reads.areas_of_month(period, threshold=_threshold(period.plan)),
        "versions": reads.publications_of_month(period),
        "setting": reads.setting_in_force(period.plan, on=dates.today()),
        "crumbs": _crumbs(period.plan, (period.label, "")),
    } | permissions.does_in_summary(request.user, period.plan)
    return render(request, "governance/summary_month.html", context)


@require_http_methods(["GET", "POST"])
def summary_write(request: HttpRequest, plan: str, month: str, key: str) -> HttpResponse:
    """Write an area's sentences."""
    period, line = _area(request, plan, month, key)
    _require(request, period.plan, Permission.WRITE_SUMMARY)

    def fresh() -> dict[str, Any]:
        stored = _area(request, plan, month, key)[1].summary
        words = {name: getattr(stored, name, "") for name in SENTENCES}
        shown = words if request.method != "POST" else {}
        return shown | {"base_version": stored.version if stored else 0}

    def act(form: SentencesForm) -> str:
        services.write(period=period, area=line.area, by=request.user, **form.cleaned_data)
        return "Saved as a draft. Somebody else approves it."

    page = partial(
        _form_page, request, period, title=f"{line.area.key} in {period.label}", button="Save"
    )
    return carry_out(
        request,
        SentencesForm,
        fresh=fresh,
        act=act,
        page=partial(page, line=line, is_writing=True),
        leads_to=lambda: _month_url(period),
    )


@require_http_methods(["GET", "POST"])
def summary_approve(request: HttpRequest, plan: str, month: str, key: str) -> HttpResponse:
    """Approve an area's sentences as they stand."""
    period, line = _area(request, plan, month, key)
    _require(request, period.plan, Permission.APPROVE_SUMMARY)
    if line.summary is None:
        raise Http404

    def act(form: ApproveSentencesForm) -> str:
        services.approve(summary=line.summary, by=request.user, **form.cleaned_data)
        return f"Approved: {line.area.key}."

    return carry_out(
        request,
        ApproveSentencesForm,
        fresh=lambda: {"base_version": _area(request, plan, month, key)[1].summary.version},
        act=act,
        page=partial(
            _form_page,
            request,
            period,
            title=f"Approve {line.area.key} in {period.label}",
            button="Approve",
            line=line,
        ),
        leads_to=lambda: _month_url(period),
    )


@require_http_methods(["GET", "POST"])
def summary_publish(request: HttpRequest, plan: str, month: str) -> HttpResponse:
    """Show a month to the public, or correct what it was shown."""
    period = _period(request, plan, month)
    _require(request, period.plan, Permission.WRITE_SUMMARY)
    number = reads.publications_of_month(period).count()

    def act(form: PublishSummaryForm) -> str:
        services.publish(period=period, by=request.user, **form.cleaned_data)
        return f"Published: everyone can read {period.label} now."

    return carry_out(
        request,
        CorrectSummaryForm if number else PublishSummaryForm,
        fresh=lambda: {"base_number": reads.publications_of_month(period).count()},
        act=act,
        page=partial(
            _form_page,
            request,
            period,
            title=f"{'Correct' if number else 'Publish'} {period.label}",
            button="Publish",
            missing=reads.areas_not_approved(period),
            preview=_preview(period),
        ),
        leads_to=lambda: _month_url(period),
    )


def _preview(period: ReportingPeriod) -> Any:
    """What the public would be shown; nothing before the month is frozen."""
    if period.frozen_at is None:
        return None
    return reads.preview_of(period, threshold=_threshold(period.plan))


@require_http_methods(["GET", "POST"])
def summary_switch(request: HttpRequest, plan: str) -> HttpResponse:
    """Decide whether the summary is public from a day on."""
    row = plan_or_404(request, plan)
    _require(request, row, Permission.SWITCH_PUBLIC_SUMMARY)
    listed = reverse("governance:summary-list", args=[row.slug])

    def fresh() -> dict[str, Any]:
        setting = reads.setting_in_force(row, on=dates.today())
        is_on = setting is not None and setting.is_on
        shown = {"is_on": OFF if is_on else ON, "from_on": dates.today()}
        shown |= {"threshold": _threshold(row)} if request.method != "POST" else {}
        number = {"base_number": reads.settings_of(row).count()}
        return (shown if request.method != "POST" else {}) | number

    def act(form: SwitchForm) -> str:
        services.switch(plan=row, by=request.user, **form.cleaned_data)
        return "Your decision is noted."

    page = partial(_switch_page, request, row, listed)
    return carry_out(request, SwitchForm, fresh=fresh, act=act, page=page, leads_to=lambda: listed)


def _require(request: HttpRequest, plan: Plan, permission: Permission) -> None:
    access.require(request.user, permission, partnership_id=plan.partnership_id)


def _area(
    request: HttpRequest, plan: str, month: str, key: str
) -> tuple[ReportingPeriod, reads.AreaLine]:
    period = _period(request, plan, month)
    known = {
        line.area.key: line
        for line in reads.areas_of_month(period, threshold=_threshold(period.plan))
    }
    if key_or_404(key) not in known:
        raise Http404
    return period, known[key]


def _form_page(
    request: HttpRequest,
    period: ReportingPeriod,
    form: Form,
    *,
    title: str,
    status: int = 200,
    conflict: Conflict | None = None,
    **shown: Any,
) -> HttpResponse:
    back = _month_url(period)
    context = shown | {
        "plan": period.plan,
        "period": period,
        "form": form,
        "title": title,
        "back": back,
        "stored": stored_in_words(form, conflict),
        "crumbs": _crumbs(period.plan, (period.label, back), (title, "")),
    }
    return render(request, "governance/summary_form.html", context, status=status)


def stored_in_words(form: Form, conflict: Conflict | None) -> list[tuple[str, Any]]:
    """What somebody else stored meanwhile, under the labels of the fields."""
    current = conflict.current if conflict else {}
    return [
        (form.fields[name].label, value)
        for name, value in current.items()
        if name in form.fields and value
    ]


def _switch_page(
    request: HttpRequest,
    plan: Plan,
    back: str,
    form: Form,
    *,
    status: int = 200,
    conflict: Conflict | None = None,  # noqa: ARG001 - the sentence of the conflict says it all
) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "title": "Switch the public summary",
        "button": "Decide",
        "back": back,
        "stored": [],
        "crumbs": _crumbs(plan, ("Switch", "")),
    }
    return render(request, "governance/summary_form.html", context, status=status)
