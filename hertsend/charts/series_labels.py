"""The words on a measure's chart, the most telling first, and the key below it."""

from collections.abc import Iterator, Sequence

from hertsend.charts import palette
from hertsend.charts.placing import LINE, WIDEST, Placer, Spot, Words
from hertsend.charts.series_marks import MARKS, mark
from hertsend.charts.series_parts import DASHES, Band, Level, Other, Series, Step
from hertsend.charts.series_plane import Plane
from hertsend.charts.svg import label, line

AWAY = 11
KEY_LINE, KEY_GAP, SWATCH = 24, 18, 26


def draw_labels(plane: Plane, series: Series, placer: Placer) -> list[str]:
    """Each where it covers nothing; the table beside the chart has what is left out."""
    return [
        *_latest(plane, series, placer),
        *(each for level in series.levels for each in _level(plane, level, placer)),
        *(each for step in series.steps for each in _step(plane, step, placer)),
        *(each for band in reversed(series.bands) for each in _band(plane, band, placer)),
        *(each for other in series.others for each in _other(plane, other, placer)),
    ]


def _latest(plane: Plane, series: Series, placer: Placer) -> list[str]:
    known = [index for index, point in enumerate(series.points) if point.value is not None]
    if not known:
        return []
    point = series.points[known[-1]]
    x, y = plane.x(known[-1]), plane.y(point.value or 0.0)
    spots = [
        Spot(x + AWAY, y + 5),
        Spot(x, y - AWAY, "middle"),
        Spot(x, y + AWAY + 12, "middle"),
        Spot(x - AWAY, y + 5, "end"),
    ]
    return placer.place([Words(point.words, bold=True)], spots)


def _beside(plane: Plane, y: float) -> Iterator[Spot]:
    """Right of the lines, level with a place or as near to it as there is room."""
    for away in range(5):
        for sign in (1, -1) if away else (1,):
            yield Spot(plane.right + 8, y + sign * away * LINE)


def _level(plane: Plane, level: Level, placer: Placer) -> list[str]:
    y = plane.y(level.value)
    name = Words(level.name, bold=True)
    if not plane.is_narrow:
        room = plane.width - plane.right - 8
        lines = [Words(part, bold=True) for part in _in_lines(level.name, room)]
        lines.append(Words(palette.fitted(level.words, room / WIDEST)))
        return placer.place(lines, _beside(plane, y - 3))
    ends = [Spot(plane.right, y + shift, "end") for shift in (-7, 17, -24, 34)]
    return placer.place([Words(f"{level.name} {level.words}", bold=True)], ends) or placer.place(
        [name], ends
    )


def _in_lines(name: str, room: float) -> list[str]:
    """The words of a name in as many lines as it takes them to fit."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and Words(longer, bold=True).width <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _step(plane: Plane, step: Step, placer: Placer) -> list[str]:
    x = plane.x(step.at) - plane.apart / 2
    named = _in_lines(step.name, plane.width / 3) if plane.is_narrow else [step.name]
    names = [Words(part, bold=True) for part in named]
    lines = [*names]
    if step.words:
        lines.append(
            Words(palette.fitted(step.words, plane.width / 3 / WIDEST), fill=palette.SECONDARY)
        )
    rows = [plane.top + 14 + row * LINE for row in range(6)]
    spots = [
        Spot(x + side * 6, y, "end" if side < 0 else "start") for y in rows for side in (-1, 1)
    ]
    return placer.place(lines, spots) or placer.place(names, spots)


def _band(plane: Plane, band: Band, placer: Placer) -> list[str]:
    ends = [(plane.x(band.first), "start"), (plane.x(band.last), "end")]
    written: list[str] = []
    for words, value, shifts in (
        (band.upper_words, band.upper, (-6, 16)),
        (band.lower_words, band.lower, (16, -6)),
    ):
        y = plane.y(value)
        spots = [Spot(x, y + shift, anchor) for shift in shifts for x, anchor in ends]
        written += placer.place([Words(words, fill=palette.SECONDARY)], spots)
    return written


def _other(plane: Plane, other: Other, placer: Placer) -> list[str]:
    known = [index for index, value in enumerate(other.values) if value is not None]
    if not known:
        return []
    x, y = plane.x(known[-1]), plane.y(other.values[known[-1]] or 0.0)
    spots = [Spot(x + 6, y + 5), Spot(x, y - 8, "end"), Spot(x, y + 18, "end")]
    words = [Words(other.name, fill=palette.SECONDARY)]
    return placer.place(words, spots if plane.is_narrow else [*spots, *_beside(plane, y + 5)])


def legend(series: Series, width: float, top: float) -> tuple[list[str], float]:
    """What the marks and lines mean, in as many lines as they need, and the room that it takes."""
    used = {point.mark for point in series.points if point.value is not None}
    keys = [(MARKS[kind][2] if series.bands else "Figure", kind) for kind in MARKS if kind in used]
    if any(point.is_provisional for point in series.points):
        keys.append(("Open: provisional", "open"))
    if any(point.expected is not None for point in series.points):
        keys.append(("Trajectory", "dashes"))
    keys += [(_fitting(other.name, width), dashes) for other, dashes in series.dashed]
    return _written(keys, width, top)


def _fitting(name: str, width: float) -> str:
    """The name of a place as far as a line of the key has room for it."""
    return palette.fitted(name, (width - SWATCH - 7) / WIDEST)


def _written(keys: Sequence[tuple[str, str]], width: float, top: float) -> tuple[list[str], float]:
    written: list[str] = []
    x, y = 0.0, top
    for words, kind in keys:
        needed = SWATCH + 7 + Words(words).width
        if x and x + needed > width:
            x, y = 0.0, y + KEY_LINE
        written.append(_swatch(kind, x, y + 10))
        written.append(label(words, x + SWATCH + 7, y + 15))
        x += needed + KEY_GAP
    return written, y - top + KEY_LINE if keys else 0.0


def _swatch(kind: str, x: float, y: float) -> str:
    if kind == "dashes":
        return line(x, y, x + SWATCH, y, stroke=palette.TEXT, width=2, dashes="6 4")
    if kind in DASHES:
        return line(x, y, x + SWATCH, y, stroke=palette.GREY, width=2, dashes=kind)
    shape = "common" if kind == "open" else kind
    return mark(shape, x + SWATCH / 2, y, 5, is_open=kind == "open")
