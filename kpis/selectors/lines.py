"""One line for each measure: its figures, what chance does, and how it stands, as at a moment."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from kpis.enums import Presence, StepState
from kpis.models import (
    ComparatorFigure,
    Indicator,
    IndicatorDefinition,
    Measurement,
    StepChange,
)
from kpis.policies.figures import Figure
from kpis.policies.periods import Period
from kpis.selectors.measure import MeasureLine
from kpis.selectors.reader import Reader, Stored
from plans import policies
from plans.enums import Standing

NOTHING = Figure(presence=Presence.MISSING)


@dataclass(frozen=True)
class MeasureRows:
    """What is stored of measures as at a moment, read once for all that is told of them."""

    rows: Sequence[Indicator]
    figures: Mapping[int, Mapping[Period, Stored]]
    definitions: Mapping[int, Sequence[IndicatorDefinition]]
    at: dt.datetime | None


@dataclass(frozen=True)
class Kept:
    """All that is stored of measures, from which they are read as at several moments."""

    rows: Sequence[Indicator]
    figures: Sequence[tuple[Any, ...]]
    definitions: Sequence[IndicatorDefinition]

    def as_at(self, at: dt.datetime | None) -> MeasureRows:
        """What counted at a moment; without one, all of it."""
        said = [row for row in self.definitions if at is None or row.at <= at]
        figures = latest_figures(self.figures, at=at)
        return MeasureRows(rows=self.rows, figures=figures, definitions=grouped(said), at=at)


def measure_rows(indicators: QuerySet[Indicator], *, at: dt.datetime | None = None) -> MeasureRows:
    """Measures with their figures and definitions, in their order, in four queries."""
    return kept_rows(indicators, at=at).as_at(at)


def kept_rows(indicators: QuerySet[Indicator], *, at: dt.datetime | None = None) -> Kept:
    """What was stored of measures by a moment, or ever, in their order, in four queries."""
    rows = list(
        indicators.select_related("plan", "workstream", "owner").prefetch_related("actions")
    )
    keys = [row.pk for row in rows]
    said = IndicatorDefinition.objects.filter(indicator__in=keys).order_by("version")
    return Kept(
        rows=rows,
        figures=_figures(until(Measurement.objects.filter(indicator__in=keys), at)),
        definitions=list(until(said, at)),
    )


def measure_lines(
    indicators: QuerySet[Indicator],
    *,
    on: dt.date,
    at: dt.datetime | None = None,
    exact: bool = True,
    standings: Mapping[str, Standing] | None = None,
    trial: bool = False,
    with_others: bool = True,
) -> list[MeasureLine]:
    """The lines of these measures, in their order, in six queries however many there are.

    ``at`` is the moment up to which rows are read, or None for all that is stored; ``exact`` shows
    small numbers, which families are not shown; ``standings`` is how each action's delivery stands
    by its key; ``trial`` draws limits from fewer points than are sound; ``with_others`` reads what
    other places have.
    """
    return lines_of_rows(
        measure_rows(indicators, at=at),
        on=on,
        exact=exact,
        standings=standings or {},
        trial=trial,
        with_others=with_others,
    )


def lines_of_rows(
    read: MeasureRows,
    *,
    on: dt.date,
    exact: bool,
    standings: Mapping[str, Standing],
    trial: bool = False,
    with_others: bool = True,
) -> list[MeasureLine]:
    """The lines of measures that were read, as ``measure_lines`` tells, in two queries."""
    keys, at = [row.pk for row in read.rows], read.at
    steps = grouped(_approved(StepChange.objects.filter(indicator__in=keys), at))
    others = ComparatorFigure.objects.filter(indicator__in=keys)
    elsewhere = _elsewhere(until(others, at), at=at) if with_others else defaultdict(list)
    return [
        Reader(
            row,
            definitions=read.definitions.get(row.pk, ()),
            steps=steps[row.pk],
            exact=exact,
            on=on,
            trial=trial,
        ).line(
            read.figures.get(row.pk, {}),
            elsewhere=elsewhere[row.pk],
            standings=standings,
        )
        for row in read.rows
    ]


def until(rows: QuerySet, at: dt.datetime | None) -> QuerySet:
    """The rows up to a moment; all of them without one."""
    return rows if at is None else rows.filter(at__lte=at)


def _approved(rows: QuerySet[StepChange], at: dt.datetime | None) -> QuerySet[StepChange]:
    approved = rows.filter(state=StepState.APPROVED)
    return approved if at is None else approved.filter(decided_at__lte=at)


def grouped(rows: Iterable) -> dict[int, list]:
    """Rows by the primary key of their measure."""
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def _figures(rows: QuerySet[Measurement]) -> list[tuple[Any, ...]]:
    """Plain tuples: a plan has thousands of figures, and a row of Django's for each would be felt."""
    names = (
        *("at", "indicator_id", "starts_on", "ends_on", "number", "imported_by__reversed_at"),
        *("presence", "value", "numerator", "denominator", "certainty", "note", "source"),
    )
    ordered = rows.order_by("indicator_id", "ends_on", "starts_on", "number")
    return list(ordered.values_list(*names))


def latest_figures(
    rows: Iterable[tuple[Any, ...]], *, at: dt.datetime | None
) -> dict[int, dict[Period, Stored]]:
    """What counts of each period, with the highest number of its rows, of those up to a moment.

    Figures of a file that was taken back by then do not count.
    """
    found: dict[int, dict[Period, Stored]] = defaultdict(dict)
    for stored_at, indicator, starts_on, ends_on, number, taken_back_at, *held in rows:
        if at is not None and stored_at > at:
            continue
        period = Period(starts_on, ends_on)
        if taken_back_at is not None and (at is None or taken_back_at <= at):
            before, _ = found[indicator].get(period, (NOTHING, 0))
            found[indicator][period] = (before, number)
        else:
            found[indicator][period] = (Figure(*held), number)
    return found


def _elsewhere(
    rows: QuerySet[ComparatorFigure], *, at: dt.datetime | None
) -> dict[int, list[ComparatorFigure]]:
    """What other places have, the latest row of each period."""
    taken_back = Q(imported_by__reversed_at__isnull=False)
    if at is not None:
        taken_back &= Q(imported_by__reversed_at__lte=at)
    counting = rows.exclude(taken_back).order_by("kind", "place", "ends_on", "number")
    latest = {(row.indicator_id, row.kind, row.place, row.ends_on): row for row in counting}
    return grouped(latest.values())


def worst_by_action(lines: Iterable) -> dict[str, Standing]:
    """How each action's delivery stands: as the worst of its milestones that are not withdrawn."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for line in lines:
        if line.standing != Standing.WITHDRAWN:
            found[line.action_key].append(line.standing)
    return {key: policies.worst(held) for key, held in found.items()}
