"""A measure as at a moment, and each of its periods."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kpis.enums import Assurance, Frequency, PeriodKind, SpecialCause, Status, Variation
from kpis.models import Indicator, IndicatorDefinition
from kpis.policies import trajectory
from kpis.policies.figures import Figure
from kpis.policies.periods import Period
from kpis.policies.spc import Limits, Spc, SpcSettings
from kpis.policies.trajectory import Promise
from plans.enums import Standing

FINE = frozenset({Standing.GREEN, Standing.COMPLETE, Standing.EMBEDDED})


@dataclass(frozen=True)
class PointLine:
    """One period of a measure, with or without a figure."""

    period: Period
    label: str
    figure: Figure
    number: Decimal | None
    expected: Decimal | None
    status: Status
    cause: SpecialCause
    variation: Variation
    limits: Limits
    rows: int


@dataclass(frozen=True)
class Elsewhere:
    """The latest figure of another place, and the whole series."""

    kind: str
    place: str
    value: Decimal
    label: str
    source: str
    spans: tuple[tuple[Period, Decimal], ...]

    def at(self, period: Period) -> Decimal | None:
        """What it had in a period: a year's figure holds for each of its months."""
        held = [
            value for span, value in self.spans if span.starts_on <= period.ends_on <= span.ends_on
        ]
        return held[-1] if held else None


@dataclass(frozen=True)
class Change:
    """Something that changed from a day on; words are "" where they may not be seen."""

    starts_on: dt.date
    words: str


@dataclass(frozen=True)
class ActionStanding:
    """An action that is meant to move a measure, and how its delivery stands."""

    key: str
    standing: Standing


@dataclass(frozen=True)
class MeasureLine:
    """A measure as at a moment."""

    indicator: Indicator
    definition: IndicatorDefinition | None
    promise: Promise
    points: tuple[PointLine, ...]
    spc: Spc | None
    refusal: tuple[str, str] | None
    settings: SpcSettings
    latest: PointLine | None
    status: Status
    better: bool | None
    short_of_law: Decimal | None
    is_old: bool
    actions: tuple[ActionStanding, ...]
    elsewhere: tuple[Elsewhere, ...]
    steps: tuple[Change, ...]
    recounted: tuple[Change, ...]
    definitions: tuple[IndicatorDefinition, ...]

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind(self.definition.period_kind) if self.definition else PeriodKind.MONTH

    @property
    def frequency(self) -> Frequency:
        return Frequency(self.definition.frequency) if self.definition else Frequency.MONTHLY

    @property
    def variation(self) -> Variation:
        """What the latest figure says beyond chance; unsuitable where limits are not shown."""
        return self.spc.variation if self.spc else Variation.UNSUITABLE

    @property
    def is_improving(self) -> bool:
        return self.variation in trajectory.IMPROVING

    @property
    def is_worsening(self) -> bool:
        return self.variation in trajectory.WORSENING

    @property
    def delivery_is_fine(self) -> bool:
        """Whether every action that should move it is on track or done."""
        return bool(self.actions) and all(one.standing in FINE for one in self.actions)

    @property
    def contradicts(self) -> bool:
        """Delivery is fine, and the measure that it should move is not moving."""
        return trajectory.contradicts(
            delivery_is_fine=self.delivery_is_fine,
            status=self.status,
            variation=self.variation,
            better=self.better,
        )

    @property
    def will_miss(self) -> bool:
        """Whether, as things are, its number will not be reached: beyond chance, or its day is past."""
        return self.latest is not None and (
            (self.spc is not None and self.spc.assurance == Assurance.FAIL)
            or (self._is_past_due and self.status == Status.MISSED)
        )

    @property
    def _is_past_due(self) -> bool:
        due, latest = self.promise.due_on, self.latest
        return due is not None and latest is not None and latest.period.ends_on >= due
