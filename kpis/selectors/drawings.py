"""The charts of a measure: a line in, drawings out, the same for page, download and pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from hertsend.charts import Band, Level, Other, Series, SeriesPoint, Step, series_chart, sparkline
from kpis.enums import Certainty, Direction, PeriodKind, Variation
from kpis.policies import periods, trajectory
from kpis.policies.periods import Period
from kpis.policies.wording import PERCENT, with_unit
from kpis.selectors import telling
from kpis.selectors.measure import MeasureLine

NARROW = 330
SMALL = 225
MOST_FUTURE = 24
SPARK_POINTS = 24
MARK: dict[Variation, str] = {
    Variation.IMPROVING_HIGH: "better",
    Variation.IMPROVING_LOW: "better",
    Variation.WORSENING_HIGH: "worse",
    Variation.WORSENING_LOW: "worse",
    Variation.CHANGED_HIGH: "changed",
    Variation.CHANGED_LOW: "changed",
}


@dataclass(frozen=True)
class MeasureDrawing:
    """One chart in two sizes, with its title."""

    title: str
    wide: str
    narrow: str


def draw_spark(line: MeasureLine) -> str:
    """The small line of a table: the last two years, with what was expected."""
    points = line.points[-SPARK_POINTS:]
    return sparkline(
        [None if point.number is None else float(point.number) for point in points],
        [None if point.expected is None else float(point.expected) for point in points],
        words=telling.series_sentence(line),
    )


def chart_title(line: MeasureLine) -> str:
    """What the chart shows, in which unit, of which time."""
    row = line.indicator
    unit = "per cent" if row.unit == PERCENT else row.unit
    about = f"{row.name}, {unit}" if unit else row.name
    if not line.points:
        return about
    return f"{about}, {line.points[0].label} to {line.points[-1].label}"


def draw_measure(line: MeasureLine) -> MeasureDrawing | None:
    """The chart for a page; None without any figure."""
    if line.latest is None:
        return None
    title = chart_title(line)
    series, description = series_of(line), _description(line)
    return MeasureDrawing(
        title=title,
        wide=series_chart(series, title=title, description=description, identifier="measure"),
        narrow=series_chart(
            series,
            title=title,
            description=description,
            identifier="measure-narrow",
            width=NARROW,
        ),
    )


def draw_small(line: MeasureLine, *, identifier: str) -> str:
    """The chart in the width of half a page, for where several stand on one; "" without any figure."""
    if line.latest is None:
        return ""
    return series_chart(
        series_of(line),
        title=chart_title(line),
        description=_description(line),
        identifier=identifier,
        width=NARROW,
        height=SMALL,
    )


def draw_copy(line: MeasureLine) -> str:
    """The chart as it leaves the page, with its title on it."""
    title = chart_title(line)
    return series_chart(
        series_of(line),
        title=title,
        description=_description(line),
        identifier="measure",
        heading=title,
    )


def _description(line: MeasureLine) -> str:
    bold, more = telling.headline(line)
    return f"{bold} {more}"


def series_of(line: MeasureLine) -> Series:
    """Everything that the chart shows."""
    row = line.indicator
    future = _future(line)
    slots = [point.period for point in line.points] + future
    points = [
        SeriesPoint(
            tick=periods.tick(point.period, line.kind)[0],
            group=periods.tick(point.period, line.kind)[1],
            value=None if point.number is None else float(point.number),
            expected=None if point.expected is None else float(point.expected),
            mark=MARK.get(point.variation, "common") if line.spc else "common",
            is_provisional=point.figure.certainty == Certainty.PROVISIONAL
            and point.number is not None,
            words=telling.shown(point.number, row.unit),
            reading=telling.point_reading(point, line),
        )
        for point in line.points
    ]
    points += [_expected(period, line) for period in future]
    is_share = row.unit == PERCENT
    return Series(
        points=points,
        unit="%" if is_share else "",
        bands=_bands(line),
        levels=_levels(line, slots),
        steps=_steps(line, slots),
        others=[
            Other(
                name=f"{one.place} {with_unit(one.value, row.unit)}",
                values=[_float(one.at(period)) for period in slots],
            )
            for one in line.elsewhere
        ],
        whole=(0.0, 100.0) if is_share and line.promise.standard == 100 else None,
    )


def _float(number: object) -> float | None:
    return None if number is None else float(str(number))


def _expected(period: Period, line: MeasureLine) -> SeriesPoint:
    """A period that is still to come: what is expected of it."""
    expected = trajectory.expected_at(line.promise, period, line.kind)
    words = "nothing expected" if expected is None else with_unit(expected, line.indicator.unit)
    name, group = periods.tick(period, line.kind)
    return SeriesPoint(
        tick=name,
        group=group,
        expected=_float(expected),
        reading=f"{periods.label(period, line.kind)}: expected {words}" if expected else "",
    )


def _future(line: MeasureLine) -> list[Period]:
    """The periods up to the one in which the target is due, at most two years of months."""
    due = line.promise.due_on
    if due is None or not line.points or line.kind == PeriodKind.YEAR:
        return []
    last = line.points[-1].period
    future = periods.following(last, line.kind, line.frequency, due)[:MOST_FUTURE]
    if line.kind == PeriodKind.YEAR_TO_DATE:
        # The year ends with March; the next begins from nothing.
        return [period for period in future if period.starts_on == last.starts_on]
    return future


def _bands(line: MeasureLine) -> list[Band]:
    if line.spc is None:
        return []
    bands = []
    numbered = list(enumerate(line.spc.points))
    for segment in sorted({point.segment for _, point in numbered}):
        places = [index for index, point in numbered if point.segment == segment]
        limits = line.spc.points[places[0]].limits
        if limits.mean is None or limits.lower is None or limits.upper is None:
            continue
        unit = line.indicator.unit
        bands.append(
            Band(
                first=places[0],
                last=places[-1],
                mean=limits.mean,
                lower=limits.lower,
                upper=limits.upper,
                lower_words=f"lower limit {telling.limit_words(limits.lower, unit)}",
                upper_words=f"upper limit {telling.limit_words(limits.upper, unit)}",
            )
        )
    return bands


def _levels(line: MeasureLine, slots: Sequence[Period]) -> list[Level]:
    promise, row = line.promise, line.indicator
    levels = []
    edge = promise.target.edge(promise.direction)
    is_law_too = edge is not None and edge == promise.standard
    if promise.standard is not None:
        levels.append(
            Level(
                value=float(promise.standard),
                name="Target and legal standard" if is_law_too else "Legal standard",
                words=with_unit(promise.standard, row.unit),
                is_law=True,
            )
        )
    if edge is not None and not is_law_too and promise.direction != Direction.NONE:
        due = [
            index
            for index, period in enumerate(slots)
            if promise.due_on and period.ends_on >= promise.due_on
        ]
        value = telling.bounds_in_words(promise.target, row.unit)
        words = f"{value}, {row.target_due_text}" if row.target_due_text else value
        if line.kind == PeriodKind.YEAR_TO_DATE:
            words, due = f"{value} a year", [len(slots) - 1]
        levels.append(
            Level(
                value=float(edge),
                name=promise.word.capitalize(),
                words=words,
                at=due[0] if due else None,
            )
        )
    return levels


def _steps(line: MeasureLine, slots: Sequence[Period]) -> list[Step]:
    """Where the level changed by decision, and where the counting changed."""
    starts = {period.starts_on: index for index, period in enumerate(slots)}
    steps = [
        Step(
            at=starts[step.starts_on],
            name=f"Step change, {step.starts_on:%b %Y}",
            words=step.words,
        )
        for step in line.steps
        if step.starts_on in starts
    ]
    for change in line.recounted:
        after = [index for start, index in starts.items() if start >= change.starts_on]
        if after:
            steps.append(
                Step(
                    at=min(after),
                    name=f"Counted anew, {change.starts_on:%b %Y}",
                    words=change.words,
                )
            )
    return steps
