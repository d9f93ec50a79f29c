"""Measures as they were set at a moment: direction, target, trajectory, tolerance, and who sees them."""

import copy
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from kpis.models import Indicator
from plans.models import Plan


def states_of(plan: Plan) -> list[Any]:
    """Every state that the plan's measures ever had, the earliest first. One query."""
    rows = Indicator.history.filter(plan=plan).select_related("workstream", "owner")
    return list(rows.order_by("history_id"))


def rows_at(
    rows: Iterable[Indicator], states: Iterable[Any], *, at: dt.datetime
) -> Sequence[Indicator]:
    """The measures that were there at a moment as they were set then, in the order of today.

    Every column is that of then. Which actions a measure is linked to is the plan's own word, whose
    corrections hold for all times: its links are those of now.
    """
    then = {state.id: state for state in states if state.history_date <= at}
    return [_as_in(row, then[row.pk]) for row in rows if row.pk in then]


def _as_in(row: Indicator, state: Any) -> Indicator:
    """A copy of a row with the columns of an earlier state; it is read and never saved."""
    found = copy.copy(row)
    for field in Indicator._meta.concrete_fields:
        setattr(found, field.attname, getattr(state, field.attname))
    found.workstream, found.owner = state.workstream, state.owner
    return found
