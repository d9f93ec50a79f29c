"""What storing a file would do, row by row: new, same, revised, rejected with a reason, left out."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hertsend.errors import RuleBroken
from kpis.enums import Certainty, ComparatorKind, PeriodKind, Presence
from kpis.files.mapping import OURS, Mapping, Said, folded, kind_of_place, said_in
from kpis.files.reading import Cells
from kpis.models import Indicator, IndicatorDefinition
from kpis.policies.figures import Figure, check_figure, clean_number
from kpis.policies.periods import Period, read_period

SYMBOLS: dict[str, Presence] = {
    "c": Presence.SUPPRESSED,
    "low": Presence.LOW,
    "k": Presence.LOW,
    "z": Presence.NOT_APPLICABLE,
    "x": Presence.MISSING,
    "missing": Presence.MISSING,
}
PROVISIONAL_WORDS = frozenset({"p", "provisional"})


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    REVISED = "revised"
    REJECTED = "rejected"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Line:
    """One row of the preview."""

    said: Said
    outcome: Outcome
    reason: str = ""
    indicator: Indicator | None = None
    kind: str = OURS
    period: Period | None = None
    figure: Figure | None = None
    number: int = 0
    before: Decimal | None = None


@dataclass(frozen=True)
class Known:
    """What the file is held against.

    ``figures`` and ``elsewhere`` hold what counts now with the highest number of its period.
    """

    indicators: AnyMapping[str, Indicator]
    definitions: AnyMapping[int, IndicatorDefinition]
    figures: AnyMapping[tuple[int, Period], tuple[Figure | None, int]]
    elsewhere: AnyMapping[tuple[int, str, str, Period], tuple[Decimal | None, int]]
    may_enter: frozenset[int]
    on: dt.date


@dataclass(frozen=True)
class Preview:
    """All rows of a file."""

    lines: tuple[Line, ...]

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.outcome == outcome)

    @property
    def counts(self) -> dict[str, int]:
        return {outcome.value: len(self.of(outcome)) for outcome in Outcome}

    @property
    def writes(self) -> tuple[Line, ...]:
        return (*self.of(Outcome.NEW), *self.of(Outcome.REVISED))


def preview(table: Cells, mapping: Mapping, known: Known, *, source: str) -> Preview:
    """Every row of the file, each with what becomes of it; a period that comes twice is rejected."""
    lines: list[Line] = []
    seen: dict[tuple, Line] = {}
    for said in said_in(table, mapping):
        line = _line(said, mapping, known, source=source)
        if line.indicator is not None and line.outcome not in {Outcome.REJECTED, Outcome.LEFT_OUT}:
            key = (line.indicator.pk, line.kind, folded(said.place), line.period)
            first = seen.setdefault(key, line)
            if first is not line:
                same = first.figure is not None and line.figure is not None
                if same and first.figure.says_the_same(line.figure):  # type: ignore[union-attr, arg-type]
                    line = Line(said, Outcome.LEFT_OUT, f"Says the same as line {first.said.line}.")
                else:
                    line = Line(
                        said,
                        Outcome.REJECTED,
                        f"Says something else of the period of line {first.said.line}.",
                    )
        lines.append(line)
    return Preview(tuple(lines))


def _line(said: Said, mapping: Mapping, known: Known, *, source: str) -> Line:
    kind = kind_of_place(mapping, said.place)
    key = mapping.names.get(folded(said.series), mapping.only if not mapping.measure else "")
    indicator = known.indicators.get(key)
    if not kind or indicator is None:
        return Line(said, Outcome.LEFT_OUT, "Not chosen.")
    if said.is_blank:
        return Line(said, Outcome.LEFT_OUT, "No figure.")
    try:
        return _read(said, kind, indicator, known, source=source)
    except RuleBroken as error:
        return Line(said, Outcome.REJECTED, error.sentence, indicator=indicator, kind=kind)


def _read(said: Said, kind: str, indicator: Indicator, known: Known, *, source: str) -> Line:
    """A row that is meant: its period and figure, held against what is stored."""
    definition = known.definitions.get(indicator.pk)
    if definition is None:
        raise RuleBroken("How this measure is counted is not agreed yet.")
    if indicator.pk not in known.may_enter:
        raise RuleBroken("This measure is not yours to enter.")
    period = _period(said.period, PeriodKind(definition.period_kind), is_ours=kind == OURS)
    if period.ends_on > known.on:
        raise RuleBroken("This period has not ended.")
    figure = _figure(said, source=source)
    check_figure(
        figure,
        has_parts=definition.has_parts,
        is_percent=indicator.is_percent,
        is_correction=False,
        reason="",
    )
    if kind == OURS:
        before, number = known.figures.get((indicator.pk, period), (None, 0))
        same = before is not None and figure.says_the_same(before)
        old = before.number if before else None
    else:
        if figure.number is None:
            raise RuleBroken("Other places need a number.")
        old, number = known.elsewhere.get((indicator.pk, kind, said.place, period), (None, 0))
        same = old is not None and old == figure.number
    outcome = Outcome.SAME if same else Outcome.REVISED if number else Outcome.NEW
    return Line(said, outcome, "", indicator, kind, period, figure, number, old)


def _period(words: str, kind: PeriodKind, *, is_ours: bool) -> Period:
    """Others' figures may be a year's where ours are a month's."""
    for tried in (kind,) if is_ours else (kind, PeriodKind.YEAR):
        try:
            return read_period(words, tried)
        except ValueError:
            continue
    raise RuleBroken(f"“{words[:40]}” is no {PeriodKind(kind).label.lower()}.")


def _figure(said: Said, *, source: str) -> Figure:
    certainty = (
        Certainty.PROVISIONAL if folded(said.certainty) in PROVISIONAL_WORDS else Certainty.FINAL
    )
    about = {"certainty": certainty, "note": said.note, "source": source}
    if (word := folded(said.value)) in SYMBOLS:
        return Figure(presence=SYMBOLS[word], **about)  # type: ignore[arg-type]
    return Figure(
        value=_number(said.value),
        numerator=_number(said.part),
        denominator=_number(said.whole),
        **about,  # type: ignore[arg-type]
    )


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return clean_number(text)
    except ValueError:
        raise RuleBroken(f"“{text[:40]}” is no number.") from None


def kinds_of_places() -> Iterable[tuple[str, str]]:
    """What a place can be, for the form."""
    return [("", "Leave out"), (OURS, "Our area"), *ComparatorKind.choices]
