"""Which rows hold the state of a milestone as at each of several moments: found by the database, in one query."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery

from plans.models import (
    DateChange,
    Milestone,
    MilestoneException,
    MilestoneUpdate,
    ReportingPeriod,
    StageChange,
)
from plans.selectors.past import until

NOTHING_MEASURED: Mapping[str, int] = MappingProxyType({})
"""No action has a linked measure, so nothing is shown as embedded."""


@dataclass(frozen=True)
class Asked:
    """A moment as at which lines are asked for.

    ``periods`` are the months whose ratings count (the latest wins), ``at`` the moment up to which
    rows are read, or None for all that is stored: a live page shows what was just saved, also where
    two machines' clocks differ or a demonstration's day begins anew. ``on`` is the day on which
    overdue is judged. ``held`` says, by the key of an action with linked measures, for how many
    periods in a row their targets were held.
    """

    periods: Collection[ReportingPeriod]
    at: dt.datetime | None
    on: dt.date
    held: Mapping[str, int]


@dataclass(frozen=True)
class Pointers:
    """What the database found for a milestone: primary keys of updates, and plain values of the rest."""

    latest_update: int | None
    update_of_periods: int | None
    stage_changed_to: str | None
    stage_changed_in: int | None
    first_agreed_on: dt.date | None
    agreed_on: dt.date | None
    moves: int | None
    agreed_by: str | None
    proposed_at: dt.datetime | None
    has_exception: bool


NAMES = tuple(field.name for field in fields(Pointers))


def with_pointers(
    milestones: QuerySet[Milestone], asked: Sequence[Asked]
) -> QuerySet[Milestone, Any]:
    """Annotate what ``pointers_of`` reads, for each moment."""
    found = {
        _name(name, place): expression
        for place, each in enumerate(asked)
        for name, expression in _expressions(each).items()
    }
    return milestones.annotate(
        action_key=F("action__key"), workstream_key=F("action__workstream__key"), **found
    )


def pointers_of(row: Any, place: int) -> Pointers:
    """What was found for a row as at the moment with that place among those asked for."""
    return Pointers(*(getattr(row, _name(name, place)) for name in NAMES))


def _name(name: str, place: int) -> str:
    return f"{name}_as_at_{place}"


def _expressions(asked: Asked) -> dict[str, Any]:
    at = asked.at
    updates = until(at, MilestoneUpdate.objects.filter(milestone=OuterRef("pk")))
    updates = updates.order_by("-version")
    changes = until(at, StageChange.objects.filter(milestone=OuterRef("pk"))).order_by("-version")
    moves = until(at, DateChange.objects.filter(milestone=OuterRef("pk"))).order_by("-number")
    proposed = changes.filter(act="proposed").order_by().values("milestone")
    spells = MilestoneException.objects.filter(milestone=OuterRef("pk"))
    return {
        "latest_update": Subquery(updates.values("pk")[:1]),
        "update_of_periods": Subquery(updates.filter(period__in=asked.periods).values("pk")[:1]),
        "stage_changed_to": Subquery(changes.values("to_stage")[:1]),
        "stage_changed_in": Subquery(changes.values("version")[:1]),
        "first_agreed_on": Subquery(moves.order_by("number").values("agreed_on")[:1]),
        "agreed_on": Subquery(moves.values("agreed_on")[:1]),
        "moves": Subquery(moves.values("number")[:1]),
        "agreed_by": Subquery(moves.values("decided_by__name")[:1]),
        "proposed_at": Subquery(proposed.annotate(latest=Max("at")).values("latest")[:1]),
        "has_exception": Exists(spells.open_at(at)),
    }
