"""A milestone's dates on a line of months: as published, as agreed, as forecast, and today."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hertsend.charts import palette
from hertsend.charts.scales import (
    MONTHS,
    anchors_without_overlap,
    every,
    months_after,
    months_between,
)
from hertsend.charts.svg import diamond, drawing, label, line, tag

AXIS, LABEL_ROW, EDGE = 46, 19, 12
MONTH_LABEL_WIDTH = 40
LEAST_MONTHS = 6


@dataclass(frozen=True)
class _Axis:
    """The months shown: turns a day into a place."""

    first: dt.date
    last: dt.date
    width: float

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return EDGE + (self.width - 2 * EDGE) * share


def date_line(
    *,
    published: dt.date,
    agreed: dt.date | None,
    forecast: dt.date | None,
    today: dt.date,
    identifier: str,
    is_past: bool = False,
    title: str = "Dates of this milestone",
    width: float = 820,
) -> str:
    """The drawing; a date that is None is left out. Dates that fall together share one label.

    ``is_past`` says that ``today`` is a day gone by, as at which the dates are read.
    """
    dates = {"Published": published, "Agreed": agreed, "Forecast": forecast}
    known = {name: day for name, day in dates.items() if day is not None}
    axis = _axis([*known.values(), today], width)
    labels, rows = _labels(known, axis)
    return drawing(
        *_months(axis),
        *_slip(known, axis),
        *_today(today, axis, "As at" if is_past else "Today"),
        *labels,
        *_marks(known, axis),
        identifier=identifier,
        title=title,
        description=_description(known, "As at" if is_past else "Today is", today),
        width=width,
        height=AXIS + 34 + rows * LABEL_ROW,
        kind="date-line",
    )


def _axis(days: Sequence[dt.date], width: float) -> _Axis:
    first = months_after(min(days), -1)
    last = months_after(max(days), 2)
    short_of = LEAST_MONTHS - len(months_between(first, last))
    return _Axis(first, months_after(last, max(0, short_of)), width)


def _latest(known: dict[str, dt.date]) -> dt.date:
    """Where the slip ends: the later of forecast and agreed date; the published one without either."""
    moved = [day for name, day in known.items() if name != "Published"]
    return max(moved, default=known["Published"])


def _long(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _description(known: dict[str, dt.date], name: str, today: dt.date) -> str:
    parts = [f"{name} {_long(day)}" for name, day in known.items()]
    slip = (_latest(known) - known["Published"]).days
    if slip > 0:
        parts.append(f"slip {slip} {'day' if slip == 1 else 'days'}")
    return f"{', '.join(parts)}. {name} {_long(today)}."


def _months(axis: _Axis) -> list[str]:
    """The axis with a mark for each month, named where there is room; each year is named once."""
    months = months_between(axis.first, axis.last)[:-1]
    step = every(len(months), axis.width - 2 * EDGE, MONTH_LABEL_WIDTH)
    written = [line(EDGE, AXIS, axis.width - EDGE, AXIS, stroke=palette.RULE, width=3)]
    free_from, year = 0.0, None
    for index, month in enumerate(months):
        x = axis.x(month)
        written.append(line(x, AXIS, x, AXIS + 6, stroke=palette.GREY))
        name = MONTHS[month.month - 1]
        words = name if month.year == year else f"{name} {month.year}"
        end = x + 3 + palette.width_of(words)
        if index % step == 0 and x + 3 >= free_from and end <= axis.width:
            written.append(label(words, x + 3, AXIS + 19, fill=palette.SECONDARY))
            free_from, year = end + 5, month.year
    return written


def _slip(known: dict[str, dt.date], axis: _Axis) -> list[str]:
    published, latest = known["Published"], _latest(known)
    slip = (latest - published).days
    if slip <= 0:
        return []
    start, end = axis.x(published), axis.x(latest)
    words = f"{slip} {'day' if slip == 1 else 'days'}"
    middle = _inside((start + end) / 2, palette.width_of(words, bold=True), axis)
    return [
        line(start, AXIS, end, AXIS, stroke=palette.AMBER, width=3.5),
        label(words, middle, AXIS - 12, anchor="middle", fill=palette.AMBER, bold=True),
    ]


def _inside(x: float, length: float, axis: _Axis) -> float:
    """The middle of a label of that length, as near to x as keeps it on the drawing."""
    return min(max(x, length / 2), axis.width - length / 2)


def _today(today: dt.date, axis: _Axis, name: str) -> list[str]:
    x = axis.x(today)
    return [
        line(x, 20, x, AXIS + 6, stroke=palette.TEXT, width=2, dashes="3 2"),
        label(name, _inside(x, palette.width_of(name), axis), 14, anchor="middle"),
    ]


def _labels(known: dict[str, dt.date], axis: _Axis) -> tuple[list[str], int]:
    """Names below the axis, kept apart, and the number of rows that they take."""
    names: dict[dt.date, list[str]] = {}
    for name, day in sorted(known.items(), key=lambda entry: entry[1]):
        shared = names.setdefault(day, [])
        shared.append(name.lower() if shared else name)
    words = [(axis.x(day), " and ".join(parts)) for day, parts in names.items()]
    anchors = anchors_without_overlap(
        [(x, palette.width_of(text)) for x, text in words], width=axis.width
    )
    written = []
    for index, (x, text) in enumerate(words):
        # Too near to each other for one row: a row for each.
        y = AXIS + 42 + (0 if anchors else index * LABEL_ROW)
        place = x if anchors else _inside(x, palette.width_of(text), axis)
        written.append(line(x, AXIS, x, y - 13, stroke=palette.GREY))
        written.append(label(text, place, y, anchor=anchors[index] if anchors else "middle"))
    return written, 1 if anchors else len(words)


def _marks(known: dict[str, dt.date], axis: _Axis) -> list[str]:
    """An open ring as published, a full disc as agreed, a diamond as forecast."""
    written = []
    if "Agreed" in known:
        written.append(tag("circle", cx=axis.x(known["Agreed"]), cy=AXIS, r=6.5, fill=palette.TEXT))
    ring = tag(
        "circle",
        cx=axis.x(known["Published"]),
        cy=AXIS,
        r=6.5,
        fill=palette.WHITE,
        stroke=palette.TEXT,
        stroke_width=2.5,
    )
    written.insert(0, ring)
    if "Forecast" in known:
        on_time = known["Forecast"] <= known["Published"]
        fill = palette.BRAND if on_time else palette.AMBER
        written.append(diamond(axis.x(known["Forecast"]), AXIS, 6, fill=fill))
    return written
