"""What was promised in numbers, what is expected by now, and how a figure stands against it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpis.enums import Direction, PeriodKind, Presence, Status, Variation
from kpis.policies.figures import Figure
from kpis.policies.periods import MONTHS_IN_YEAR, Period

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Bounds:
    """A number, as both ends, or a range. Without numbers the plan gave words only."""

    low: Decimal | None = None
    high: Decimal | None = None

    def edge(self, direction: Direction) -> Decimal | None:
        """The end that counts: the lower where more is better, the upper where less is."""
        return self.low if direction == Direction.UP else self.high


@dataclass(frozen=True)
class Promise:
    """What the plan promises of a measure.

    ``begins_on`` is when the baseline was measured, or when the plan was published; ``due_on`` the
    last day on which the target is still in time, by its day or its window.
    """

    direction: Direction
    baseline: Bounds
    target: Bounds
    begins_on: dt.date
    due_on: dt.date | None
    standard: Decimal | None = None
    typed: Sequence[tuple[dt.date, Decimal]] = ()
    tolerance: Decimal = Decimal(10)

    @property
    def is_step_to_the_law(self) -> bool:
        """Whether the target is short of a legal standard, and so only an interim milestone."""
        edge = self.target.edge(self.direction)
        if self.standard is None or edge is None:
            return False
        return edge < self.standard if self.direction == Direction.UP else edge > self.standard

    @property
    def word(self) -> str:
        """What the plan's number is called on every page."""
        return "interim milestone" if self.is_step_to_the_law else "target"


def expected_at(promise: Promise, period: Period, kind: PeriodKind) -> Decimal | None:
    """What the trajectory expects of a period; None where there is nothing to expect yet.

    Typed values hold from their month until the next. Else the line is straight from the baseline
    to the target. Without a baseline or a date nothing is expected before the date, and the target
    from it on. A year to date is expected to have its share of the year's target.
    """
    target = promise.target.edge(promise.direction)
    if promise.typed:
        reached = [value for day, value in promise.typed if day <= period.ends_on]
        return reached[-1] if reached else None
    if target is None or promise.direction == Direction.NONE:
        return None
    if kind == PeriodKind.YEAR_TO_DATE:
        months = months_between(period.starts_on, period.ends_on) + 1
        return target * months / MONTHS_IN_YEAR
    if promise.due_on is None or period.ends_on >= promise.due_on:
        return target
    return _on_the_line(promise, target, period.ends_on)


def _on_the_line(promise: Promise, target: Decimal, day: dt.date) -> Decimal | None:
    baseline = promise.baseline.edge(promise.direction)
    if baseline is None or promise.due_on is None or day <= promise.begins_on:
        return None
    whole = months_between(promise.begins_on, promise.due_on)
    gone = months_between(promise.begins_on, day)
    return baseline + (target - baseline) * gone / whole if whole else target


def months_between(first: dt.date, last: dt.date) -> int:
    """Calendar months from one day's month to another's."""
    return (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month


def status_of(
    figure: Decimal | None, expected: Decimal | None, promise: Promise, *, is_owed: bool
) -> Status:
    """The latest figure against what is expected of its period.

    ``is_owed`` says that a newer figure should have come; then the old one answers for nothing.
    """
    if figure is None or is_owed:
        return Status.NO_DATA
    if expected is None:
        has_number = promise.typed or promise.target.edge(promise.direction) is not None
        return Status.NOT_DUE if has_number else Status.NO_NUMBER
    allowed = abs(expected) * promise.tolerance / HUNDRED
    short = expected - figure if promise.direction == Direction.UP else figure - expected
    if short <= 0:
        return Status.MET
    return Status.WITHIN_TOLERANCE if short <= allowed else Status.MISSED


def short_of_the_law(figure: Decimal | None, promise: Promise) -> Decimal | None:
    """How much is missing to the legal standard: zero when it is met, None where there is none."""
    if figure is None or promise.standard is None:
        return None
    if promise.direction == Direction.UP:
        return max(promise.standard - figure, Decimal(0))
    return max(figure - promise.standard, Decimal(0))


IMPROVING = frozenset({Variation.IMPROVING_HIGH, Variation.IMPROVING_LOW})
WORSENING = frozenset({Variation.WORSENING_HIGH, Variation.WORSENING_LOW})


def is_better(figure: Decimal | None, before: Decimal | None, direction: Direction) -> bool | None:
    """Whether a figure is better than an earlier one; None where that cannot be said."""
    if figure is None or before is None or figure == before or direction == Direction.NONE:
        return None
    return (figure > before) == (direction == Direction.UP)


def contradicts(
    *, delivery_is_fine: bool, status: Status, variation: Variation, better: bool | None
) -> bool:
    """Whether the work is reported as fine while the measure it should move is not moving.

    A measure moves when it improves beyond chance or, where limits do not apply, when its figure
    is better than the one before it.
    """
    if not delivery_is_fine or status != Status.MISSED:
        return False
    if variation == Variation.UNSUITABLE:
        return better is not True
    return variation not in IMPROVING


def periods_held(
    figures: Sequence[tuple[Period, Figure]], promise: Promise, kind: PeriodKind
) -> int:
    """For how many of the latest periods in a row the target was held; ``figures`` oldest first.

    What counts is the target itself and not the way there: meeting an early step of the trajectory
    embeds nothing. What is counted through a year is held only by a whole year, since its first
    months say little of it. A period to which the measure does not apply is passed over; one
    without a figure ends the row.
    """
    edge = promise.target.edge(promise.direction)
    if edge is None or promise.direction == Direction.NONE:
        return 0
    count = 0
    for period, figure in reversed(figures):
        months = months_between(period.starts_on, period.ends_on) + 1
        if figure.presence == Presence.NOT_APPLICABLE or (
            kind == PeriodKind.YEAR_TO_DATE and months < MONTHS_IN_YEAR
        ):
            continue
        if status_of(figure.number, edge, promise, is_owed=False) != Status.MET:
            break
        count += 1
    return count
