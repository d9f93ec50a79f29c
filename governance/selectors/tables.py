"""The month by workstream, by area and along time; every milestone counted once in each."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from governance.selectors.figures import Lines, is_due
from governance.selectors.reading import Act, Reading, last_day_of
from hertsend import dates
from plans import policies
from plans.enums import Stage, Standing
from plans.models import Area, ReportingPeriod, Workstream
from plans.selectors import MilestoneLine

STAGES: tuple[Stage, ...] = (
    Stage.SIGNED_OFF,
    Stage.PROPOSED_COMPLETE,
    Stage.IN_PROGRESS,
    Stage.NOT_STARTED,
    Stage.WITHDRAWN,
)
"""The most finished first, as the bars are drawn."""

STANDINGS: tuple[Standing, ...] = (
    Standing.RED,
    Standing.AMBER,
    Standing.GREEN,
    Standing.NO_UPDATE,
    Standing.NOT_STARTED,
    Standing.COMPLETE,
    Standing.EMBEDDED,
    Standing.WITHDRAWN,
)

COMPLETE_STAGES = (Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF)


@dataclass(frozen=True)
class StreamRow:
    """One workstream (or, without a key, all): how many at each stage and of each standing."""

    key: str
    name: str
    stages: Mapping[str, int]
    standings: Mapping[str, int]
    overdue: int
    due: int
    complete_of_due: int
    total: int
    silent: int


@dataclass(frozen=True)
class AreaRow:
    """One area, or several whose milestones are the same: the worst of its own, and what is done."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    standing: Standing
    due: int
    complete_of_due: int
    overdue: int
    total: int


AreaRows = tuple[AreaRow, ...]


@dataclass(frozen=True)
class MonthPoint:
    """One month of the burn-up; ``complete`` counts those due by then, None before it has come."""

    month: dt.date
    due: int
    complete: int | None


def by_workstream(
    reading: Reading, workstreams: Sequence[Workstream]
) -> tuple[tuple[StreamRow, ...], StreamRow]:
    """A row for each workstream in the plan's order, and the sum of all."""
    rows = tuple(
        _stream_row(
            row.key,
            row.name,
            tuple(line for line in reading.lines if line.workstream_key == row.key),
            by=reading.due_by,
        )
        for row in workstreams
    )
    return rows, _stream_row("", "All", reading.lines, by=reading.due_by)


def _stream_row(key: str, name: str, lines: Lines, *, by: dt.date) -> StreamRow:
    due = [line for line in lines if is_due(line, by=by)]
    return StreamRow(
        key=key,
        name=name,
        stages={stage: sum(line.stage == stage for line in lines) for stage in STAGES},
        standings={
            standing: sum(line.standing == standing for line in lines) for standing in STANDINGS
        },
        overdue=sum(line.is_overdue for line in lines),
        due=len(due),
        complete_of_due=sum(line.is_complete for line in due),
        total=len(lines),
        silent=sum(line.is_silent for line in lines),
    )


def by_area(lines: Iterable[MilestoneLine], areas: Sequence[Area], *, by: dt.date) -> AreaRows:
    """A row for each area; milestones that serve several areas stand once, in a row of their own.

    So the rows add up to the plan, also where two areas share a workstream. ``by`` is the last day
    whose milestones count as due.
    """
    names = {area.key: area.name for area in areas}
    return tuple(
        _area_row(keys, tuple(names[key] for key in keys), served, by=by)
        for keys, served in area_groups(lines, areas)
    )


def area_groups(
    lines: Iterable[MilestoneLine], areas: Sequence[Area]
) -> list[tuple[tuple[str, ...], list[MilestoneLine]]]:
    """The lines by the areas that they serve, in the plan's order; each line stands once."""
    order = {area.key: position for position, area in enumerate(areas)}
    groups: dict[tuple[str, ...], list[MilestoneLine]] = {}
    for line in lines:
        keys = tuple(sorted(line.area_keys, key=order.__getitem__))
        groups.setdefault(keys, []).append(line)
    places = sorted(groups, key=lambda keys: [order[key] for key in keys])
    return [(keys, groups[keys]) for keys in places]


def _area_row(
    keys: tuple[str, ...], names: tuple[str, ...], lines: Sequence[MilestoneLine], *, by: dt.date
) -> AreaRow:
    due = [line for line in lines if is_due(line, by=by)]
    return AreaRow(
        keys=keys,
        names=names,
        standing=policies.worst([line.standing for line in lines]),
        due=len(due),
        complete_of_due=sum(line.is_complete for line in due),
        overdue=sum(line.is_overdue for line in lines),
        total=len(lines),
    )


def burn_up(
    reading: Reading, acts: Sequence[Act], periods: Sequence[ReportingPeriod]
) -> tuple[MonthPoint, ...]:
    """Month by month: how many were due as published, and how many of these were complete then.

    An earlier month counts what was complete at its freeze, or at its end where it had none, so
    that its point is what its own dashboard said. Withdrawn milestones are left out throughout.
    """
    dated = [line for line in reading.lines if is_due(line, by=dt.date.max)]
    days = [line.due_on for line in dated if line.due_on]
    if not days:
        return ()
    stages = _Stages(acts)
    frozen = {row.month: row.frozen_at for row in periods if row.frozen_at}
    points = []
    for month in dates.months_between(min(*days, reading.month), max(*days, reading.month)):
        by = reading.due_by if month == reading.month else last_day_of(month)
        due = [line for line in dated if is_due(line, by=by)]
        moment = frozen.get(month, dates.start_of(dates.next_month(month)))
        moment = reading.at if month == reading.month else min(moment, reading.at)
        complete = sum(stages.complete_at(line.pk, moment) for line in due)
        points.append(
            MonthPoint(
                month=month, due=len(due), complete=complete if month <= reading.month else None
            )
        )
    return tuple(points)


class _Stages:
    """What the acts made of each milestone, as at a moment."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self._acts: dict[int, list[Act]] = {}
        for act in acts:
            self._acts.setdefault(act.milestone, []).append(act)

    def complete_at(self, milestone: int, moment: dt.datetime) -> bool:
        """Whether the last act until then left it proposed complete or signed off."""
        until = [act for act in self._acts.get(milestone, ()) if act.at <= moment]
        return bool(until) and until[-1].to_stage in COMPLETE_STAGES
