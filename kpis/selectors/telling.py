"""A measure in words: what its page, its row and its chart say."""

from dataclasses import dataclass
from decimal import Decimal

from kpis.enums import Certainty, PeriodKind, Presence, SpecialCause, Variation
from kpis.policies import suitability, wording
from kpis.policies.trajectory import Bounds
from kpis.policies.wording import number_in_words, with_unit
from kpis.selectors.measure import MeasureLine, PointLine

PRESENCE_WORDS: dict[str, str] = {
    Presence.GIVEN: "",
    Presence.MISSING: "missing",
    Presence.SUPPRESSED: "suppressed",
    Presence.LOW: "low",
    Presence.NOT_APPLICABLE: "not applicable",
}


def shown(number: Decimal | None, unit: str, *, presence: str = Presence.MISSING) -> str:
    """The figure, or the word that stands for why there is none."""
    return PRESENCE_WORDS[presence] if number is None else with_unit(number, unit)


def bounds_in_words(bounds: Bounds, unit: str) -> str:
    """A number, a range or a ceiling: "60%", "200–250", "up to 80"."""
    if bounds.high is None:
        return ""
    if bounds.low is None:
        return f"up to {with_unit(bounds.high, unit)}"
    if bounds.low == bounds.high:
        return with_unit(bounds.low, unit)
    return f"{number_in_words(bounds.low)}–{with_unit(bounds.high, unit)}"


def promise_line(line: MeasureLine) -> str:
    """What the plan says, in one line: its number in its own word, with arithmetic where computed."""
    row, promise = line.indicator, line.promise
    target = bounds_in_words(promise.target, row.unit)
    if not target and row.target_text:
        due = f", by {row.target_due_text}" if row.target_due_text else ""
        return f"“{row.target_text}”{due}"
    if not target:
        return "The plan gives no number."
    told = f"{promise.word.capitalize()} {target}"
    told += f" by {row.target_due_text}" if row.target_due_text else ", no date in the plan"
    baseline = bounds_in_words(promise.baseline, row.unit)
    if baseline:
        told += f", from {baseline}"
        told += f" in {row.baseline_period}" if row.baseline_period else ""
    return f"{told} (computed: {row.target_arithmetic})" if row.target_arithmetic else told


def latest_words(line: MeasureLine) -> str:
    """The latest figure as the table shows it."""
    return "–" if line.latest is None else shown(line.latest.number, line.indicator.unit)


def headline(line: MeasureLine) -> tuple[str, str]:
    """The bold sentence and what follows it, for a parent: what it is, whether it moves, the law."""
    row, latest = line.indicator, line.latest
    if latest is None or latest.number is None:
        return f"No figure of “{row.name}” has been received.", promise_line(line) + "."
    said = wording.spoken(latest.number, row.unit, name=row.name, plain=row.plain_words)
    when = _when(line, latest)
    more = [
        _change(line),
        wording.STATUS[line.status],
        wording.law_sentence(line.short_of_law, row.unit),
    ]
    return f"{said[0].upper()}{said[1:]}{when}.", " ".join(filter(None, more))


def _when(line: MeasureLine, latest: PointLine) -> str:
    last = latest.period.ends_on
    match line.kind:
        case PeriodKind.POINT:
            return f" on {latest.label}"
        case PeriodKind.YEAR_TO_DATE:
            return f", up to {last:%B %Y}"
        case PeriodKind.ROLLING:
            return f" in the {latest.label}"
        case PeriodKind.MONTH:
            return f" in {last:%B %Y}"
        case _:
            return f" in {latest.label}"


def _change(line: MeasureLine) -> str:
    if line.variation != Variation.UNSUITABLE:
        return wording.CHANGE[line.variation]
    if line.better is None:
        return ""
    return f"That is {'better' if line.better else 'worse'} than the time before."


def change_words(line: MeasureLine) -> tuple[str, str]:
    """The cell "change": the icon's words, and what limits it."""
    if line.refusal is not None:
        return line.refusal[0], ""
    told = line.variation.label
    step = line.steps[-1] if line.steps else None
    return told, f"Step change {step.starts_on:%b %Y}" if step else ""


@dataclass(frozen=True)
class ChartSays:
    """What a chart says: the change, the target, and what to bear in mind."""

    change: str
    change_more: str
    assurance: str
    assurance_more: str
    refusal: str
    warning: str
    settings: str


def chart_says(line: MeasureLine) -> ChartSays:
    """The sentences beside a measure's chart."""
    row, read = line.indicator, line.spc
    if read is None or line.latest is None:
        refusal = line.refusal[1] if line.refusal else ""
        return ChartSays("", "", "", "", refusal, "", "")
    cause = line.latest.cause
    more = wording.CAUSE[cause].format(shift=line.settings.shift, trend=line.settings.trend)
    limits = line.latest.limits
    reach = [_limit(line, value) for value in (limits.lower, limits.upper)]
    short, sentence = wording.assurance_sentence(
        read.assurance,
        target=bounds_in_words(line.promise.target, row.unit),
        lower=reach[0],
        upper=reach[1],
        word=line.promise.word,
    )
    return ChartSays(
        change=f"{line.variation.label}.",
        change_more=more,
        assurance=short,
        assurance_more=sentence,
        refusal="",
        warning=suitability.warning(line.kind),
        settings=suitability.settings_in_words(line.settings),
    )


