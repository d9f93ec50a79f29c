"""Returns of a month: each expected one with its rows, what was done with it, and what is left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from governance import policies
from governance.enums import ReturnAct, ReturnStanding, ReturnState
from governance.models import Return, ReturnStep
from hertsend import dates
from plans.enums import RowGroup, RowState
from plans.models import Milestone, MilestoneUpdate, Plan, ReportingPeriod, UpdateDraft, Workstream
from plans.policies import EXPECTED_GROUPS, PERIODS_ACCEPTING_UPDATES
from plans.selectors import exceptions
from plans.selectors.rows import ReturnRow, rows_of


@dataclass(frozen=True)
class ReturnLine:
    """A workstream's return for a month; ``stored`` is None until the month's returns were made."""

    period: ReportingPeriod
    workstream: Workstream
    stored: Return | None
    rows: tuple[ReturnRow, ...]
    steps: tuple[ReturnStep, ...]
    on: dt.date

    @property
    def state(self) -> ReturnState:
        """How far it is on its way, whatever its month."""
        return ReturnState(self.stored.state) if self.stored else ReturnState.DRAFT

    @property
    def version(self) -> int:
        """How many acts there were."""
        return self.stored.version if self.stored else 0

    @property
    def standing(self) -> ReturnStanding:
        """What it shows: its state, or what the freeze of its month made of it."""
        return policies.standing(state=self.state, period_state=self.period.state)

    @property
    def is_open(self) -> bool:
        """Whether its month takes updates."""
        return self.period.state in PERIODS_ACCEPTING_UPDATES

    @property
    def is_owed(self) -> bool:
        """Whether the workstream still has to hand it in."""
        return policies.is_owed(state=self.state, period_state=self.period.state)

    @cached_property
    def expected(self) -> list[ReturnRow]:
        """The milestones that must be updated, or were."""
        return [row for row in self.rows if row.is_expected]

    @cached_property
    def left(self) -> list[ReturnRow]:
        """Those that keep the return from being submitted, most pressing first."""
        return sorted((row for row in self.expected if not row.is_ready), key=_by_urgency)

    @cached_property
    def ready(self) -> list[ReturnRow]:
        """Those of which nothing more is needed, for the reader's eyes."""
        return sorted((row for row in self.expected if row.is_ready), key=_by_urgency)

    @cached_property
    def received(self) -> list[ReturnRow]:
        """Those of which an update is recorded, for everyone who reads returns."""
        return [row for row in self.rows if row.is_received]

    @cached_property
    def missing(self) -> list[ReturnRow]:
        """Those that must be updated and of which nothing is recorded yet."""
        return [row for row in self.rows if row.group in EXPECTED_GROUPS and not row.is_received]

    @property
    def asked(self) -> int:
        """How many updates the month asks for, or has, whoever reads this."""
        return len(self.received) + len(self.missing)

    @cached_property
    def drafted(self) -> list[ReturnRow]:
        """Those with something that waits to be sent, as far as the reader may see it."""
        return [row for row in self.rows if row.draft is not None]

    @property
    def number_drafted(self) -> int:
        """How many those are."""
        return len(self.drafted)

    @cached_property
    def rest(self) -> list[ReturnRow]:
        """Those of which "nothing to report" can be said."""
        return [row for row in self.rows if row.group == RowGroup.REST and not row.is_expected]

    @cached_property
    def others(self) -> list[ReturnRow]:
        """Those about which nobody asks this month."""
        return [row for row in self.rows if row.group == RowGroup.ENDED and not row.is_expected]

    @property
    def nothing(self) -> int:
        """Of how many it is said that there is nothing to report."""
        return sum(row.state == RowState.NOTHING for row in self.rest)

    @property
    def first_submitted_on(self) -> dt.date | None:
        """The day on which it was first handed in."""
        first = next((step for step in self.steps if step.act == ReturnAct.SUBMITTED), None)
        return dates.day_of(first.at) if first else None

    @property
    def is_late(self) -> bool:
        """Whether it came, or is still missing, after the day on which it was due."""
        return policies.is_late(
            first_submitted_on=self.first_submitted_on, due_on=self.period.due_on, on=self.on
        )

    @property
    def sent_back(self) -> list[ReturnStep]:
        """How often it was sent back, and with what comment, earliest first."""
        return [step for step in self.steps if step.act == ReturnAct.SENT_BACK]

    @property
    def changed_since(self) -> list[ReturnRow]:
        """The rows of which an update was recorded after the return was submitted."""
        at = self.stored.submitted_at if self.stored else None
        return [row for row in self.received if at and row.reported and row.reported.at > at]


