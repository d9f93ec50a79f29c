"""What is done with risks: raised, changed, reviewed, moved, closed."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from governance.enums import RiskLevel
from governance.forms.risks import (
    ChangeRiskForm,
    CloseRiskForm,
    MoveForm,
    RaiseRiskForm,
    ReviewForm,
)
from governance.models import Risk
from governance.permissions import risks as permissions
from governance.policies.risks import RiskWords
from governance.selectors.people import risk_owners
from governance.services import risks
from governance.services.risk_locking import require_manager, require_reviewer
from governance.views.risk_pages import act_on, form_page, sent
from governance.views.risks import movable_to, readable_plan, risk_or_404
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed, RuleBroken
from plans.models import Plan
from plans.views.acts import carry_out, keyed


def _of_plan(plan: Plan) -> dict[str, Any]:
    """What the forms of a risk offer to choose from."""
    return {
        "plan": plan,
        "owners": risk_owners(plan, on=dates.today()),
        "roles": permissions.restrictable_roles(),
    }


@require_http_methods(["GET", "POST"])
def risk_add(request: HttpRequest, plan: str) -> HttpResponse:
    """Raise a risk."""
    row = readable_plan(request, plan)
    if not permissions.raises_risks(request.user, row):
        raise NotAllowed("Only the programme office and workstream leads raise risks. Ask one.")
    whole = access.of(request.user).may(
        Permission.MANAGE_RISK, **permissions.scope_of_risk(row, None)
    )
    offered = _of_plan(row) | {
        "streams": permissions.streams_of_risks(request.user, row),
        "has_whole": whole,
    }
    raised: list[Risk] = []

    def act(form: RaiseRiskForm) -> str:
        found = risks.raise_risk(
            plan=row,
            workstream=form.cleaned_data["workstream"],
            words=form.words,
            current=form.current,
            by=request.user,
            submission_key=form.cleaned_data["submission_key"],
            **form.named,
        )
        raised.append(found)
        return f"{found.key} is in the register."

    def raised_page() -> str:
        return raised[0].get_absolute_url()

    words = {
        "title": "Raise a risk",
        "button": "Raise it",
        "template": "governance/risk_edit.html",
    }
    return carry_out(
        request,
        partial(RaiseRiskForm, **offered),
        fresh=keyed,
        act=act,
        page=partial(form_page, request, row, None, words),
        leads_to=raised_page,
    )


@require_http_methods(["GET", "POST"])
def risk_change(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Change what is said of a risk."""
    risk = risk_or_404(request, plan, key)
    require_manager(request.user, risk)

    def act(form: ChangeRiskForm) -> str:
        risks.change_risk(
            risk=risk, words=form.words, by=request.user, **form.named, **sent(form, "reason")
        )
        return f"{risk.key} is changed."

    words = {
        "title": f"Change {risk.key}",
        "button": "Save the changes",
        "template": "governance/risk_edit.html",
    }
    return act_on(
        request,
        risk,
        partial(ChangeRiskForm, **_of_plan(risk.plan)),
        act=act,
        words=words,
        start=lambda: _as_it_is(risk),
    )


def _as_it_is(risk: Risk) -> dict[str, Any]:
    """What the form of a change starts with."""
    return {name: getattr(risk, name) for name in RiskWords.__dataclass_fields__} | {
        "owner": risk.owner_id,
        "seen_by": list(risk.roles),
        "actions": [row.pk for row in risk.actions.all()],
        "indicators": [row.pk for row in risk.indicators.all()],
    }


@require_http_methods(["GET", "POST"])
def risk_review(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Score a risk anew."""
    risk = risk_or_404(request, plan, key)
    require_reviewer(request.user, risk)

    def act(form: ReviewForm) -> str:
        found = risks.review_risk(
            risk=risk, score=form.score, by=request.user, **sent(form, "words")
        )
        return f"{risk.key} is reviewed: its score is {found.likelihood * found.impact}."

    def latest() -> dict[str, Any]:
        review = risk.reviews.first()
        return {"likelihood": review.likelihood, "impact": review.impact}

    words = {"title": f"Review {risk.key}", "button": "Save this review"}
    return act_on(request, risk, ReviewForm, act=act, words=words, start=latest)


@require_http_methods(["GET", "POST"])
def risk_move(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Escalate a risk, or hand it back."""
    risk = risk_or_404(request, plan, key)
    levels = movable_to(request, risk)
    if not levels:
        _require_sent_form(request, risk)

    def act(form: MoveForm) -> str:
        given = sent(form, "to_level", "reason")
        try:
            move = risks.move_risk(risk=risk, by=request.user, **given)
        except NotAllowed as error:
            # Who moves it from another level was overtaken: a sentence, beside what they typed.
            raise RuleBroken({"to_level": [error.sentence]}) from error
        return f"{risk.key} is now with: {move.get_to_level_display().lower()}."

    words = {"title": f"Escalate {risk.key} or hand it back", "button": "Move it"}
    form_class = partial(MoveForm, levels=levels or list(RiskLevel.choices))
    return act_on(request, risk, form_class, act=act, words=words)


def _require_sent_form(request: HttpRequest, risk: Risk) -> None:
    """Refuse whoever may not move the risk, but for those who may from another level and sent a form."""
    held = access.of(request.user)
    permissions.require_mover(held, risk, person_id=request.user.pk)
    if "base_version" not in request.POST:
        raise NotAllowed(permissions.why_not_from_here(risk))


@require_http_methods(["GET", "POST"])
def risk_close(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Close a risk."""
    risk = risk_or_404(request, plan, key)
    require_manager(request.user, risk)

    def act(form: CloseRiskForm) -> str:
        risks.close_risk(risk=risk, by=request.user, **sent(form, "reason"))
        return f"{risk.key} is closed."

    words = {"title": f"Close {risk.key}", "button": "Close it"}
    return act_on(request, risk, CloseRiskForm, act=act, words=words)
