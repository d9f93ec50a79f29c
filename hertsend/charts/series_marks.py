"""The figures of a measure's chart: each kind has a colour and a shape of its own."""

from collections.abc import Callable, Sequence

from hertsend.charts import palette
from hertsend.charts.placing import Box, Placer
from hertsend.charts.series_parts import SeriesPoint
from hertsend.charts.series_plane import Plane
from hertsend.charts.svg import number

LARGEST, SMALLEST = 5.0, 1.5
MOST_KEPT_CLEAR = 80


def _circle(x: float, y: float, size: float) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size * 0.8)}"'


def _square(x: float, y: float, size: float) -> str:
    side = size * 1.7
    return (
        f'<rect x="{number(x - side / 2)}" y="{number(y - side / 2)}" width="{number(side)}" '
        f'height="{number(side)}"'
    )


def _polygon(*corners: tuple[float, float]) -> str:
    return f'<polygon points="{" ".join(f"{number(x)},{number(y)}" for x, y in corners)}"'


def _triangle(x: float, y: float, size: float) -> str:
    reach = size * 1.15
    return _polygon((x - reach, y - reach * 0.8), (x + reach, y - reach * 0.8), (x, y + reach))


def _diamond(x: float, y: float, size: float) -> str:
    reach = size * 1.2
    return _polygon((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))


MARKS: dict[str, tuple[Callable[[float, float, float], str], str, str]] = {
    "common": (_circle, palette.COMMON, "Within the expected range"),
    "better": (_square, palette.BETTER, "Improving beyond chance"),
    "worse": (_triangle, palette.WORSE, "Worse beyond chance"),
    "changed": (_diamond, palette.CHANGED, "Changed beyond chance"),
}


def mark(kind: str, x: float, y: float, size: float, *, is_open: bool = False) -> str:
    """One figure; an open one may still be revised."""
    shape, colour, _ = MARKS[kind]
    fill = palette.WHITE if is_open else colour
    return f'{shape(x, y, size)} fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


def draw_marks(plane: Plane, points: Sequence[SeriesPoint], placer: Placer) -> list[str]:
    """All figures; those that are few enough to be told apart are kept clear of labels."""
    size = min(LARGEST, max(SMALLEST, plane.apart * 0.4))
    spots = [
        (point, x, plane.y(point.value))
        for x, point in zip(plane.places, points, strict=True)
        if point.value is not None
    ]
    if len(points) <= MOST_KEPT_CLEAR:
        for _, x, y in spots:
            placer.take(Box(x - size, x + size, y - size, y + size))
    return [mark(point.mark, x, y, size, is_open=point.is_provisional) for point, x, y in spots]
