"""Figures: what one is, whether it may be entered, and whether it deserves a second look."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hertsend.errors import RuleBroken
from kpis.enums import Certainty, Presence

LARGEST = Decimal(10) ** 11
HUNDRED = Decimal(100)


def figure_of(
    value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """The number that is drawn: the value, or the part in a hundred of the whole."""
    if numerator is not None and denominator:
        return numerator * HUNDRED / denominator
    return value


@dataclass(frozen=True)
class Figure:
    """What is entered for one period."""

    presence: Presence = Presence.GIVEN
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    certainty: Certainty = Certainty.PROVISIONAL
    note: str = ""
    source: str = ""

    @property
    def number(self) -> Decimal | None:
        return figure_of(self.value, self.numerator, self.denominator)

    def says_the_same(self, other: "Figure") -> bool:
        """Whether both give the same figure with the same certainty; words may differ."""
        return (
            self.presence == other.presence
            and self.certainty == other.certainty
            and (self.value, self.numerator, self.denominator)
            == (other.value, other.numerator, other.denominator)
        )


def check_figure(
    figure: Figure, *, has_parts: bool, is_percent: bool, is_correction: bool, reason: str
) -> None:
    """Refuse what is no figure. Raises ``RuleBroken`` with what to do."""
    errors: dict[str, list[str]] = {}
    numbers = {
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
    }
    given = {name for name, number in numbers.items() if number is not None}
    if figure.presence != Presence.GIVEN and given:
        errors["value"] = ["Leave the figure empty, or say that it is given."]
    elif figure.presence == Presence.GIVEN and not given:
        errors["value"] = ["Enter the figure, or say why there is none."]
    elif figure.presence == Presence.GIVEN:
        errors |= _shape(figure, given, has_parts=has_parts, is_percent=is_percent)
    errors |= {
        name: ["Enter a smaller number."]
        for name, number in numbers.items()
        if number is not None and abs(number) >= LARGEST
    }
    if is_correction and not reason.strip():
        errors["reason"] = ["Say why the figure changes; the old one stays to be seen."]
    if errors:
        raise RuleBroken(errors)


def _shape(
    figure: Figure, given: set[str], *, has_parts: bool, is_percent: bool
) -> dict[str, list[str]]:
    """The first thing that is wrong with what is given."""
    number = figure.number
    missing = "denominator" if "numerator" in given else "numerator"
    for field, is_wrong, sentence in (
        (
            "value",
            "value" in given and len(given) > 1,
            "Enter the figure itself or both its parts, not all of them.",
        ),
        (missing, "value" not in given and len(given) == 1, "Enter both parts."),
        (
            "denominator",
            figure.denominator is not None and figure.denominator <= 0,
            "Enter a whole above zero.",
        ),
        (
            "numerator",
            "numerator" in given and not has_parts,
            "This measure is not counted in parts. Enter the figure itself.",
        ),
        (
            "numerator",
            figure.numerator is not None and figure.numerator < 0,
            "Enter zero or more.",
        ),
        (
            "value",
            is_percent and number is not None and not 0 <= number <= HUNDRED,
            "Enter a percentage from 0 to 100.",
        ),
    ):
        if is_wrong:
            return {field: [sentence]}
    return {}


@dataclass(frozen=True)
class Warnings:
    """What an odd figure is told with; nothing is refused for it."""

    plausible_low: Decimal | None = None
    plausible_high: Decimal | None = None
    lower: float | None = None
    upper: float | None = None


def warnings_of(figure: Decimal | None, known: Warnings) -> list[str]:
    """Sentences about a figure that is possible and unlikely."""
    if figure is None:
        return []
    told = []
    if known.plausible_low is not None and figure < known.plausible_low:
        told.append(f"Lower than {known.plausible_low.normalize():f}, the least that is plausible.")
    if known.plausible_high is not None and figure > known.plausible_high:
        told.append(
            f"Higher than {known.plausible_high.normalize():f}, the most that is plausible."
        )
    if known.lower is not None and known.upper is not None:
        reach = known.upper - known.lower
        if not known.lower - reach <= float(figure) <= known.upper + reach:
            told.append("Far outside what this measure has done so far. Is it typed right?")
    return told


NUMBER = re.compile(
    r"(?P<sign>[-−]?)£?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})?(?P<rest>\.[0-9]*)?"
    r"(?P<power>[eE][-+]?[0-9]{1,2})?%?",
    re.ASCII,
)
MOST_DIGITS = 15
MOST_DECIMALS = 6


def clean_number(text: str) -> Decimal:
    """A number as people and spreadsheets write it, without float noise.

    ``76.599999999999994`` is 76.6: what a spreadsheet shows. Raises ``ValueError``.
    """
    found = NUMBER.fullmatch("".join(text.split()))
    digits = found and (found["whole"] or "").replace(",", "") + (found["rest"] or "")
    if found is None or not digits or digits == ".":
        raise ValueError(text)
    number = Decimal(f"{'-' if found['sign'] else ''}{digits}{found['power'] or ''}")
    if abs(number) >= LARGEST:
        raise ValueError(text)
    return _without_noise(number)


def _without_noise(number: Decimal) -> Decimal:
    """At most the digits that a spreadsheet keeps, and the decimals that are stored."""
    if number == 0:
        return Decimal(0)
    places = min(MOST_DECIMALS, MOST_DIGITS - 1 - number.adjusted())
    return Decimal(f"{round(number, max(places, 0)).normalize():f}")
