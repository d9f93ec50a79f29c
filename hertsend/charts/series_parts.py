"""What a chart of a measure is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle


@dataclass(frozen=True, kw_only=True)
class SeriesPoint:
    """One period: its figure if there is one, what was expected of it, and how it is read out.

    `tick` and `group` name it on the axis ("Sep", "2024"); `mark` is one of "common", "better",
    "worse" and "changed", told apart by shape as well as colour.
    """

    tick: str
    group: str = ""
    value: float | None = None
    expected: float | None = None
    mark: str = "common"
    is_provisional: bool = False
    words: str = ""
    reading: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The average and limits that hold from one point to another, both included."""

    first: int
    last: int
    mean: float
    lower: float
    upper: float
    lower_words: str
    upper_words: str


@dataclass(frozen=True, kw_only=True)
class Level:
    """A number that is to be reached: the legal standard, a target, an interim milestone."""

    value: float
    name: str
    words: str
    is_law: bool = False
    at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that changed from a point on: the level, or how the measure is counted."""

    at: int
    name: str
    words: str = ""


# Other places share a colour; each line has dashes of its own, which the key names.
DASHES = ("7 4 1 4", "1 5", "4 3", "10 3 1 3 1 3")


@dataclass(frozen=True, kw_only=True)
class Other:
    """The same measure elsewhere."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, kw_only=True)
class Series:
    """All that a chart shows; `unit` stands behind the topmost number of the axis."""

    points: Sequence[SeriesPoint]
    unit: str = ""
    bands: Sequence[Band] = ()
    levels: Sequence[Level] = ()
    steps: Sequence[Step] = ()
    others: Sequence[Other] = ()
    whole: tuple[float, float] | None = None

    @property
    def dashed(self) -> list[tuple[Other, str]]:
        """The other places that have any value, each with the dashes of its line."""
        known = [other for other in self.others if any(value is not None for value in other.values)]
        return list(zip(known, cycle(DASHES)))

    @property
    def numbers(self) -> list[float]:
        """Every number that must be on the drawing."""
        found = [
            number
            for point in self.points
            for number in (point.value, point.expected)
            if number is not None
        ]
        found += [end for band in self.bands for end in (band.lower, band.upper)]
        found += [level.value for level in self.levels]
        found += [value for other in self.others for value in other.values if value is not None]
        return found + list(self.whole or ())
