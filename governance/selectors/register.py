"""The register of risks as a list that is filtered, and as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from governance.enums import RiskScore, RiskState
from governance.selectors.risks import RiskLine, owed_in_words
from hertsend import dates

ALL_STATES = "all"


@dataclass(frozen=True)
class Wanted:
    """Which risks a reader asks for; what is empty filters nothing, but closed risks are left out."""

    words: str = ""
    workstream: str = ""
    level: str = ""
    band: str = ""
    review: str = ""
    owner_id: int | None = None
    state: str = ""
    which: str = RiskScore.CURRENT


def matching(lines: Iterable[RiskLine], wanted: Wanted) -> list[RiskLine]:
    """The risks that fit every filter that is set."""
    return [line for line in lines if _fits(line, wanted)]


def _fits(line: RiskLine, wanted: Wanted) -> bool:
    risk = line.risk
    stream = risk.workstream.key if risk.workstream else ""
    return (
        _has_state(line, wanted.state)
        and wanted.workstream in ("", stream)
        and wanted.level in ("", risk.level)
        and wanted.band in ("", line.scored(wanted.which).band.name)
        and (not wanted.review or (line.is_open and wanted.review == line.standing))
        and wanted.owner_id in (None, risk.owner_id)
        and all(word in _searched(line) for word in wanted.words.lower().split())
    )


def _has_state(line: RiskLine, state: str) -> bool:
    return state == ALL_STATES or line.risk.state == (state or RiskState.OPEN)


def _searched(line: RiskLine) -> str:
    risk = line.risk
    parts = (risk.key, risk.event, risk.cause, risk.effect, risk.controls, risk.gaps)
    return " ".join(parts).lower()


CSV_HEADINGS = (
    "Number",
    "Event",
    "Cause",
    "Effect",
    "Workstream",
    "Looked after by",
    "Owner",
    "Inherent score",
    "Current score",
    "Current likelihood",
    "Current impact",
    "Band",
    "Target score",
    "Trend",
    "Controls",
    "Gaps",
    "Linked with",
    "Open mitigations",
    "Overdue mitigations",
    "Reviewed for",
    "Review owed",
    "Restricted",
    "State",
    "Closed on",
    "Why closed",
)


def csv_row(line: RiskLine) -> tuple[Any, ...]:
    """A risk as a row of the file."""
    risk, current = line.risk, line.current
    return (
        risk.key,
        risk.event,
        risk.cause,
        risk.effect,
        risk.workstream.key if risk.workstream else "",
        risk.get_level_display(),
        risk.owner.name,
        line.inherent.value,
        current.value,
        current.score.likelihood,
        current.score.impact,
        current.band.name,
        line.target.value,
        line.trend.label,
        risk.controls,
        risk.gaps,
        risk.links,
        line.open_mitigations,
        line.overdue_mitigations,
        f"{line.reviewed_for:%Y-%m}" if line.reviewed_for else "",
        owed_in_words(line),
        "yes" if risk.is_restricted else "no",
        risk.get_state_display(),
        dates.day_of(risk.closed_at) if risk.closed_at else None,
        risk.closed_reason,
    )
