"""Statistical process control (XmR charts): limits, special causes, variation and assurance.

The rules are those of the NHS "plot the dots" charts (see ``docs/how-to/read-a-measure.md``). They
work segment by segment: a segment begins at the first point and at each approved step change, whose
own point is the first of the new segment. A missing value gives no moving range on either side and
breaks every run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum
from typing import NamedTuple

from kpis.enums import Assurance, Direction, SpecialCause, Variation

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
NEAR = 2 / 3
WINDOW = 3

Value = float | None


@dataclass(frozen=True)
class SpcSettings:
    """Where tools differ; what holds is printed under every chart.

    ``screen`` leaves outlying moving ranges out once; ``baseline`` takes mean and limits from the
    first points only; limits are shown from ``minimum`` points, on request from ``trial``.
    """

    screen: bool = False
    shift: int = 7
    trend: int = 7
    minimum: int = 13
    trial: int = 8
    baseline: int | None = None


@dataclass(frozen=True)
class Limits:
    """The average of a segment and the range in which chance alone moves.

    There is no range from one point, and nothing at all from none.
    """

    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None


class SpcPoint(NamedTuple):
    """A value with the limits of its segment and what it is beyond chance."""

    value: Value
    segment: int
    limits: Limits
    cause: SpecialCause
    variation: Variation


@dataclass(frozen=True)
class Spc:
    """A whole series as read."""

    points: tuple[SpcPoint, ...]
    variation: Variation
    assurance: Assurance

    @property
    def segments(self) -> tuple[Limits, ...]:
        """The limits of each segment, in order."""
        found: dict[int, Limits] = {}
        for point in self.points:
            found.setdefault(point.segment, point.limits)
        return tuple(found.values())


def analyse(
    values: Sequence[Value],
    *,
    direction: Direction,
    target: float | None = None,
    steps: Sequence[int] = (),
    settings: SpcSettings | None = None,
) -> Spc:
    """Read a series in the order of its periods. ``steps`` are the places where segments begin."""
    chosen = settings or SpcSettings()
    starts = sorted({0, *steps})
    variations = {cause: variation_of(cause, direction) for cause in SpecialCause}
    points: list[SpcPoint] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(values)
        part = values[start:end]
        limits = limits_of(part, settings=chosen)
        points += [
            SpcPoint(value, number, limits, cause, variations[cause])
            for value, cause in zip(part, causes_of(part, limits, settings=chosen), strict=True)
        ]
    last = next((point for point in reversed(points) if point.value is not None), None)
    return Spc(
        points=tuple(points),
        variation=last.variation if last else Variation.UNSUITABLE,
        assurance=assurance_of(points[-1].limits if points else None, target, direction),
    )


def limits_of(values: Sequence[Value], *, settings: SpcSettings) -> Limits:
    """The average and limits of a segment."""
    base = values[: settings.baseline] if settings.baseline else values
    known = [value for value in base if value is not None]
    if not known:
        return Limits()
    mean = fsum(known) / len(known)
    ranges = [
        abs(second - first)
        for first, second in pairwise(base)
        if first is not None and second is not None
    ]
    if not ranges:
        return Limits(mean)
    average = fsum(ranges) / len(ranges)
    if settings.screen:
        kept = [one for one in ranges if one < SCREEN_FACTOR * average]
        # Without any movement nothing is left after screening; the limits are the average then.
        average = fsum(kept) / len(kept) if kept else 0.0
    reach = LIMIT_FACTOR * average
    return Limits(mean, mean - reach, mean + reach, mean - NEAR * reach, mean + NEAR * reach)


def causes_of(
    values: Sequence[Value], limits: Limits, *, settings: SpcSettings
) -> list[SpecialCause]:
    """For each value the first rule that it breaks."""
    sides = _sides(values, limits.mean)
    found = [SpecialCause.COMMON] * len(values)
    # The weakest rule first, so that a stronger one has the last word.
    _mark_runs(found, sides, settings.shift)
    _mark_two_of_three(found, sides, _near(values, limits))
    _mark_trends(found, values, settings.trend)
    if limits.upper is not None and limits.lower is not None:
        for place, value in enumerate(values):
            if value is not None and not limits.lower <= value <= limits.upper:
                is_above = value > limits.upper
                found[place] = SpecialCause.ABOVE if is_above else SpecialCause.BELOW
    return found


def _sides(values: Sequence[Value], mean: Value) -> list[int]:
    """On which side of the average each value lies; 0 on it, and where there is none."""
    if mean is None:
        return [0] * len(values)
    return [0 if value is None else (value > mean) - (value < mean) for value in values]


def _near(values: Sequence[Value], limits: Limits) -> list[bool]:
    """Which values lie beyond a near limit, and not outside."""
    low, high = limits.lower, limits.upper
    near_low, near_high = limits.near_lower, limits.near_upper
    if low is None or high is None or near_low is None or near_high is None:
        return [False] * len(values)
    return [
        value is not None and low <= value <= high and not near_low <= value <= near_high
        for value in values
    ]


def _mark_runs(found: list[SpecialCause], sides: Sequence[int], length: int) -> None:
    start = 0
    for side, run in groupby(sides):
        end = start + len(list(run))
        if side and end - start >= length:
            cause = SpecialCause.SHIFT_UP if side > 0 else SpecialCause.SHIFT_DOWN
            found[start:end] = [cause] * (end - start)
        start = end


def _mark_two_of_three(
    found: list[SpecialCause], sides: Sequence[int], near: Sequence[bool]
) -> None:
    for start in range(len(sides) - WINDOW + 1):
        end = start + WINDOW
        side, beyond = sides[start], near[start:end]
        if side and sum(beyond) >= WINDOW - 1 and all(one == side for one in sides[start:end]):
            cause = SpecialCause.NEAR_HIGH if side > 0 else SpecialCause.NEAR_LOW
            for place, is_near in enumerate(beyond, start):
                if is_near:
                    found[place] = cause


def _mark_trends(found: list[SpecialCause], values: Sequence[Value], length: int) -> None:
    """Every value of a run in which each lies above (or each below) the one before."""
    ways = [
        0 if first is None or second is None else (second > first) - (second < first)
        for first, second in pairwise(values)
    ]
    start = 0
    for way, run in groupby(ways):
        steps = len(list(run))
        # So many steps lie between one value more.
        if way and steps + 1 >= length:
            cause = SpecialCause.RISING if way > 0 else SpecialCause.FALLING
            found[start : start + steps + 1] = [cause] * (steps + 1)
        start += steps


HIGH = frozenset(
    {SpecialCause.ABOVE, SpecialCause.RISING, SpecialCause.NEAR_HIGH, SpecialCause.SHIFT_UP}
)
"""Causes that mean higher than before; the others but chance mean lower."""


def variation_of(cause: SpecialCause, direction: Direction) -> Variation:
    """What a point's cause means when one way is better."""
    if cause == SpecialCause.COMMON:
        return Variation.COMMON
    high = cause in HIGH
    if direction == Direction.NONE:
        return Variation.CHANGED_HIGH if high else Variation.CHANGED_LOW
    if high == (direction == Direction.UP):
        return Variation.IMPROVING_HIGH if high else Variation.IMPROVING_LOW
    return Variation.WORSENING_HIGH if high else Variation.WORSENING_LOW


def assurance_of(limits: Limits | None, target: float | None, direction: Direction) -> Assurance:
    """Whether a target lies outside what chance does, by the limits of the latest segment."""
    if (
        limits is None
        or target is None
        or direction == Direction.NONE
        or limits.lower is None
        or limits.upper is None
    ):
        return Assurance.NONE
    if limits.lower <= target <= limits.upper:
        return Assurance.EITHER
    missed = target > limits.upper if direction == Direction.UP else target < limits.lower
    return Assurance.FAIL if missed else Assurance.PASS
