"""The rules of the plan's keeping, on plain values: no database, no request, no clock.

``check_…`` raises ``RuleBroken`` with the sentence that the person reads; its keys are the names of
the fields that pages and API use. ``is_…`` and ``can_…`` answer. Numbers in brackets are the rules
of the product's design.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from hertsend.errors import RuleBroken
from plans.enums import PeriodState, Precision, Rating, Stage, StageAct, Standing

OPEN_STAGES: tuple[Stage, ...] = (Stage.NOT_STARTED, Stage.IN_PROGRESS)
"""Stages in which a milestone can be overdue (7)."""

ENDED_STAGES: tuple[Stage, ...] = (Stage.SIGNED_OFF, Stage.WITHDRAWN)
"""Stages in which nothing more is reported."""

STAGES_BY_UPDATE: dict[Stage, tuple[Stage, ...]] = {
    Stage.NOT_STARTED: (Stage.NOT_STARTED, Stage.IN_PROGRESS),
    Stage.IN_PROGRESS: (Stage.IN_PROGRESS,),
    Stage.PROPOSED_COMPLETE: (Stage.PROPOSED_COMPLETE,),
    Stage.SIGNED_OFF: (),
    Stage.WITHDRAWN: (),
}
"""The stages that an update may report, by the stage that the milestone has (2)."""

STAGES_BY_ACT: dict[StageAct, tuple[tuple[Stage, ...], Stage]] = {
    StageAct.PROPOSED: (OPEN_STAGES, Stage.PROPOSED_COMPLETE),
    StageAct.SIGNED_OFF: ((Stage.PROPOSED_COMPLETE,), Stage.SIGNED_OFF),
    StageAct.RETURNED: ((Stage.PROPOSED_COMPLETE,), Stage.IN_PROGRESS),
    StageAct.WITHDRAWN: ((*OPEN_STAGES, Stage.PROPOSED_COMPLETE), Stage.WITHDRAWN),
}
"""For each act: the stages from which it is possible, and the stage to which it leads (2)."""

PERIODS_ACCEPTING_UPDATES: tuple[PeriodState, ...] = (PeriodState.OPEN, PeriodState.DUE)

PERIOD_STEPS: dict[PeriodState, PeriodState] = {
    PeriodState.SCHEDULED: PeriodState.OPEN,
    PeriodState.OPEN: PeriodState.DUE,
    PeriodState.DUE: PeriodState.FROZEN,
    PeriodState.FROZEN: PeriodState.REPORTED,
}
"""The one way through a reporting period (13)."""

_ORDER: dict[str, int] = {Rating.GREEN: 0, Rating.AMBER: 1, Rating.RED: 2}


# --- overdue (7): one rule, in Python and in SQL -------------------------------------------------


def is_overdue(*, stage: str, date_in_force: dt.date | None, on: dt.date) -> bool:
    """Past the date in force, and neither proposed complete, signed off nor withdrawn.

    Due today is not overdue; without a definite date nothing is ever overdue.
    """
    return stage in OPEN_STAGES and date_in_force is not None and date_in_force < on


def overdue_q(on: dt.date) -> Q:
    """The same rule for rows annotated with ``date_in_force`` (``MilestoneQuerySet.with_dates``)."""
    return Q(stage__in=OPEN_STAGES, date_in_force__isnull=False, date_in_force__lt=on)


def days_overdue(*, stage: str, date_in_force: dt.date | None, on: dt.date) -> int:
    """Days since the date in force passed; 0 when not overdue."""
    if date_in_force is None or not is_overdue(stage=stage, date_in_force=date_in_force, on=on):
        return 0
    return (on - date_in_force).days


def slip_in_days(
    *, due_on: dt.date | None, agreed_on: dt.date | None, forecast_on: dt.date | None
) -> int | None:
    """Days from the published date to the later of forecast and agreed date.

    So a milestone that was moved with approval still shows as slipped, whatever its lead forecast
    before. None where the plan gives no day, or where nothing moved it; negative when early (4).
    """
    known = [day for day in (agreed_on, forecast_on) if day is not None]
    if due_on is None or not known:
        return None
    return (max(known) - due_on).days


def has_no_agreed_date(*, precision: str, agreed_on: dt.date | None) -> bool:
    """The plan gives no day and the board has not agreed one (5)."""
    return precision != Precision.DAY and agreed_on is None


def window_has_passed(
    *, window_to: dt.date | None, agreed_on: dt.date | None, stage: str, on: dt.date
) -> bool:
    """No day, but the words bound a time, and that has gone by (7)."""
    return agreed_on is None and window_to is not None and window_to < on and stage in OPEN_STAGES


REMINDED_DAYS_AHEAD = 7
"""So long before its date a milestone's leads are reminded."""


def needs_reminder(*, stage: str, date_in_force: dt.date | None, on: dt.date) -> bool:
    """Overdue, or due on that day or within the next seven; never without a definite date (7)."""
    return (
        stage in OPEN_STAGES
        and date_in_force is not None
        and (date_in_force - on).days <= REMINDED_DAYS_AHEAD
    )


def reminder_q(on: dt.date) -> Q:
    """The same rule for rows annotated with ``date_in_force`` (``MilestoneQuerySet.with_dates``)."""
    last = on + dt.timedelta(days=REMINDED_DAYS_AHEAD)
    return Q(stage__in=OPEN_STAGES, date_in_force__isnull=False, date_in_force__lte=last)


