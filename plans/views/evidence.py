"""Evidence: added, withdrawn, and its file handed out; never shown inside the site."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.files import store
from hertsend.files.answering import as_attachment
from plans import permissions, policies
from plans.forms import AddEvidenceForm, WithdrawEvidenceForm, new_submission_key
from plans.models import Action, Evidence
from plans.services import evidence as services
from plans.views.acting import overtaken, require, tell
from plans.views.context import crumbs, key_or_404, milestone_or_404, plan_or_404


@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Add a piece of evidence to a milestone."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    return _add(
        request,
        milestone,
        services.add_to_milestone,
        is_over=milestone.stage in policies.ENDED_STAGES,
        milestone=milestone,
    )


@require_http_methods(["GET", "POST"])
def action_evidence_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Add evidence of the difference that an action makes."""
    row = plan_or_404(request, plan)
    actions = permissions.visible_to(request.user, Action).select_related("plan", "workstream")
    action = get_object_or_404(actions.prefetch_related("areas"), plan=row, key=key_or_404(key))
    access.require(request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(action))
    return _add(request, action, services.add_to_action, is_over=False, action=action)


def _add(
    request: HttpRequest, subject: Any, service: Any, *, is_over: bool, **whose: Any
) -> HttpResponse:
    """The form of one piece; a file that was taken once comes back with the page."""
    status = 200
    if request.method == "POST":
        form = AddEvidenceForm(request.POST, request.FILES)
        form.full_clean()
        form.take_file(holder=request.user.pk)
        if form.is_valid():
            try:
                key = form.cleaned_data["submission_key"]
                service(words=form.words, by=request.user, submission_key=key, **whose)
            except RuleBroken as error:
                tell(form, error)
            except Conflict as error:
                status = overtaken(form, error)
            else:
                messages.success(request, f"Evidence added: {form.words.title.strip()}.")
                return redirect(subject)
    else:
        form = AddEvidenceForm(initial={"submission_key": new_submission_key()})
    context = {
        "plan": subject.plan,
        "subject": subject,
        "form": form,
        "is_over": is_over,
        "crumbs": crumbs(
            subject.plan, (subject.key, subject.get_absolute_url()), ("Add evidence", "")
        ),
    }
    return render(request, "plans/evidence_add.html", context, status=status)


def evidence_or_404(request: HttpRequest, plan: str, pk: int) -> Evidence:
    """The piece of evidence, if the reader may see it."""
    rows = permissions.visible_to(request.user, Evidence).select_related(
        "action__plan", "action__workstream", "milestone__plan", "file"
    )
    return get_object_or_404(
        rows.prefetch_related("action__areas"), action__plan=plan_or_404(request, plan), pk=pk
    )


@require_http_methods(["GET", "POST"])
def evidence_withdraw(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Withdraw a piece of evidence, saying why."""
    piece = evidence_or_404(request, plan, pk)
    access.require(
        request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(piece.action)
    )
    subject = piece.milestone or piece.action
    form = WithdrawEvidenceForm(
        request.POST or None, initial={"submission_key": new_submission_key()}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(evidence=piece, by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            status = overtaken(form, error)
        else:
            messages.success(request, f"Evidence withdrawn: {piece.title}.")
            return redirect(subject)
    context = {
        "plan": subject.plan,
        "piece": piece,
        "form": form,
        "back": subject.get_absolute_url(),
        "crumbs": crumbs(
            subject.plan, (subject.key, subject.get_absolute_url()), ("Withdraw evidence", "")
        ),
    }
    return render(request, "plans/evidence_withdraw.html", context, status=status)


@require_safe
def evidence_file(request: HttpRequest, plan: str, pk: int) -> FileResponse:
    """Hand out the file of a piece of evidence, to be saved and never shown here."""
    piece = evidence_or_404(request, plan, pk)
    if piece.file is None:
        raise Http404
    try:
        return as_attachment(
            store.opened(piece.file.sha256),
            name=piece.file.name,
            media_type=piece.file.media_type,
            size=piece.file.size,
        )
    except store.FileIsGone:
        raise Http404 from None


def file_url(piece: Evidence) -> str:
    """Where the file of a piece of evidence is handed out."""
    return reverse("plans:evidence-file", args=[piece.action.plan.slug, piece.pk])
