"""Risks: scores and their bands, trend, when a review is due, who may name whom: on plain values."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from governance.enums import MitigationState, ReviewStanding, RiskLevel, RiskState, Trend
from hertsend.accounts.roles import Role
from hertsend.errors import RuleBroken
from hertsend.jobs.matters import Step, last_reached, waiting_step

MOST = 5
LEVELS: tuple[RiskLevel, ...] = (RiskLevel.WORKSTREAM, RiskLevel.BOARD, RiskLevel.EXECUTIVE)
"""From where a risk is looked after first to where it can be brought."""

BAR = "|"


@dataclass(frozen=True)
class Score:
    """How likely and how bad, 1 to 5 each."""

    likelihood: int
    impact: int

    @property
    def value(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


@dataclass(frozen=True)
class Band:
    """A band of scores: its name, from which score on, up to which, and its place from the lowest."""

    name: str
    first: int
    last: int
    rank: int

    @property
    def label(self) -> str:
        """The name with its scores: "High, 8 to 12"."""
        return f"{self.name}, {self.first} to {self.last}"


def bands_from(starts: Sequence[tuple[str, int]]) -> tuple[Band, ...]:
    """Bands from their names and first scores, lowest first; each ends before the next begins."""
    ends = [first - 1 for _, first in starts[1:]] + [MOST * MOST]
    return tuple(
        Band(name, first, last, rank)
        for rank, ((name, first), last) in enumerate(zip(starts, ends, strict=True), start=1)
    )


USUAL_BANDS: tuple[Band, ...] = bands_from(
    (("Low", 1), ("Moderate", 4), ("High", 8), ("Extreme", 15))
)
"""The bands in common use in the NHS, until a partnership sets its own."""


def band_of(score: int, bands: Sequence[Band]) -> Band:
    """The band in which a score lies."""
    return next(band for band in reversed(bands) if band.first <= score)


@dataclass(frozen=True)
class BandWords:
    """Bands as somebody sets them; the names are those of the form's fields."""

    from_on: dt.date
    first_name: str
    second_name: str
    second_from: int
    third_name: str
    third_from: int
    fourth_name: str = ""
    fourth_from: int | None = None


def check_bands(words: BandWords, *, reason: str, latest_from: dt.date | None) -> None:
    """Refuse bands without names or out of order, and such that would begin before those in force."""
    errors: dict[str, list[str]] = {}
    for name in ("first_name", "second_name", "third_name"):
        if not getattr(words, name).strip():
            errors[name] = ["Enter the name of this band."]
    if not 2 <= words.second_from <= MOST * MOST:
        errors["second_from"] = ["The second band must start between 2 and 25."]
    if not words.second_from < words.third_from <= MOST * MOST:
        errors["third_from"] = ["The third band must start after the second, at 25 at most."]
    if bool(words.fourth_name.strip()) != (words.fourth_from is not None):
        errors["fourth_name"] = ["Give the fourth band a name and a first score, or neither."]
    elif words.fourth_from is not None and not words.third_from < words.fourth_from <= MOST * MOST:
        errors["fourth_from"] = ["The fourth band must start after the third, at 25 at most."]
    if latest_from is not None and words.from_on < latest_from:
        errors["from_on"] = ["The day must not be before that of the bands set last."]
    if not reason.strip():
        errors["reason"] = ["Enter the reason."]
    if errors:
        raise RuleBroken(errors)


@dataclass(frozen=True)
class RiskWords:
    """What somebody says of a risk; the names are those of the form's fields."""

    event: str
    cause: str
    effect: str
    inherent_likelihood: int
    inherent_impact: int
    target_likelihood: int
    target_impact: int
    controls: str = ""
    gaps: str = ""

    @property
    def inherent(self) -> Score:
        """How likely and bad it is before any control."""
        return Score(self.inherent_likelihood, self.inherent_impact)

    @property
    def target(self) -> Score:
        """How likely and bad it may stay."""
        return Score(self.target_likelihood, self.target_impact)


def check_risk(words: RiskWords) -> None:
    """Refuse a risk without cause, event or effect, off the matrix, or that is to become worse."""
    needed = {
        "event": "Enter what may happen.",
        "cause": "Enter why it may happen.",
        "effect": "Enter what it would mean for children and families, or for the plan.",
    }
    errors = {
        name: [sentence] for name, sentence in needed.items() if not getattr(words, name).strip()
    }
    errors |= _off_matrix("inherent", words.inherent) | _off_matrix("target", words.target)
    if not errors and words.target.value > words.inherent.value:
        errors["target_likelihood"] = ["The target must not be higher than the inherent score."]
    if errors:
        raise RuleBroken(errors)


def _off_matrix(prefix: str, score: Score) -> dict[str, list[str]]:
    parts = {"likelihood": score.likelihood, "impact": score.impact}
    name = f"{prefix}_" if prefix else ""
    return {
        f"{name}{part}": [f"Select the {part}, 1 to 5."]
        for part, value in parts.items()
        if not 1 <= value <= MOST
    }


def check_review(score: Score, *, words: str, state: str) -> None:
    """Refuse a review of a closed risk, off the matrix, or without words."""
    check_open(state)
    errors = _off_matrix("", score)
    if not words.strip():
        errors["words"] = ["Enter what you found, also when nothing changed."]
    if errors:
        raise RuleBroken(errors)


def check_open(state: str) -> None:
    """Refuse what is done to a closed risk."""
    if state != RiskState.OPEN:
        raise RuleBroken("This risk is closed. Raise a new one if it comes back.")


