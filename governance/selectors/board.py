"""The board's dashboard: one month of a plan, worded and counted."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from governance.selectors import figures as counts
from governance.selectors import tables, wording
from governance.selectors.figures import Changes, Figures, Lines
from governance.selectors.months import months_of
from governance.selectors.reading import (
    Act,
    Agreement,
    Reading,
    acts_until,
    agreements_until,
    latest_acts,
    read_month,
)
from governance.selectors.tables import AreaRow, MonthPoint, StreamRow
from governance.selectors.wording import ChangeLine, Figure, Sentence
from plans.enums import Stage, Standing
from plans.models import Plan, ReportingPeriod
from plans.selectors import MilestoneLine

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Slip:
    """A milestone later than published, with what was agreed where anything was."""

    line: MilestoneLine
    agreement: Agreement | None


@dataclass(frozen=True)
class Waiting:
    """A milestone that awaits sign-off, or was signed, with the act and the proposal before it."""

    line: MilestoneLine
    proposal: Act | None
    signature: Act | None
    days: int


@dataclass(frozen=True)
class Silence:
    """The milestones of a workstream for which nothing was received."""

    stream: StreamRow
    lines: Lines


@dataclass(frozen=True)
class Dashboard:
    """Everything that a month's dashboard shows; ``before`` and ``changes`` need an earlier month."""

    plan: Plan
    reading: Reading
    before: Reading | None
    figures: Figures
    sentence: Sentence
    cut_off: str
    headline_figures: tuple[Figure, ...]
    needs_board: Lines
    streams: tuple[StreamRow, ...]
    all_streams: StreamRow
    areas: tuple[AreaRow, ...]
    burn_up: tuple[MonthPoint, ...]
    burn_up_words: str
    overdue: Lines
    slipped: tuple[Slip, ...]
    moved: tuple[Slip, ...]
    silent: tuple[Silence, ...]
    undated: Lines
    all_undated: int
    window_passed: Lines
    due_soon: Lines
    awaiting: tuple[Waiting, ...]
    signed_off: tuple[Waiting, ...]
    changes: Changes | None
    change_lines: tuple[ChangeLine, ...]

    @property
    def areas_share(self) -> bool:
        """Whether some milestones serve several areas."""
        return any(len(row.keys) > 1 for row in self.areas)


def dashboard(
    plan: Plan,
    period: ReportingPeriod,
    *,
    visible: Collection[str],
    compare_with: ReportingPeriod | None = None,
    at: dt.datetime | None = None,
) -> Dashboard:
    """The dashboard of a month, compared with an earlier closed one (by default the last before it).

    ``visible`` are the reader's fields of updates, acts and date changes
    (``governance.permissions``); ``at`` is the moment for a month that is not frozen, by default
    now. A constant number of queries.
    """
    months = months_of(plan)
    reading = read_month(plan, period, visible=visible, at=at)
    earlier = compare_with or months.before(period.month)
    before = read_month(plan, earlier, visible=visible) if earlier else None
    changes = counts.changes_between(before, reading) if before else None
    figures = counts.figures_of(reading)
    streams, all_streams = tables.by_workstream(reading, list(plan.workstreams.all()))
    acts = acts_until(plan, reading.at, visible=visible)
    slips = _slips(reading, agreements_until(plan, reading.at, visible=visible))
    undated = tuple(line for line in reading.lines if line.has_no_agreed_date)
    return Dashboard(
        plan=plan,
        reading=reading,
        before=before,
        figures=figures,
        sentence=wording.sentence_of(figures, streams, on=reading.on),
        cut_off=wording.cut_off_in_words(reading),
        headline_figures=_headline(reading, before, figures, streams, changes),
        needs_board=counts.worst_first(filter(counts.needs_board, reading.lines)),
        streams=streams,
        all_streams=all_streams,
        areas=tables.by_area(reading, list(plan.areas.all())),
        burn_up=tables.burn_up(reading, acts, months.offered),
        burn_up_words=wording.burn_up_in_words(figures),
        overdue=counts.worst_first(line for line in reading.lines if line.is_overdue),
        slipped=tuple(slip for slip in slips if slip.line.has_slipped and slip.line.is_open),
        moved=tuple(slip for slip in slips if slip.agreement),
        silent=_silent(reading, streams),
        undated=tuple(line for line in undated if line.is_open),
        all_undated=len(undated),
        window_passed=tuple(line for line in reading.lines if line.window_passed),
        due_soon=_due_soon(reading),
        awaiting=_awaiting(reading, acts),
        signed_off=_signed_off(reading, acts, since=before),
        changes=changes,
        change_lines=wording.changes_in_words(changes) if changes else (),
    )


def _headline(
    reading: Reading,
    before: Reading | None,
    figures: Figures,
    streams: Sequence[StreamRow],
    changes: Changes | None,
) -> tuple[Figure, ...]:
    return wording.figures_in_words(
        figures,
        streams,
        month=reading.month,
        before=counts.figures_of(before) if before else None,
        before_month=before.month if before else None,
        changes=changes,
    )


def _slips(reading: Reading, agreements: dict[int, Agreement]) -> list[Slip]:
    """Every milestone that slipped or was moved, the largest slip first."""
    found = [
        Slip(line, agreements.get(line.pk))
        for line in reading.lines
        if (line.has_slipped or line.pk in agreements) and line.stage != Stage.WITHDRAWN
    ]
    return sorted(found, key=lambda slip: -(slip.line.slip or 0))


def _silent(reading: Reading, streams: tuple[StreamRow, ...]) -> tuple[Silence, ...]:
    found = []
    for stream in streams:
        lines = tuple(
            line
            for line in reading.lines
            if line.workstream_key == stream.key and line.standing == Standing.NO_UPDATE
        )
        found += [Silence(stream, lines)] if lines else []
    return tuple(found)


def _due_soon(reading: Reading) -> Lines:
    """Open, and due from today within 30 days, the nearest first."""
    soon = [
        (line.date_in_force, line)
        for line in reading.lines
        if line.is_open
        and line.date_in_force
        and reading.on <= line.date_in_force <= reading.on + SOON
    ]
    return tuple(line for _, line in sorted(soon, key=lambda pair: pair[0]))


def _awaiting(reading: Reading, acts: list[Act]) -> tuple[Waiting, ...]:
    """What awaits sign-off, the longest waiting first."""
    proposals = latest_acts(acts, "proposed")
    found = [
        Waiting(
            line,
            proposal=proposals.get(line.pk),
            signature=None,
            days=(reading.on - line.completed_on).days if line.completed_on else 0,
        )
        for line in reading.lines
        if line.stage == Stage.PROPOSED_COMPLETE
    ]
    return tuple(sorted(found, key=lambda waiting: -waiting.days))


def _signed_off(reading: Reading, acts: list[Act], *, since: Reading | None) -> tuple[Waiting, ...]:
    """What was signed off after the month compared with was frozen, or ever if there is none."""
    proposals, signatures = latest_acts(acts, "proposed"), latest_acts(acts, "signed_off")
    earlier = since.by_pk() if since else {}
    return tuple(
        Waiting(line, proposals.get(line.pk), signatures.get(line.pk), days=0)
        for line in reading.lines
        if line.stage == Stage.SIGNED_OFF
        and not (line.pk in earlier and earlier[line.pk].stage == Stage.SIGNED_OFF)
    )
