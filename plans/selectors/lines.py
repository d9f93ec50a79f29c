"""One line for each milestone, as at a moment: what tables, dashboard, pack and home are made of.

Stage, dates and ratings are read from the append-only rows up to ``at``, so that a frozen month
reads the same for ever. Words are filled only where the reader may see them.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hertsend import dates
from plans import policies
from plans.enums import Stage, Standing
from plans.models import CommitmentDecision, Milestone, MilestoneUpdate, ReportingPeriod
from plans.selectors.around import (
    ComesAgain,
    areas_by_action,
    decisions_for,
    leads_by_milestone,
    rules_by_milestone,
)
from plans.selectors.past import those_there_at
from plans.selectors.pointers import (
    NOTHING_MEASURED,
    Asked,
    Pointers,
    pointers_of,
    with_pointers,
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
    first_agreed_on: dt.date | None
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
    agreed_by: str = ""
    comes_again: ComesAgain | None = None

    @property
    def is_overdue(self) -> bool:
        """Past the date in force and not complete."""
        return self.days_overdue > 0

    @property
    def has_no_agreed_date(self) -> bool:
        """The plan gives no day, none was agreed, and no confirmed rule says when it comes again."""
        return self.date_in_force is None and self.comes_again is None

    @property
    def is_complete(self) -> bool:
        """Proposed complete or signed off."""
        return self.stage in (Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF)

    @property
    def is_open(self) -> bool:
        """Not yet proposed complete, signed off or withdrawn."""
        return self.stage in policies.OPEN_STAGES

    @property
    def is_silent(self) -> bool:
        """Asked about, and nothing was reported for the months asked about.

        Nobody asks about what comes again by a rule: its occurrences are recorded.
        """
        return self.standing == Standing.NO_UPDATE and self.comes_again is None

    @property
    def has_slipped(self) -> bool:
        """Later than published, by agreement or forecast; or than first agreed, without a published day."""
        return self.slip is not None and self.slip > 0

    @property
    def slips_from_agreement(self) -> bool:
        """Whether its slip counts from the first agreed date, as the plan gives no day."""
        return self.slip is not None and self.due_on is None

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
    held: Mapping[str, int] = NOTHING_MEASURED,
) -> list[MilestoneLine]:
    """The lines of those of these milestones that were in the plan ``at`` the moment, in their order.

    What is asked for is told at ``Asked``; ``visible`` are the reader's fields of
    ``MilestoneUpdate`` (``permissions.visible_fields``). Five queries, however many lines.
    """
    (lines,) = lines_of_each(milestones, [Asked(periods, at, on, held)], visible=visible)
    return lines


def lines_of_each(
    milestones: QuerySet[Milestone],
    asked: Sequence[Asked],
    *,
    visible: Collection[str],
    decided: Sequence[CommitmentDecision] | None = None,
) -> list[list[MilestoneLine]]:
    """The lines as at each of several moments, with the queries of one: what stands around is read once.

    ``decided`` is what was decided on what comes again, for who has read it (``decisions_of``).
    """
    found = those_there_at(with_pointers(milestones, asked), [each.at for each in asked])
    rows = list({row.pk: row for those in found for row in those}.values())
    pointed = [
        [(row, pointers_of(row, place)) for row in those] for place, those in enumerate(found)
    ]
    updates = MilestoneUpdate.objects.select_related("period").in_bulk(
        _ids(each.latest_update for those in pointed for _, each in those)
        | _ids(each.update_of_periods for those in pointed for _, each in those)
    )
    areas, leads = areas_by_action(rows), leads_by_milestone(rows)
    if decided is None:
        decided = decisions_for([row.pk for row in rows if not row.due_on])
    rules = [rules_by_milestone(decided, at=each.at, on=each.on) for each in asked]
    return [
        [
            _line(
                row,
                pointers,
                area_keys=tuple(areas[row.action_id]),
                leads=leads[row.pk],
                latest=updates.get(pointers.latest_update or 0),
                reported=updates.get(pointers.update_of_periods or 0),
                on=each.on,
                held_periods=each.held.get(row.action_key),
                again=again.get(row.pk),
                visible=visible,
            )
            for row, pointers in those
        ]
        for each, those, again in zip(asked, pointed, rules, strict=True)
    ]


def _ids(values: Iterable[int | None]) -> set[int]:
    return {value for value in values if value is not None}


def _stage_as_at(latest: MilestoneUpdate | None, pointers: Pointers) -> Stage:
    """The stage of whichever row came last."""
    to_stage, version = pointers.stage_changed_to, pointers.stage_changed_in
    if to_stage and version and (latest is None or version > latest.version):
        return Stage(to_stage)
    return Stage(latest.stage) if latest else Stage.NOT_STARTED


def _line(
    row: Any,
    pointers: Pointers,
    *,
    area_keys: tuple[str, ...],
    leads: list[tuple[str, str]],
    latest: MilestoneUpdate | None,
    reported: MilestoneUpdate | None,
    on: dt.date,
    held_periods: int | None,
    again: ComesAgain | None,
    visible: Collection[str],
) -> MilestoneLine:
    stage = _stage_as_at(latest, pointers)
    in_force = pointers.agreed_on or row.due_on
    forecast_on = latest.forecast_on if latest else None
    return MilestoneLine(
        pk=row.pk,
        key=row.key,
        text=row.text,
        action_key=row.action_key,
        workstream_key=row.workstream_key,
        area_keys=area_keys,
        leads_inherited=row.leads_inherited,
        kind=row.kind,
        precision=row.precision,
        due_text=row.due_text,
        due_on=row.due_on,
        agreed_on=pointers.agreed_on,
        forecast_on=forecast_on,
        date_in_force=in_force,
        moves=pointers.moves or 0,
        slip=_slip(row, pointers, forecast_on),
        first_agreed_on=pointers.first_agreed_on,
        window_passed=_window_passed(row, pointers, stage, on),
        stage=stage,
        standing=_standing(latest, reported, stage, in_force, on=on, held=held_periods),
        rating=reported.rating if reported else "",
        days_overdue=policies.days_overdue(stage=stage, date_in_force=in_force, on=on),
        has_exception=pointers.has_exception,
        completed_on=_completed_on(pointers, stage),
        last_updated_at=latest.at if latest else None,
        version=row.version,
        comes_again=again if in_force is None else None,
        agreed_by=(pointers.agreed_by or "") if "by" in visible else "",
        **_posts(leads) | _of_month(reported, visible),
    )


def _slip(row: Any, pointers: Pointers, forecast_on: dt.date | None) -> int | None:
    start = row.due_on or pointers.first_agreed_on
    return policies.slip_in_days(start=start, agreed_on=pointers.agreed_on, forecast_on=forecast_on)


def _window_passed(row: Any, pointers: Pointers, stage: Stage, on: dt.date) -> bool:
    return policies.window_has_passed(
        window_to=row.window_to, agreed_on=pointers.agreed_on, stage=stage, on=on
    )


def _posts(leads: list[tuple[str, str]]) -> dict[str, Any]:
    """The posts that lead, by title and by key."""
    return {
        "leads": tuple(title for _, title in leads),
        "lead_keys": tuple(key for key, _ in leads),
    }


def _standing(
    latest: MilestoneUpdate | None,
    reported: MilestoneUpdate | None,
    stage: Stage,
    in_force: dt.date | None,
    *,
    on: dt.date,
    held: int | None,
) -> Standing:
    """What stands for delivery, from the last update of all and the one that counts for the period."""
    return policies.standing_on(
        on,
        stage=stage,
        date_in_force=in_force,
        forecast_on=latest.forecast_on if latest else None,
        latest_rating=latest.rating if latest else "",
        reported=policies.Reported(
            rating=reported.rating, reason=reported.reason_for_rating, best=reported.best_rating
        )
        if reported
        else None,
        held_periods=held,
    )


def _completed_on(pointers: Pointers, stage: Stage) -> dt.date | None:
    """The day of the proposal that stands."""
    if stage not in (Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF) or not pointers.proposed_at:
        return None
    return dates.day_of(pointers.proposed_at)


def _of_month(reported: MilestoneUpdate | None, visible: Collection[str]) -> dict[str, Any]:
    """The month reported on, and what was written for it as far as the reader may see it."""
    return {"rating_month": reported.period.month if reported else None} | {
        name: getattr(reported, name) if reported and name in visible else ""
        for name in ("what_happened", "what_is_next", "reason_for_rating", "sentence_for_families")
    }