def _by_urgency(row: ReturnRow) -> tuple:
    place = (
        EXPECTED_GROUPS.index(row.group) if row.group in EXPECTED_GROUPS else len(EXPECTED_GROUPS)
    )
    day = row.line.date_in_force or dt.date.max
    return (place, -row.line.days_overdue, day, row.line.key)


def returns_of(
    period: ReportingPeriod,
    *,
    workstreams: Iterable[Workstream],
    on: dt.date,
    visible: Collection[str],
    drafts: QuerySet[UpdateDraft],
) -> list[ReturnLine]:
    """The month's expected returns of these workstreams, in their order.

    ``visible`` are the reader's fields of updates and ``drafts`` those they may see. The same number
    of queries for any number of workstreams, milestones and acts.
    """
    streams = list(workstreams)
    rows = rows_of(
        Milestone.objects.filter(action__workstream__in=streams),
        period=period,
        on=on,
        visible=visible,
        drafts=drafts,
        reported_exceptions=exceptions.reported(period.plan, period),
    )
    by_stream: dict[str, list[ReturnRow]] = defaultdict(list)
    for row in rows:
        by_stream[row.line.workstream_key].append(row)
    stored = Return.objects.filter(period=period, workstream__in=streams)
    found = {row.workstream_id: row for row in stored.select_related("submitted_by", "decided_by")}
    steps: dict[int, list[ReturnStep]] = defaultdict(list)
    for step in ReturnStep.objects.filter(of_return__in=found.values()).select_related("by"):
        steps[step.of_return_id].append(step)
    return [
        ReturnLine(
            period=period,
            workstream=stream,
            stored=(here := found.get(stream.pk)),
            rows=tuple(by_stream[stream.key]),
            steps=tuple(steps[here.pk]) if here else (),
            on=on,
        )
        for stream in streams
    ]


def states_of(period: ReportingPeriod) -> list[tuple[Workstream, Return | None]]:
    """Every workstream with its return for the month, as far as one was made. Two queries."""
    stored = {row.workstream_id: row for row in Return.objects.filter(period=period)}
    streams = period.plan.workstreams.all()
    return [(stream, stored.get(stream.pk)) for stream in streams]


def lacks_returns(plan: Plan) -> bool:
    """Whether a month that takes updates has a workstream without its return. Three queries."""
    months = plan.periods.accepting_updates()
    made = Return.objects.filter(period__in=months, workstream__plan=plan).count()
    return made < months.count() * plan.workstreams.count()


def owed_of(period: ReportingPeriod) -> list[Workstream]:
    """The workstreams that still have to hand in a return for the month. Two queries."""
    return [
        stream
        for stream, row in states_of(period)
        if policies.is_owed(
            state=row.state if row else ReturnState.DRAFT, period_state=period.state
        )
    ]


def author_ids(line_rows: Sequence[ReturnRow], *, stored: Return) -> set[int]:
    """Everyone who submitted the return or wrote in it: those who may not decide on it."""
    keys = [row.line.pk for row in line_rows]
    updates = MilestoneUpdate.objects.filter(period=stored.period_id, milestone__in=keys)
    drafts = UpdateDraft.objects.filter(period=stored.period_id, milestone__in=keys)
    found = {*updates.values_list("by_id", flat=True), *drafts.values_list("writers", flat=True)}
    found |= set(stored.steps.filter(act=ReturnAct.SUBMITTED).values_list("by_id", flat=True))
    return found - {None}


def default_month(plan: Plan) -> ReportingPeriod | None:
    """The month whose returns are asked for: the earliest that is not frozen, else the last frozen."""
    return plan.periods.accepting_updates().first() or plan.periods.closed().first()
