"""The doors through which people move a milestone: thin, each calls one service."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from plans import permissions, policies, selectors
from plans.enums import Rating
from plans.forms import (
    MilestoneUpdateForm,
    ProposalForm,
    SignOffForm,
    SubmissionForm,
    WithdrawalForm,
    as_parameter,
    new_submission_key,
)
from plans.models import Milestone, ReportingPeriod, StageChange
from plans.services import milestones
from plans.views.context import crumbs, milestone_or_404, milestone_url, seen_of_updates

CONFLICT_STATUS = 409


def require(request: HttpRequest, permission: Permission, milestone: Milestone) -> None:
    """Refuse a page for which the reader's role has no use, before it is shown."""
    access.require(request.user, permission, **permissions.scope_of(milestone))


def tell(form: Any, error: RuleBroken) -> None:
    """Put a rule's sentences beside the fields they belong to."""
    for field, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


@require_http_methods(["GET", "POST"])
def milestone_update(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The form by which a lead updates one milestone."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    periods = list(milestone.plan.periods.accepting_updates())
    form = MilestoneUpdateForm(
        request.POST if request.method == "POST" else None,
        stage_now=milestone.stage,
        periods=periods,
        initial=_initial(milestone, periods),
    )
    if request.method == "POST":
        return _record(request, milestone, form=form, periods=periods)
    may_report = periods and policies.STAGES_BY_UPDATE[milestone.stage]
    return _page(request, milestone, form=form if may_report else None, periods=periods)


def _record(
    request: HttpRequest, milestone: Milestone, *, form: MilestoneUpdateForm, periods: list
) -> HttpResponse:
    """Store what was sent, or say what is in its way."""
    if not form.is_valid():
        return _refused(request, milestone, form=form, periods=periods)
    try:
        update = milestones.record_update(
            milestone=milestone,
            period=_period(milestone, form.cleaned_data["period"]),
            words=form.words,
            base_version=form.cleaned_data["base_version"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
    except RuleBroken as error:
        tell(form, error)
        return _refused(request, milestone, form=form, periods=periods)
    except Conflict as error:
        return _conflict(request, milestone, form=form, periods=periods, conflict=error)
    messages.success(
        request,
        f"Saved: {milestone.key} is {Rating(update.rating).label.lower()} for {update.period}.",
    )
    if request.POST.get("then") == "home":
        return redirect("pages:home")
    return redirect(milestone)


def _initial(milestone: Milestone, periods: list) -> dict[str, Any]:
    """Where the form starts. The rating is left open: last month's is not this month's."""
    still_ahead = milestone.forecast_on is not None and milestone.forecast_on >= dates.today()
    return {
        "base_version": milestone.version,
        "submission_key": new_submission_key(),
        "period": as_parameter(periods[0]) if periods else "",
        "stage": milestone.stage,
        "forecast_on": milestone.forecast_on if still_ahead else None,
    }


def _period(milestone: Milestone, typed: str) -> ReportingPeriod:
    """The month that was sent. Raises ``RuleBroken`` for what is no month of the plan."""
    for period in milestone.plan.periods.all():
        if as_parameter(period) == typed:
            return period
    raise RuleBroken({"period": ["Select the month."]})


def _refused(
    request: HttpRequest, milestone: Milestone, *, form: MilestoneUpdateForm, periods: list
) -> HttpResponse:
    """The form with what is wrong beside each field, and everything that was typed."""
    form.offer_again()
    return _page(request, milestone, form=form, periods=periods)


def _page(
    request: HttpRequest,
    milestone: Milestone,
    *,
    form: MilestoneUpdateForm | None,
    periods: list,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The update page: last month's words beside this month's fields."""
    shown = selectors.dates_of(milestone)
    best = policies.best_rating(
        stage=milestone.stage,
        date_in_force=shown.in_force,
        forecast_on=milestone.forecast_on,
        on=dates.today(),
    )
    context = {
        "plan": milestone.plan,
        "milestone": milestone,
        "form": form,
        "periods": periods,
        "dates": shown,
        "days_overdue": policies.days_overdue(
            stage=milestone.stage, date_in_force=shown.in_force, on=dates.today()
        ),
        "best": best,
        "floor": policies.floor_sentence(
            best=best, date_in_force=shown.in_force, forecast_on=milestone.forecast_on
        ),
        "last": milestone.updates.select_related("by", "period").first(),
        "seen": seen_of_updates(request, milestone.plan),
        "conflict": conflict,
        "then": request.POST.get("then") or request.GET.get("then", ""),
        "crumbs": crumbs(
            milestone.plan,
            (milestone.action.key, milestone.action.get_absolute_url()),
            (milestone.key, milestone.get_absolute_url()),
            ("Update", ""),
        ),
        "show_key": True,
    }
    return render(request, "plans/milestone_update.html", context, status=status)


def _conflict(
    request: HttpRequest,
    milestone: Milestone,
    *,
    form: MilestoneUpdateForm,
    periods: list,
    conflict: Conflict,
) -> HttpResponse:
    """Show what was stored meanwhile beside what was typed, ready to be sent again."""
    fresh = milestone_or_404(request, milestone.plan.slug, milestone.key)
    data = form.data.copy()
    data["base_version"], data["submission_key"] = fresh.version, new_submission_key()
    if not policies.STAGES_BY_UPDATE[fresh.stage]:
        # There is no form to send again, so the words stand in the comparison, whatever the reason.
        conflict.submitted = conflict.submitted or asdict(form.words)
        return _page(
            request, fresh, form=None, periods=periods, conflict=conflict, status=CONFLICT_STATUS
        )
    again = MilestoneUpdateForm(data, stage_now=fresh.stage, periods=periods)
    again.is_valid()
    again.offer_again()
    return _page(
        request, fresh, form=again, periods=periods, conflict=conflict, status=CONFLICT_STATUS
    )


@require_http_methods(["GET", "POST"])
def milestone_propose(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Propose a milestone complete."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    form = ProposalForm(request.POST or None, initial=_begun(milestone))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            done = milestones.propose_complete(
                milestone=milestone,
                words=form.cleaned_data["words"],
                evidence_link=form.cleaned_data["evidence_link"],
                evidence_shareable=form.cleaned_data["evidence_shareable"],
                base_version=form.cleaned_data["base_version"],
                submission_key=form.cleaned_data["submission_key"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form, status = _again(ProposalForm, request, milestone, error), CONFLICT_STATUS
        else:
            return _done(request, done, f"{milestone.key} is proposed complete.")
    return _act_page(
        request,
        milestone,
        form,
        template="plans/milestone_propose.html",
        word="Propose",
        status=status,
    )


@require_http_methods(["GET", "POST"])
def milestone_sign_off(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Review a proposal: sign exactly what is shown, or return it."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.SIGN_OFF_MILESTONE, milestone)
    initial = _begun(milestone) | {"fingerprint": selectors.fingerprint_of(milestone)}
    form = SignOffForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            done = _decide(milestone, form, by=request.user)
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            # The reason that was typed stays; the decision and the tick are to be made anew.
            form = SignOffForm(initial=initial | {"words": form.cleaned_data["words"]})
            messages.warning(request, error.sentence)
            status = CONFLICT_STATUS
        else:
            return _done(request, done, f"{milestone.key}: {done.get_act_display().lower()}.")
    return _act_page(
        request,
        milestone,
        form,
        template="plans/milestone_sign_off.html",
        word="Sign-off",
        status=status,
    )


def _decide(milestone: Milestone, form: SignOffForm, *, by: Any) -> StageChange:
    data = form.cleaned_data
    given = {"milestone": milestone, "submission_key": data["submission_key"], "by": by}
    if data["decision"] == "sign":
        return milestones.sign_off(fingerprint=data["fingerprint"], **given)
    return milestones.return_proposal(
        words=data["words"], base_version=data["base_version"], **given
    )


@require_http_methods(["GET", "POST"])
def milestone_withdraw(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Withdraw a milestone by a decision of the board."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.WITHDRAW_MILESTONE, milestone)
    form = WithdrawalForm(request.POST or None, initial=_begun(milestone))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            done = milestones.withdraw(
                milestone=milestone,
                words=form.cleaned_data["words"],
                base_version=form.cleaned_data["base_version"],
                submission_key=form.cleaned_data["submission_key"],
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form, status = _again(WithdrawalForm, request, milestone, error), CONFLICT_STATUS
        else:
            return _done(request, done, f"{milestone.key} is withdrawn.")
    return _act_page(
        request,
        milestone,
        form,
        template="plans/milestone_withdraw.html",
        word="Withdraw",
        status=status,
    )


def _done(request: HttpRequest, change: StageChange, sentence: str) -> HttpResponse:
    """Say what was recorded; a form that was sent long before may have been overtaken since."""
    now = change.milestone
    if now.stage == change.to_stage:
        messages.success(request, sentence)
    else:
        stage = now.get_stage_display().lower()
        messages.warning(request, f"You sent this before. {now.key} is {stage} now.")
    return redirect(now)


def _begun(milestone: Milestone) -> dict[str, Any]:
    """What a form of an act knows from its opening: the version it shows, and its own key."""
    return {"base_version": milestone.version, "submission_key": new_submission_key()}


def _again(
    form_class: type[SubmissionForm], request: HttpRequest, milestone: Milestone, conflict: Conflict
) -> SubmissionForm:
    """The form as it was sent, ready to be sent again on the milestone as it is now."""
    data = request.POST.copy()
    fresh = milestone_or_404(request, milestone.plan.slug, milestone.key)
    for name, value in _begun(fresh).items():
        data[name] = str(value)
    form = form_class(data)
    form.is_valid()
    form.add_error(None, conflict.sentence)
    return form


def _act_page(
    request: HttpRequest, milestone: Milestone, form: Any, *, template: str, word: str, status: int
) -> HttpResponse:
    """A page on which one act of the way to sign-off is done."""
    own_work = policies.is_own_work(
        signer_id=request.user.pk, author_ids=selectors.author_ids(milestone)
    )
    context = {
        "plan": milestone.plan,
        "milestone": milestone,
        "form": form,
        "dates": selectors.dates_of(milestone),
        "last": milestone.updates.select_related("by", "period").first(),
        "proposal": milestone.stage_changes.filter(act="proposed").select_related("by").first(),
        "own_work": own_work,
        "back": milestone_url("milestone-detail", milestone),
        "crumbs": crumbs(
            milestone.plan,
            (milestone.action.key, milestone.action.get_absolute_url()),
            (milestone.key, milestone.get_absolute_url()),
            (word, ""),
        ),
    }
    return render(request, template, context, status=status)
