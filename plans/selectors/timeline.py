"""What happened to a milestone, latest first: updates, dates agreed, sign-off, and silent months."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from hertsend import dates
from hertsend.records.trail import TrailEntry, merged, trail_of
from plans import policies
from plans.enums import StageAct, Standing
from plans.models import (
    DateChangeRequest,
    DeepDive,
    Escalation,
    Milestone,
    MilestoneException,
)
from plans.selectors.entries import TimelineEntry
from plans.selectors.periods import frozen_months
from plans.selectors.said import said_entries

MILESTONE_WORDING = {
    "stage": "Stage",
    "rating": "Rating",
    "forecast_on": "Forecast",
    "text": "Wording in the plan",
    "due_text": "Published words of the date",
    "due_on": "Published date",
}
EXCEPTION_WORDING = {"closure": "Exception closed because"}
OFFICERS_TRAILS: tuple[tuple[type[Any], dict[str, str], str], ...] = (
    (DateChangeRequest, {"state": "Request for a new date"}, "New date asked for."),
    (DeepDive, {"state": "Deep dive"}, "Deep dive asked for."),
    (Escalation, {"state": "Escalation"}, "Escalated to the Executive."),
)
"""What only readers of officers' words see of the history, each with its nouns and first sentence."""


def timeline_of(
    milestone: Milestone, *, visible: Collection[str], at: dt.datetime | None = None
) -> list[TimelineEntry]:
    """Everything that happened to the milestone, as this reader may see it; a constant number of queries.

    ``at`` leaves out what happened after that moment.
    """
    updates = [
        row
        for row in milestone.updates.select_related("period", "by", "on_behalf_of").order_by(
            "version"
        )
        if at is None or row.at <= at
    ]
    said_nothing = [
        row
        for row in milestone.nothing_to_report.select_related("period", "by")
        if at is None or row.at <= at
    ]
    entries = [
        *_updates(updates, visible),
        *_stage_changes(milestone, visible),
        *_date_changes(milestone, visible),
        *_nothing_to_report(said_nothing, visible),
        *_silent_months(
            milestone,
            updates,
            answered={row.period_id for row in (*updates, *said_nothing)},
            until=at,
        ),
        *said_entries(milestone, visible=visible),
    ]
    known = [entry for entry in entries if at is None or entry.at <= at]
    return sorted(known, key=lambda entry: (entry.at, entry.version), reverse=True)


def _by(row: Any, visible: Collection[str], name: str = "by") -> str:
    return getattr(row, name).name if name in visible else ""


def _word(row: Any, name: str, visible: Collection[str]) -> str:
    return getattr(row, name) if name in visible else ""


def _updates(rows: list, visible: Collection[str]) -> Iterable[TimelineEntry]:
    forecast = None
    for row in rows:
        moved = ""
        if forecast and row.forecast_on and row.forecast_on != forecast:
            moved = f"Forecast moved from {_day(forecast)} to {_day(row.forecast_on)}"
        forecast = row.forecast_on or forecast
        author = _by(row, visible)
        if author and row.on_behalf_of:
            author = f"{author}, for {row.on_behalf_of.title}"
        yield TimelineEntry(
            title=row.period.label,
            at=row.at,
            by=author,
            standing=Standing(row.rating),
            stage=row.stage,
            moved=moved,
            what_happened=_word(row, "what_happened", visible),
            what_is_next=_word(row, "what_is_next", visible),
            reason=_word(row, "reason_for_rating", visible),
            for_families=_word(row, "sentence_for_families", visible),
            internal_note=_word(row, "internal_note", visible),
            version=row.version,
        )


