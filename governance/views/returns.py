"""The programme office's returns: every expected one of a month, checked, accepted or sent back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from governance import permissions, selectors
from governance.forms import as_parameter
from governance.forms.returns import SendBackForm, SubmitReturnForm
from governance.selectors import ReturnLine
from governance.services import reminders, returns
from governance.views.desk import (
    CONFLICT_STATUS,
    Desk,
    desk_of,
    own_workstreams,
    period_or_404,
    workstream_or_404,
)
from hertsend import dates
from hertsend.errors import Conflict, RuleBroken
from plans.enums import PeriodState
from plans.forms import new_submission_key
from plans.models import Plan, ReportingPeriod, UpdateDraft
from plans.permissions import visible_to
from plans.selectors.rows import shown_to_decide
from plans.views.context import plan_or_404


@require_safe
def return_current(request: HttpRequest, plan: str) -> HttpResponse:
    """Lead to the month that is reported now: to the list, a lead to their own return.

    Who leads several workstreams comes to the first whose return is still owed.
    """
    row = plan_or_404(request, plan)
    own = own_workstreams(request.user, row)
    if not own or permissions.may_read_returns(request.user, row):
        permissions.require_returns(request.user, row)
        own = []
    period = selectors.default_month(row)
    if period is None:
        raise Http404
    month = as_parameter(period.month)
    if not own:
        return redirect("governance:return-list", row.slug, month)
    owed = selectors.owed_of(period)
    stream = next((each for each in own if each in owed), own[0])
    return redirect("governance:return-detail", row.slug, month, stream.key)


@require_safe
def return_list(request: HttpRequest, plan: str, month: str) -> HttpResponse:
    """Every expected return of a month with its state; what is only drafted shows to few."""
    row = plan_or_404(request, plan)
    permissions.require_returns(request.user, row)
    period = period_or_404(row, month)
    lines = selectors.returns_of(
        period,
        workstreams=row.workstreams.select_related("plan"),
        on=dates.today(),
        visible=(),
        drafts=visible_to(request.user, UpdateDraft),
    )
    context = {
        "plan": row,
        "period": period,
        "lines": lines,
        "entries": _entries(request, lines, period),
        "months": _months(row, period),
        "received": sum(len(line.received) for line in lines),
        "owed": sum(line.is_owed for line in lines),
        "may_decide": permissions.may_decide(request.user, row),
        "may_chase": permissions.may_chase(request.user, row),
        "reads_drafts": permissions.reads_all_drafts(request.user, row),
    }
    return render(request, "governance/return_list.html", context)


@dataclass(frozen=True)
class Entry:
    """A line of the list with its last reminder; ``key`` makes pressing its button twice harmless."""

    line: ReturnLine
    reminder: selectors.LastReminder | None
    key: str


def _entries(request: HttpRequest, lines: list[ReturnLine], period: ReportingPeriod) -> list[Entry]:
    visible = permissions.visible_reminders(request.user)
    last = selectors.last_reminders(visible, period)
    return [Entry(line, last.get(line.workstream.pk), new_submission_key()) for line in lines]


@require_POST
def return_remind(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """Send a reminder of a return to its leads now; say to whom it goes."""
    row = plan_or_404(request, plan)
    permissions.require_chasing(request.user, row)
    try:
        sent = reminders.remind_now(
            workstream=workstream_or_404(row, workstream),
            period=period_or_404(row, month),
            submission_key=request.POST.get("submission_key", ""),
            by=request.user,
        )
    except (RuleBroken, Conflict) as error:
        messages.warning(request, error.sentence)
    else:
        names = " and ".join(each.person.name for each in sent)
        messages.success(request, f"A reminder of the return of {workstream} goes to {names}.")
    return redirect("governance:return-list", row.slug, month)


def _months(plan: Plan, period: ReportingPeriod) -> list[dict[str, Any]]:
    """The months that have opened, latest first, as links."""
    opened = plan.periods.exclude(state=PeriodState.SCHEDULED).order_by("-month")
    return [
        {
            "label": row.label,
            "url": reverse("governance:return-list", args=[plan.slug, as_parameter(row.month)]),
            "current": row == period,
        }
        for row in opened
    ]


@require_safe
def return_check(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """What a workstream handed in, to be accepted or sent back."""
    desk = _desk(request, plan, month, workstream)
    return _checking(desk, SendBackForm(initial=_seen(desk.line)))


def _desk(request: HttpRequest, plan: str, month: str, workstream: str) -> Desk:
    permissions.require_deciding(request.user, plan_or_404(request, plan))
    return desk_of(request, plan, month, workstream)


def _seen(line: ReturnLine) -> dict[str, Any]:
    """What a decision is about: the acts and the updates that the page shows."""
    return {
        "base_version": line.version,
        "shown": shown_to_decide(line.rows),
        "submission_key": new_submission_key(),
    }


def _checking(desk: Desk, form: SendBackForm, *, conflict: Conflict | None = None) -> HttpResponse:
    context = {
        "plan": desk.plan,
        "desk": desk,
        "line": desk.line,
        "form": form,
        "accept": SubmitReturnForm(initial=_seen(desk.line), auto_id="accept_%s"),
        "conflict": conflict,
        "crumbs": [
            {"label": "Returns", "url": _list_url(desk)},
            {"label": f"{desk.line.workstream.key}, {desk.line.period.label}", "url": ""},
        ],
        "show_key": True,
    }
    status = CONFLICT_STATUS if conflict else 200
    return render(desk.request, "governance/return_check.html", context, status=status)


def _list_url(desk: Desk) -> str:
    return reverse("governance:return-list", args=desk.arguments[:2])


@require_POST
def return_accept(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """Accept a return as it was shown."""
    return _decide(_desk(request, plan, month, workstream), SubmitReturnForm, returns.accept)


@require_POST
def return_send_back(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """Send a return back with a comment."""
    return _decide(_desk(request, plan, month, workstream), SendBackForm, returns.send_back)


def _decide(desk: Desk, form_class: type[SubmitReturnForm], service: Any) -> HttpResponse:
    """Carry the decision out, or show the page again with what is in its way."""
    request = desk.request
    sent, again = form_class(request.POST), SendBackForm(request.POST)
    if not sent.is_valid() or not again.is_valid():
        return _checking(desk, again)
    try:
        row = service(
            workstream=desk.line.workstream,
            period=desk.line.period,
            by=request.user,
            **sent.cleaned_data,
        )
    except RuleBroken as error:
        for field, sentences in error.errors.items():
            again.add_error(field if field in again.fields else None, sentences)
        return _checking(desk, again)
    except Conflict as error:
        fresh = desk_of(request, *desk.arguments)
        return _checking(fresh, _renewed(fresh, request.POST), conflict=error)
    messages.success(
        request, f"The {row.period.label} return of {row.workstream.key} is {_word(row.state)}."
    )
    return redirect(_list_url(desk))


def _renewed(desk: Desk, sent: Any) -> SendBackForm:
    """The form with what was typed, ready to be sent again on what the page shows now."""
    return SendBackForm(initial=_seen(desk.line) | {"comment": sent.get("comment", "")})


def _word(state: str) -> str:
    return {"accepted": "accepted", "sent_back": "sent back"}.get(state, state)
