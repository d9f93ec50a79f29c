"""Asking for decisions, and taking them: the forms, each a thin door to one service."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance import permissions
from governance.forms.decisions import AskForm, SupersedeForm, TakeForm, WithdrawForm
from governance.models import Decision, DecisionRequest, Group
from governance.permissions import records as rights
from governance.permissions.records import Reader
from governance.policies import decisions as rules
from governance.selectors import decisions as reads
from governance.selectors.decisions import past_meetings
from governance.services import decisions
from governance.views.records import (
    group_or_404,
    handed_on,
    indicators_of,
    meeting_handed_on,
    origin_words,
    record_or_404,
    trail,
)
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from plans.models import Plan
from plans.views.acts import Page, carry_out, keyed
from plans.views.context import plan_or_404

FORM_METHODS = ["GET", "POST"]


def form_page(
    request: HttpRequest, plan: Plan, *, title: str, button: str, back: str, **more: Any
) -> Page:
    """A function that shows a form of a record with these words around it."""

    def show(form: Any, *, status: int = 200, conflict: object = None) -> HttpResponse:  # noqa: ARG001
        context = {
            "plan": plan,
            "form": form,
            "title": title,
            "button": button,
            "back": back,
            "origin": origin_words(form) if "origin" in form.fields else "",
            "crumbs": trail(plan, (title, "")),
        } | more
        return render(request, "governance/record_form.html", context, status=status)

    return show


@require_http_methods(FORM_METHODS)
def decision_ask(request: HttpRequest, plan: str) -> HttpResponse:
    """Ask a group for a decision, by hand or from an exception, a date request, a measure."""
    row = plan_or_404(request, plan)
    access.require(request.user, Permission.ASK_FOR_DECISION, partnership_id=row.partnership_id)
    groups = permissions.visible_groups(request.user).filter(plan=row, ended_on=None)
    indicators = indicators_of(request, row)

    def act(form: AskForm) -> str:
        asked = decisions.ask(
            group=form.cleaned_data["group"],
            words=form.words,
            prompts=form.prompts,
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
        return f"{asked.group.name} is asked. Its chairs find it on their home page."

    return carry_out(
        request,
        partial(AskForm, groups=groups, indicators=indicators),
        fresh=lambda: keyed(**_named(request, groups, indicators)),
        act=act,
        page=form_page(
            request,
            row,
            title="Ask for a decision",
            button="Ask for it",
            back=reverse("governance:decision-list", args=[row.slug]),
            note="A chair of the group decides; nobody decides what they asked for.",
        ),
        leads_to=lambda: reverse("governance:decision-list", args=[row.slug]),
    )


def _named(request: HttpRequest, groups: Any, indicators: Any) -> dict[str, Any]:
    """What the page before named: a group, a measure, a milestone, an exception, a date request."""
    return handed_on(request) | {
        "group": groups.filter(key=request.GET.get("group", "").replace("\x00", "")).first(),
        "indicator": indicators.filter(
            key=request.GET.get("indicator", "").replace("\x00", "")
        ).first(),
    }


@require_http_methods(FORM_METHODS)
def decision_request_withdraw(
    request: HttpRequest, plan: str, key: str, number: int
) -> HttpResponse:
    """Take a request back."""
    row = record_or_404(request, DecisionRequest, plan, key, number)
    rights.require_withdrawer(request.user, row)

    def act(form: Any) -> str:
        decisions.withdraw(request=row, reason=form.cleaned_data["reason"], by=request.user)
        return "The request is withdrawn."

    return carry_out(
        request,
        WithdrawForm,
        fresh=dict,
        act=act,
        page=form_page(
            request,
            row.group.plan,
            title="Withdraw this request",
            button="Withdraw it",
            back=row.get_absolute_url(),
            note=f"“{row.question}” stays on record as withdrawn.",
        ),
        leads_to=row.get_absolute_url,
    )


@require_http_methods(FORM_METHODS)
def decision_take(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Record a decision that nobody had asked for here."""
    group = group_or_404(request, plan, key)
    rights.require_chair(request.user, group)
    return _taking(
        request,
        group,
        TakeForm,
        take=partial(decisions.take, group=group),
        start={},
        title=f"A decision of {group.name}",
        back=reverse("governance:decision-list", args=[group.plan.slug]),
    )


@require_http_methods(FORM_METHODS)
def decision_request_take(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Take the decision that was asked for."""
    row = record_or_404(request, DecisionRequest, plan, key, number)
    rights.require_chair(request.user, row.group)
    reader = Reader.of(request.user, row.group.plan)
    rules.check_not_asker(asked_by_id=row.asked_by_id, by_id=request.user.pk)
    (line,) = reads.request_lines(reader.requests.filter(pk=row.pk), reader)
    return _taking(
        request,
        row.group,
        TakeForm,
        take=partial(decisions.decide, request=row),
        start={"title": row.question},
        title=f"Decision of {row.group.name}",
        back=row.get_absolute_url(),
        asked=line,
    )


@require_http_methods(FORM_METHODS)
def decision_supersede(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Put a further decision in the place of one."""
    row = record_or_404(request, Decision, plan, key, number)
    rights.require_chair(request.user, row.group)
    reader = Reader.of(request.user, row.group.plan)
    (line,) = reads.decision_lines(reader.decisions.filter(pk=row.pk), reader)

    def take(**given: Any) -> Decision:
        return decisions.supersede(decision=row, **given)

    return _taking(
        request,
        row.group,
        SupersedeForm,
        take=take,
        start={"title": row.title},
        title=f"A further decision of {row.group.name}",
        back=row.get_absolute_url(),
        earlier=line,
    )


def _taking(
    request: HttpRequest,
    group: Group,
    form_class: type[TakeForm],
    *,
    take: Callable[..., Decision],
    start: dict[str, Any],
    title: str,
    back: str,
    **more: Any,
) -> HttpResponse:
    """The form of a decision, whichever way it comes about."""
    indicators = indicators_of(request, group.plan)
    meetings = past_meetings(group, at=dates.now())
    done: list[str] = []

    def act(form: TakeForm) -> str:
        data = form.cleaned_data
        extra = {name: data[name] for name in ("reason_for_change",) if name in data}
        taken = take(
            words=form.words,
            meeting=data["meeting"],
            taken_on=data["taken_on"],
            prompts=form.prompts,
            submission_key=data["submission_key"],
            by=request.user,
            **extra,
        )
        done.append(taken.get_absolute_url())
        return f"Decision {taken.number} of {group.name} is recorded."

    today = dates.today()
    days = {"taken_on": today, "effective_on": today}
    begun = start | days | {"meeting": meeting_handed_on(request, meetings)}
    return carry_out(
        request,
        partial(form_class, meetings=meetings, indicators=indicators),
        fresh=lambda: keyed(**({} if request.method == "POST" else begun)),
        act=act,
        page=form_page(
            request, group.plan, title=title, button="Record the decision", back=back, **more
        ),
        leads_to=done.pop,
    )
