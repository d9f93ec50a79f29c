"""The table of milestones: which lines, in which order; the CSV is exactly these."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plans import policies
from plans.enums import Stage, Standing
from plans.selectors.lines import MilestoneLine

FAR_AWAY = dt.date.max

CSV_HEADINGS = (
    "Number",
    "Milestone",
    "Lead",
    "Published date",
    "Published words",
    "Agreed date",
    "Forecast date",
    "Slip in days",
    "Date changes",
    "Agreed by",
    "Delivery",
    "Days overdue",
    "Stage",
)


def csv_row(line: MilestoneLine) -> list[Any]:
    """The cells of one line, in the order of ``CSV_HEADINGS``."""
    return [
        line.key,
        line.text,
        line.lead_line,
        line.due_on,
        line.due_text,
        line.agreed_on,
        line.forecast_on,
        line.slip,
        line.moves,
        line.agreed_by,
        line.standing.label,
        line.days_overdue or None,
        line.stage.label,
    ]


BESIDE_HEADINGS = (
    "Agreed date then",
    "Forecast date then",
    "Slip in days then",
    "Delivery then",
    "Days overdue then",
    "Stage then",
)


def csv_row_beside(line: MilestoneLine, then: MilestoneLine | None) -> list[Any]:
    """The cells of a line and of the same milestone at the moment beside it, empty before it was there."""
    if then is None:
        return [*csv_row(line), *("" for _ in BESIDE_HEADINGS)]
    return [
        *csv_row(line),
        then.agreed_on,
        then.forecast_on,
        then.slip,
        then.standing.label,
        then.days_overdue or None,
        then.stage.label,
    ]


def _due_within(days: int) -> Callable[[MilestoneLine, dt.date], bool]:
    def within(line: MilestoneLine, on: dt.date) -> bool:
        day = line.date_in_force
        return line.is_open and day is not None and 0 <= (day - on).days <= days

    return within


DUE_FILTERS: dict[str, Callable[[MilestoneLine, dt.date], bool]] = {
    "30": _due_within(30),
    "60": _due_within(60),
    "past": lambda line, on: line.date_in_force is not None and line.date_in_force < on,
    "none": lambda line, _on: line.has_no_agreed_date,
}

FILTERS: dict[str, Callable[[MilestoneLine, str], bool]] = {
    "q": lambda line, value: (
        value.casefold() in f"{line.key} {line.text} {line.lead_line}".casefold()
    ),
    "workstream": lambda line, value: line.workstream_key == value,
    "area": lambda line, value: value in line.area_keys,
    "lead": lambda line, value: value in line.lead_keys,
    "stage": lambda line, value: line.stage == value,
    "rating": lambda line, value: line.standing == value,
}


def matching(
    lines: Sequence[MilestoneLine], filters: Mapping[str, Any], *, on: dt.date
) -> list[MilestoneLine]:
    """The lines that fit every filter that is set; names as in ``MilestoneFilterForm``."""
    found = list(lines)
    for name, fits in FILTERS.items():
        if value := str(filters.get(name) or "").strip():
            found = [line for line in found if fits(line, value)]
    if due := DUE_FILTERS.get(str(filters.get("due") or "")):
        found = [line for line in found if due(line, on)]
    if filters.get("overdue"):
        found = [line for line in found if line.is_overdue]
    return found


ORDERS: dict[str, Callable[[MilestoneLine], Any]] = {
    "number": lambda line: line.key,
    "milestone": lambda line: line.text.casefold(),
    "lead": lambda line: line.lead_line.casefold(),
    "published": lambda line: line.due_on or FAR_AWAY,
    "agreed": lambda line: line.agreed_on or FAR_AWAY,
    "forecast": lambda line: line.forecast_on or FAR_AWAY,
    "in-force": lambda line: line.date_in_force or FAR_AWAY,
    "slip": lambda line: line.slip or 0,
    "delivery": lambda line: (
        policies.WORST_FIRST.index(line.standing),
        -line.days_overdue,
        line.date_in_force or FAR_AWAY,
    ),
    "stage": lambda line: list(Stage).index(line.stage),
}
"""What each heading sorts by; a leading minus in the address turns the order round."""

DEFAULT_ORDER = "delivery"


def ordered(lines: Sequence[MilestoneLine], sort: str) -> list[MilestoneLine]:
    """The lines by a heading's name; an unknown name is the default, worst first."""
    name, reverse = sort.lstrip("-"), sort.startswith("-")
    if name not in ORDERS:
        name, reverse = DEFAULT_ORDER, False
    if name == "number":
        return list(reversed(lines)) if reverse else list(lines)
    return sorted(lines, key=ORDERS[name], reverse=reverse)


def quick_counts(lines: Sequence[MilestoneLine], *, on: dt.date) -> list[tuple[str, str, int]]:
    """The quick lists above the table: label, address of the filter, how many."""
    counted: list[tuple[str, str, Callable[[MilestoneLine], bool]]] = [
        ("Overdue", "overdue=on", lambda line: line.is_overdue),
        ("Off track", "rating=red", lambda line: line.standing == Standing.RED),
        ("No update", "rating=no_update", lambda line: line.standing == Standing.NO_UPDATE),
        ("Due in 30 days", "due=30", lambda line: DUE_FILTERS["30"](line, on)),
        ("No agreed date", "due=none", lambda line: line.has_no_agreed_date),
        (
            "Awaiting sign-off",
            "stage=proposed_complete",
            lambda line: line.stage == Stage.PROPOSED_COMPLETE,
        ),
    ]
    return [(label, query, sum(map(fits, lines))) for label, query, fits in counted]
