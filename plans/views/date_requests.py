"""Requests for new dates: the queue, asking, and a joint chair's decision on exactly what is shown."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed
from plans import permissions, selectors
from plans.enums import DateRequestState
from plans.forms.date_requests import DateDecisionForm, DateRequestForm
from plans.forms.exceptions import VersionedForm
from plans.models import DateChangeRequest, Milestone
from plans.selectors.date_requests import chain_of, move_of, requester_ids, requests_of
from plans.services import date_requests
from plans.views.acting import require
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, milestone_or_404, milestone_url, plan_or_404
from plans.views.moments import as_at_context, line_as_at, lines_as_at, moment_asked

FORM_METHODS = ["GET", "POST"]


@require_safe
def date_request_list(request: HttpRequest, plan: str) -> HttpResponse:
    """The requests that wait for a decision, oldest first, and below them those decided."""
    row = plan_or_404(request, plan)
    permissions.require_officers_words(request.user, row)
    moment = moment_asked(request, row)
    milestones = permissions.visible_to(request.user, Milestone).filter(plan=row)
    visible = permissions.visible_exception_fields(request.user, row)
    found = requests_of(milestones, at=moment.at, visible=visible)
    asked_about = milestones.filter(pk__in={each.milestone for each in found})
    lines = {line.pk: line for line in lines_as_at(request, row, moment, asked_about)}
    held = access.of(request.user)
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "waiting": [
            (each, lines[each.milestone], _may_decide(held, row, lines[each.milestone]))
            for each in reversed(found)
            if each.is_open
        ],
        "decided": [(each, lines[each.milestone]) for each in found if not each.is_open],
        "crumbs": crumbs(row, ("Date changes", "")),
    }
    return render(request, "plans/date_request_list.html", context)


def _may_decide(held: access.Access, plan: Any, line: selectors.MilestoneLine) -> bool:
    return held.may(
        Permission.DECIDE_DATE_CHANGE,
        partnership_id=plan.partnership_id,
        workstream_key=line.workstream_key,
        area_keys=line.area_keys,
    )


@require_http_methods(FORM_METHODS)
def date_request_ask(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Ask for a new date."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    return carry_out(
        request,
        DateRequestForm,
        fresh=lambda: keyed(base_version=_latest_number(milestone)),
        act=lambda form: _ask(request, milestone, form),
        page=_page(request, milestone, "plans/date_request_form.html", "Ask for a new date"),
        leads_to=lambda: milestone_url("milestone-exceptions", milestone),
    )


def _latest_number(milestone: Milestone) -> int:
    latest = milestone.date_requests.order_by("-number").first()
    return latest.number if latest else 0


def _ask(request: HttpRequest, milestone: Milestone, form: Any) -> str:
    date_requests.request_date(
        milestone=milestone,
        words=form.words,
        base_version=form.cleaned_data["base_version"],
        submission_key=form.cleaned_data["submission_key"],
        by=request.user,
    )
    return f"Your request for {milestone.key} waits for a joint chair."


@require_http_methods(FORM_METHODS)
def date_request_detail(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """One request: what it would change, the chain of dates, and the decision."""
    milestone = milestone_or_404(request, plan, key)
    permissions.require_officers_words(request.user, milestone.plan)
    moment = moment_asked(request, milestone.plan)
    row = _request_or_404(request, milestone, number, at=moment.at)
    if request.method == "POST":
        require(request, Permission.DECIDE_DATE_CHANGE, milestone)

    def act(form: Form) -> str:
        decided = date_requests.decide_request(request=row, by=request.user, **form.cleaned_data)
        return f"{milestone.key}: {decided.get_state_display().lower()}."

    return carry_out(
        request,
        DateDecisionForm,
        fresh=lambda: keyed(base_version=_request_or_404(request, milestone, number).version),
        act=act,
        page=_decision_page(request, milestone, number, moment),
        leads_to=lambda: milestone_url("milestone-exceptions", milestone),
        anew=("becomes",),
    )


def _request_or_404(
    request: HttpRequest, milestone: Milestone, number: int, *, at: dt.datetime | None = None
) -> DateChangeRequest:
    """The request of that number, if it had been made at that moment."""
    rows = permissions.visible_to(request.user, DateChangeRequest)
    made = Q() if at is None else Q(requested_at__lte=at)
    return get_object_or_404(rows.filter(made), milestone=milestone, number=number)


@require_http_methods(FORM_METHODS)
def date_request_change(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Put another request in the place of an open one."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    row = _request_or_404(request, milestone, number)
    _require_requester(request, row)

    def act(form: Any) -> str:
        date_requests.change_request(
            request=row,
            words=form.words,
            base_version=form.cleaned_data["base_version"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
        return f"Your request for {milestone.key} is changed."

    return carry_out(
        request,
        DateRequestForm,
        fresh=lambda: _begun(request, milestone, number),
        act=act,
        page=_page(request, milestone, "plans/date_request_form.html", "Change this request"),
        leads_to=lambda: milestone_url("milestone-exceptions", milestone),
    )


def _begun(request: HttpRequest, milestone: Milestone, number: int) -> dict[str, Any]:
    """What was asked, to be changed; after a conflict only the version, as the typed words stay."""
    row = _request_or_404(request, milestone, number)
    start = keyed(base_version=row.version)
    if request.method == "POST":
        return start
    return start | {
        "asked_for_on": row.asked_for_on,
        "reason": row.reason,
        "effect_on_others": row.effect_on_others,
        "affected": ", ".join(row.affected.order_by("key").values_list("key", flat=True)),
    }


@require_http_methods(FORM_METHODS)
def date_request_withdraw(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Take an open request back."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    row = _request_or_404(request, milestone, number)
    _require_requester(request, row)

    def act(form: Form) -> str:
        date_requests.withdraw_request(request=row, by=request.user, **form.cleaned_data)
        return f"Your request for {milestone.key} is withdrawn."

    return carry_out(
        request,
        VersionedForm,
        fresh=lambda: keyed(base_version=_request_or_404(request, milestone, number).version),
        act=act,
        page=_page(
            request, milestone, "plans/date_request_withdraw.html", "Withdraw this request", row=row
        ),
        leads_to=lambda: milestone_url("milestone-exceptions", milestone),
    )


def _require_requester(request: HttpRequest, row: DateChangeRequest) -> None:
    if row.requested_by_id != request.user.pk:
        raise NotAllowed(date_requests.ONLY_THE_REQUESTER)


def _decision_page(
    request: HttpRequest, milestone: Milestone, number: int, moment: selectors.Moment
) -> Any:
    """A function that shows the request as at a moment; as it is now, with the form to decide on it."""
    own = permissions.visible_to(request.user, Milestone).filter(pk=milestone.pk)
    visible = permissions.visible_exception_fields(request.user, milestone.plan)

    def show(form: Form, *, status: int = 200, conflict: Conflict | None = None) -> HttpResponse:
        found = requests_of(own, at=moment.at, visible=visible)
        line = next(each for each in found if each.number == number)
        dated = line_as_at(request, milestone, moment)
        row = _request_or_404(request, milestone, number)
        is_own = request.user.pk in requester_ids(row, on=dates.today())
        waits = line.is_open and not moment.is_past
        decides = waits and permissions.may_decide_date(request.user, milestone)
        shown = as_at_context(request, milestone.plan, moment)
        shown |= _shown(request, milestone, "Date change", moment, forecast_on=dated.forecast_on)
        context = shown | {
            "form": form if decides and not is_own else None,
            "request_line": line,
            "move": move_of(dated, line.asked_for_on),
            "before": [each for each in found if each.number != number],
            "is_own": decides and is_own,
            "can_change": waits and row.requested_by_id == request.user.pk,
            "conflict": conflict,
        }
        return render(request, "plans/date_request_detail.html", context, status=status)

    return show


def _page(request: HttpRequest, milestone: Milestone, template: str, word: str, **more: Any) -> Any:
    """A function that shows one of the forms of a request beside the dates of the milestone."""

    def show(form: Form, *, status: int = 200, conflict: Conflict | None = None) -> HttpResponse:
        waiting = milestone.date_requests.filter(state=DateRequestState.OPEN).first()
        now = selectors.Moment(on=dates.today())
        shown = _shown(request, milestone, word, now, forecast_on=milestone.forecast_on)
        context = shown | {
            "form": form,
            "waiting": waiting,
            "conflict": conflict,
        }
        return render(request, template, context | more, status=status)

    return show


def _shown(
    request: HttpRequest,
    milestone: Milestone,
    word: str,
    moment: selectors.Moment,
    *,
    forecast_on: dt.date | None,
) -> dict[str, Any]:
    """What every page of a request shows: the milestone, the chain of its dates, and the way back."""
    visible = permissions.visible_exception_fields(request.user, milestone.plan)
    back = milestone_url("milestone-exceptions", milestone)
    return {
        "plan": milestone.plan,
        "milestone": milestone,
        "word": word,
        "chain": chain_of(milestone, forecast_on=forecast_on, at=moment.at, visible=visible),
        "back": back,
        "crumbs": crumbs(
            milestone.plan,
            (milestone.key, milestone.get_absolute_url()),
            ("Exceptions and dates", back),
            (word, ""),
            query=moment.query,
        ),
    }
