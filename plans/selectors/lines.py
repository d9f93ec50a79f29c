"""One line for each milestone, as at a moment: what tables, dashboard, pack and home are made of.

Stage, dates and ratings are read from the append-only rows up to ``at``, so that a frozen month
reads the same for ever. Words are filled only where the reader may see them.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from hertsend import dates
from plans import policies
from plans.enums import Stage, Standing
from plans.models import (
    DateChange,
    Milestone,
    MilestoneException,
    MilestoneUpdate,
    ReportingPeriod,
    StageChange,
)


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone as at a moment. Days are whole days; words are "" where they may not be seen."""

    pk: int
    key: str
    text: str
    action_key: str
    workstream_key: str
    area_keys: tuple[str, ...]
    leads: tuple[str, ...]
    lead_keys: tuple[str, ...]
    leads_inherited: bool
    kind: str
    precision: str
    due_text: str
    due_on: dt.date | None
    agreed_on: dt.date | None
    forecast_on: dt.date | None
    date_in_force: dt.date | None
    moves: int
    slip: int | None
    window_passed: bool
    stage: Stage
    standing: Standing
    rating: str
    rating_month: dt.date | None
    days_overdue: int
    has_exception: bool
    completed_on: dt.date | None
    last_updated_at: dt.datetime | None
    version: int
    what_happened: str = ""
    what_is_next: str = ""
    reason_for_rating: str = ""
    sentence_for_families: str = ""

    @property
    def is_overdue(self) -> bool:
        """Past the date in force and not complete."""
        return self.days_overdue > 0

    @property
    def has_no_agreed_date(self) -> bool:
        """The plan gives no day and none was agreed."""
        return self.date_in_force is None

    @property
    def is_complete(self) -> bool:
        """Proposed complete or signed off."""
        return self.stage in (Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF)

    @property
    def is_open(self) -> bool:
        """Not yet proposed complete, signed off or withdrawn."""
        return self.stage in policies.OPEN_STAGES

    @property
    def has_no_update(self) -> bool:
        """Open, and nothing was reported for the months asked about."""
        return self.is_open and not self.rating

    @property
    def has_slipped(self) -> bool:
        """Later than published, by agreement or forecast."""
        return self.slip is not None and self.slip > 0

    @property
    def lead_line(self) -> str:
        """The posts that lead it, in the plan's order."""
        return ", ".join(self.leads)


def lines_of(
    milestones: QuerySet[Milestone],
    *,
    periods: Collection[ReportingPeriod],
    at: dt.datetime | None,
    on: dt.date,
    visible: Collection[str],
) -> list[MilestoneLine]:
    """The lines of these milestones, in their order.

    ``periods`` are the months whose ratings count (the latest wins), ``at`` the moment up to which
    rows are read, or None for all that is stored: a live page shows what was just saved, also where
    two machines' clocks differ or a demonstration's day begins anew. ``on`` is the day on which
    overdue is judged, ``visible`` the reader's fields of ``MilestoneUpdate``
    (``permissions.visible_fields``). Seven queries, however many lines.
    """
    rows = list(
        _with_pointers(milestones, periods=periods, at=at)
        .select_related("action__workstream")
        .prefetch_related("action__areas", "milestone_leads__post")
    )
    updates = MilestoneUpdate.objects.select_related("period").in_bulk(
        _ids(row.latest_update for row in rows) | _ids(row.update_of_periods for row in rows)
    )
    changes = StageChange.objects.in_bulk(_ids(row.latest_change for row in rows))
    spells = MilestoneException.objects.filter(milestone__in=[row.pk for row in rows])
    opened = _until(at, spells, "opened_at").filter(_closed_after(at))
    overdue_spells = set(opened.values_list("milestone_id", flat=True))
    return [
        _line(
            row,
            latest=updates.get(row.latest_update),
            reported=updates.get(row.update_of_periods),
            change=changes.get(row.latest_change),
            on=on,
            has_exception=row.pk in overdue_spells,
            visible=visible,
        )
        for row in rows
    ]


def _ids(values: Iterable[int | None]) -> set[int]:
    return {value for value in values if value is not None}


def _until(at: dt.datetime | None, rows: QuerySet, field: str = "at") -> QuerySet:
    """The rows up to a moment; all of them without one."""
    return rows if at is None else rows.filter(**{f"{field}__lte": at})


def _closed_after(at: dt.datetime | None) -> Q:
    """Spells that were open at a moment; without one, those that are open."""
    return Q(closed_at=None) if at is None else Q(closed_at=None) | Q(closed_at__gt=at)


