"""What boards keep, as it was at a cut-off: risks, log, decisions, the next meeting, voices of families."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.enums import MeetingState, MitigationState, Trend
from governance.models import (
    Decision,
    DecisionRequest,
    FeedbackPublication,
    Group,
    LogAction,
    Meeting,
    Mitigation,
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
    """An open risk in the words that it had, with its score and trend, the months for which it was reviewed, and
    how many mitigations were open and overdue.
    """

    key: str
    event: str
    cause: str
    effect: str
    workstream: str
    owner: str
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
    """Those that were open at a moment, the highest score first. Four queries, however many.

    Words, owner and target are those of then, from the history; a risk that was restricted then or is
    now is left out.
    """
    bands = bands_of(plan, on=on).bands
    reviews = defaultdict(list)
    for review in (
        RiskReview.objects.filter(risk__in=risks, at__lte=at)
        .select_related("period", "risk")
        .order_by("-number")
    ):
        reviews[review.risk].append(review)
    then = {
        row["id"]: row
        for row in Risk.history.as_of(at)
        .filter(plan=plan, seen_by="", closed_at=None)
        .values("id", *TOLD_OF_RISKS)
    }
    due = defaultdict(list)
    for risk_id, day in (
        Mitigation.history.as_of(at)
        .filter(risk__plan=plan, state=MitigationState.OPEN)
        .values_list("risk_id", "due_on")
    ):
        due[risk_id].append(day)
    found = [
        _risk(row, then[row.pk], own, bands, due=due[row.pk], on=on)
        for row, own in reviews.items()
        if row.pk in then
    ]
    return sorted(
        found, key=lambda each: (-each.current.value, -each.current.score.impact, each.key)
    )


TOLD_OF_RISKS = (
    *("event", "cause", "effect", "target_likelihood", "target_impact"),
    *("owner__name", "workstream__key"),
)


def _risk(
    risk: Risk,
    then: Mapping[str, Any],
    reviews: Sequence[RiskReview],
    bands: Sequence[Band],
    *,
    due: Sequence[dt.date],
    on: dt.date,
) -> RiskAt:
    scores = [Score(row.likelihood, row.impact) for row in reviews]
    target = Score(then["target_likelihood"], then["target_impact"])
    return RiskAt(
        key=risk.key,
        event=then["event"],
        cause=then["cause"],
        effect=then["effect"],
        workstream=then["workstream__key"] or "",
        owner=then["owner__name"],
        current=ScoreLine(scores[0], rules.band_of(scores[0].value, bands)),
        target=ScoreLine(target, rules.band_of(target.value, bands)),
        trend=rules.trend_of(scores),
        months=frozenset(row.period.month for row in reviews if row.period),
        reviewed_at=reviews[0].at,
        open_mitigations=len(due),
        overdue_mitigations=sum(day < on for day in due),
    )


@dataclass(frozen=True)
class ActionAt:
    """An open action of the log in the words, with the owner and the day that it had."""

    group: str
    group_key: str
    number: int
    task: str
    owner: str
    due_on: dt.date


@dataclass(frozen=True)
class LogAt:
    """The log of groups: those open at a moment by their day, and how many were closed since another."""

    open: tuple[ActionAt, ...]
    closed: int


def log_at(groups: QuerySet[Group], *, since: dt.datetime | None, at: dt.datetime) -> LogAt:
    """The log as it stood, from the history. One query."""
    lately = Q(closed_at__isnull=False) if since is None else Q(closed_at__gt=since)
    rows = LogAction.history.as_of(at).filter(Q(closed_at=None) | lately, group__in=groups)
    told = ("group__name", "group__key", "number", "task", "owner__name", "due_on")
    found = rows.order_by("due_on", "id").values_list("closed_at", *told)
    still_open = tuple(ActionAt(*row) for closed_at, *row in found if closed_at is None)
    return LogAt(open=still_open, closed=len(found) - len(still_open))


def days_overdue(row: ActionAt, *, on: dt.date) -> int:
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
    """The soonest meeting after a moment that was planned by then, from the history. One query of one row."""
    known = Meeting.history.as_of(at).filter(group__in=groups, starts_at__gt=at)
    coming = known.exclude(state=MeetingState.CANCELLED).order_by("starts_at", "group__name", "id")
    row = coming.values_list("group__name", "starts_at").first()
    return None if row is None else NextMeeting(*row)


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
