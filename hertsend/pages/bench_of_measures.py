"""What the drawings and the arithmetic of measures cost: figures made up, as many as a large plan has."""

import math
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hertsend.charts import Band, Level, Series, SeriesPoint, Step, series_chart, sparkline
from kpis.enums import Direction
from kpis.policies.spc import analyse

MEASURES, MONTHS, LONGEST = 47, 36, 600
MILLISECONDS = 1000
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Work:
    """Something that a page does, and the processor time that it may take, in milliseconds."""

    name: str
    limit: float
    run: Callable[[], object]

    def cost(self, rounds: int) -> float:
        """The median of its processor time, in milliseconds."""
        self.run()
        times = []
        for _ in range(rounds):
            start = time.process_time()
            self.run()
            times.append((time.process_time() - start) * MILLISECONDS)
        return statistics.median(times)


def all_work() -> Iterator[Work]:
    """The drawings of a dashboard of 47 measures over 36 months, and a series of 600 points."""
    every = [_values(number, MONTHS) for number in range(MEASURES)]
    expected = [float(step) for step in range(MONTHS)]
    series = [_series(values, expected) for values in every]
    yield Work(
        f"{MEASURES} sparklines",
        40,
        lambda: [sparkline(values, expected, words="From 30% to 60%.") for values in every],
    )
    yield Work(
        f"{MEASURES} charts",
        40,
        lambda: [
            series_chart(one, title="A measure", description="By month.", identifier="measure")
            for one in series
        ],
    )
    long = _values(1, LONGEST)
    yield Work(f"SPC of {LONGEST}", 5, lambda: analyse(long, direction=Direction.UP, target=60))


def _values(number: int, count: int) -> list[float]:
    """Figures that rise and swing, each series otherwise."""
    return [
        round(30 + 0.6 * step + 9 * math.sin(step * (number + 3)), 1) % 100 for step in range(count)
    ]


def _series(values: list[float], expected: list[float]) -> Series:
    last = len(values) - 1
    points = [
        SeriesPoint(
            tick=NAMES[index % 12],
            group=str(2022 + index // 12),
            value=value,
            expected=expected[index],
            mark="better" if index > last - 7 else "common",
            is_provisional=index > last - 3,
            words=f"{value:g}%",
            reading=f"{NAMES[index % 12]} {2022 + index // 12}: {value:g}%",
        )
        for index, value in enumerate(values)
    ]
    half = last // 2
    bands = [
        Band(
            first=first,
            last=end,
            mean=40 + first,
            lower=20 + first,
            upper=60 + first,
            lower_words="lower limit 20%",
            upper_words="upper limit 60%",
        )
        for first, end in ((0, half - 1), (half, last))
    ]
    levels = [
        Level(value=100, name="Legal standard", words="100%", is_law=True),
        Level(value=60, name="Interim milestone", words="60%, April 2025", at=last),
    ]
    steps = [Step(at=half, name="Step change, Jul 2023", words="First of the new staff start")]
    return Series(points=points, unit="%", bands=bands, levels=levels, steps=steps, whole=(0, 100))
