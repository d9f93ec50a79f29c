"""What measures show of the actions that are meant to move them: for how long targets were held."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from kpis.enums import Direction, Frequency, PeriodKind, Presence
from kpis.models import Indicator, IndicatorDefinition
from kpis.policies import periods
from kpis.policies.figures import Figure
from kpis.policies.periods import Period
from kpis.policies.trajectory import periods_held
from kpis.selectors.lines import Kept, MeasureRows, kept_rows, measure_rows
from kpis.selectors.reader import Stored, promise_of
from plans.models import Plan
from plans.selectors.measured import held_source

NOTHING = Figure(presence=Presence.MISSING)


@held_source
def held_periods(plan: Plan, *, on: dt.date, at: dt.datetime | None = None) -> dict[str, int]:
    """By the key of each action with measures, for how many periods in a row their targets were held.

    The least of an action's measures counts; one that has no number to reach, or whose figures are
    out of date, holds nothing. Four queries, however many measures: limits and charts are left out.
    """
    return held_in(rows_of_plan(plan, at=at), on=on)


_kept: ContextVar[dict[int, Kept] | None] = ContextVar("kept", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside, the measures of a plan are read from the database once, for whatever moments are asked.

    For who tells of several moments in one state of the database, as a pack does.
    """
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def rows_of_plan(plan: Plan, *, at: dt.datetime | None) -> MeasureRows:
    """All measures of a plan as at a moment; inside ``read_once`` without reading them again."""
    kept, rows = _kept.get(), Indicator.objects.filter(plan=plan)
    if kept is None:
        return measure_rows(rows, at=at)
    if plan.pk not in kept:
        kept[plan.pk] = kept_rows(rows)
    return kept[plan.pk].as_at(at)


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
