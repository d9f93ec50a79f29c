"""Where values lie on a drawing: round steps of an axis, months, and labels that keep apart."""

import datetime as dt
import math
from collections.abc import Sequence
from itertools import pairwise, product

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_IN_YEAR = 12
ROUND_STEPS = (1, 2, 2.5, 3, 5, 10)
TELLABLE = 1e-5
SIZES = ((1e9, "bn"), (1e6, "m"))


def round_ticks(highest: float, *, most: int = 5) -> list[int]:
    """Whole numbers from 0 to at least `highest`, evenly apart, at most `most` steps."""
    if highest <= most:
        return list(range(max(1, math.ceil(highest)) + 1))
    rough = highest / most
    power = 10 ** math.floor(math.log10(rough))
    steps = (factor * power for factor in ROUND_STEPS)
    step = int(next(step for step in steps if step >= rough and step == int(step)))
    return list(range(0, math.ceil(highest / step) * step + 1, step))


def nice_ticks(low: float, high: float, *, most: int = 5) -> list[float]:
    """Round numbers evenly apart, from at most `low` to at least `high`, in at most `most` steps.

    A span too short to be told on an axis is given a length, so that there always is one.
    """
    if high - low < TELLABLE * max(1.0, abs(low), abs(high)):
        reach = abs(high) / 2 if abs(high) > TELLABLE else 1.0
        low, high = low - reach, high + reach
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (*ROUND_STEPS, 20):
        step = factor * power
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first <= most:
            break
    return [place * step for place in range(first, last + 1)]


def tick_words(ticks: Sequence[float], unit: str = "") -> list[str]:
    """The numbers of an axis with as many decimals as their distance needs; the unit at the top."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    largest = max(abs(tick) for tick in ticks)
    size, suffix = next((pair for pair in SIZES if largest >= pair[0]), (1.0, ""))
    decimals = min(6, max(0, -math.floor(math.log10(step / size) + 1e-9)))
    if round(step / size, decimals) != step / size:
        decimals = min(6, decimals + 1)
    words = [f"{tick / size:,.{decimals}f}{suffix}" for tick in ticks]
    words = [
        word.removeprefix("-") if float(tick) == 0 else word
        for word, tick in zip(words, ticks, strict=True)
    ]
    return [*words[:-1], f"{words[-1]}{unit}"]


def months_after(day: dt.date, count: int) -> dt.date:
    """The first day of the month `count` months after (or, negative, before) the month of `day`."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + count
    return dt.date(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1, 1)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of all months from that of `first` to that of `last`."""
    count = (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month
    return [months_after(first, step) for step in range(count + 1)]


def every(count: int, length: float, apart: float) -> int:
    """Every how many of `count` marks on an axis of `length` have a label, to be `apart` pixels apart."""
    return max(1, math.ceil(count * apart / length)) if length > 0 else count


def spread(wanted: Sequence[float], *, apart: float, highest: float, lowest: float) -> list[float]:
    """The positions nearest to those wanted that are at least `apart` from each other, in their order.

    `wanted` ascends; positions stay between `highest` (the smaller, as y grows downwards) and `lowest`,
    as far as there is room.
    """
    placed: list[float] = []
    for position in wanted:
        floor = placed[-1] + apart if placed else highest
        placed.append(max(position, floor))
    ceiling = lowest
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - apart
    return placed


def anchors_without_overlap(
    places: Sequence[tuple[float, float]], *, width: float, apart: float = 5
) -> list[str] | None:
    """Where the label at each (x, length), in order, is held: "middle", "end" or "start".

    The fewest labels are moved from the middle; None when no choice keeps them apart and on the drawing.
    """
    choices = product(("middle", "end", "start"), repeat=len(places))
    for anchors in sorted(choices, key=lambda choice: len(choice) - choice.count("middle")):
        spans = [_span(x, length, held) for (x, length), held in zip(places, anchors, strict=True)]
        inside = all(start >= 0 and end <= width for start, end in spans)
        if inside and all(first[1] + apart <= then[0] for first, then in pairwise(spans)):
            return list(anchors)
    return None


def _span(x: float, length: float, anchor: str) -> tuple[float, float]:
    start = {"middle": x - length / 2, "end": x - length, "start": x}[anchor]
    return start, start + length
