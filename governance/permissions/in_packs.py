"""Which rows go into a pack of an edition: what all of its readers may see, whoever they are."""

from django.db import models

from governance.enums import Edition, FeedbackState, GroupTier
from governance.models import FeedbackPublication, Group, Risk
from kpis.models import Indicator
from plans.models import Plan

TABLED_AT: dict[Edition, tuple[GroupTier, ...]] = {
    Edition.BOARD: (GroupTier.BOARD,),
    Edition.EXECUTIVE: (GroupTier.EXECUTIVE, GroupTier.BOARD),
    Edition.FAMILIES: (),
}
"""The groups whose log and decisions an edition tells: those before which it is laid (ADR 12)."""


def risks_in_packs(plan: Plan) -> models.QuerySet[Risk]:
    """The risks that every reader of risks sees: a restricted one is in no pack."""
    return Risk.objects.filter(plan=plan, seen_by="")


def is_measure_in_packs(then: Indicator, now: Indicator, edition: Edition) -> bool:
    """Whether a measure goes into a pack: every one, or in plain English those marked as for families.

    It must have been for families at the cut-off and still be so when the pack is assembled: what was
    shown to them later was not theirs then, and what was taken from them since is not handed out anew.
    """
    return edition != Edition.FAMILIES or (then.for_families and now.for_families)


def shows_exact_figures(edition: Edition) -> bool:
    """Whether small numbers are shown: not to families."""
    return edition != Edition.FAMILIES


def groups_in_packs(plan: Plan, edition: Edition) -> models.QuerySet[Group]:
    """The groups whose log and decisions the edition tells."""
    return Group.objects.filter(plan=plan, tier__in=TABLED_AT[edition])


def meeting_in_packs(plan: Plan, edition: Edition) -> models.QuerySet[Group]:
    """The group at whose next meeting the edition is read."""
    tier = GroupTier.EXECUTIVE if edition == Edition.EXECUTIVE else GroupTier.BOARD
    return Group.objects.filter(plan=plan, tier=tier)


def published_in_packs(plan: Plan) -> models.QuerySet[FeedbackPublication]:
    """What was published of what families said, and was not withdrawn."""
    rows = FeedbackPublication.objects.filter(item__plan=plan)
    return rows.exclude(item__state=FeedbackState.WITHDRAWN)
