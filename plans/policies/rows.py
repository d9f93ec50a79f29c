"""The rows of a return: what must be updated, what is missing, what is ready."""

import datetime as dt

from hertsend.errors import RuleBroken
from plans.enums import Rating, RowGroup, RowState, Stage
from plans.policies.overdue import is_overdue
from plans.policies.ratings import needs_update
from plans.policies.stages import OPEN_STAGES, STAGES_BY_UPDATE
from plans.policies.updates import LONGEST, UpdateWords, check_update, refused_stage

EXPECTED_GROUPS: tuple[RowGroup, ...] = (RowGroup.LATE, RowGroup.SOON, RowGroup.STARTED)
"""The rows that must be updated, in the order in which a return lists them."""

READY_STATES: tuple[RowState, ...] = (RowState.READY, RowState.REPORTED, RowState.NOTHING)
"""The rows that keep nobody from submitting."""


def row_group(
    *,
    stage: str,
    rating: str,
    date_in_force: dt.date | None,
    on: dt.date,
    comes_again: bool = False,
) -> RowGroup:
    """What a milestone's dates and stage ask for in a month's return.

    ``rating`` is the latest that was given. What must be updated is ``needs_update``, no more. Of
    what comes again by a confirmed rule the occurrences are recorded instead, unless it is rated
    off track.
    """
    if stage not in OPEN_STAGES:
        return RowGroup.ENDED
    if is_overdue(stage=stage, date_in_force=date_in_force, on=on) or rating == Rating.RED:
        return RowGroup.LATE
    if comes_again:
        return RowGroup.ENDED
    if not needs_update(stage=stage, rating=rating, date_in_force=date_in_force, on=on):
        return RowGroup.REST
    untimed = needs_update(
        stage=Stage.NOT_STARTED, rating=rating, date_in_force=date_in_force, on=on
    )
    return RowGroup.SOON if untimed else RowGroup.STARTED


def gaps_of(
    words: UpdateWords, *, stage_now: str, date_in_force: dt.date | None, on: dt.date
) -> dict[str, list[str]]:
    """What is still missing before these words can be sent, by field; empty when nothing is."""
    try:
        check_update(words, stage_now=stage_now, date_in_force=date_in_force, on=on)
    except RuleBroken as refusal:
        return refusal.errors
    return {}


def check_draft(words: UpdateWords, *, stage_now: str) -> None:
    """Refuse what cannot even be kept: a milestone that has ended, words that are none of ours."""
    errors: dict[str, list[str]] = {}
    if not STAGES_BY_UPDATE[Stage(stage_now)] or words.stage not in ("", *Stage.values):
        errors["stage"] = [refused_stage(stage_now)]
    if words.rating not in ("", *Rating.values):
        errors["rating"] = ["Select how confident you are: green, amber or red."]
    for name, longest in LONGEST.items():
        if len(getattr(words, name).strip()) > longest:
            errors[name] = [f"Use {longest} characters or fewer."]
    if errors:
        raise RuleBroken(errors)


def judged_gaps(gaps: dict[str, list[str]], words: UpdateWords) -> dict[str, list[str]]:
    """Of what is missing, what a draft's own words are to blame for.

    A field that nobody has come to yet is no error; a rating without the reason that it needs is.
    """
    begun = {"reason_for_rating"} | {
        name for name in ("stage", "rating", "what_happened") if getattr(words, name).strip()
    }
    begun |= {"forecast_on"} if words.forecast_on else set()
    return {name: sentences for name, sentences in gaps.items() if name in begun}


def needs_exception(*, rating: str, is_overdue: bool) -> bool:
    """Whether a row asks for an exception report: overdue, or rated off track."""
    return is_overdue or rating == Rating.RED


def row_state(
    *,
    is_drafted: bool,
    is_nothing: bool,
    is_overtaken: bool,
    is_reported: bool,
    has_gaps: bool,
    lacks_exception: bool,
) -> RowState:
    """How far a row is; what is in the way of sending it comes first."""
    if is_drafted and is_overtaken:
        return RowState.OVERTAKEN
    if is_nothing:
        return RowState.NOTHING
    if is_drafted and has_gaps:
        return RowState.INCOMPLETE
    if not is_drafted and not is_reported:
        return RowState.NOT_BEGUN
    if lacks_exception:
        return RowState.NEEDS_EXCEPTION
    return RowState.READY if is_drafted else RowState.REPORTED


REFUSED_NOTHING: dict[RowGroup, str] = {
    RowGroup.LATE: "is overdue or off track, so it needs an update.",
    RowGroup.SOON: "is due within 60 days, so it needs an update.",
    RowGroup.STARTED: "has started, so it needs an update.",
    RowGroup.ENDED: "is not asked about this month.",
}
"""Why "nothing to report" is refused, by what the milestone's dates and stage ask for."""


def check_nothing_to_report(groups: dict[str, RowGroup]) -> None:
    """Refuse "nothing to report" for rows that must be updated, or about which nobody asks.

    ``groups`` holds each row's group by the milestone's key; all that are refused are told at once.
    """
    refused = [
        f"{key} {REFUSED_NOTHING[group]}"
        for key, group in groups.items()
        if group in REFUSED_NOTHING
    ]
    if refused:
        raise RuleBroken({"milestones": refused})
