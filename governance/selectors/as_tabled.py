"""What boards keep, as it was at a cut-off: risks, log, decisions, the next meeting, voices of families."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from governance.enums import MeetingState, MitigationState, Trend
from governance.models import (
    Decision,
    DecisionRequest,
    FeedbackPublication,
    Group,
    LogAction,
    Meeting,
    Risk,
    RiskReview,
)
from governance.policies import log as log_rules
from governance.policies import risks as rules
from governance.policies.quarters import quarter_before, quarter_of
from governance.policies.risks import Band, Score
from governance.selectors.risks import ScoreLine, bands_of
from plans.models import Plan


@dataclass(frozen=True)
class RiskAt:
    """An open risk with its score and trend, the months for which it was reviewed, and what is done."""

    risk: Risk
    current: ScoreLine
    target: ScoreLine
    trend: Trend
    months: frozenset[dt.date]
    reviewed_at: dt.datetime
    open_mitigations: int
    overdue_mitigations: int


def open_risks_at(
    risks: QuerySet[Risk], plan: Plan, *, at: dt.datetime, on: dt.date
) -> list[RiskAt]:
    """Those that were open at a moment, the highest score first. Three queries, however many."""
    bands = bands_of(plan, on=on).bands
    reviews = RiskReview.objects.filter(at__lte=at).select_related("period").order_by("-number")
    still = Q(mitigations__state=MitigationState.OPEN) | Q(mitigations__ended_at__gt=at)
    late = still & Q(mitigations__due_on__lt=on)
    rows = (
        risks.filter(Q(closed_at=None) | Q(closed_at__gt=at))
        .select_related("workstream", "owner")
        .prefetch_related(Prefetch("reviews", queryset=reviews))
        .annotate(
            open_ones=Count("mitigations", filter=still, distinct=True),
            overdue_ones=Count("mitigations", filter=late, distinct=True),
        )
    )
    found = [_risk(row, list(row.reviews.all()), bands) for row in rows if row.reviews.all()]
    return sorted(
        found, key=lambda each: (-each.current.value, -each.current.score.impact, each.risk.pk)
    )


def _risk(risk: Risk, reviews: Sequence[RiskReview], bands: Sequence[Band]) -> RiskAt:
    scores = [Score(row.likelihood, row.impact) for row in reviews]
    target = Score(risk.target_likelihood, risk.target_impact)
    return RiskAt(
        risk=risk,
        current=ScoreLine(scores[0], rules.band_of(scores[0].value, bands)),
        target=ScoreLine(target, rules.band_of(target.value, bands)),
        trend=rules.trend_of(scores),
        months=frozenset(row.period.month for row in reviews if row.period),
        reviewed_at=reviews[0].at,
        open_mitigations=vars(risk)["open_ones"],
        overdue_mitigations=vars(risk)["overdue_ones"],
    )


@dataclass(frozen=True)
class LogAt:
    """The log of groups: those open at a moment by their day, and how many were closed since another."""

    open: tuple[LogAction, ...]
    closed: int


def log_at(groups: QuerySet[Group], *, since: dt.datetime | None, at: dt.datetime) -> LogAt:
    """The log as it stood. One query."""
    rows = LogAction.objects.filter(group__in=groups, raised_at__lte=at).order_by("due_on", "pk")
    found = list(rows.select_related("group", "owner"))
    ended = [row.closed_at for row in found if row.closed_at is not None and row.closed_at <= at]
    return LogAt(
        open=tuple(row for row in found if row.closed_at is None or row.closed_at > at),
        closed=sum(since is None or moment > since for moment in ended),
    )


def days_overdue(row: LogAction, *, on: dt.date) -> int:
    """By how many days an open action is late; 0 where its day is still to come."""
    is_late = log_rules.is_overdue(due_on=row.due_on, is_closed=False, on=on)
    return (on - row.due_on).days if is_late else 0


def decisions_between(
    groups: QuerySet[Group], *, since: dt.datetime | None, at: dt.datetime
) -> list[Decision]:
    """What was decided after a moment, or ever, and up to another, the first first. One query.

    ``is_superseded`` says whether another decision took its place by then.
    """
    later = Decision.objects.filter(supersedes=OuterRef("pk"), at__lte=at)
    rows = Decision.objects.filter(group__in=groups, at__lte=at)
    rows = rows if since is None else rows.filter(at__gt=since)
    named = rows.annotate(is_superseded=Exists(later)).select_related("group", "taken_by")
    return list(named.order_by("taken_on", "at", "pk"))


def requests_waiting_at(groups: QuerySet[Group], *, at: dt.datetime) -> list[DecisionRequest]:
    """What groups were asked and had not answered, the longest waiting first. One query."""
    still = Q(ended_at=None) | Q(ended_at__gt=at)
    rows = DecisionRequest.objects.filter(still, group__in=groups, asked_at__lte=at)
    return list(rows.select_related("group", "asked_by").order_by("asked_at", "pk"))


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting of a group, as it was planned."""

    group: str
    starts_at: dt.datetime


def next_meeting_at(groups: QuerySet[Group], *, at: dt.datetime) -> NextMeeting | None:
    """The soonest meeting after a moment that was planned by then, from the history. One query."""
    past = Meeting.history.filter(group__in=groups, history_date__lte=at)
    names = ("id", "group__name", "starts_at", "state")
    known = {row[0]: row[1:] for row in past.order_by("history_id").values_list(*names)}
    coming = [
        NextMeeting(group, starts_at)
        for group, starts_at, state in known.values()
        if starts_at > at and state != MeetingState.CANCELLED
    ]
    return min(coming, key=lambda each: (each.starts_at, each.group), default=None)


def answers_at(
    published: QuerySet[FeedbackPublication], *, month: dt.date, at: dt.datetime
) -> list[FeedbackPublication]:
    """What was published for the quarter of a month; until that has any, for the quarter before.

    Of each entry the latest of the quarter that was published by the moment, by theme. One query.
    """
    quarter = quarter_of(month)
    rows = published.filter(quarter__in=[quarter_before(quarter), quarter], at__lte=at)
    latest = {
        (row.quarter, row.item_id): row for row in rows.select_related("item").order_by("number")
    }
    told = max((first for first, _ in latest), default=None)
    found = [row for (first, _), row in latest.items() if first == told]
    return sorted(found, key=lambda row: (row.theme.casefold(), row.item.number))