def _with_pointers(
    milestones: QuerySet[Milestone],
    *,
    periods: Collection[ReportingPeriod],
    at: dt.datetime | None,
) -> QuerySet[Milestone]:
    """Annotate the rows that hold the state as at ``at``."""
    updates = _until(at, MilestoneUpdate.objects.filter(milestone=OuterRef("pk")))
    updates = updates.order_by("-version")
    changes = _until(at, StageChange.objects.filter(milestone=OuterRef("pk")))
    moves = _until(at, DateChange.objects.filter(milestone=OuterRef("pk"))).order_by("-number")
    proposed = changes.filter(act="proposed").order_by().values("milestone")
    return milestones.annotate(
        latest_update=Subquery(updates.values("pk")[:1]),
        update_of_periods=Subquery(updates.filter(period__in=periods).values("pk")[:1]),
        latest_change=Subquery(changes.order_by("-version").values("pk")[:1]),
        agreed_as_at=Subquery(moves.values("agreed_on")[:1]),
        moves_as_at=Subquery(moves.values("number")[:1]),
        proposed_at=Subquery(proposed.annotate(latest=Max("at")).values("latest")[:1]),
    )


def _stage_as_at(latest: MilestoneUpdate | None, change: StageChange | None) -> Stage:
    """The stage of whichever row came last."""
    if change and (latest is None or change.version > latest.version):
        return Stage(change.to_stage)
    return Stage(latest.stage) if latest else Stage.NOT_STARTED


def _line(
    row: Milestone,
    *,
    latest: MilestoneUpdate | None,
    reported: MilestoneUpdate | None,
    change: StageChange | None,
    on: dt.date,
    has_exception: bool,
    visible: Collection[str],
) -> MilestoneLine:
    stage = _stage_as_at(latest, change)
    agreed_on = row.agreed_as_at
    in_force = agreed_on or row.due_on
    forecast_on = latest.forecast_on if latest else None
    posts = [lead.post for lead in row.milestone_leads.all()]
    return MilestoneLine(
        pk=row.pk,
        key=row.key,
        text=row.text,
        action_key=row.action.key,
        workstream_key=row.action.workstream.key,
        area_keys=tuple(area.key for area in row.action.areas.all()),
        leads=tuple(post.title for post in posts),
        lead_keys=tuple(post.key for post in posts),
        leads_inherited=row.leads_inherited,
        kind=row.kind,
        precision=row.precision,
        due_text=row.due_text,
        due_on=row.due_on,
        agreed_on=agreed_on,
        forecast_on=forecast_on,
        date_in_force=in_force,
        moves=row.moves_as_at or 0,
        slip=policies.slip_in_days(due_on=row.due_on, agreed_on=agreed_on, forecast_on=forecast_on),
        window_passed=policies.window_has_passed(
            window_to=row.window_to, agreed_on=agreed_on, stage=stage, on=on
        ),
        stage=stage,
        standing=_standing(reported, stage=stage, in_force=in_force, forecast=forecast_on, on=on),
        rating=reported.rating if reported else "",
        days_overdue=policies.days_overdue(stage=stage, date_in_force=in_force, on=on),
        has_exception=has_exception,
        completed_on=_completed_on(row, stage),
        last_updated_at=latest.at if latest else None,
        version=row.version,
        **_of_month(reported, visible),
    )


def _standing(
    reported: MilestoneUpdate | None,
    *,
    stage: Stage,
    in_force: dt.date | None,
    forecast: dt.date | None,
    on: dt.date,
) -> Standing:
    """What stands for delivery on a day: what was reported, unless the dates no longer allow it.

    The author's reason answers what the dates allowed when they wrote. It says nothing to dates
    that have become worse since.
    """
    best = policies.best_rating(stage=stage, date_in_force=in_force, forecast_on=forecast, on=on)
    if reported is None:
        return policies.standing(stage=stage, rating_of_period=None, best=best)
    is_answered = not policies.is_better_than(reported.best_rating, best)
    return policies.standing(
        stage=stage,
        rating_of_period=reported.rating,
        best=best,
        has_reason=is_answered and bool(reported.reason_for_rating),
    )


def _completed_on(row: Milestone, stage: Stage) -> dt.date | None:
    """The day of the proposal that stands."""
    if stage not in (Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF) or not row.proposed_at:
        return None
    return dates.day_of(row.proposed_at)


def _of_month(reported: MilestoneUpdate | None, visible: Collection[str]) -> dict[str, Any]:
    """The month reported on, and what was written for it as far as the reader may see it."""
    return {"rating_month": reported.period.month if reported else None} | {
        name: getattr(reported, name) if reported and name in visible else ""
        for name in ("what_happened", "what_is_next", "reason_for_rating", "sentence_for_families")
    }
