"""What a milestone's page says of a review of impact, and of what comes again."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from plans import permissions, policies, selectors
from plans.enums import MilestoneKind, Stage, StageAct
from plans.models import ImpactRating, Milestone, OccurrenceRecord
from plans.selectors import Moment


def is_review(milestone: Milestone) -> bool:
    """Whether it is a review of impact, which its rating alone completes."""
    return milestone.kind == MilestoneKind.IMPACT_REVIEW


def rating_url(milestone: Milestone) -> str:
    """Where the impact is rated that the review asks for."""
    here = reverse("plans:impact-rate", args=[milestone.plan.slug, milestone.action.key])
    return f"{here}?review={milestone.key}"


def review_url(milestone: Milestone, act: StageAct) -> str:
    """Where an act on a review takes place: at its rating, or at all ratings where none waits."""
    if act == StageAct.PROPOSED:
        return rating_url(milestone)
    waiting = _waiting(milestone)
    of_action = [milestone.plan.slug, milestone.action.key]
    if waiting is None:
        return reverse("plans:action-impact", args=of_action)
    page = "impact-take-back" if act == StageAct.TAKEN_BACK else "impact-decide"
    return reverse(f"plans:{page}", args=[*of_action, waiting.number])


def _waiting(milestone: Milestone) -> ImpactRating | None:
    """The rating that waits together with a review."""
    if milestone.stage != Stage.PROPOSED_COMPLETE:
        return None
    return milestone.impact_ratings.filter(decision=None).first()


def review_doors(request: HttpRequest, milestone: Milestone) -> dict[str, Any]:
    """For a review: the ways to its rating instead of those of a milestone; else nothing."""
    if not is_review(milestone):
        return {}
    action = milestone.action
    waiting = _waiting(milestone)
    may_rate = permissions.may_propose_impact(request.user, action)
    may_decide = waiting is not None and permissions.may_confirm_impact(request.user, action)
    return {
        "is_review": True,
        "can_propose": False,
        "can_sign": False,
        "can_take_back": False,
        "can_give_back": waiting is not None and may_rate,
        "can_rate": may_rate and milestone.stage in policies.OPEN_STAGES,
        "can_decide": may_decide,
        "rating_url": rating_url(milestone),
        "decision_url": review_url(milestone, StageAct.SIGNED_OFF),
        "give_back_url": review_url(milestone, StageAct.TAKEN_BACK),
        "impact_url": reverse("plans:action-impact", args=[milestone.plan.slug, action.key]),
    }


def recurring(request: HttpRequest, milestone: Milestone, moment: Moment) -> dict[str, Any]:
    """What of the milestone comes again, as at a moment."""
    visible = permissions.visible_fields(
        request.user, OccurrenceRecord, partnership_id=milestone.plan.partnership_id
    )
    lines = selectors.commitments_of(
        milestone.plan, of=milestone.commitments.all(), at=moment.at, on=moment.on, visible=visible
    )
    return {"commitments": lines}
