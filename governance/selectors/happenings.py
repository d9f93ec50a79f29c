"""What happened between two moments, from the append-only rows: dates, signatures, exceptions, words.

Each reader sees of a row the fields in ``seen`` and no others; what they may not see is "".
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from governance.selectors.span import Seen, Span, name_of, word
from plans.enums import StageAct
from plans.models import (
    DateChange,
    Evidence,
    ExceptionReport,
    MilestoneException,
    MilestoneUpdate,
    Plan,
    StageChange,
)


@dataclass(frozen=True)
class DateMove:
    """A date that was agreed; words and name are "" where they may not be seen.

    ``before`` is the date in force until then, None where there was none.
    """

    before: dt.date | None
    agreed_on: dt.date
    at: dt.datetime
    reason: str
    decision: str
    agreed_by: str


@dataclass(frozen=True)
class Signature:
    """The last signature under a milestone by the end of the span."""

    at: dt.datetime
    by: str
    role: str


@dataclass(frozen=True)
class Spell:
    """An overdue spell that was open at some time in the span, with what was said of it last."""

    milestone: int
    overdue_since: dt.date
    closed_at: dt.datetime | None
    closure: str
    cause: str = ""
    effect_on_families: str = ""
    what_is_being_done: str = ""
    done_by: dt.date | None = None
    asked_of_board: str = ""


@dataclass(frozen=True)
class EvidenceStanding:
    """A piece of evidence that stood at the end of the span; ``is_new`` where it was added in it."""

    pk: int
    milestone: int | None
    is_new: bool
    action_key: str
    about: str
    kind: str
    title: str
    dated_on: dt.date
    what_it_shows: str


@dataclass(frozen=True)
class Told:
    """A sentence that families were told."""

    milestone: int
    key: str
    month: dt.date
    at: dt.datetime
    sentence: str


def moves_between(
    plan: Plan,
    after: dt.datetime | None,
    until: dt.datetime | None,
    *,
    visible: Collection[str],
) -> dict[int, tuple[DateMove, ...]]:
    """The dates agreed after one moment and up to another, by milestone, in their order; one query."""
    rows = DateChange.objects.filter(milestone__plan=plan).select_related("milestone", "decided_by")
    if until is not None:
        rows = rows.filter(at__lte=until)
    found: dict[int, list[DateMove]] = {}
    in_force: dict[int, dt.date] = {}
    for row in rows.order_by("milestone_id", "number"):
        before = in_force.get(row.milestone_id, row.milestone.due_on)
        in_force[row.milestone_id] = row.agreed_on
        if after is None or row.at > after:
            move = DateMove(
                before=before,
                agreed_on=row.agreed_on,
                at=row.at,
                reason=row.reason if "reason" in visible else "",
                decision=row.decision if "decision" in visible else "",
                agreed_by=row.decided_by.name if "decided_by" in visible else "",
            )
            found.setdefault(row.milestone_id, []).append(move)
    return {milestone: tuple(moves) for milestone, moves in found.items()}


def signatures_by(plan: Plan, span: Span, *, seen: Seen) -> dict[int, Signature]:
    """The last signature of each milestone by the end of the span; one query."""
    rows = StageChange.objects.filter(
        span.by_end(), milestone__plan=plan, act=StageAct.SIGNED_OFF
    ).select_related("by")
    return {
        row.milestone_id: Signature(
            at=row.at,
            by=name_of(row, "by", seen),
            role=row.get_role_display() if "role" in seen[StageChange] else "",
        )
        for row in rows.order_by("version")
    }


def spells_in(plan: Plan, span: Span, *, seen: Seen) -> list[Spell]:
    """The overdue spells that were open at some time in the span; two queries."""
    rows = MilestoneException.objects.filter(
        span.by_end("opened_at"),
        Q(closed_at=None) | Q(closed_at__gt=span.after),
        milestone__plan=plan,
    )
    reports = _last_reports(plan, span)
    return [
        _spell(row, reports.get(row.milestone_id), span=span, seen=seen)
        for row in rows.order_by("overdue_since", "pk")
    ]


def _last_reports(plan: Plan, span: Span) -> dict[int, ExceptionReport]:
    """The last report on each milestone's exception in the span."""
    rows = ExceptionReport.objects.filter(span.q(), milestone__plan=plan)
    return {row.milestone_id: row for row in rows.order_by("at", "pk")}


def _spell(
    row: MilestoneException, report: ExceptionReport | None, *, span: Span, seen: Seen
) -> Spell:
    is_closed = row.closed_at is not None and (span.until is None or row.closed_at <= span.until)
    return Spell(
        milestone=row.milestone_id,
        overdue_since=row.overdue_since,
        closed_at=row.closed_at if is_closed else None,
        closure=row.get_closure_display() if is_closed else "",
        cause=word(report, "cause", seen),
        effect_on_families=word(report, "effect_on_families", seen),
        what_is_being_done=word(report, "what_is_being_done", seen),
        done_by=word(report, "done_by", seen) or None,
        asked_of_board=word(report, "asked_of_board", seen),
    )


def evidence_by_end(rows: models.QuerySet[Evidence], span: Span) -> list[EvidenceStanding]:
    """Of these pieces of evidence those that stood at the end of the span; one query.

    Whoever may see a piece of evidence may see what it is and what it shows.
    """
    standing = Q(withdrawn_at=None)
    if span.until is not None:
        standing |= Q(withdrawn_at__gt=span.until)
    found = rows.filter(span.by_end("added_at"), standing).select_related("action", "milestone")
    return [
        EvidenceStanding(
            pk=row.pk,
            milestone=row.milestone_id,
            is_new=span.has(row.added_at),
            action_key=row.action.key,
            about=row.milestone.key if row.milestone else row.action.key,
            kind=row.get_kind_display(),
            title=row.title,
            dated_on=row.dated_on,
            what_it_shows=row.what_it_shows,
        )
        for row in found.order_by("action__position", "milestone__position", "added_at", "pk")
    ]


def told_in(plan: Plan, span: Span) -> list[Told]:
    """What families were told in the span, in the order of the plan; one query."""
    rows = (
        MilestoneUpdate.objects.filter(span.q(), milestone__plan=plan)
        .exclude(sentence_for_families="")
        .select_related("milestone", "period")
        .order_by("milestone__action__position", "milestone__position", "version")
    )
    return [
        Told(
            row.milestone_id, row.milestone.key, row.period.month, row.at, row.sentence_for_families
        )
        for row in rows
    ]
