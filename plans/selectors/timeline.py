"""What happened to a milestone, latest first: updates, dates agreed, sign-off, and silent months."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from hertsend.records.trail import TrailEntry, merged, trail_of
from plans import policies
from plans.enums import StageAct, Standing
from plans.models import Milestone, MilestoneException

MILESTONE_WORDING = {
    "stage": "Stage",
    "rating": "Rating",
    "forecast_on": "Forecast",
    "text": "Wording in the plan",
    "due_text": "Published words of the date",
    "due_on": "Published date",
}
EXCEPTION_WORDING = {"closure": "Exception closed because"}


@dataclass(frozen=True)
class TimelineEntry:
    """One entry; words are "" where the reader may not see them."""

    title: str
    at: dt.datetime
    by: str = ""
    standing: Standing | None = None
    stage: str = ""
    moved: str = ""
    what_happened: str = ""
    what_is_next: str = ""
    reason: str = ""
    for_families: str = ""
    internal_note: str = ""
    link: str = ""
    version: int = field(default=0)


def timeline_of(milestone: Milestone, *, visible: Collection[str]) -> list[TimelineEntry]:
    """Everything that happened to the milestone, as this reader may see it. Four queries."""
    updates = list(
        milestone.updates.select_related("period", "by", "on_behalf_of").order_by("version")
    )
    entries = [
        *_updates(updates, visible),
        *_stage_changes(milestone, visible),
        *_date_changes(milestone, visible),
        *_silent_months(milestone, {update.period_id for update in updates}),
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.version), reverse=True)


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


def _silent_months(milestone: Milestone, reported: set[int]) -> Iterable[TimelineEntry]:
    """The frozen months for which an open milestone that had started got no update."""
    history = list(milestone.stage_changes.values_list("at", "to_stage").order_by("at"))
    started = milestone.updates.order_by("version").values_list("at", flat=True).first()
    for period in milestone.plan.periods.closed():
        before = [stage for at, stage in history if at <= period.frozen_at]
        ended = before and before[-1] not in policies.OPEN_STAGES
        begun = started is not None and started <= period.frozen_at
        if begun and not ended and period.pk not in reported:
            yield TimelineEntry(
                title=period.label,
                at=period.frozen_at,
                standing=Standing.NO_UPDATE,
                moved="",
            )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def history_of(milestone: Milestone, *, visible: Collection[str]) -> list[TrailEntry]:
    """Every change of the milestone and its exceptions in sentences, for this reader."""
    people, reasons = "people" in visible, "what_happened" in visible
    return merged(
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
    )
