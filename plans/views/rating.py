"""Rating the impact of an action, and deciding on a rating: thin doors to the services."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from plans import permissions, policies, selectors
from plans.forms import as_parameter
from plans.forms.impact import ImpactDecisionForm, ImpactForm, TakeBackForm
from plans.models import Action, ImpactRating, Milestone
from plans.services import impact
from plans.views.actions import action_or_404
from plans.views.acts import carry_out, keyed
from plans.views.impact import impact_crumbs, impact_url, seen_of_impact

LARGEST_NUMBER = 2_147_483_647


@require_http_methods(["GET", "POST"])
def impact_rate(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The form by which a lead rates what difference an action makes."""
    action = action_or_404(request, plan, key)
    access.require(request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(action))
    reviews = list(_open_reviews(action))

    def fresh() -> dict[str, Any]:
        latest = action.impact_ratings.order_by("-number").first()
        return keyed(base_number=latest.number if latest else 0)

    def act(form: ImpactForm) -> str:
        rating = _propose(request, action, form)
        return f"Saved: the impact of {action.key} is proposed as {rating.level}."

    return carry_out(
        request,
        partial(
            ImpactForm,
            periods=[(as_parameter(row), row) for row in action.plan.periods.accepting_updates()],
            reviews=[(row, _when(row)) for row in reviews],
            pieces=list(selectors.evidence_for_impact(action).filter(kind__in=_KINDS)),
            review=_asked_review(request, reviews),
        ),
        fresh=fresh,
        act=act,
        page=partial(_rate_page, request, action),
        leads_to=lambda: impact_url("action-impact", action),
    )


_KINDS = policies.IMPACT_EVIDENCE_KINDS


def _open_reviews(action: Action) -> QuerySet[Milestone]:
    """The reviews of an action's impact that a rating can answer, the earliest first."""
    rows = action.milestones.filter(kind="impact_review", stage__in=policies.OPEN_STAGES)
    return rows.with_dates().order_by("date_in_force", "position")


def _when(row: Any) -> str:
    day = row.date_in_force
    return f"due {day.day} {day:%B %Y}" if day else "without a date"


def _asked_review(request: HttpRequest, reviews: list[Any]) -> str:
    """The review that the address names, else the first that is due; none where none is."""
    asked = request.GET.get("review", "")
    if asked in {row.key for row in reviews}:
        return asked
    for row in reviews:
        due = policies.is_review_due(
            kind=row.kind, stage=row.stage, date_in_force=row.date_in_force, on=dates.today()
        )
        if due:
            return str(row.key)
    return ""


def _propose(request: HttpRequest, action: Action, form: ImpactForm) -> ImpactRating:
    data = form.cleaned_data
    periods = {as_parameter(each): each for each in action.plan.periods.all()}
    return impact.propose_impact(
        action=action,
        period=periods[data["period"]],
        level=data["level"],
        words=data["words"],
        evidence=list(selectors.evidence_for_impact(action).filter(pk__in=data["evidence"])),
        review=action.milestones.filter(key=data["review"]).first() if data.get("review") else None,
        base_number=data["base_number"],
        submission_key=data["submission_key"],
        by=request.user,
    )


def _rate_page(
    request: HttpRequest,
    action: Action,
    form: ImpactForm,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    lines = selectors.history_of_impact(action, visible=seen_of_impact(request, action.plan))
    context = {
        "plan": action.plan,
        "action": action,
        "form": form,
        "conflict": conflict,
        "impact": selectors.impacts_of_lines(lines),
        "is_open": action.plan.periods.accepting_updates().exists(),
        "has_evidence": bool(form.fields["evidence"].choices),
        "back": impact_url("action-impact", action),
        "crumbs": impact_crumbs(
            action, ("Impact", impact_url("action-impact", action)), ("Rate", "")
        ),
    }
    return render(request, "plans/impact_rate.html", context, status=status)


def _rating_or_404(request: HttpRequest, action: Action, number: int) -> ImpactRating:
    """The rating of that number, if the reader may see it."""
    rows = permissions.visible_to(request.user, ImpactRating).select_related(
        "action__plan", "period", "by", "on_behalf_of", "review_milestone", "decision"
    )
    return get_object_or_404(rows, action=action, number=min(number, LARGEST_NUMBER))


@require_http_methods(["GET", "POST"])
def impact_decide(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """A joint chair reads a rating with its evidence, and confirms or returns it."""
    action = action_or_404(request, plan, key)
    rating = _rating_or_404(request, action, number)
    access.require(request.user, Permission.CONFIRM_IMPACT, **permissions.scope_of_action(action))

    def act(form: ImpactDecisionForm) -> str:
        decision = _decide(rating, form, by=request.user)
        return f"The impact of {action.key} is {decision.get_outcome_display().lower()}."

    return carry_out(
        request,
        ImpactDecisionForm,
        fresh=lambda: keyed(
            fingerprint=selectors.fingerprint_of_rating(_rating_or_404(request, action, number))
        ),
        act=act,
        page=partial(_decide_page, request, action, rating),
        leads_to=lambda: impact_url("action-impact", action),
        anew=("decision",),
    )


def _decide(rating: ImpactRating, form: ImpactDecisionForm, *, by: Any) -> Any:
    data = form.cleaned_data
    given = {"rating": rating, "submission_key": data["submission_key"], "by": by}
    if data["decision"] == "confirm":
        return impact.confirm_impact(fingerprint=data["fingerprint"], **given)
    return impact.return_impact(words=data["words"], **given)


def _decide_page(
    request: HttpRequest,
    action: Action,
    rating: ImpactRating,
    form: ImpactDecisionForm,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    lines = selectors.history_of_impact(action, visible=seen_of_impact(request, action.plan))
    (line,) = [each for each in lines if each.pk == rating.pk]
    context = {
        "plan": action.plan,
        "action": action,
        "rating": line,
        "review": rating.review_milestone,
        "pieces": selectors.evidence_of(rating),
        "impact": selectors.impacts_of_lines(lines),
        "form": form,
        "conflict": conflict,
        "own_work": policies.is_own_work(
            signer_id=request.user.pk,
            author_ids=selectors.author_ids_of_rating(rating, on=dates.today()),
        ),
        "show_impact_key": True,
        "back": impact_url("action-impact", action),
        "crumbs": impact_crumbs(
            action, ("Impact", impact_url("action-impact", action)), ("Decide", "")
        ),
    }
    return render(request, "plans/impact_decide.html", context, status=status)


@require_http_methods(["GET", "POST"])
def impact_take_back(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Take a rating back before it is decided."""
    action = action_or_404(request, plan, key)
    rating = _rating_or_404(request, action, number)
    access.require(request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(action))

    def act(form: TakeBackForm) -> str:
        impact.take_back_impact(rating=rating, by=request.user, **form.cleaned_data)
        return f"The rating of {action.key} is taken back."

    return carry_out(
        request,
        TakeBackForm,
        fresh=keyed,
        act=act,
        page=partial(_take_back_page, request, action, rating),
        leads_to=lambda: impact_url("action-impact", action),
    )


def _take_back_page(
    request: HttpRequest,
    action: Action,
    rating: ImpactRating,
    form: TakeBackForm,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    context = {
        "plan": action.plan,
        "action": action,
        "rating": rating,
        "is_waiting": conflict is None and not hasattr(rating, "decision"),
        "form": form,
        "back": impact_url("action-impact", action),
        "crumbs": impact_crumbs(
            action, ("Impact", impact_url("action-impact", action)), ("Take back", "")
        ),
    }
    return render(request, "plans/impact_take_back.html", context, status=status)