def _limit(line: MeasureLine, value: float | None) -> str:
    return "" if value is None else limit_words(value, line.indicator.unit)


def limit_words(value: float, unit: str) -> str:
    """A limit as it is printed: whole numbers, as limits are estimates."""
    places = 0 if abs(value) >= 10 else 1
    number = number_in_words(Decimal(str(round(value, 6))), most=places)
    return f"{number}%" if unit == wording.PERCENT else number


def point_reading(point: PointLine, line: MeasureLine) -> str:
    """One period read out."""
    row, figure = line.indicator, point.figure
    if point.number is None:
        return f"{point.label}: {PRESENCE_WORDS[figure.presence] or 'no figure'}"
    told = f"{point.label}: {with_unit(point.number, row.unit)}"
    if figure.numerator is not None and figure.denominator is not None:
        told += f" ({number_in_words(figure.numerator)} of {number_in_words(figure.denominator)})"
    if point.expected is not None:
        told += f", expected {with_unit(point.expected, row.unit)}"
    if line.spc is not None and point.cause != SpecialCause.COMMON:
        told += f", {point.cause.label.lower()}"
    return f"{told}, provisional" if figure.certainty == Certainty.PROVISIONAL else told


NOT_SHOWN = (Presence.SUPPRESSED, Presence.LOW)
"""Figures that came and have no number to be shown: small ones, above all."""


def age_words(line: MeasureLine) -> str:
    """The period of the latest figure, as the column "data to" has it, and whether later ones have no number."""
    if line.latest is None:
        return "–"
    later = line.points[line.points.index(line.latest) + 1 :]
    hidden = any(point.figure.presence in NOT_SHOWN for point in later)
    return f"{line.latest.label}; later ones are not shown" if hidden else line.latest.label


def series_sentence(line: MeasureLine) -> str:
    """One sentence on the small line of a table, for who does not see it."""
    given = [point for point in line.points if point.number is not None]
    unit = line.indicator.unit
    if not given:
        return "No figure yet."
    first, last = given[0], given[-1]
    return (
        f"From {shown(first.number, unit)} in {first.label} to {shown(last.number, unit)} in "
        f"{last.label}. {line.variation.label}."
    )


def distance(short: Decimal, unit: str) -> str:
    """How far the legal standard is, in a cell: "45 points", "met"."""
    if short == 0:
        return "met"
    return f"{number_in_words(short)} {'points' if unit == wording.PERCENT else unit}".strip()


def latest_note(point: PointLine) -> str:
    """What stands below the latest figure: its parts, and whether it may be revised."""
    figure = point.figure
    parts = ""
    if figure.numerator is not None and figure.denominator is not None:
        parts = f"{number_in_words(figure.numerator)} of {number_in_words(figure.denominator)}"
    return ", ".join(filter(None, [parts, str(Certainty(figure.certainty).label).lower()]))


def due_note(line: MeasureLine) -> str:
    """By when the target is to be reached, and what is expected now."""
    row, latest = line.indicator, line.latest
    due = f"by {row.target_due_text}" if row.target_due_text else "no date in the plan"
    if latest is None or latest.expected is None:
        return due
    return f"{due}; expected now {with_unit(latest.expected, row.unit)}"


def law_note(line: MeasureLine) -> str:
    """What is missing to the legal standard."""
    if line.short_of_law is None:
        return ""
    told = distance(line.short_of_law, line.indicator.unit)
    return told if told == "met" else f"{told} still missing"


def beside_words(line: MeasureLine) -> str:
    """A companion in a few words: where it is now and where it was first."""
    given = [point for point in line.points if point.number is not None]
    if not given:
        return "No figure yet."
    unit, first, last = line.indicator.unit, given[0], given[-1]
    if len(given) == 1:
        return f"{shown(last.number, unit)} in {last.label}."
    return f"{shown(last.number, unit)} in {last.label}, from {shown(first.number, unit)} in {first.label}."


def trial_possible(line: MeasureLine) -> bool:
    """Whether trial limits may be looked at."""
    count = sum(point.number is not None for point in line.points)
    return suitability.trial_is_possible(line.kind, line.frequency, count, line.settings)


@dataclass(frozen=True)
class FigureCells:
    """A period in the table of figures."""

    value: str
    parts: tuple[str, str]
    expected: str
    reach: str
    signal: str
    certainty: str


def figure_cells(point: PointLine, line: MeasureLine) -> FigureCells:
    """The words of a period's cells."""
    unit, figure, limits = line.indicator.unit, point.figure, point.limits
    has_limits = line.spc is not None and limits.lower is not None and limits.upper is not None
    return FigureCells(
        value=shown(point.number, unit, presence=figure.presence),
        parts=tuple(  # type: ignore[arg-type]
            "" if number is None else number_in_words(number)
            for number in (figure.numerator, figure.denominator)
        ),
        expected="" if point.expected is None else with_unit(point.expected, unit),
        reach=f"{_limit(line, limits.lower)} to {_limit(line, limits.upper)}" if has_limits else "",
        signal=point.cause.label if has_limits and point.cause != SpecialCause.COMMON else "",
        certainty="" if point.number is None else Certainty(figure.certainty).label,
    )
