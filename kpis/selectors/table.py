"""The table of measures: which rows a filter shows, and their CSV."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kpis.enums import Status
from kpis.selectors import telling
from kpis.selectors.measure import MeasureLine
from kpis.selectors.reader import span_label

SHOWN: dict[str, Callable[[MeasureLine], bool]] = {
    "met": lambda line: line.status == Status.MET,
    "within_tolerance": lambda line: line.status == Status.WITHIN_TOLERANCE,
    "missed": lambda line: line.status == Status.MISSED,
    "no_number": lambda line: line.status == Status.NO_NUMBER,
    "improving": lambda line: line.is_improving,
    "worsening": lambda line: line.is_worsening,
    "will_miss": lambda line: line.will_miss,
    "contradicts": lambda line: line.contradicts,
    "old": lambda line: line.is_old or line.latest is None,
}


def _all(_line: MeasureLine) -> bool:
    return True


def matching(lines: Sequence[MeasureLine], wanted: Mapping[str, str]) -> list[MeasureLine]:
    """The measures that fit every filter; an unknown value filters nothing."""
    fits = SHOWN.get(wanted.get("show", ""), _all)
    area, outcome = wanted.get("area", ""), wanted.get("outcome", "")
    return [
        line
        for line in lines
        if fits(line)
        and area in {"", line.indicator.workstream.key}
        and (not outcome or outcome in line.indicator.outcomes)
    ]


CSV_HEADINGS = (
    *("key", "measure", "workstream", "unit", "what_the_plan_says", "latest", "latest_period"),
    *("presence", "expected", "status", "change", "to_legal_standard", "out_of_date"),
    *("will_not_meet_target", "delivery_on_track_and_not_moving", "actions"),
)


def csv_row(line: MeasureLine) -> list[Any]:
    """A measure as a row of the CSV."""
    latest, row = line.latest, line.indicator
    return [
        row.key,
        row.name,
        row.workstream.key,
        row.unit,
        telling.promise_line(line),
        _plain(latest.number) if latest else None,
        latest.label if latest else None,
        line.points[-1].figure.presence if line.points else "missing",
        _plain(latest.expected) if latest else None,
        line.status.value,
        line.variation.value,
        _plain(line.short_of_law),
        _yes(line.is_old or latest is None),
        _yes(line.will_miss),
        _yes(line.contradicts),
        " ".join(action.key for action in row.actions.all()),
    ]


def _plain(number: Decimal | None) -> Decimal | None:
    """The number without the zeros that a database adds, and with no more than six decimals."""
    return None if number is None else Decimal(f"{round(number, 6).normalize():f}")


def _yes(value: object) -> str:
    return "yes" if value else "no"


FIGURE_HEADINGS = (
    *("period", "starts_on", "ends_on", "presence", "value", "numerator", "denominator"),
    *("certainty", "expected", "mean", "lower_limit", "upper_limit", "signal"),
)


def figure_headings(line: MeasureLine) -> list[str]:
    """The columns of a measure's CSV, with one for each other place that the chart shows."""
    return [*FIGURE_HEADINGS, *(one.place for one in line.elsewhere)]


def figure_rows(line: MeasureLine) -> list[list[Any]]:
    """Every period of a measure as rows of its CSV: what the chart draws."""
    with_limits = line.spc is not None
    return [
        [
            point.label,
            point.period.starts_on,
            point.period.ends_on,
            point.figure.presence,
            _plain(point.number),
            _plain(point.figure.numerator),
            _plain(point.figure.denominator),
            point.figure.certainty if point.number is not None else None,
            _plain(point.expected),
            point.limits.mean if with_limits else None,
            point.limits.lower if with_limits else None,
            point.limits.upper if with_limits else None,
            point.cause.value if with_limits and point.number is not None else None,
            *(_plain(one.at(point.period)) for one in line.elsewhere),
        ]
        for point in line.points
    ]


def elsewhere_rows(line: MeasureLine) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures of other places with their names, a row for each period, the latest first."""
    spans = sorted({span for one in line.elsewhere for span, _ in one.spans}, reverse=True)
    held = [(one.place, dict(one.spans)) for one in line.elsewhere]
    unit = line.indicator.unit
    return [
        (
            span_label(span, line.kind),
            [
                (place, telling.shown(values[span], unit) if span in values else "")
                for place, values in held
            ],
        )
        for span in spans
    ]
