"""How the delivery of actions and workstreams stands today, for measures to be held against.

The same standings as those of ``plans.selectors.lines_of`` for live pages (a test holds them equal),
from few queries instead of many, since a page of measures needs nothing else of milestones.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from kpis.selectors.held import held_periods
from plans import policies
from plans.enums import PeriodState, Standing
from plans.models import Milestone, MilestoneUpdate, Plan


@dataclass(frozen=True)
class Delivery:
    """The worst standing of each action and of each workstream, by their keys."""

    actions: dict[str, Standing]
    streams: dict[str, Standing]


def delivery_of(
    plan: Plan, *, on: dt.date, held_already: Mapping[str, int] | None = None
) -> Delivery:
    """How the plan's delivery stands on a day.

    ``held_already`` is what ``held_periods`` would find, where it is known.
    """
    by_action: dict[str, list[Standing]] = defaultdict(list)
    by_stream: dict[str, list[Standing]] = defaultdict(list)
    reported = MilestoneUpdate.objects.filter(
        _is_of_current_period(plan), milestone=OuterRef("pk")
    ).order_by("-version")
    held = held_periods(plan, on=on) if held_already is None else held_already
    rows = Milestone.objects.filter(plan=plan).with_dates()
    named = rows.annotate(
        rating_given=Subquery(reported.values("rating")[:1]),
        reason_given=Subquery(reported.values("reason_for_rating")[:1]),
        best_given=Subquery(reported.values("best_rating")[:1]),
    ).values_list(
        *("stage", "rating", "forecast_on", "date_in_force"),
        *("rating_given", "reason_given", "best_given"),
        *("action__key", "action__workstream__key"),
    )
    for stage, latest, forecast_on, in_force, rating, reason, then, action, stream in named:
        standing = policies.standing_on(
            on,
            stage=stage,
            date_in_force=in_force,
            forecast_on=forecast_on,
            latest_rating=latest,
            reported=policies.Reported(rating, reason, then) if rating else None,
            held_periods=held.get(action),
        )
        if standing != Standing.WITHDRAWN:
            by_action[action].append(standing)
            by_stream[stream].append(standing)
    return Delivery(
        actions={key: policies.worst(held) for key, held in by_action.items()},
        streams={key: policies.worst(held) for key, held in by_stream.items()},
    )


def _is_of_current_period(plan: Plan) -> Q:
    """The months whose ratings are current: those that take updates, and the last closed one."""
    open_ones = [PeriodState.DUE, PeriodState.OPEN]
    closed = plan.periods.exclude(state__in=[PeriodState.SCHEDULED, *open_ones])
    last = Subquery(closed.order_by("-month").values("pk")[:1])
    return Q(period__state__in=open_ones) | Q(period=last)
