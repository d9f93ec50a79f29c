"""What the pages share on which somebody acts: may they, what was refused, and what to show then."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from plans import permissions, selectors
from plans.forms import SubmissionForm, new_submission_key
from plans.models import Milestone, StageChange
from plans.views.context import crumbs, milestone_or_404, milestone_url

CONFLICT_STATUS = 409


def require(request: HttpRequest, permission: Permission, milestone: Milestone) -> None:
    """Refuse a page for which the reader's role has no use, before it is shown."""
    access.require(request.user, permission, **permissions.scope_of(milestone))


def tell(form: Any, error: RuleBroken) -> None:
    """Put a rule's sentences beside the fields they belong to."""
    for field, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def overtaken(form: Any, conflict: Conflict) -> int:
    """Say on a form without versions that it was overtaken; it can be sent again. Answers the status."""
    form.data = form.data.copy()
    form.data["submission_key"] = new_submission_key()
    form.add_error(None, conflict.sentence)
    return CONFLICT_STATUS


def begun(milestone: Milestone) -> dict[str, Any]:
    """What a form of an act knows from its opening: the version it shows, and its own key."""
    return {"base_version": milestone.version, "submission_key": new_submission_key()}


def done(request: HttpRequest, change: StageChange, sentence: str) -> HttpResponse:
    """Say what was recorded; a form that was sent long before may have been overtaken since."""
    now = change.milestone
    if now.stage == change.to_stage:
        messages.success(request, sentence)
    else:
        stage = now.get_stage_display().lower()
        messages.warning(request, f"You sent this before. {now.key} is {stage} now.")
    return redirect(now)


def again(
    form_class: type[SubmissionForm], request: HttpRequest, milestone: Milestone, conflict: Conflict
) -> SubmissionForm:
    """The form as it was sent, ready to be sent again on the milestone as it is now."""
    data = request.POST.copy()
    fresh = milestone_or_404(request, milestone.plan.slug, milestone.key)
    for name, value in begun(fresh).items():
        data[name] = str(value)
    form = form_class(data)
    form.is_valid()
    form.add_error(None, conflict.sentence)
    return form


def act_page(
    request: HttpRequest,
    milestone: Milestone,
    *,
    template: str,
    word: str,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A page on which one act of the way to sign-off is done."""
    context = {
        "plan": milestone.plan,
        "milestone": milestone,
        "dates": selectors.dates_of(milestone),
        "back": milestone_url("milestone-detail", milestone),
        "crumbs": crumbs(
            milestone.plan,
            (milestone.action.key, milestone.action.get_absolute_url()),
            (milestone.key, milestone.get_absolute_url()),
            (word, ""),
        ),
    }
    return render(request, template, context | more, status=status)
