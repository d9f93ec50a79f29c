"""Where joint chairs decide: the queue, the review of one proposal, and what was signed before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from plans import permissions, policies, selectors
from plans.enums import StageAct
from plans.forms import SignOffForm
from plans.models import Milestone, Plan, SignatureSheet, StageChange
from plans.policies import Sheet
from plans.selectors import Moment
from plans.services import milestones, sheets
from plans.views.acting import CONFLICT_STATUS, act_page, begun, done, require, tell
from plans.views.context import crumbs, milestone_or_404, milestone_url, plan_or_404
from plans.views.moments import as_at_context, lines_as_at, moment_asked
from plans.views.reviews import is_review, review_url


@require_safe
def sign_off_queue(request: HttpRequest, plan: str) -> HttpResponse:
    """All that waits for a signature, the longest waiting first."""
    row = plan_or_404(request, plan)
    access.require(
        request.user,
        Permission.READ_RETURNS,
        partnership_id=row.partnership_id,
        sentence="Only joint chairs, the programme office and the Executive’s chair see this list.",
    )
    moment = moment_asked(request, row)
    if moment.is_past:
        return _queue_then(request, row, moment)
    queue = selectors.sign_off_queue(row, reader=request.user, on=moment.on)
    held = access.of(request.user)
    context = as_at_context(request, row, moment) | {
        "plan": row,
        "queue": queue,
        "signs_here": row.partnership_id in held.partnerships_where(Permission.SIGN_OFF_MILESTONE),
        "crumbs": crumbs(row, ("Sign-off", "")),
    }
    return render(request, "plans/sign_off_queue.html", context)


def _queue_then(request: HttpRequest, plan: Plan, moment: Moment) -> HttpResponse:
    """What waited for a signature on a day gone by; whose it was to sign is told of today alone."""
    context = as_at_context(request, plan, moment) | {
        "plan": plan,
        "waited": selectors.waiting_lines(lines_as_at(request, plan, moment), on=moment.on),
        "crumbs": crumbs(plan, ("Sign-off", ""), query=moment.query),
    }
    return render(request, "plans/sign_off_queue_then.html", context)


@require_http_methods(["GET", "POST"])
def milestone_sign_off(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Review a proposal: sign exactly what is shown, or return it."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.SIGN_OFF_MILESTONE, milestone)
    if request.method != "POST" and is_review(milestone):
        return redirect(review_url(milestone, StageAct.SIGNED_OFF))
    if own := selectors.parts_of(milestone).get(request.user.pk):
        return _refused(request, milestone, own=own)
    if request.method != "POST":
        return _review(request, milestone)
    return _sent(request, milestone, SignOffForm(request.POST))


def _sent(request: HttpRequest, milestone: Milestone, form: SignOffForm) -> HttpResponse:
    """Carry out the decision that was sent, or show what is in its way."""
    if not form.is_valid():
        return _review(request, milestone, form=form)
    try:
        change = _decide(milestone, form, by=request.user)
    except RuleBroken as error:
        tell(form, error)
        return _review(request, milestone, form=form)
    except Conflict as error:
        # The reason that was typed stays; the decision and the tick are to be made anew.
        return _review(request, milestone, words=form.cleaned_data["words"], conflict=error)
    return done(request, change, f"{milestone.key}: {change.get_act_display().lower()}.")


def _decide(milestone: Milestone, form: SignOffForm, *, by: User) -> StageChange:
    data = form.cleaned_data
    given = {"milestone": milestone, "submission_key": data["submission_key"], "by": by}
    if data["decision"] == "sign":
        return milestones.sign_off(fingerprint=data["fingerprint"], **given)
    return milestones.return_proposal(
        words=data["words"], base_version=data["base_version"], **given
    )


def _review(
    request: HttpRequest,
    milestone: Milestone,
    *,
    form: SignOffForm | None = None,
    words: str = "",
    conflict: Conflict | None = None,
) -> HttpResponse:
    """The frame with exactly what goes into the fingerprint, and the decision outside of it."""
    if conflict:
        milestone = milestone_or_404(request, milestone.plan.slug, milestone.key)
    sheet = sheets.show(milestone=milestone, by=request.user)
    shown = begun(milestone) | {"fingerprint": sheet.fingerprint, "words": words}
    return act_page(
        request,
        milestone,
        template="plans/milestone_sign_off.html",
        word="Sign-off",
        status=CONFLICT_STATUS if conflict else 200,
        form=form or SignOffForm(initial=shown),
        sheet=sheet,
        conflict=conflict,
        changes=side_by_side(conflict),
        now=dates.now(),
        areas=[area.name for area in milestone.action.areas.all()],
        has_evidence=bool(selectors.evidence_to_sign(milestone)),
        is_possible=policies.can_act(StageAct.SIGNED_OFF, stage=milestone.stage),
        queue=reverse("plans:sign-off-queue", args=[milestone.plan.slug]),
    )


def side_by_side(conflict: Conflict | None) -> list[dict[str, Any]]:
    """What was shown beside what stands now, line by line."""
    if conflict is None:
        return []
    return [
        {"label": label, "before": conflict.submitted.get(label, ""), "after": after}
        for label, after in conflict.current.items()
    ]


def _refused(request: HttpRequest, milestone: Milestone, *, own: list) -> HttpResponse:
    """Why the reader may not sign, and who can."""
    can_ask = policies.can_act(StageAct.SIGNED_OFF, stage=milestone.stage)
    return act_page(
        request,
        milestone,
        template="plans/sign_off_refused.html",
        word="Sign-off",
        status=403,
        subject=milestone,
        own=own,
        who_can=selectors.people_who_can_sign(milestone, on=dates.today()),
        ask=milestone_url("milestone-ask", milestone) if can_ask else "",
        queue=reverse("plans:sign-off-queue", args=[milestone.plan.slug]),
    )


@require_POST
def milestone_ask(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Ask those who can sign to look at a proposal."""
    milestone = milestone_or_404(request, plan, key)
    try:
        sheets.ask_to_review(milestone=milestone, by=request.user)
    except RuleBroken as error:
        messages.warning(request, error.sentence)
    else:
        names = [each.name for each in selectors.people_who_can_sign(milestone, on=dates.today())]
        told = ", ".join(names) or "Nobody can sign it now; an administrator gives the role."
        messages.success(request, f"Asked to review {milestone.key}: {told}")
    return redirect(milestone)


@require_safe
def sheet_detail(request: HttpRequest, plan: str, fingerprint: str) -> HttpResponse:
    """Exactly what was shown and signed once, whatever has changed since."""
    row = plan_or_404(request, plan)
    rows = permissions.visible_to(request.user, SignatureSheet)
    kept = get_object_or_404(
        rows.select_related("milestone__plan", "action__plan"), plan=row, fingerprint=fingerprint
    )
    subject = kept.milestone or kept.action
    context = {
        "plan": row,
        "kept": kept,
        "sheet": Sheet.of_content(kept.content),
        "subject": subject,
        "signatures": _signatures(kept),
        "crumbs": crumbs(row, (subject.key, subject.get_absolute_url()), ("What was signed", "")),
    }
    return render(request, "plans/sheet_detail.html", context)


def _signatures(kept: SignatureSheet) -> list:
    """Who signed this sheet."""
    rows = kept.milestone.stage_changes if kept.milestone else kept.action.sign_offs
    return list(rows.filter(fingerprint=kept.fingerprint).select_related("by"))
