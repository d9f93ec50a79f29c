"""What a lead may report, and what each broken rule says (2, 3)."""

import datetime as dt
from dataclasses import dataclass

from hertsend.errors import RuleBroken
from plans.enums import Rating, Stage
from plans.policies.overdue import is_overdue
from plans.policies.ratings import best_rating, is_better_than
from plans.policies.stages import ENDED_STAGES, OPEN_STAGES, STAGES_BY_UPDATE

LONGEST_WORDS = 4000
LONGEST_SENTENCE = 300
LONGEST: dict[str, int] = {
    "reason_for_rating": LONGEST_WORDS,
    "what_happened": LONGEST_WORDS,
    "what_is_next": LONGEST_WORDS,
    "internal_note": LONGEST_WORDS,
    "sentence_for_families": LONGEST_SENTENCE,
}
"""How many characters each text may have."""

LATEST_FORECAST = dt.date(2100, 12, 31)
"""A later day is a slip of the keyboard, and no drawing of dates has room for it."""


@dataclass(frozen=True)
class UpdateWords:
    """What a lead sends for a milestone and a period; the names are those of the form's fields."""

    stage: str
    rating: str
    what_happened: str
    what_is_next: str = ""
    forecast_on: dt.date | None = None
    reason_for_rating: str = ""
    internal_note: str = ""
    sentence_for_families: str = ""


def check_version(*, current: int, base: int) -> bool:
    """Whether the form was opened on the milestone as it is stored now."""
    return current == base


def check_update(
    words: UpdateWords, *, stage_now: str, date_in_force: dt.date | None, on: dt.date
) -> Rating:
    """Refuse an update that breaks a rule; answer the best rating that the dates allow.

    All broken rules are told at once, each beside its field.
    """
    errors: dict[str, list[str]] = {}
    if words.stage not in STAGES_BY_UPDATE[Stage(stage_now)]:
        errors["stage"] = [refused_stage(stage_now)]
    if words.rating not in Rating.values:
        errors["rating"] = ["Select how confident you are: green, amber or red."]
    if not words.what_happened.strip():
        errors["what_happened"] = ["Enter what happened this month."]
    if words.forecast_on and words.forecast_on < on and stage_now in OPEN_STAGES:
        errors["forecast_on"] = ["The forecast must be today or later."]
    if words.forecast_on and words.forecast_on > LATEST_FORECAST:
        errors["forecast_on"] = [f"The forecast must be in {LATEST_FORECAST.year} or before."]
    overdue = is_overdue(stage=words.stage, date_in_force=date_in_force, on=on)
    if overdue and words.forecast_on is None:
        errors["forecast_on"] = ["Enter the day on which you now expect it: it is past its date."]
    best = best_rating(
        stage=words.stage, date_in_force=date_in_force, forecast_on=words.forecast_on, on=on
    )
    if words.rating in Rating.values and is_better_than(words.rating, best):
        errors |= _missing_reason(words, best)
    if errors:
        raise RuleBroken(errors)
    return best


def refused_stage(stage_now: str) -> str:
    """Why a stage cannot be reported of a milestone that has this one now."""
    if stage_now in ENDED_STAGES:
        return f"This milestone is {Stage(stage_now).label.lower()}: nothing more is reported."
    if stage_now == Stage.PROPOSED_COMPLETE:
        return "It is proposed complete. A joint chair signs it off or returns it."
    return "Select a stage that follows from where it is now."


def _missing_reason(words: UpdateWords, best: Rating) -> dict[str, list[str]]:
    if words.reason_for_rating.strip():
        return {}
    given, allowed = Rating(words.rating).name.capitalize(), best.name.capitalize()
    return {
        "reason_for_rating": [f"Say why you rate this {given}: the dates allow {allowed} at best."]
    }
