"""Milestones due and complete, month by month: how far the work is behind what was published."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hertsend.charts import palette
from hertsend.charts.scales import MONTHS, every, round_ticks, spread
from hertsend.charts.svg import diamond, drawing, label, line, number, tag

LEFT, RIGHT, TOP, BOTTOM = 40, 18, 40, 46
LABELS_APART = 17
MONTH_LABEL_WIDTH = 44
ROOM_FOR_WORDS = 110


@dataclass(frozen=True, kw_only=True)
class BurnUpPoint:
    """One month: how many milestones are due by its end, and how many of all are complete by then.

    `complete` is None for a month that has not come yet.
    """

    month: dt.date
    due: int
    complete: int | None


@dataclass(frozen=True)
class _Plane:
    """The area of the lines: turns months and counts into places."""

    width: float
    height: float
    months: int
    top_value: int

    def x(self, index: int) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * (index / max(1, self.months - 1))

    def y(self, value: float) -> float:
        return self.height - BOTTOM - (self.height - TOP - BOTTOM) * value / self.top_value


def burn_up(
    points: Sequence[BurnUpPoint],
    *,
    title: str,
    description: str,
    identifier: str,
    width: float = 580,
    height: float = 340,
) -> str:
    """The drawing for `points`, in the order of their months; sizes are in pixels."""
    highest = max((max(point.due, point.complete or 0) for point in points), default=0)
    ticks = round_ticks(highest)
    plane = _Plane(width, height, len(points), ticks[-1])
    return drawing(
        _legend(),
        *_grid(plane, ticks),
        *_months(plane, points),
        *_readings(plane, points),
        *_due(plane, points),
        *_complete(plane, points),
        identifier=identifier,
        title=title,
        description=description,
        width=width,
        height=height,
        kind="burn-up",
        readable=bool(points),
    )


def _legend() -> str:
    return tag(
        "g",
        line(0, 10, 26, 10, stroke=palette.TEXT, width=2, dashes="5 3"),
        label("Due as published", 33, 15),
        line(165, 10, 191, 10, stroke=palette.BRAND, width=3.5),
        label("Complete", 198, 15),
    )


def _grid(plane: _Plane, ticks: Sequence[int]) -> list[str]:
    rows = []
    for value in ticks:
        y = plane.y(value)
        stroke = palette.GRID if value else palette.TEXT
        rows.append(line(LEFT, y, plane.width - RIGHT, y, stroke=stroke))
        rows.append(label(value, LEFT - 10, y + 5, anchor="end", fill=palette.SECONDARY))
    return rows


def _months(plane: _Plane, points: Sequence[BurnUpPoint]) -> list[str]:
    step = every(len(points), plane.width - LEFT - RIGHT, MONTH_LABEL_WIDTH)
    written: list[str] = []
    year = None
    for index in range(0, len(points), step):
        month = points[index].month
        x, y = plane.x(index), plane.height - BOTTOM + 20
        written.append(
            label(MONTHS[month.month - 1], x, y, anchor="middle", fill=palette.SECONDARY)
        )
        if month.year != year:
            written.append(label(month.year, x, y + 17, anchor="middle", fill=palette.SECONDARY))
            year = month.year
    return written


def _due(plane: _Plane, points: Sequence[BurnUpPoint]) -> list[str]:
    if not points:
        return []
    path = f"M{number(plane.x(0))} {number(plane.y(points[0].due))}"
    for index, point in enumerate(points[1:], 1):
        path += f"H{number(plane.x(index))}V{number(plane.y(point.due))}"
    return [
        tag(
            "path", d=path, fill="none", stroke=palette.TEXT, stroke_width=2, stroke_dasharray="5 3"
        )
    ]


def _complete(plane: _Plane, points: Sequence[BurnUpPoint]) -> list[str]:
    known = [(index, point) for index, point in enumerate(points) if point.complete is not None]
    if not known:
        return []
    places = " ".join(
        f"{number(plane.x(index))},{number(plane.y(point.complete or 0))}" for index, point in known
    )
    index, latest = known[-1]
    return [
        tag("polyline", points=places, fill="none", stroke=palette.BRAND, stroke_width=3.5),
        *_difference(plane, index, latest),
        diamond(plane.x(index), plane.y(latest.complete or 0), 6, fill=palette.BRAND),
    ]


def _difference(plane: _Plane, index: int, latest: BurnUpPoint) -> list[str]:
    """Words at the last month known: what is due, what is complete, and what lies between."""
    complete = latest.complete or 0
    x, due_y, complete_y = plane.x(index), plane.y(latest.due), plane.y(complete)
    room = x - LEFT - 9
    due = f"{latest.due} due as published"
    if palette.width_of(due, bold=True) > room:
        # The legend says the rest; the words would run over the numbers at the left.
        due = f"{latest.due} due"
    words = [(due_y - 8, due, palette.TEXT)]
    marks = []
    if latest.due > complete:
        marks.append(line(x, due_y, x, complete_y, stroke=palette.RED, width=2))
        words.append(((due_y + complete_y) / 2 + 5, f"{latest.due - complete} behind", palette.RED))
    words.append((complete_y + 5, f"{complete} complete", palette.BRAND))
    words.sort(key=lambda entry: entry[0])
    heights = spread(
        [height for height, _, _ in words],
        apart=LABELS_APART,
        highest=TOP - 6,
        lowest=plane.height - BOTTOM - 4,
    )
    fits_right = x + ROOM_FOR_WORDS < plane.width
    for y, (_, text, fill) in zip(heights, words, strict=True):
        leftwards = not fits_right or (text == due and palette.width_of(due, bold=True) <= room)
        marks.append(
            label(
                text,
                x - 9 if leftwards else x + 9,
                y,
                anchor="end" if leftwards else None,
                fill=fill,
                bold=True,
            )
        )
    return marks


def _readings(plane: _Plane, points: Sequence[BurnUpPoint]) -> list[str]:
    """A place for the pointer on each month, with its numbers in words."""
    reach = (plane.width - LEFT - RIGHT) / max(1, len(points) - 1)
    written = []
    for index, point in enumerate(points):
        month = f"{MONTHS[point.month.month - 1]} {point.month.year}"
        done = "not yet known" if point.complete is None else f"{point.complete} complete"
        area = tag(
            "rect",
            class_="hs-chart-reach",
            x=max(0, plane.x(index) - reach / 2),
            y=TOP,
            width=reach,
            height=plane.height - TOP - BOTTOM,
            fill=palette.WHITE,
            fill_opacity=0,
        )
        written.append(
            tag("g", area, data_reading=f"{month}: {point.due} due as published, {done}")
        )
    return written
