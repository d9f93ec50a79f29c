"""The judgements made in reading the published plan, for the programme office to confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from plans import permissions
from plans.enums import JudgementState
from plans.forms import JudgementForm
from plans.models import Judgement
from plans.services import judgements
from plans.views.acting import tell
from plans.views.context import crumbs, plan_or_404


@require_http_methods(["GET"])
def judgement_list(request: HttpRequest, plan: str) -> HttpResponse:
    """All judgements, those still to be confirmed first."""
    row = plan_or_404(request, plan)
    access.require(request.user, Permission.READ_OFFICERS_WORDS, partnership_id=row.partnership_id)
    rows = list(
        permissions.visible_to(request.user, Judgement)
        .filter(plan=row)
        .select_related("decided_by")
    )
    context = {
        "plan": row,
        "waiting": [each for each in rows if each.state == JudgementState.OPEN],
        "decided": [each for each in rows if each.state != JudgementState.OPEN],
        "may_confirm": access.of(request.user).may(
            Permission.CONFIRM_READING, partnership_id=row.partnership_id
        ),
        "crumbs": crumbs(row, ("How the plan was read", "")),
    }
    return render(request, "plans/judgement_list.html", context)


@require_http_methods(["GET", "POST"])
def judgement_decide(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Confirm or dispute one judgement."""
    row = plan_or_404(request, plan)
    access.require(request.user, Permission.CONFIRM_READING, partnership_id=row.partnership_id)
    judgement = get_object_or_404(permissions.visible_to(request.user, Judgement), plan=row, pk=pk)
    initial = {"comment": judgement.comment, "shown": judgement.text}
    form = JudgementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        decide = judgements.dispute if "dispute" in request.POST else judgements.confirm
        try:
            decide(
                judgement=judgement,
                comment=form.cleaned_data["comment"],
                shown=form.cleaned_data["shown"].replace("\r\n", "\n"),
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form = JudgementForm(initial=initial | {"comment": form.cleaned_data["comment"]})
            messages.warning(request, error.sentence)
        else:
            messages.success(request, f"Noted for {judgement.place}.")
            return redirect(reverse("plans:judgement-list", args=[row.slug]))
    listed = reverse("plans:judgement-list", args=[row.slug])
    context = {
        "plan": row,
        "judgement": judgement,
        "form": form,
        "crumbs": crumbs(row, ("How the plan was read", listed), (judgement.place, "")),
    }
    return render(request, "plans/judgement_decide.html", context)
