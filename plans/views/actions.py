"""Whole actions: read, signed off, and reopened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from plans import permissions, policies, selectors
from plans.forms import ActionSignOffForm, ReasonForm, new_submission_key
from plans.models import Action
from plans.services import action_sign_off, sheets
from plans.views.acting import CONFLICT_STATUS, tell
from plans.views.context import crumbs, key_or_404, plan_or_404
from plans.views.signing import side_by_side


def action_or_404(request: HttpRequest, plan: str, key: str) -> Action:
    """The action of that key in a plan that the reader may see, with what rights ask for."""
    row = plan_or_404(request, plan)
    actions = permissions.visible_to(request.user, Action).select_related("plan", "workstream")
    return get_object_or_404(actions.prefetch_related("areas"), plan=row, key=key_or_404(key))


def _require_chair(request: HttpRequest, action: Action) -> None:
    access.require(
        request.user, Permission.SIGN_OFF_MILESTONE, **permissions.scope_of_action(action)
    )


@require_http_methods(["GET", "POST"])
def action_sign(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Sign a whole action off, exactly as it is shown."""
    action = action_or_404(request, plan, key)
    _require_chair(request, action)
    if own := selectors.action_parts(action).get(request.user.pk):
        return _refused(request, action, own=own)
    if request.method != "POST":
        return _review(request, action)
    form = ActionSignOffForm(request.POST)
    if not form.is_valid():
        return _review(request, action, form=form)
    data = form.cleaned_data
    try:
        action_sign_off.sign_action(
            action=action,
            fingerprint=data["fingerprint"],
            submission_key=data["submission_key"],
            by=request.user,
        )
    except RuleBroken as error:
        tell(form, error)
        return _review(request, action, form=form)
    except Conflict as error:
        return _review(request, action, conflict=error)
    messages.success(request, f"{action.key}: signed off.")
    return redirect(action)


def _review(
    request: HttpRequest,
    action: Action,
    *,
    form: ActionSignOffForm | None = None,
    conflict: Conflict | None = None,
) -> HttpResponse:
    sheet = sheets.show_action(action=action, by=request.user)
    shown = {"fingerprint": sheet.fingerprint, "submission_key": new_submission_key()}
    standing = selectors.action_standing(action)
    missing = policies.missing_for_action(
        stages=selectors.stages_in(action), impact_reviewed=selectors.has_been_reviewed(action)
    )
    context = {
        "plan": action.plan,
        "action": action,
        "form": form or ActionSignOffForm(initial=shown),
        "sheet": sheet,
        "standing": standing,
        "missing": missing,
        "conflict": conflict,
        "changes": side_by_side(conflict),
        "now": dates.now(),
        "areas": [area.name for area in action.areas.all()],
        "back": action.get_absolute_url(),
        "crumbs": crumbs(action.plan, (action.key, action.get_absolute_url()), ("Sign-off", "")),
    }
    status = CONFLICT_STATUS if conflict else 200
    return render(request, "plans/action_sign_off.html", context, status=status)


def _refused(request: HttpRequest, action: Action, *, own: list) -> HttpResponse:
    context = {
        "plan": action.plan,
        "subject": action,
        "own": own,
        "who_can": selectors.people_who_can_sign_action(action, on=dates.today()),
        "ask": "",
        "queue": reverse("plans:sign-off-queue", args=[action.plan.slug]),
        "crumbs": crumbs(action.plan, (action.key, action.get_absolute_url()), ("Sign-off", "")),
    }
    return render(request, "plans/sign_off_refused.html", context, status=403)


@require_http_methods(["GET", "POST"])
def action_reopen(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Take the signature under an action back, with a reason."""
    action = action_or_404(request, plan, key)
    _require_chair(request, action)
    standing = selectors.action_standing(action)
    number = standing.latest.number if standing.latest else 0
    form = ReasonForm(
        request.POST or None,
        initial={"base_version": number, "submission_key": new_submission_key()},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            action_sign_off.reopen_action(
                action=action,
                words=data["words"],
                base_number=data["base_version"],
                submission_key=data["submission_key"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form.add_error(None, error.sentence)
            status = CONFLICT_STATUS
        else:
            messages.success(request, f"{action.key}: reopened.")
            return redirect(action)
    context = {
        "plan": action.plan,
        "action": action,
        "form": form,
        "standing": standing,
        "back": action.get_absolute_url(),
        "crumbs": crumbs(action.plan, (action.key, action.get_absolute_url()), ("Reopen", "")),
    }
    return render(request, "plans/action_reopen.html", context, status=status)
