"""The area of a measure's chart: turns periods and numbers into places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hertsend.charts import palette
from hertsend.charts.placing import WIDEST, Spot, Words
from hertsend.charts.scales import every, nice_ticks, tick_words
from hertsend.charts.svg import number

TOP, BOTTOM = 14, 46
NARROW = 500
MARGIN_OF_WORDS = 172
EDGE = 12
GAP_OF_TICKS = 8


@dataclass(frozen=True)
class Plane:
    """Places on a drawing of a size, with the axis at its left."""

    width: float
    height: float
    top: float
    left: float
    right: float
    count: int
    ticks: tuple[tuple[float, str], ...]
    edge: float = EDGE

    @cached_property
    def apart(self) -> float:
        """The way from one period to the next."""
        return (self.right - self.left - 2 * self.edge) / max(1, self.count - 1)

    @property
    def is_narrow(self) -> bool:
        return self.width < NARROW

    def x(self, index: int) -> float:
        if self.count == 1:
            return (self.left + self.right) / 2
        return self.left + self.edge + index * self.apart

    def y(self, value: float) -> float:
        high, tall, span = self._upright
        return self.top + tall * (high - value) / span

    @cached_property
    def _upright(self) -> tuple[float, float, float]:
        """The highest number, how tall the plane is, and how much that is in numbers."""
        high = self.ticks[-1][0]
        return high, self.height - BOTTOM - self.top, high - self.ticks[0][0]

    @cached_property
    def places(self) -> list[float]:
        """Where each period lies."""
        return [self.x(index) for index in range(self.count)]

    @cached_property
    def across(self) -> list[str]:
        """The place of each period on the axis, as it is written."""
        return [number(place) for place in self.places]

    def path(self, values: Sequence[float | None]) -> str:
        """A line through the values, open where one is missing; a lone value is a dot."""
        written: list[str] = []
        top, (high, tall, span) = self.top, self._upright
        pen = "M"
        for across, value in zip(self.across, values, strict=False):
            if value is None:
                pen = "M"
                continue
            written.append(f"{pen}{across} {number(top + tall * (high - value) / span)}")
            pen = "L"
        return "".join(written)

    def every(self, ticks: Sequence[str]) -> int:
        """Every how many of the periods are named on the axis."""
        widest = max(map(palette.width_of, ticks), default=0.0) * WIDEST
        return every(len(ticks), self.right - self.left, widest + GAP_OF_TICKS)

    def spot(self, x: float, y: float, anchor: str = "start") -> Spot:
        return Spot(x, y, anchor)

    def spots_below(self, x: float, y: float, length: float) -> list[Spot]:
        """In the middle below a place, or as near to it as the drawing lets."""
        inside = min(max(x, length / 2), self.width - length / 2)
        return [Spot(inside, y, "middle")]


def plane_of(
    numbers: Sequence[float],
    *,
    names: Sequence[str],
    unit: str,
    size: tuple[float, float],
    top: float,
) -> Plane:
    """The plane that holds all numbers. It begins at zero unless they lie close together far above.

    ``names`` are those of the periods; the first and the last stand as far in as theirs need.
    """
    width, height = size
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if low >= 0 and high - low > high / 4:
        low = 0.0
    ticks = nice_ticks(low, high)
    words = tick_words(ticks, unit)
    left = max(Words(word).width for word in words) + 10
    right = width - (EDGE if width < NARROW else MARGIN_OF_WORDS)
    widest = max(map(palette.width_of, names), default=0.0) * WIDEST
    edge = max(EDGE, min(widest / 2, (right - left) / 6))
    axis = tuple(zip(ticks, words, strict=True))
    return Plane(width, height, top, left, right, len(names), axis, edge)
