"""The rhythm of meetings and of the executive's editions: the plan's word, and what was decided since."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from governance import policies
from governance.enums import Rhythm
from governance.models import RhythmDecision
from governance.policies import Span
from hertsend import dates
from plans.models import Plan, ReportingPeriod
from plans.policies import first_reported_month, last_scheduled_month

SECTION = "reporting"
"""The part of a plan file in which the plan's own words on this stand."""


@dataclass(frozen=True)
class Promise:
    """What the plan says: a rhythm from its first month, when it is assessed, and the words.

    A plan that says nothing is reported monthly, as every month is; then ``quote`` is "".
    """

    rhythm: Rhythm
    from_month: dt.date
    assessed_after: int
    quote: str

    @property
    def decided_from(self) -> dt.date:
        """The first month on which the executive's chair may decide."""
        return policies.promised_until(self.from_month, self.assessed_after)


@dataclass(frozen=True)
class Decision:
    """One decision as a reader sees it; reason and name are "" where they may not be seen."""

    number: int
    rhythm: Rhythm
    from_month: dt.date
    at: dt.datetime
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class RhythmOfPlan:
    """The plan's word and every decision up to a moment, the latest last."""

    promise: Promise
    decisions: tuple[Decision, ...]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """What was said of the rhythm, in order, the plan's word first."""
        said = (self.promise, *self.decisions)
        return tuple(Span(each.rhythm, each.from_month) for each in said)

    @property
    def number(self) -> int:
        """How many decisions there are."""
        return len(self.decisions)

    def of(self, month: dt.date) -> Rhythm:
        """The rhythm in force for a month."""
        return policies.span_of(month, self.spans).rhythm

    def carries_meeting(self, month: dt.date) -> bool:
        """Whether the report of a month goes to a meeting, in the executive's edition."""
        return policies.carries_meeting(month, self.spans)


@dataclass(frozen=True)
class Assessment:
    """That the promised months are reported and the rhythm is to be assessed.

    ``months`` are the first and the last of them; ``since`` is when the last was frozen.
    """

    months: tuple[ReportingPeriod, ReportingPeriod]
    since: dt.date
    quote: str


def rhythm_of(
    plan: Plan, *, visible: Collection[str] = (), at: dt.datetime | None = None
) -> RhythmOfPlan:
    """The rhythm as decided up to a moment; all that is stored without one. Three queries.

    ``visible`` are the reader's fields of ``RhythmDecision``.
    """
    rows = RhythmDecision.objects.filter(plan=plan).select_related("by").order_by("number")
    if at is not None:
        rows = rows.filter(at__lte=at)
    return RhythmOfPlan(
        promise=promise_of(plan), decisions=tuple(_decision(row, visible) for row in rows)
    )


def promise_of(plan: Plan) -> Promise:
    """What the plan itself says. Two queries."""
    section = plan.sections.filter(key=SECTION).first()
    said = section.content if section else {}
    first = plan.periods.order_by("month").values_list("month", flat=True).first()
    return Promise(
        rhythm=Rhythm(said.get("rhythm", Rhythm.MONTHLY)),
        from_month=first or first_reported_month(plan.published),
        assessed_after=said.get("assessed_after_months", 0),
        quote=said.get("quote", ""),
    )


def assessment_due(plan: Plan, on: dt.date) -> Assessment | None:
    """What the plan says is assessed after its first months, once these are reported and until decided.

    Three queries.
    """
    promise = promise_of(plan)
    promised = plan.periods.filter(month__lt=promise.decided_from).order_by("month")
    by_then = dates.start_of(on + dt.timedelta(days=1))
    closed = [row for row in promised if row.frozen_at and row.frozen_at < by_then]
    since = RhythmDecision.objects.filter(
        plan=plan, at__gte=dates.start_of(promise.decided_from), at__lt=by_then
    )
    due = policies.is_assessment_due(
        closed=len(closed), months=promise.assessed_after, has_decision_since=since.exists()
    )
    if not due or (last := closed[-1]).frozen_at is None:
        return None
    return Assessment((closed[0], last), dates.day_of(last.frozen_at), promise.quote)


def months_to_decide(plan: Plan, *, on: dt.date) -> tuple[dt.date, dt.date]:
    """The earliest and the latest month from which a new rhythm can run: not one that was reported."""
    promise = promise_of(plan)
    closed = plan.periods.closed().values_list("month", flat=True).first()
    after = dates.next_month(closed) if closed else promise.from_month
    return max(promise.decided_from, after), max(last_scheduled_month(on), promise.decided_from)


def _decision(row: RhythmDecision, visible: Collection[str]) -> Decision:
    return Decision(
        number=row.number,
        rhythm=Rhythm(row.rhythm),
        from_month=row.from_month,
        at=row.at,
        reason=row.reason if "reason" in visible else "",
        by=row.by.name if "by" in visible else "",
    )
