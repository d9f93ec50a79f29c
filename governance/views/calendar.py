"""The reporting calendar: the months with their days, and the programme office's two acts on them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance import selectors
from governance.forms import as_parameter, from_parameter
from governance.forms.calendar import DaysForm, ReopenForm
from governance.views.sending import Sending, begun
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.ui.templatetags.ui import long_date
from plans import permissions
from plans.models import PeriodUnfreezing, Plan, ReportingPeriod
from plans.policies import check_may_set_days, falls_due_on, latest_freeze
from plans.selectors import check_may_reopen
from plans.services import calendar, periods
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25


def month_or_404(request: HttpRequest, slug: str, month: str) -> ReportingPeriod:
    """The month of the address, in a plan that the reader may see."""
    first = from_parameter(month)
    if first is None:
        raise Http404("There is no such month.")
    rows = permissions.visible_to(request.user, ReportingPeriod).select_related("plan__partnership")
    return get_object_or_404(rows, plan__slug=slug, month=first)


def _context(request: HttpRequest, plan: Plan, *more: tuple[str, str]) -> dict[str, Any]:
    """What every page of the calendar knows of its reader."""
    where = reverse("governance:calendar", args=[plan.slug])
    return {
        "plan": plan,
        "manages": access.of(request.user).may(
            Permission.MANAGE_PERIODS, partnership_id=plan.partnership_id
        ),
        "is_plain": permissions.reads_only_plain_english(
            request.user, partnership_id=plan.partnership_id
        ),
        "reads_papers": access.of(request.user).may(
            Permission.READ_BOARD_PACK, partnership_id=plan.partnership_id
        ),
        "crumbs": crumbs(plan, ("Calendar", where if more else ""), *more),
    }


@require_safe
def calendar_page(request: HttpRequest, plan: str) -> HttpResponse:
    """The year ahead, and the months gone by."""
    row = plan_or_404(request, plan)
    context = _context(request, row) | {"calendar": selectors.calendar_of(row)}
    return render(request, "governance/calendar.html", context)


@require_safe
def period_detail(request: HttpRequest, plan: str, month: str) -> HttpResponse:
    """One month: its days, why it was reopened, and its history in sentences."""
    period = month_or_404(request, plan, month)
    seen = _visible(request, period.plan)
    board = selectors.calendar_of(period.plan)
    trail = selectors.history_of_period(
        period, show_people="by" in seen, show_reasons="reason" in seen
    )
    context = _context(request, period.plan, (period.label, "")) | {
        "period": period,
        "line": board.of(period.month),
        "can_reopen": period == board.reopenable,
        "reopenings": selectors.reopenings_of(period, visible=seen),
        "page": Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "governance/period_detail.html", context)


def _visible(request: HttpRequest, plan: Plan) -> frozenset[str]:
    """The fields of reopenings that the reader may see."""
    return permissions.visible_fields(
        request.user, PeriodUnfreezing, partnership_id=plan.partnership_id
    )


def _month_to_manage(request: HttpRequest, slug: str, month: str) -> ReportingPeriod:
    period = month_or_404(request, slug, month)
    access.require(
        request.user, Permission.MANAGE_PERIODS, partnership_id=period.plan.partnership_id
    )
    return period


@require_http_methods(["GET", "POST"])
def period_days(request: HttpRequest, plan: str, month: str) -> HttpResponse:
    """Set the days of a month that has not opened."""
    period = _month_to_manage(request, plan, month)
    refusal = _refusal(lambda: check_may_set_days(state=period.state, month=period.month))
    initial = {"due_on": period.due_on, "freezes_on": period.freezes_on}

    def make(data: QueryDict | None) -> DaysForm:
        return DaysForm(data, initial=initial | begun(period.version))

    def act(typed: dict[str, Any]) -> object:
        return calendar.set_days(period=period, by=request.user, **typed)

    sending = Sending(request, make, act, version_now=lambda: _version_now(period))
    if sending.done:
        messages.success(request, f"The days of {period.label} are changed.")
        return redirect(_address(period))
    template = "governance/period_days.html"
    return _form_page(request, period, sending, template=template, refusal=refusal)


@require_http_methods(["GET", "POST"])
def period_reopen(request: HttpRequest, plan: str, month: str) -> HttpResponse:
    """Take the last frozen month back to due."""
    period = _month_to_manage(request, plan, month)
    refusal = _refusal(lambda: check_may_reopen(period))

    def make(data: QueryDict | None) -> ReopenForm:
        return ReopenForm(data, initial=begun(period.version))

    def act(typed: dict[str, Any]) -> object:
        return periods.unfreeze(period=period, by=request.user, **typed)

    sending = Sending(request, make, act, version_now=lambda: _version_now(period))
    if sending.done:
        until = long_date(sending.form.cleaned_data["freezes_on"])
        messages.success(request, f"{period.label} is reopened until {until}.")
        return redirect(_address(period))
    template = "governance/period_reopen.html"
    return _form_page(request, period, sending, template=template, refusal=refusal)


def _refusal(check: Callable[[], None]) -> str:
    """Why there is no form for this month, "" where there is one."""
    try:
        check()
    except RuleBroken as error:
        return error.sentence
    return ""


def _version_now(period: ReportingPeriod) -> int:
    period.refresh_from_db(fields=["version"])
    return period.version


def _address(period: ReportingPeriod) -> str:
    return reverse("governance:period-detail", args=[period.plan.slug, as_parameter(period.month)])


def _form_page(
    request: HttpRequest,
    period: ReportingPeriod,
    sending: Sending,
    *,
    template: str,
    refusal: str,
) -> HttpResponse:
    """A page with the form, the days between which one may choose, and the bank holidays among them."""
    tomorrow = dates.next_day(dates.today())
    first, last = max(falls_due_on(period.month), tomorrow), latest_freeze(period.month)
    word = "Change its days" if isinstance(sending.form, DaysForm) else "Reopen"
    context = _context(request, period.plan, (period.label, _address(period)), (word, "")) | {
        "period": period,
        "form": sending.form,
        "refusal": refusal,
        "conflict": _compared(sending),
        "first": first,
        "last": last,
        "holidays": dates.bank_holidays_between(first, last),
        "back": _address(period),
    }
    return render(request, template, context, status=sending.status)


def _compared(sending: Sending) -> Sequence[tuple[str, Any, Any]]:
    """Each field on which two people differ: its name, what is stored, what was typed."""
    if sending.conflict is None:
        return ()
    stored, typed = sending.conflict.current, sending.conflict.submitted
    return [(sending.form.fields[name].label, stored[name], typed[name]) for name in stored]