def seen_by_words(roles: Collection[str]) -> str:
    """The roles as they are stored, each between bars; "" for none."""
    return f"{BAR}{BAR.join(roles)}{BAR}" if roles else ""


def check_restriction(roles: Collection[str], *, allowed: Collection[str]) -> None:
    """Refuse roles that are never shown a restricted risk."""
    if set(roles) - set(allowed):
        raise RuleBroken({"seen_by": ["Select roles that may be shown restricted risks."]})


def levels_next_to(level: str, *, has_workstream: bool) -> tuple[RiskLevel, ...]:
    """To where a risk can be escalated or handed back from a level."""
    place = LEVELS.index(RiskLevel(level))
    near = [LEVELS[each] for each in (place - 1, place + 1) if 0 <= each < len(LEVELS)]
    return tuple(each for each in near if has_workstream or each != RiskLevel.WORKSTREAM)


def is_escalation(from_level: str, to_level: str) -> bool:
    """Whether a risk goes up."""
    return LEVELS.index(RiskLevel(to_level)) > LEVELS.index(RiskLevel(from_level))


SEEN_THERE_BY: dict[RiskLevel, Role] = {
    RiskLevel.WORKSTREAM: Role.WORKSTREAM_LEAD,
    RiskLevel.BOARD: Role.JOINT_CHAIR,
    RiskLevel.EXECUTIVE: Role.EXECUTIVE_CHAIR,
}
"""Who looks after a risk at each level, and so must be shown it."""


def check_move(
    *,
    state: str,
    from_level: str,
    to_level: str,
    has_workstream: bool,
    roles: Collection[str],
    reason: str,
) -> None:
    """Refuse a move of a closed risk, over a level, to where nobody would see it, or without a reason.

    ``roles`` are those that a restricted risk names; none for one that is not restricted.
    """
    check_open(state)
    errors: dict[str, list[str]] = {}
    if to_level not in levels_next_to(from_level, has_workstream=has_workstream):
        errors["to_level"] = ["Select the level next to where the risk is now."]
    elif roles and SEEN_THERE_BY[RiskLevel(to_level)] not in roles:
        needed = SEEN_THERE_BY[RiskLevel(to_level)].label.lower()
        errors["to_level"] = [
            f"Add the role {needed} to those that see this risk first, or it is shown to nobody there."
        ]
    if not reason.strip():
        errors["reason"] = ["Enter the reason."]
    if errors:
        raise RuleBroken(errors)


def trend_of(scores: Sequence[Score]) -> Trend:
    """Where the score went with the last review; ``scores`` are the latest first."""
    if len(scores) < 2:
        return Trend.NEW
    now, before = scores[0].value, scores[1].value
    if now == before:
        return Trend.SAME
    return Trend.RISING if now > before else Trend.FALLING


# --- reviews each cycle ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Cycle:
    """A reporting period as far as reviews ask: its month, and until when it is reported on."""

    month: dt.date
    due_on: dt.date


def owed_cycle(
    reviewed_for: dt.date | None, cycles: Iterable[Cycle], *, current: dt.date | None
) -> Cycle | None:
    """The first month for which a review is missing; None when that of the current month is there.

    ``current`` is the first of the month that is reported on now, ``reviewed_for`` that of the
    latest month for which the risk was reviewed.
    """
    if current is None:
        return None
    started = (each for each in cycles if each.month <= current)
    missing = [each for each in started if reviewed_for is None or each.month > reviewed_for]
    return min(missing, key=lambda each: each.month, default=None)


def review_standing(owed: Cycle | None, *, on: dt.date) -> ReviewStanding:
    """Whether a risk was reviewed, is still to be, or was not in time."""
    if owed is None:
        return ReviewStanding.REVIEWED
    return ReviewStanding.DUE if on <= owed.due_on else ReviewStanding.UNREVIEWED


def review_step(owed: Cycle, *, on: dt.date) -> Step | None:
    """When a review is told: once the month is over, on its last day, then every Monday."""
    following = (owed.month + dt.timedelta(days=32)).replace(day=1)
    late = waiting_step(Step(owed.due_on + dt.timedelta(days=1), "late"), on=on)
    return late or last_reached([Step(following, "open"), Step(owed.due_on, "last day")], on=on)


# --- mitigations ----------------------------------------------------------------------------------


def is_overdue(*, state: str, due_on: dt.date, on: dt.date) -> bool:
    """Whether a mitigation is open past its date; due today is not overdue."""
    return state == MitigationState.OPEN and due_on < on


def check_mitigation(*, text: str, due_on: dt.date, on: dt.date) -> None:
    """Refuse a mitigation without words, or with a date that has gone by."""
    errors: dict[str, list[str]] = {}
    if not text.strip():
        errors["text"] = ["Enter what will be done."]
    if due_on < on:
        errors["due_on"] = ["The date must be today or later."]
    if errors:
        raise RuleBroken(errors)


def check_mitigation_open(state: str) -> None:
    """Refuse what is done to a mitigation that has ended."""
    if state != MitigationState.OPEN:
        raise RuleBroken("This mitigation has ended already.")


def check_mitigation_end(*, state: str, becomes: str, words: str) -> None:
    """Refuse to end what has ended, to no end, or without words."""
    check_mitigation_open(state)
    errors: dict[str, list[str]] = {}
    if becomes not in (MitigationState.DONE, MitigationState.WITHDRAWN):
        errors["becomes"] = ["Select whether it is done or withdrawn."]
    if not words.strip():
        errors["words"] = ["Enter what was done, or why it is withdrawn."]
    if errors:
        raise RuleBroken(errors)