# --- the floor that the dates set (3) ------------------------------------------------------------


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


def floor_sentence(*, best: str, date_in_force: dt.date | None, forecast_on: dt.date | None) -> str:
    """What the dates allow, in a sentence for the form; the colour's name comes with the word."""
    if best == Rating.RED and date_in_force:
        return f"Red: off track. It is past {_words(date_in_force)} and not complete."
    if best == Rating.AMBER and date_in_force and forecast_on:
        return (
            f"Amber: at risk. The forecast, {_words(forecast_on)}, is after "
            f"{_words(date_in_force)}."
        )
    return "Green: on track."


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


# --- what is shown as delivery (2, 6) ------------------------------------------------------------


def standing(
    *, stage: str, rating_of_period: str | None, best: str, has_reason: bool = False
) -> Standing:
    """What stands for delivery in a period: a rating only if it was given for that period.

    ``best`` is what the dates allow on the day of reading. A rating given before the date passed is
    not shown as more hopeful than that, unless its author said why (3).
    """
    if stage == Stage.WITHDRAWN:
        return Standing.WITHDRAWN
    if stage in (Stage.SIGNED_OFF, Stage.PROPOSED_COMPLETE):
        return Standing.COMPLETE
    if rating_of_period:
        floored = is_better_than(rating_of_period, best) and not has_reason
        return Standing(best if floored else rating_of_period)
    return Standing.NOT_STARTED if stage == Stage.NOT_STARTED else Standing.NO_UPDATE


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


# --- an update -----------------------------------------------------------------------------------

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


def check_period_accepts(*, state: str, label: str) -> None:
    """Refuse an update for a month that is not open, or that is frozen."""
    if state not in PERIODS_ACCEPTING_UPDATES:
        reason = "has not opened yet" if state == PeriodState.SCHEDULED else "is frozen"
        raise RuleBroken(
            {
                "period": [
                    f"{label} {reason}. Choose a month that is open, or ask the programme office."
                ]
            }
        )


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
        errors["stage"] = [_refused_stage(stage_now)]
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


def _refused_stage(stage_now: str) -> str:
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


# --- the way to sign-off (8) ---------------------------------------------------------------------


def can_act(act: StageAct, *, stage: str) -> bool:
    """Whether the act is possible from this stage."""
    return stage in STAGES_BY_ACT[act][0]


def check_act(act: StageAct, *, stage: str) -> Stage:
    """Refuse an act that the stage does not allow; answer the stage to which it leads."""
    if not can_act(act, stage=stage):
        raise RuleBroken(
            f"It is {Stage(stage).label.lower()} now, so it cannot be {act.label.lower()}."
        )
    return STAGES_BY_ACT[act][1]


def check_evidence(*, words: str, link: str) -> None:
    """Refuse a proposal without evidence: a note of what shows it, or a link."""
    if not words.strip() and not link.strip():
        raise RuleBroken({"words": ["Say what shows that it is complete, or give a link to it."]})


def check_reason(words: str) -> None:
    """Refuse to return or withdraw without a reason."""
    if not words.strip():
        raise RuleBroken({"words": ["Enter the reason."]})


def is_own_work(*, signer_id: int, author_ids: Collection[int]) -> bool:
    """Whether the signer updated or proposed the milestone: nobody signs off their own work."""
    return signer_id in author_ids


def check_date_change(
    *, requested_by_id: int, decided_by_id: int, stage: str, reason: str, decision: str
) -> None:
    """Refuse a date change decided by its requester, without reasons, or after the end (4)."""
    errors: dict[str, list[str]] = {}
    if requested_by_id == decided_by_id:
        errors[""] = ["Nobody decides their own request."]
    if stage in ENDED_STAGES:
        errors["agreed_on"] = [f"This milestone is {Stage(stage).label.lower()}."]
    if not reason.strip():
        errors["reason"] = ["Enter why the date should move."]
    if not decision.strip():
        errors["decision"] = ["Enter why the board agrees."]
    if errors:
        raise RuleBroken(errors)


def default_period_index(states: Collection[str]) -> int | None:
    """The place of the earliest period that still takes updates, in month order (13)."""
    for index, state in enumerate(states):
        if state in PERIODS_ACCEPTING_UPDATES:
            return index
    return None


# --- the reporting calendar (13) -----------------------------------------------------------------

CALENDAR_MONTHS_AHEAD = 12
"""Scheduled so far ahead that a year's returns can stand in people's diaries."""


def first_reported_month(published: str) -> dt.date:
    """The month after publication: the first of which the whole lay under the plan.

    ``published`` is as precise as the plan says, YYYY, YYYY-MM or YYYY-MM-DD; after a bare year it
    is the next January, as nothing may be owed for a month in which the plan was perhaps not out.
    """
    year, month = int(published[:4]), int(published[5:7] or 12)
    return dt.date(year + month // 12, month % 12 + 1, 1)


def last_scheduled_month(on: dt.date) -> dt.date:
    """The month up to which the calendar reaches on a day."""
    months = on.year * 12 + on.month - 1 + CALENDAR_MONTHS_AHEAD
    return dt.date(months // 12, months % 12 + 1, 1)
