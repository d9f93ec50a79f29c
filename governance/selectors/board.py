"""The board's dashboard: one month of a plan, worded and counted."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from governance.selectors import figures as counts
from governance.selectors import tables, wording
from governance.selectors.change_words import changes_in_words
from governance.selectors.figures import Changes, Figures, Lines
from governance.selectors.heard import Heard, heard
from governance.selectors.judgements import Judgements, judgements_of
from governance.selectors.months import Months, months_of
from governance.selectors.outline import Outline
from governance.selectors.reading import (
    Agreement,
    Reading,
    acts_in,
    agreements_until,
    changes_until,
    read_at,
    read_month,
    read_months,
)
from governance.selectors.reopenings import Reopening, reopened_between
from governance.selectors.signing import (
    SignedAction,
    TakenBack,
    Waiting,
    actions_in_words,
    awaiting,
    signed_actions_in,
    signed_off,
    taken_back,
)
from governance.selectors.tables import AreaRow, MonthPoint, StreamRow
from governance.selectors.wording import ChangeLine, Figure, Sentence
from hertsend import dates
from kpis.selectors.held import MeasuresRead
from plans.enums import Stage
from plans.models import Action, Plan, ReportingPeriod
from plans.selectors import MilestoneLine, Moment
from plans.selectors.date_requests import RequestLine
from plans.selectors.measured import HeldSource

SOON = dt.timedelta(days=30)

Compared = tuple[Reading | None, dt.datetime | None, Changes | None]
"""The month compared with, when it was, and what changed since."""


@dataclass(frozen=True)
class Slip:
    """A milestone later than published: what was agreed, what is asked for, how often it was refused."""

    line: MilestoneLine
    agreement: Agreement | None
    request: RequestLine | None = None
    refusals: int = 0


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
    heard: Heard
    streams: tuple[StreamRow, ...]
    all_streams: StreamRow
    areas: tuple[AreaRow, ...]
    judgements: Judgements
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
    signed_actions: tuple[SignedAction, ...]
    taken_back: tuple[TakenBack, ...]
    changes: Changes | None
    change_lines: tuple[ChangeLine, ...]
    actions: tuple[Action, ...]
    reopened: tuple[Reopening, ...]

    @property
    def reopenings(self) -> tuple[Reopening, ...]:
        """How often the month itself was reopened, of all that was reopened in the plan by then."""
        of_month = (each for each in self.reopened if each.month == self.reading.month)
        return tuple(of_month) if self.reading.period else ()

    @property
    def slipped_days(self) -> int:
        """The days of all open milestones later than published, in total."""
        return sum(slip.line.slip or 0 for slip in self.slipped)

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
    held: HeldSource | None = None,
) -> Dashboard:
    """The dashboard of a month, compared with an earlier closed one (by default the last before it).

    ``visible`` are the reader's fields of updates, acts, exceptions, dates and reopenings
    (``governance.permissions``); ``at`` is the moment for a month that is not frozen, by default
    now; ``held`` answers what measures show of actions, for who has read them already. A constant
    number of queries.
    """
    months, outline = months_of(plan), Outline.of(plan)
    earlier = compare_with or months.before(period.month)
    asked = [period, earlier] if earlier else [period]
    reading, *before = read_months(
        plan,
        asked,
        visible=visible,
        at=at,
        held=held or MeasuresRead.of(plan).held,
        decided=outline.decided,
    )
    compared = _compared(reading, next(iter(before), None))
    return _board(plan, reading, months, outline, visible=visible, compared=compared)


def dashboard_as_at(
    plan: Plan,
    moment: Moment,
    *,
    visible: Collection[str],
    compare_with: ReportingPeriod | None = None,
) -> Dashboard:
    """The dashboard as at the end of a day gone by, compared with a month that was closed then."""
    months = months_of(plan)
    reading = read_at(plan, moment, visible=visible)
    earlier = compare_with or months.before(reading.month, at=moment.at)
    before = read_month(plan, earlier, visible=visible) if earlier else None
    compared = _compared(reading, before)
    return _board(plan, reading, months, Outline.of(plan), visible=visible, compared=compared)


def _board(
    plan: Plan,
    reading: Reading,
    months: Months,
    outline: Outline,
    *,
    visible: Collection[str],
    compared: Compared,
) -> Dashboard:
    before, since, changes = compared
    figures = counts.figures_of(reading)
    streams, all_streams = tables.by_workstream(reading, outline.workstreams)
    changed = changes_until(plan, reading.at)
    acts = acts_in(changed, visible=visible)
    needing = counts.worst_first(filter(counts.needs_board, reading.lines))
    said = heard(plan, reading, needing, since=since, visible=visible)
    slips = _slips(reading, agreements_until(plan, reading.at, visible=visible), said)
    areas = tables.by_area(reading.lines, outline.areas, by=reading.due_by)
    judgements = _judgements(plan, reading, areas, outline, since=since, visible=visible)
    signed = signed_actions_in(reading, outline.actions, changed, since=since, visible=visible)
    return Dashboard(
        plan=plan,
        reading=reading,
        before=before,
        figures=figures,
        sentence=wording.sentence_of(figures, streams, on=reading.on),
        cut_off=wording.cut_off_in_words(reading),
        headline_figures=_headline(reading, before, figures, streams, changes),
        needs_board=needing,
        heard=said,
        streams=streams,
        all_streams=all_streams,
        areas=areas,
        judgements=judgements,
        burn_up=tables.burn_up(reading, acts, months.offered),
        burn_up_words=wording.burn_up_in_words(figures),
        slipped=tuple(slip for slip in slips if slip.line.has_slipped and slip.line.is_open),
        moved=tuple(slip for slip in slips if slip.agreement),
        silent=_silent(reading, streams),
        awaiting=awaiting(reading, acts),
        signed_off=signed_off(reading, acts, since=before),
        signed_actions=signed,
        taken_back=taken_back(reading, acts, since=before),
        changes=changes,
        change_lines=_change_lines(changes, signed, judgements),
        actions=outline.actions,
        reopened=reopened_between(plan, after=None, until=reading.at, visible=visible),
        **_late_and_undated(reading),
    )


def _judgements(
    plan: Plan,
    reading: Reading,
    areas: Sequence[AreaRow],
    outline: Outline,
    *,
    since: dt.datetime | None,
    visible: Collection[str],
) -> Judgements:
    return judgements_of(
        plan,
        reading.lines,
        areas,
        moment=Moment(on=reading.on, at=reading.at),
        since=dates.first_of(reading.month),
        before=since,
        visible=visible,
        outline=outline,
    )


def _late_and_undated(reading: Reading) -> dict[str, Any]:
    """The lists of a dashboard that tell of days, by its names of them."""
    undated = [line for line in reading.lines if line.has_no_agreed_date]
    return {
        "overdue": counts.worst_first(line for line in reading.lines if line.is_overdue),
        "undated": tuple(line for line in undated if line.is_open),
        "all_undated": len(undated),
        "window_passed": tuple(line for line in reading.lines if line.window_passed),
        "due_soon": _due_soon(reading),
    }


def _compared(reading: Reading, before: Reading | None) -> Compared:
    """The month compared with, when it was, and what changed since; nothing without one."""
    if before is None:
        return None, None, None
    return before, before.at, counts.changes_between(before, reading)


def _change_lines(
    changes: Changes | None, signed: Sequence[SignedAction], judgements: Judgements
) -> tuple[ChangeLine, ...]:
    """What changed since the month compared with, in words; nothing without one."""
    if changes is None:
        return ()
    return (
        *changes_in_words(changes),
        *actions_in_words(signed),
        *judgements.change_lines,
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


def _slips(reading: Reading, agreements: dict[int, Agreement], said: Heard) -> list[Slip]:
    """Every milestone that slipped or was moved, the largest slip first."""
    asked = {each.line.pk: each.request for each in said.requests}
    found = [
        Slip(line, agreements.get(line.pk), asked.get(line.pk), said.refusals.get(line.pk, 0))
        for line in reading.lines
        if (line.has_slipped or line.pk in agreements) and line.stage != Stage.WITHDRAWN
    ]
    return sorted(found, key=lambda slip: -(slip.line.slip or 0))


def _silent(reading: Reading, streams: tuple[StreamRow, ...]) -> tuple[Silence, ...]:
    found = []
    for stream in streams:
        lines = tuple(
            line for line in reading.lines if line.workstream_key == stream.key and line.is_silent
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
