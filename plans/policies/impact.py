"""What an impact rating must rest on, and when a review of impact is due."""

import datetime as dt
from collections.abc import Collection, Sequence

from hertsend.errors import RuleBroken
from plans.enums import EvidenceKind, ImpactLevel, ImpactOutcome, MilestoneKind, Stage
from plans.policies.stages import OPEN_STAGES

IMPACT_EVIDENCE_KINDS: tuple[EvidenceKind, ...] = tuple(
    kind for kind in EvidenceKind if kind != EvidenceKind.DOCUMENT
)
"""The kinds that can show a difference; a document shows that work was done."""

SUSTAINED_PERIODS = 3
"""In so many periods before it must the impact have been consistent for it to be sustained."""

NOT_SUSTAINED = (
    f"4 means sustained: the last {SUSTAINED_PERIODS} periods before must have been confirmed at 3 "
    "or more. Rate it 3 until they are."
)

REVIEW_WITHIN_DAYS = 30
"""So long before its date a review of impact becomes a task."""

KINDS_NEEDED: dict[ImpactLevel, int] = {
    ImpactLevel.TOO_EARLY: 0,
    ImpactLevel.NO_EVIDENCE: 0,
    ImpactLevel.EARLY: 1,
    ImpactLevel.CONSISTENT: 2,
    ImpactLevel.SUSTAINED: 2,
}
"""How many different kinds of dated evidence each level needs."""


def check_impact(
    *, level: int | None, words: str, kinds: Collection[str], earlier: Sequence[int]
) -> ImpactLevel:
    """Refuse a rating that its evidence does not carry; answer its level.

    ``kinds`` are the kinds of the dated evidence given; ``earlier`` the levels confirmed for other
    periods, one for each, the latest first. All broken rules are told at once.
    """
    errors: dict[str, list[str]] = {}
    if not words.strip():
        errors["words"] = ["Say what has changed for families, or why it cannot be said yet."]
    if level not in ImpactLevel.values:
        raise RuleBroken(errors | {"level": ["Select the impact, from 0 to 4."]})
    found = ImpactLevel(level)
    if missing := _missing_evidence(found, set(kinds) & set(IMPACT_EVIDENCE_KINDS)):
        errors["evidence"] = [missing]
    if found == ImpactLevel.SUSTAINED and not is_sustained(earlier):
        errors["level"] = [NOT_SUSTAINED]
    if errors:
        raise RuleBroken(errors)
    return found


def _missing_evidence(level: ImpactLevel, kinds: set[str]) -> str:
    needed = KINDS_NEEDED[level]
    if len(kinds) >= needed:
        return ""
    if needed == 1:
        return f"{level.value} needs at least one piece of dated evidence. Choose or add it."
    return (
        f"{level.value} needs evidence of two different kinds, such as data and a survey. "
        "Choose or add it."
    )


def is_sustained(earlier: Sequence[int]) -> bool:
    """Whether the last three periods rated were all confirmed at 3 or more."""
    latest = earlier[:SUSTAINED_PERIODS]
    return len(latest) == SUSTAINED_PERIODS and min(latest) >= ImpactLevel.CONSISTENT


def check_impact_decision(*, outcome: str, words: str) -> None:
    """Refuse to return or take back a rating without a reason."""
    if outcome != ImpactOutcome.CONFIRMED and not words.strip():
        raise RuleBroken({"words": ["Enter the reason."]})


def is_review_due(*, kind: str, stage: str, date_in_force: dt.date | None, on: dt.date) -> bool:
    """An open review of impact whose date is past or lies within the next thirty days."""
    return (
        kind == MilestoneKind.IMPACT_REVIEW
        and stage in OPEN_STAGES
        and date_in_force is not None
        and (date_in_force - on).days <= REVIEW_WITHIN_DAYS
    )


def check_review_stage(stage: str) -> None:
    """Refuse a rating for a review of impact that has ended, or that another rating answers."""
    if stage not in OPEN_STAGES:
        raise RuleBroken(
            {"review": [f"That review is {Stage(stage).label.lower()}. Choose another, or none."]}
        )


def check_closed_by_rating(*, kind: str, action_key: str, by_rating: bool) -> None:
    """Refuse to close a review of impact as if it were a tick box: its rating closes it."""
    if kind == MilestoneKind.IMPACT_REVIEW and not by_rating:
        raise RuleBroken(
            f"This is a review of impact: it is completed by rating the impact of {action_key}, "
            "and decided together with that rating."
        )
