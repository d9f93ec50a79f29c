"""You said, we did: the forms by which an entry is made, answered, approved, published and withdrawn."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.forms.feedback import (
    AnswerForm,
    ApproveForm,
    ChangeSaidForm,
    PublishForm,
    SaidForm,
    WithdrawForm,
)
from governance.models import FeedbackItem
from governance.models.feedback import ANSWERED, SAID
from governance.selectors import feedback as reads
from governance.services import feedback
from governance.views.feedback import crumbs_of, item_or_404
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from plans.models import Plan
from plans.views.acts import carry_out, keyed
from plans.views.context import plan_or_404


@require_http_methods(["GET", "POST"])
def feedback_enter(request: HttpRequest, plan: str) -> HttpResponse:
    """Enter what families said."""
    row = plan_or_404(request, plan)
    _require(request, row, Permission.RECORD_FEEDBACK)
    listed = reverse("governance:feedback-work", args=[row.slug])

    def act(form: SaidForm) -> str:
        feedback.enter(plan=row, by=request.user, **form.cleaned_data)
        return "Saved. The programme office and the leads can answer it now."

    page = partial(
        _page, request, row, title="What families said", button="Save", back=listed, warns=True
    )
    return carry_out(request, SaidForm, fresh=keyed, act=act, page=page, leads_to=lambda: listed)


@require_http_methods(["GET", "POST"])
def feedback_said(request: HttpRequest, plan: str, item: int) -> HttpResponse:
    """Change what was said."""
    row = item_or_404(request, plan, item)
    _require(request, row.plan, Permission.RECORD_FEEDBACK)
    return _carry_out(
        request,
        row,
        ChangeSaidForm,
        fresh=lambda: _stored(row, SAID),
        act=feedback.change_said,
        said="Saved as a draft.",
        title="Change what was said",
        button="Save",
        warns=True,
    )


@require_http_methods(["GET", "POST"])
def feedback_answer(request: HttpRequest, plan: str, item: int) -> HttpResponse:
    """Write what becomes of it."""
    row = item_or_404(request, plan, item)
    _require(request, row.plan, Permission.ANSWER_FEEDBACK)
    return _carry_out(
        request,
        row,
        partial(AnswerForm, plan=row.plan),
        fresh=lambda: _stored(row, ANSWERED) | {"actions": [each.pk for each in row.actions.all()]},
        act=feedback.answer,
        said="Saved as a draft. Somebody else in the programme office approves it.",
        title="What became of it",
        button="Save",
        warns=True,
        shows_said=True,
    )


@require_http_methods(["GET", "POST"])
def feedback_approve(request: HttpRequest, plan: str, item: int) -> HttpResponse:
    """Approve the words as they stand."""
    row = item_or_404(request, plan, item)
    _require(request, row.plan, Permission.PUBLISH_FEEDBACK)
    return _carry_out(
        request,
        row,
        ApproveForm,
        act=feedback.approve,
        said="Approved. It can be published now.",
        title="Approve these words",
        button="Approve",
        shows_all=True,
    )


@require_http_methods(["GET", "POST"])
def feedback_publish(request: HttpRequest, plan: str, item: int) -> HttpResponse:
    """Put the approved words on the page of a quarter."""
    row = item_or_404(request, plan, item)
    _require(request, row.plan, Permission.PUBLISH_FEEDBACK)
    return _carry_out(
        request,
        row,
        partial(PublishForm, today=dates.today()),
        act=feedback.publish,
        said="Published. Everyone who reads the plan sees it now.",
        title="Publish these words",
        button="Publish",
        shows_all=True,
    )


@require_http_methods(["GET", "POST"])
def feedback_withdraw(request: HttpRequest, plan: str, item: int) -> HttpResponse:
    """Take an entry off the pages."""
    row = item_or_404(request, plan, item)
    _require(request, row.plan, Permission.PUBLISH_FEEDBACK)
    return _carry_out(
        request,
        row,
        WithdrawForm,
        act=feedback.withdraw,
        said="Withdrawn. It stays on record here, and on no page for readers.",
        title="Withdraw this entry",
        button="Withdraw",
        shows_said=True,
    )


def _require(request: HttpRequest, plan: Plan, permission: Permission) -> None:
    access.require(request.user, permission, partnership_id=plan.partnership_id)


def _stored(item: FeedbackItem, names: tuple[str, ...]) -> dict[str, Any]:
    """The words as they are stored now."""
    return {name: getattr(item, name) for name in names}


def _carry_out(
    request: HttpRequest,
    item: FeedbackItem,
    form_class: Callable[..., Form],
    *,
    act: Callable[..., object],
    fresh: Callable[[], dict[str, Any]] = dict,
    said: str,
    **shown: Any,
) -> HttpResponse:
    """One form of one entry, which leads back to the entry.

    ``fresh`` gives the stored words with which it opens; who was overtaken keeps their own.
    """

    def done(form: Form) -> str:
        act(item=item, by=request.user, **form.cleaned_data)
        return said

    def opened() -> dict[str, Any]:
        item.refresh_from_db()
        words = fresh() if request.method != "POST" else {}
        return words | {"base_version": item.version}

    back = item.get_absolute_url()
    page = partial(_page, request, item.plan, item=item, back=back, **shown)
    return carry_out(request, form_class, fresh=opened, act=done, page=page, leads_to=lambda: back)


def _page(
    request: HttpRequest,
    plan: Plan,
    form: Form,
    *,
    title: str,
    status: int = 200,
    conflict: Conflict | None = None,
    item: FeedbackItem | None = None,
    **shown: Any,
) -> HttpResponse:
    trail = [("Entries", reverse("governance:feedback-work", args=[plan.slug]))]
    trail += [(f"Entry {item.number}", item.get_absolute_url())] if item else []
    context = shown | {
        "plan": plan,
        "form": form,
        "title": title,
        "item": item,
        "actions": list(item.actions.all()) if item and shown.get("shows_all") else [],
        "suspicions": reads.suspicions_of(item) if item and shown.get("shows_all") else [],
        "stored": _in_words(form, conflict) if conflict else [],
        "crumbs": crumbs_of(plan, *trail, (title, "")),
    }
    return render(request, "governance/feedback_form.html", context, status=status)


def _in_words(form: Form, conflict: Conflict) -> list[tuple[str, Any]]:
    """What somebody else stored meanwhile, under the labels of the fields."""
    return [
        (form.fields[name].label, value)
        for name, value in conflict.current.items()
        if name in form.fields and value
    ]
