"""What was decided between two moments about milestones and whole actions, in one order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from governance.selectors.span import Seen, Span, name_of, word
from plans.enums import ActionAct, DateRequestState, EscalationState, ImpactOutcome, StageAct
from plans.models import (
    ActionSignOff,
    DateChangeRequest,
    Escalation,
    ImpactDecision,
    Plan,
    StageChange,
)


@dataclass(frozen=True)
class DecisionMade:
    """What was decided about a milestone or a whole action."""

    action_key: str
    key: str
    at: dt.datetime
    what: str
    words: str
    by: str


DECIDED_ACTS: dict[StageAct, str] = {
    StageAct.RETURNED: "Proposal returned",
    StageAct.REOPENED: "Reopened after sign-off",
    StageAct.WITHDRAWN: "Withdrawn by the board",
}


def decisions_in(plan: Plan, span: Span, *, seen: Seen) -> list[DecisionMade]:
    """What was decided in the span about milestones and actions, oldest first; five queries."""
    found = [
        *_acts(plan, span, seen),
        *_refusals(plan, span, seen),
        *_escalations(plan, span, seen),
        *_impact_returned(plan, span, seen),
        *_action_acts(plan, span, seen),
    ]
    return sorted(found, key=lambda each: (each.at, each.key, each.what))


def _acts(plan: Plan, span: Span, seen: Seen) -> Iterable[DecisionMade]:
    rows = StageChange.objects.filter(span.q(), milestone__plan=plan, act__in=DECIDED_ACTS)
    for row in rows.select_related("by", "milestone__action"):
        yield _decision(
            row, seen, at=row.at, what=DECIDED_ACTS[StageAct(row.act)], words="words", by="by"
        )


def _refusals(plan: Plan, span: Span, seen: Seen) -> Iterable[DecisionMade]:
    rows = DateChangeRequest.objects.filter(
        span.q("decided_at"), milestone__plan=plan, state=DateRequestState.REFUSED
    )
    for row in rows.select_related("decided_by", "milestone__action"):
        what = f"New date of {row.asked_for_on.day} {row.asked_for_on:%B %Y} refused"
        yield _decision(row, seen, at=row.decided_at, what=what, words="decision", by="decided_by")


def _escalations(plan: Plan, span: Span, seen: Seen) -> Iterable[DecisionMade]:
    rows = Escalation.objects.filter(
        span.q("escalated_at") | span.q("ended_at"), milestone__plan=plan
    )
    for row in rows.select_related("escalated_by", "ended_by", "milestone__action"):
        if span.has(row.escalated_at):
            what = "Escalated to the Executive"
            yield _decision(
                row, seen, at=row.escalated_at, what=what, words="reason", by="escalated_by"
            )
        if span.has(row.ended_at) and row.state == EscalationState.ANSWERED:
            what = "Answered by the Executive"
            yield _decision(row, seen, at=row.ended_at, what=what, words="response", by="ended_by")


def _impact_returned(plan: Plan, span: Span, seen: Seen) -> Iterable[DecisionMade]:
    rows = ImpactDecision.objects.filter(
        span.q(), rating__action__plan=plan, outcome=ImpactOutcome.RETURNED
    )
    for row in rows.select_related("by", "rating__action"):
        action = row.rating.action
        yield DecisionMade(
            action_key=action.key,
            key=action.key,
            at=row.at,
            what="Impact rating returned",
            words=word(row, "words", seen),
            by=name_of(row, "by", seen),
        )


def _action_acts(plan: Plan, span: Span, seen: Seen) -> Iterable[DecisionMade]:
    rows = ActionSignOff.objects.filter(span.q(), action__plan=plan)
    for row in rows.select_related("by", "action"):
        yield DecisionMade(
            action_key=row.action.key,
            key=row.action.key,
            at=row.at,
            what=f"Whole action: {ActionAct(row.act).label.lower()}",
            words=word(row, "words", seen),
            by=name_of(row, "by", seen),
        )


def _decision(
    row: Any, seen: Seen, *, at: dt.datetime | None, what: str, words: str, by: str
) -> DecisionMade:
    """A decision on a milestone; ``words`` and ``by`` name the row's fields."""
    if at is None:
        raise ValueError(f"{row} was not decided.")
    return DecisionMade(
        action_key=row.milestone.action.key,
        key=row.milestone.key,
        at=at,
        what=what,
        words=word(row, words, seen),
        by=name_of(row, by, seen),
    )
