"""What measures show of the actions that are meant to move them: for how long targets were held."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpis.enums import Direction, Frequency, PeriodKind, Presence
from kpis.models import Indicator, IndicatorDefinition
from kpis.policies import periods
from kpis.policies.figures import Figure
from kpis.policies.periods import Period
from kpis.policies.trajectory import periods_held
from kpis.selectors.lines import Kept, MeasureRows, kept_rows, measure_rows
from kpis.selectors.past import rows_at, states_of
from kpis.selectors.reader import Stored, promise_of
from plans.models import Plan
from plans.selectors.measured import held_source

NOTHING = Figure(presence=Presence.MISSING)


@held_source
def held_periods(plan: Plan, *, on: dt.date, at: dt.datetime | None = None) -> dict[str, int]:
    """By the key of each action with measures, for how many periods in a row their targets were held.

    The least of an action's measures counts; one that has no number to reach, or whose figures are
    out of date, holds nothing. ``at`` asks for the targets and figures of a moment. Four queries,
    however many measures, five for a moment: limits and charts are left out.
    """
    if at is not None:
        return MeasuresRead.of(plan).held(plan, on=on, at=at)
    return held_in(measure_rows(Indicator.objects.filter(plan=plan)), on=on)


@dataclass(frozen=True)
class MeasuresRead:
    """All measures of a plan, read once for who tells of several moments, as a pack does."""

    kept: Kept
    states: Sequence[Any]

    @classmethod
    def of(cls, plan: Plan) -> "MeasuresRead":
        """Five queries, however many moments are asked for."""
        return cls(kept_rows(Indicator.objects.filter(plan=plan)), states_of(plan))

    @property
    def now(self) -> Mapping[int, Indicator]:
        """The measures as they are set now, by their primary keys."""
        return {row.pk: row for row in self.kept.rows}

    def as_at(self, at: dt.datetime | None) -> MeasureRows:
        """What counted at a moment: the figures up to it, and the measures as they were set then."""
        read = self.kept.as_at(at)
        if at is None:
            return read
        return replace(read, rows=rows_at(read.rows, self.states, at=at))

    def held(self, _plan: Plan, *, on: dt.date, at: dt.datetime | None) -> dict[str, int]:
        """What ``held_periods`` finds of their plan, without reading it again."""
        return held_in(self.as_at(at), on=on)


def held_in(read: MeasureRows, *, on: dt.date) -> dict[str, int]:
    """The same of measures that were read already; they must be all of the plan's."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in read.rows:
        held = _held(row, read.definitions.get(row.pk, ()), read.figures.get(row.pk, {}), on=on)
        for action in row.actions.all():
            found[action.key].append(held)
    return {key: min(held) for key, held in found.items()}


def _has_target(row: Indicator) -> bool:
    return row.target_low is not None and row.direction != Direction.NONE


def _held(
    row: Indicator,
    definitions: Iterable[IndicatorDefinition],
    stored: Mapping[Period, Stored],
    *,
    on: dt.date,
) -> int:
    """For how many periods one measure's target was held."""
    *_, definition = (None, *definitions)
    if definition is None or not stored or not _has_target(row):
        return 0
    kind, frequency = PeriodKind(definition.period_kind), Frequency(definition.frequency)
    known = periods.without_gaps(list(stored), kind, frequency)
    if periods.is_old(known[-1].ends_on, frequency, on=on):
        return 0
    series = [(period, stored[period][0] if period in stored else NOTHING) for period in known]
    return periods_held(series, promise_of(row), kind)
