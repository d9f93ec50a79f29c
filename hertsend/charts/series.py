"""A measure over time: its figures, what chance does, what was promised, and what others have."""

from collections.abc import Sequence

from hertsend.charts import palette
from hertsend.charts.placing import WIDEST, Box, Placer, Words
from hertsend.charts.series_labels import draw_labels, legend
from hertsend.charts.series_marks import draw_marks
from hertsend.charts.series_parts import Band, Series, SeriesPoint, Step
from hertsend.charts.series_plane import BOTTOM, TOP, Plane, plane_of
from hertsend.charts.svg import clean, drawing, label, line, number, tag

TITLE = 26


def series_chart(
    series: Series,
    *,
    title: str,
    description: str,
    identifier: str,
    width: float = 820,
    height: float = 380,
    heading: str = "",
) -> str:
    """The drawing; `heading` is written on it, for a copy that leaves the page."""
    top = TOP + (TITLE if heading else 0)
    plane = plane_of(
        series.numbers,
        names=[point.tick for point in series.points],
        unit=series.unit,
        size=(width, height),
        top=top,
    )
    placer = Placer(width, height)
    if heading:
        placer.take(Box(0, width, 0, TITLE))
    keys, keys_height = legend(series, width, height)
    written = [
        *_heading(heading, width),
        *_grid(plane, placer),
        *_periods(plane, series.points, placer),
        *_bands(plane, series.bands),
        *_steps(plane, series.steps),
        *_levels(plane, series),
        *_others(plane, series),
        *_expected(plane, series.points),
        *_line(plane, series.points),
        *draw_marks(plane, series.points, placer),
        *draw_labels(plane, series, placer),
        *keys,
        *_readings(plane, series.points),
    ]
    return drawing(
        *written,
        identifier=identifier,
        title=title,
        description=description,
        width=width,
        height=height + keys_height,
        kind="series",
        readable=bool(series.points),
    )


def _heading(heading: str, width: float) -> list[str]:
    if not heading:
        return []
    return [label(palette.fitted(heading, width / WIDEST, bold=True), 0, 18, bold=True)]


def _grid(plane: Plane, placer: Placer) -> list[str]:
    rows = []
    for value, words in plane.ticks:
        y = plane.y(value)
        stroke = palette.TEXT if value == 0 else palette.GRID
        rows.append(line(plane.left, y, plane.right, y, stroke=stroke))
        rows += placer.place(
            [Words(words, fill=palette.SECONDARY)], [plane.spot(plane.left - 8, y + 5, "end")]
        )
    return rows


def _periods(plane: Plane, points: Sequence[SeriesPoint], placer: Placer) -> list[str]:
    """Names of the periods, as many as there is room for, with their group once below."""
    written: list[str] = []
    group, base = None, plane.height - BOTTOM + 20
    for index in range(0, len(points), plane.every([point.tick for point in points])):
        point, x = points[index], plane.x(index)
        words = [Words(point.tick, fill=palette.SECONDARY)]
        placed = placer.place(words, plane.spots_below(x, base, words[0].width))
        written += placed
        if placed and point.group and point.group != group:
            year = [Words(point.group, fill=palette.SECONDARY)]
            below = placer.place(year, plane.spots_below(x, base + 17, year[0].width))
            group = point.group if below else group
            written += below
    return written


def _bands(plane: Plane, bands: Sequence[Band]) -> list[str]:
    written = []
    for band in bands:
        left, right = plane.x(band.first) - 3, plane.x(band.last) + 3
        top, bottom = plane.y(band.upper), plane.y(band.lower)
        written.append(
            tag(
                "rect",
                x=left,
                y=top,
                width=max(right - left, 0),
                height=max(bottom - top, 0),
                fill=palette.BAND,
            )
        )
        written += [
            line(left, y, right, y, stroke=palette.GREY, width=1.5, dashes="2 3")
            for y in (top, bottom)
        ]
        mean = plane.y(band.mean)
        written.append(line(left, mean, right, mean, stroke=palette.GREY, width=1.5))
    return written


def _steps(plane: Plane, steps: Sequence[Step]) -> list[str]:
    return [
        line(x, plane.top, x, plane.height - BOTTOM, stroke=palette.TEXT, dashes="3 3")
        for x in (plane.x(step.at) - plane.apart / 2 for step in steps)
    ]


def _levels(plane: Plane, series: Series) -> list[str]:
    written = []
    for level in series.levels:
        y = plane.y(level.value)
        if level.at is None:
            dashes = None if level.is_law else "8 4"
            written.append(
                line(plane.left, y, plane.right, y, stroke=palette.TEXT, width=2.5, dashes=dashes)
            )
        else:
            written.append(
                tag(
                    "circle",
                    cx=plane.x(level.at),
                    cy=y,
                    r=5,
                    fill=palette.WHITE,
                    stroke=palette.TEXT,
                    stroke_width=2,
                )
            )
    return written


def _others(plane: Plane, series: Series) -> list[str]:
    return [
        tag(
            "path",
            d=plane.path(other.values),
            fill="none",
            stroke=palette.GREY,
            stroke_width=2,
            stroke_dasharray=dashes,
            stroke_linecap="round",
        )
        for other, dashes in series.dashed
    ]


def _expected(plane: Plane, points: Sequence[SeriesPoint]) -> list[str]:
    path = plane.path([point.expected for point in points])
    if not path:
        return []
    return [
        tag(
            "path", d=path, fill="none", stroke=palette.TEXT, stroke_width=2, stroke_dasharray="6 4"
        )
    ]


def _line(plane: Plane, points: Sequence[SeriesPoint]) -> list[str]:
    path = plane.path([point.value for point in points])
    return (
        [tag("path", d=path, fill="none", stroke=palette.COMMON, stroke_width=1.5)] if path else []
    )


def _readings(plane: Plane, points: Sequence[SeriesPoint]) -> list[str]:
    """A place for the pointer on each period, with its facts in words."""
    reach = max(plane.apart, 1.0)
    rest = (
        f'y="{number(plane.top)}" width="{number(reach)}" height="{number(plane.height - plane.top - BOTTOM)}" '
        f'fill="{palette.WHITE}" fill-opacity="0"/></g>'
    )
    return [
        f'<g data-reading="{clean(point.reading)}"><rect class="hs-chart-reach" '
        f'x="{number(max(0.0, x - reach / 2))}" {rest}'
        for x, point in zip(plane.places, points, strict=True)
        if point.reading
    ]
