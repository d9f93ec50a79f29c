"""What the dates allow at best, and what is shown as delivery (2, 3, 6)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from plans.enums import Rating, Stage, Standing
from plans.policies.embedded import is_embedded
from plans.policies.overdue import is_overdue
from plans.policies.stages import OPEN_STAGES

_ORDER: dict[str, int] = {Rating.GREEN: 0, Rating.AMBER: 1, Rating.RED: 2}


def best_rating(
    *, stage: str, date_in_force: dt.date | None, forecast_on: dt.date | None, on: dt.date
) -> Rating:
    """The best rating that the dates allow: past the date → red, a later forecast → amber."""
    if is_overdue(stage=stage, date_in_force=date_in_force, on=on):
        return Rating.RED
    if date_in_force and forecast_on and forecast_on > date_in_force and stage in OPEN_STAGES:
        return Rating.AMBER
    return Rating.GREEN


def is_better_than(rating: str, best: str) -> bool:
    """Whether ``rating`` is more hopeful than what the dates allow."""
    return _ORDER[rating] < _ORDER[best]


FLOORS: dict[Rating, str] = {
    Rating.RED: "Red: off track. It is past {due} and not complete.",
    Rating.AMBER: "Amber: at risk. The forecast, {forecast}, is after {due}.",
    Rating.GREEN: "Green: on track.",
}
"""What the dates allow at best, in a sentence for the form; the colour's name comes with the word."""


def floor_sentence(*, best: str, date_in_force: dt.date | None, forecast_on: dt.date | None) -> str:
    """What the dates allow, with the dates in words."""
    return FLOORS[Rating(best)].format(
        due=_words(date_in_force) if date_in_force else "",
        forecast=_words(forecast_on) if forecast_on else "",
    )


def floor_sentences(*, date_in_force: dt.date | None) -> dict[str, str]:
    """The sentence for each rating, with a place for a forecast that is not typed yet."""
    due = _words(date_in_force) if date_in_force else ""
    return {
        rating.value: sentence.format(due=due, forecast="{forecast}")
        for rating, sentence in FLOORS.items()
    }


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def standing(
    *,
    stage: str,
    rating_of_period: str | None,
    best: str,
    is_owed: bool,
    has_reason: bool = False,
    held_periods: int | None = None,
) -> Standing:
    """What stands for delivery in a period: a rating only if it was given for that period.

    ``best`` is what the dates allow on the day of reading. A rating given before the date passed is
    not shown as more hopeful than that, unless its author said why (3). ``is_owed`` says whether an
    update was owed (``needs_update``): silence about what is late or due soon is "no update", also
    where work has not begun; grey stands only for what nobody had to report on (6). ``held_periods``
    says for how long the target of a linked measure was held (``is_embedded``).
    """
    if stage == Stage.WITHDRAWN:
        return Standing.WITHDRAWN
    if is_embedded(stage=stage, held_periods=held_periods):
        return Standing.EMBEDDED
    if stage in (Stage.SIGNED_OFF, Stage.PROPOSED_COMPLETE):
        return Standing.COMPLETE
    if rating_of_period:
        floored = is_better_than(rating_of_period, best) and not has_reason
        return Standing(best if floored else rating_of_period)
    is_quiet = stage == Stage.NOT_STARTED and not is_owed
    return Standing.NOT_STARTED if is_quiet else Standing.NO_UPDATE


@dataclass(frozen=True)
class Reported:
    """What was reported for the period: the rating, its reason, and what the dates allowed then."""

    rating: str
    reason: str
    best: str


def standing_on(
    on: dt.date,
    *,
    stage: str,
    date_in_force: dt.date | None,
    forecast_on: dt.date | None,
    latest_rating: str,
    reported: Reported | None,
    held_periods: int | None = None,
) -> Standing:
    """What stands for delivery on a day: what was reported, unless the dates no longer allow it.

    ``latest_rating`` and ``forecast_on`` are those of the last update of all, ``reported`` is the one
    that counts for the period. The author's reason answers what the dates allowed when they wrote. It
    says nothing to dates that have become worse since.
    """
    best = best_rating(stage=stage, date_in_force=date_in_force, forecast_on=forecast_on, on=on)
    is_answered = reported is not None and not is_better_than(reported.best, best)
    return standing(
        stage=stage,
        rating_of_period=reported.rating if reported else None,
        best=best,
        is_owed=needs_update(stage=stage, rating=latest_rating, date_in_force=date_in_force, on=on),
        has_reason=is_answered and bool(reported and reported.reason),
        held_periods=held_periods,
    )


WORST_FIRST: tuple[Standing, ...] = (
    Standing.RED,
    Standing.NO_UPDATE,
    Standing.AMBER,
    Standing.GREEN,
    Standing.NOT_STARTED,
    Standing.COMPLETE,
    Standing.EMBEDDED,
    Standing.WITHDRAWN,
)
"""The order in which lists put standings, and by which an area shows the worst of its own."""


def worst(standings: Collection[Standing]) -> Standing:
    """The worst of several standings; nothing reported at all is "no update"."""
    return min(standings, key=WORST_FIRST.index, default=Standing.NO_UPDATE)


def needs_update(
    *,
    stage: str,
    rating: str,
    date_in_force: dt.date | None,
    on: dt.date,
    within_days: int = 60,
) -> bool:
    """Whether a lead owes an update this month: started, due within 60 days, overdue or off track."""
    if stage not in OPEN_STAGES:
        return False
    due_soon = date_in_force is not None and (date_in_force - on).days <= within_days
    return stage == Stage.IN_PROGRESS or due_soon or rating == Rating.RED
