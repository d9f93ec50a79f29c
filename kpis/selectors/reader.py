"""Reads one measure: fills the gaps, draws the limits, and holds each figure against the promise."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpis.enums import Direction, Frequency, PeriodKind, Presence
from kpis.models import ComparatorFigure, Indicator, IndicatorDefinition, StepChange
from kpis.policies import disclosure, periods, spc, suitability, trajectory
from kpis.policies.figures import Figure
from kpis.policies.periods import Period
from kpis.policies.settings import read_trajectory
from kpis.policies.spc import Spc, SpcSettings
from kpis.policies.trajectory import Bounds, Promise
from kpis.selectors.measure import ActionStanding, Change, Elsewhere, MeasureLine, PointLine
from plans.enums import Standing

Stored = tuple[Figure, int]
"""A figure, and how many rows there are of its period."""


@dataclass(frozen=True)
class Reader:
    """Reads one measure."""

    row: Indicator
    definitions: Sequence[IndicatorDefinition]
    steps: Sequence[StepChange]
    exact: bool
    on: dt.date
    trial: bool

    @property
    def definition(self) -> IndicatorDefinition | None:
        return self.definitions[-1] if self.definitions else None

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind(self.definition.period_kind) if self.definition else PeriodKind.MONTH

    @property
    def frequency(self) -> Frequency:
        return Frequency(self.definition.frequency) if self.definition else Frequency.MONTHLY

    def line(
        self,
        stored: Mapping[Period, Stored],
        *,
        elsewhere: Sequence[ComparatorFigure],
        standings: Mapping[str, Standing],
    ) -> MeasureLine:
        promise = promise_of(self.row)
        settings = settings_of(self.row)
        figures = {period: (self._shown(held), rows) for period, (held, rows) in stored.items()}
        known = periods.without_gaps(list(figures), self.kind, self.frequency)
        refusal, read = self._chance(figures, known, promise, settings)
        points = tuple(self._points(figures, known, promise, read))
        given = [point for point in points if point.number is not None]
        latest = given[-1] if given else None
        # What came and is not shown was received all the same.
        came = [point for point in points if point.figure.presence != Presence.MISSING]
        old = latest is not None and periods.is_old(
            came[-1].period.ends_on, self.frequency, on=self.on
        )
        number = latest.number if latest else None
        missing = bool(points) and points[-1].figure.presence == Presence.MISSING
        return MeasureLine(
            indicator=self.row,
            definition=self.definition,
            promise=promise,
            points=points,
            spc=read if refusal is None else None,
            refusal=refusal,
            settings=settings,
            latest=latest,
            status=trajectory.status_of(
                number,
                latest.expected if latest else None,
                promise,
                is_owed=old or missing,
            ),
            better=self._is_better(given),
            short_of_law=trajectory.short_of_the_law(number, promise),
            is_old=old,
            actions=tuple(
                ActionStanding(action.key, standings[action.key])
                for action in self.row.actions.all()
                if action.key in standings
            ),
            elsewhere=tuple(self._others(elsewhere)),
            steps=tuple(self._changes(self.steps)),
            recounted=tuple(self._changes(self.definitions[1:])),
            definitions=tuple(self.definitions),
        )

    def _changes(
        self, rows: Sequence[StepChange] | Sequence[IndicatorDefinition]
    ) -> Iterable[Change]:
        return (Change(row.starts_on, row.reason if self.exact else "") for row in rows)

    def _shown(self, figure: Figure) -> Figure:
        if self.exact:
            return figure
        return disclosure.shown_to_families(
            figure, threshold=self.row.suppress_below, is_percent=self.row.is_percent
        )

    def _chance(
        self,
        figures: Mapping[Period, Stored],
        known: Sequence[Period],
        promise: Promise,
        settings: SpcSettings,
    ) -> tuple[tuple[str, str] | None, Spc]:
        """Why limits are not shown, if so, and the series read all the same."""
        values = [
            None if period not in figures else _float(figures[period][0].number) for period in known
        ]
        count = sum(value is not None for value in values)
        starts = {step.starts_on for step in self.steps}
        edge = promise.target.edge(promise.direction)
        read = spc.analyse(
            values,
            direction=promise.direction,
            target=_float(edge),
            steps=[place for place, period in enumerate(known) if period.starts_on in starts],
            settings=settings,
        )
        told = suitability.refusal(self.kind, self.frequency, count, settings)
        if self.trial and suitability.trial_is_possible(self.kind, self.frequency, count, settings):
            told = None
        return told, read

    def _points(
        self,
        figures: Mapping[Period, Stored],
        known: Sequence[Period],
        promise: Promise,
        read: Spc,
    ) -> Iterable[PointLine]:
        for period, chance in zip(known, read.points, strict=True):
            figure, rows = figures.get(period, (Figure(presence=Presence.MISSING), 0))
            number = figure.number
            expected = trajectory.expected_at(promise, period, self.kind)
            yield PointLine(
                period=period,
                label=periods.label(period, self.kind),
                figure=figure,
                number=number,
                expected=expected,
                status=trajectory.status_of(number, expected, promise, is_owed=False),
                cause=chance.cause,
                variation=chance.variation,
                limits=chance.limits,
                rows=rows,
            )

    def _is_better(self, given: Sequence[PointLine]) -> bool | None:
        """Against the figure before; a year to date against the same month of the year before."""
        if len(given) < 2:
            return None
        latest, before = given[-1], given[-2]
        if self.kind == PeriodKind.YEAR_TO_DATE:
            day = latest.period.ends_on
            year_ago = [
                one
                for one in given
                if (one.period.ends_on.year, one.period.ends_on.month) == (day.year - 1, day.month)
            ]
            if not year_ago:
                return None
            before = year_ago[0]
        return trajectory.is_better(latest.number, before.number, Direction(self.row.direction))

    def _others(self, rows: Sequence[ComparatorFigure]) -> Iterable[Elsewhere]:
        by_place: dict[tuple[str, str], list[ComparatorFigure]] = defaultdict(list)
        for row in rows:
            by_place[row.kind, row.place].append(row)
        for (kind, place), held in by_place.items():
            last = held[-1]
            yield Elsewhere(
                kind=kind,
                place=place,
                value=last.value,
                label=span_label(Period(last.starts_on, last.ends_on), self.kind),
                source=last.source,
                spans=tuple((Period(row.starts_on, row.ends_on), row.value) for row in held),
            )


def span_label(period: Period, kind: PeriodKind) -> str:
    """A comparator's period is named by its own length: England's may be a year's."""
    months = trajectory.months_between(period.starts_on, period.ends_on) + 1
    year = months == periods.MONTHS_IN_YEAR and kind != PeriodKind.ROLLING
    return periods.label(period, PeriodKind.YEAR if year else kind)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def settings_of(row: Indicator) -> SpcSettings:
    """How the limits of a measure are drawn."""
    return SpcSettings(
        screen=row.spc_screen,
        shift=row.spc_shift,
        trend=row.spc_trend,
        minimum=row.spc_minimum,
        baseline=row.spc_baseline,
    )


def promise_of(row: Indicator) -> Promise:
    """What the plan promises of a measure.

    The line to the target begins where the plan's words put the baseline, and where they do not, in
    the month in which the plan was published: "current" is what it was then.
    """
    measured = periods.plan_period(row.baseline_period) if row.baseline_period else None
    published = periods.plan_period(row.plan.published)
    begins = measured or published
    return Promise(
        direction=Direction(row.direction),
        baseline=Bounds(row.baseline_low, row.baseline_high),
        target=Bounds(row.target_low, row.target_high),
        begins_on=begins.ends_on if begins else dt.date.min,
        due_on=row.target_due_on or row.target_to,
        standard=row.standard_value,
        typed=tuple(read_trajectory(row.trajectory)),
        tolerance=row.tolerance,
    )
