"""Rules of how a measure is counted and read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hertsend.errors import RuleBroken
from hertsend.records.words import stripped
from kpis.enums import Frequency, PeriodKind

SHORTEST_RUNS = (6, 7)
FEWEST_POINTS = 8
KINDS_OF_A_FREQUENCY: dict[Frequency, frozenset[PeriodKind]] = {
    Frequency.MONTHLY: frozenset(PeriodKind) - {PeriodKind.QUARTER, PeriodKind.YEAR},
    Frequency.QUARTERLY: frozenset(PeriodKind) - {PeriodKind.MONTH, PeriodKind.YEAR},
    Frequency.YEARLY: frozenset({PeriodKind.YEAR, PeriodKind.POINT, PeriodKind.ROLLING}),
}


@dataclass(frozen=True)
class DefinitionWords:
    """How an indicator is counted, in words and kinds."""

    counting_rule: str
    source: str
    period_kind: str
    frequency: str
    starts_on: dt.date
    reason: str
    numerator: str = ""
    denominator: str = ""


def check_definition(words: DefinitionWords, *, kind_before: str | None, has_figures: bool) -> None:
    """Refuse a definition without words, or one that would make stored figures unreadable."""
    held = stripped(words)
    errors: dict[str, list[str]] = {
        name: [sentence]
        for name, sentence in (
            ("counting_rule", "Say what is counted, and what is not."),
            ("source", "Say where the figures come from."),
            ("reason", "Say why it is counted so, or what changes."),
        )
        if not held[name]
    }
    if bool(held["numerator"]) != bool(held["denominator"]):
        missing = "denominator" if held["numerator"] else "numerator"
        errors[missing] = ["Name both parts, or neither."]
    known = held["frequency"] in Frequency.values and held["period_kind"] in PeriodKind.values
    if not known or held["period_kind"] not in KINDS_OF_A_FREQUENCY[Frequency(held["frequency"])]:
        errors["period_kind"] = ["Choose a period that fits how often figures come."]
    elif has_figures and kind_before and held["period_kind"] != kind_before:
        errors["period_kind"] = [
            "Figures of another kind of period are stored already. Their kind cannot change."
        ]
    if errors:
        raise RuleBroken(errors)


def check_reading(
    values: Mapping[str, Any], *, reason: str, owner_is_ours: bool, companions_are_ours: bool
) -> None:
    """Refuse settings that cannot be, and any without a reason."""
    errors: dict[str, list[str]] = {}
    for name, is_wrong, sentence in (
        ("reason", not reason.strip(), "Say why; the reason stays in the history."),
        ("owner", not owner_is_ours, "Choose a post of this partnership."),
        ("companions", not companions_are_ours, "Choose other measures of this plan."),
        ("tolerance", not 0 <= values["tolerance"] <= 100, "Enter a share from 0 to 100."),
        ("spc_shift", values["spc_shift"] not in SHORTEST_RUNS, "Choose 6 or 7."),
        ("spc_trend", values["spc_trend"] not in SHORTEST_RUNS, "Choose 6 or 7."),
        (
            "spc_minimum",
            values["spc_minimum"] < FEWEST_POINTS,
            f"Enter {FEWEST_POINTS} points or more.",
        ),
        (
            "spc_baseline",
            values["spc_baseline"] is not None and values["spc_baseline"] < FEWEST_POINTS,
            f"Enter {FEWEST_POINTS} points or more, or none.",
        ),
        (
            "for_public",
            values["for_public"] and not values["for_families"],
            "What the public sees, families see first.",
        ),
        ("plausible_high", _crossed(values), "Enter no less than the least that is plausible."),
    ):
        if is_wrong:
            errors[name] = [sentence]
    try:
        read_trajectory(values["trajectory"])
    except ValueError:
        errors["trajectory"] = ["Enter a month and a number on each line, such as 2024-09 54."]
    if errors:
        raise RuleBroken(errors)


def _crossed(values: Mapping[str, Any]) -> bool:
    low, high = values["plausible_low"], values["plausible_high"]
    return low is not None and high is not None and high < low


def read_trajectory(typed: Any) -> list[tuple[dt.date, Decimal]]:
    """The typed targets in the order of their days. Raises ``ValueError``."""
    try:
        return sorted((dt.date.fromisoformat(day), Decimal(number)) for day, number in typed)
    except (TypeError, InvalidOperation) as error:
        raise ValueError(typed) from error