def _stage_changes(milestone: Milestone, visible: Collection[str]) -> Iterable[TimelineEntry]:
    for row in milestone.stage_changes.select_related("by"):
        linked = row.evidence_link and (row.evidence_shareable or "what_happened" in visible)
        yield TimelineEntry(
            title=StageAct(row.act).label,
            at=row.at,
            by=_by(row, visible),
            standing=Standing.COMPLETE if row.act in ("proposed", "signed_off") else None,
            what_happened=row.words if "what_happened" in visible else "",
            link=row.evidence_link if linked else "",
            version=row.version,
        )


def _date_changes(milestone: Milestone, visible: Collection[str]) -> Iterable[TimelineEntry]:
    previous = milestone.due_on
    for row in milestone.date_changes.select_related("decided_by").order_by("number"):
        instead = f" instead of {_day(previous)}" if previous else ""
        yield TimelineEntry(
            title="New date agreed",
            at=row.at,
            by=row.decided_by.name if "by" in visible else "",
            moved=f"{_day(row.agreed_on)}{instead}",
            what_happened=row.reason if "what_happened" in visible else "",
            reason=row.decision if "what_happened" in visible else "",
        )
        previous = row.agreed_on


def _nothing_to_report(rows: list, visible: Collection[str]) -> Iterable[TimelineEntry]:
    """The months of which somebody said that nothing happened; who, as with updates."""
    for row in rows:
        yield TimelineEntry(
            title=f"{row.period.label}: nothing to report", at=row.at, by=_by(row, visible)
        )


def _silent_months(
    milestone: Milestone, updates: list, *, answered: set[int], until: dt.datetime | None
) -> Iterable[TimelineEntry]:
    """The frozen months for which a milestone that had started owed an update and got none.

    ``answered`` are the periods with an update, and those of which nothing was to be reported.
    """
    acts = list(milestone.stage_changes.order_by("version"))
    moves = list(milestone.date_changes.order_by("number"))
    for period, freeze in frozen_months(milestone.plan, at=until):
        if period.pk not in answered and _owed_update(
            [row for row in updates if row.at <= freeze],
            [row for row in acts if row.at <= freeze],
            date_in_force=_in_force(milestone, [row for row in moves if row.at <= freeze]),
            on=dates.day_of(freeze),
        ):
            yield TimelineEntry(
                title=period.label,
                at=freeze,
                standing=Standing.NO_UPDATE,
                moved="",
            )


def _in_force(milestone: Milestone, moves: list) -> dt.date | None:
    return moves[-1].agreed_on if moves else milestone.due_on


def _owed_update(updates: list, acts: list, *, date_in_force: dt.date | None, on: dt.date) -> bool:
    """Whether a return had to have an update of it, by the rows up to its month's freeze."""
    if not updates:
        return False
    last = updates[-1]
    stage = acts[-1].to_stage if acts and acts[-1].version > last.version else last.stage
    group = policies.row_group(stage=stage, rating=last.rating, date_in_force=date_in_force, on=on)
    return group in policies.EXPECTED_GROUPS


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def history_of(
    milestone: Milestone, *, visible: Collection[str], at: dt.datetime | None = None
) -> list[TrailEntry]:
    """Every change of the milestone and its exceptions in sentences, for this reader.

    ``at`` leaves out what happened after that moment.
    """
    people, reasons = "people" in visible, "what_happened" in visible
    entries = merged(
        trail_of(
            Milestone,
            about=Q(id=milestone.pk),
            wording=MILESTONE_WORDING,
            created="Taken over from the published plan.",
            show_people=people,
            show_reasons=reasons,
        ),
        trail_of(
            MilestoneException,
            about=Q(milestone_id=milestone.pk),
            wording=EXCEPTION_WORDING,
            created="Exception opened: past its date and not complete.",
            show_people=people,
            show_reasons=reasons,
        ),
        *(
            trail_of(
                model,
                about=Q(milestone_id=milestone.pk),
                wording=wording,
                created=created,
                show_people=people,
                show_reasons=True,
            )
            for model, wording, created in (OFFICERS_TRAILS if reasons else ())
        ),
    )
    return [entry for entry in entries if at is None or entry.at <= at]
