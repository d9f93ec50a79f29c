"""What of milestones waits for somebody: proposals, dates, questions, escalations, deep dives."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hertsend import dates
from plans.enums import (
    DateRequestState,
    DeepDiveState,
    EscalationState,
    MilestoneKind,
    Stage,
    StageAct,
)
from plans.models import (
    DateChangeRequest,
    DeepDive,
    Escalation,
    ExceptionQuestion,
    MilestoneUpdate,
    Plan,
    StageChange,
)


def proposals_to_sign(plan: Plan) -> list[StageChange]:
    """The proposals that wait for a signature, the longest waiting first, with who asked for one.

    Reviews of impact are left out: their rating is decided on, and signs them. Three queries.
    """
    rows = StageChange.objects.filter(
        act=StageAct.PROPOSED,
        milestone__plan=plan,
        milestone__stage=Stage.PROPOSED_COMPLETE,
    ).exclude(_later(StageChange) | Q(milestone__kind=MilestoneKind.IMPACT_REVIEW))
    return _with_scope(rows.order_by("at", "pk").prefetch_related("requests"))


def returned_proposals(plan: Plan) -> list[StageChange]:
    """The returns of proposals after which nothing was done to the milestone, the oldest first."""
    rows = StageChange.objects.filter(act=StageAct.RETURNED, milestone__plan=plan)
    rows = rows.exclude(_later(StageChange) | _later(MilestoneUpdate))
    return _with_scope(rows.order_by("at", "pk"))


def _later(model: type[StageChange] | type[MilestoneUpdate]) -> Exists:
    """Whether something of this kind came after an act on the same milestone."""
    own = model.objects.filter(milestone=OuterRef("milestone"), version__gt=OuterRef("version"))
    return Exists(own)


def refused_requests(plan: Plan, *, since: dt.date) -> list[DateChangeRequest]:
    """The requests for new dates that were refused on a day or later, and not made anew."""
    rows = DateChangeRequest.objects.filter(
        milestone__plan=plan,
        state=DateRequestState.REFUSED,
        decided_at__gte=dates.start_of(since),
    ).exclude(milestone__date_requests__number__gt=F("number"))
    return _with_scope(rows.order_by("decided_at", "pk"))


def open_requests(plan: Plan) -> list[DateChangeRequest]:
    """The date requests of a plan that wait for a joint chair, the longest waiting first."""
    rows = DateChangeRequest.objects.filter(
        milestone__plan=plan, state=DateRequestState.OPEN
    ).order_by("requested_at", "pk")
    return _with_scope(rows)


def unanswered_questions(plan: Plan) -> list[ExceptionQuestion]:
    """The questions on a plan's exceptions without an answer, the oldest first."""
    rows = ExceptionQuestion.objects.filter(milestone__plan=plan, answers=None)
    return _with_scope(rows.order_by("at", "pk"))


def open_escalations(plan: Plan) -> list[Escalation]:
    """What is with the Executive, the longest first."""
    rows = Escalation.objects.filter(milestone__plan=plan, state=EscalationState.OPEN)
    return _with_scope(rows.order_by("escalated_at", "pk"))


def planned_deep_dives(plan: Plan) -> list[DeepDive]:
    """The deep dives of which nobody has said what became of them, the next first."""
    rows = DeepDive.objects.filter(milestone__plan=plan, state=DeepDiveState.PLANNED)
    return _with_scope(rows.order_by("planned_on", "pk"))


def _with_scope(rows: QuerySet) -> list[Any]:
    """The rows with what rights ask for of their milestones; two queries."""
    return list(
        rows.select_related("milestone__plan", "milestone__action__workstream").prefetch_related(
            "milestone__action__areas"
        )
    )
