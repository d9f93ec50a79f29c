"""Barriers as the list shows them: what still waits for help first."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from governance.enums import BarrierState
from governance.models import Barrier
from governance.policies import barriers as rules
from hertsend.records.trail import TrailEntry, trail_of

ORDER = [BarrierState.OPEN, BarrierState.ANSWERED, BarrierState.CLOSED]


@dataclass(frozen=True)
class BarrierLine:
    """A barrier as at a day."""

    barrier: Barrier
    is_late: bool

    @property
    def key(self) -> str:
        """Its number."""
        return self.barrier.key


def barrier_lines(barriers: QuerySet[Barrier], *, on: dt.date) -> list[BarrierLine]:
    """Barriers, the open ones first, then by the day by which help is needed. One query."""
    rows = barriers.select_related("plan", "workstream", "owner", "raised_by", "answered_by")
    found = [
        BarrierLine(row, rules.is_late(state=row.state, needed_by=row.needed_by, on=on))
        for row in rows
    ]
    return sorted(found, key=lambda line: ORDER.index(BarrierState(line.barrier.state)))


def history_of(barrier: Barrier, *, with_names: bool) -> list[TrailEntry]:
    """Every change of a barrier, in sentences."""
    return trail_of(
        Barrier,
        about=Q(id=barrier.pk),
        wording={"state": "State", "needed_by": "Needed by", "answer": "Answer"},
        created="The barrier was raised.",
        show_people=with_names,
        show_reasons=with_names,
    )
