"""The form by which a lead updates one milestone."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.ui import typed
from plans import policies, selectors
from plans.enums import Rating
from plans.forms import MilestoneUpdateForm, as_parameter, new_submission_key
from plans.models import Milestone, ReportingPeriod
from plans.services import milestones
from plans.views.acting import CONFLICT_STATUS, require, tell
from plans.views.context import crumbs, milestone_or_404, seen_of_updates


@require_http_methods(["GET", "POST"])
def milestone_update(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The form by which a lead updates one milestone."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    periods = list(milestone.plan.periods.accepting_updates())
    back = typed.take_back(request)
    form = MilestoneUpdateForm(
        request.POST if request.method == "POST" else back,
        stage_now=milestone.stage,
        periods=periods,
        initial=_initial(milestone, periods),
    )
    if request.method == "POST":
        return _record(request, milestone, form=form, periods=periods)
    if back is not None:
        messages.warning(request, typed.BACK)
        form.is_valid()
        form.offer_again()
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
