"""Decisions and requests for them as pages and programs show them, reduced to what a reader may see."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from governance.enums import DecisionRequestState, MeetingState
from governance.models import Decision, DecisionRequest, Group, Meeting, Membership
from governance.permissions.meetings import CHAIRS
from governance.permissions.records import Reader
from governance.selectors.prompts import PromptLine, prefetched, prompt_lines
from hertsend import dates
from hertsend.records.trail import TrailEntry, trail_of
from plans.models import Plan


@dataclass(frozen=True)
class DecisionLine:
    """A decision of a group; names and words are "" where they may not be seen.

    ``superseding`` and ``supersedes`` are the others where the reader may see them; whether it
    still holds is known to everybody who reads it.
    """

    group: str
    group_key: str
    number: int
    title: str
    decided: str
    reasons: str
    internal_note: str
    meeting: str
    meeting_path: str
    taken_on: dt.date
    effective_on: dt.date
    taken_by: str
    reason_for_change: str
    is_superseded: bool
    supersedes: Decision | None
    superseding: Decision | None
    request: DecisionRequest | None
    prompts: tuple[PromptLine, ...]
    path: str

    @property
    def is_because_of_data(self) -> bool:
        """Whether data prompted it."""
        return any(prompt.is_data for prompt in self.prompts)


@dataclass(frozen=True)
class RequestLine:
    """A decision that a group is or was asked for; names and words are "" where they may not be seen."""

    group: str
    group_key: str
    number: int
    question: str
    background: str
    wanted_by: dt.date | None
    asked_by: str
    is_own: bool
    asked_at: dt.datetime
    state: DecisionRequestState
    ended_by: str
    ended_at: dt.datetime | None
    withdrawn_reason: str
    decision: Decision | None
    prompts: tuple[PromptLine, ...]
    path: str

    @property
    def is_open(self) -> bool:
        """It waits for a chair."""
        return self.state == DecisionRequestState.OPEN


def decision_lines(rows: QuerySet[Decision], reader: Reader) -> list[DecisionLine]:
    """Decisions in the order of the rows, in seven queries at most, however many."""
    known = reader.decisions.select_related("group__plan")
    requests = reader.requests.select_related("group__plan")
    found = (
        rows.select_related("group__plan", "meeting", "taken_by")
        .annotate(is_superseded=Exists(Decision.objects.filter(supersedes=OuterRef("pk"))))
        .prefetch_related(
            prefetched(reader),
            Prefetch("supersedes", queryset=known),
            Prefetch("superseded_by", queryset=known),
            Prefetch("request", queryset=requests),
        )
    )
    return [_decision(row, reader) for row in found]


def _decision(row: Any, reader: Reader) -> DecisionLine:
    return DecisionLine(
        group=row.group.name,
        group_key=row.group.key,
        number=row.number,
        title=row.title,
        decided=row.decided,
        reasons=row.reasons,
        internal_note=reader.word(row, "internal_note", author_id=row.taken_by_id),
        meeting=meeting_words(row.meeting),
        meeting_path=meeting_path(row.meeting, row.group),
        taken_on=row.taken_on,
        effective_on=row.effective_on,
        taken_by=reader.name(row, "taken_by"),
        reason_for_change=row.reason_for_change,
        is_superseded=row.is_superseded,
        supersedes=row.supersedes,
        superseding=getattr(row, "superseded_by", None),
        request=row.request,
        prompts=prompt_lines(row, reader),
        path=row.get_absolute_url(),
    )


def request_lines(rows: QuerySet[DecisionRequest], reader: Reader) -> list[RequestLine]:
    """Requests in the order of the rows, in five queries at most, however many."""
    found = rows.select_related("group__plan", "asked_by", "ended_by").prefetch_related(
        prefetched(reader),
        Prefetch("decision", queryset=reader.decisions.select_related("group__plan")),
    )
    return [_request(row, reader) for row in found]


def _request(row: Any, reader: Reader) -> RequestLine:
    return RequestLine(
        group=row.group.name,
        group_key=row.group.key,
        number=row.number,
        question=row.question,
        background=reader.word(row, "background", author_id=row.asked_by_id),
        wanted_by=row.wanted_by,
        asked_by=reader.name(row, "asked_by"),
        is_own=row.asked_by_id == reader.person_id,
        asked_at=row.asked_at,
        state=DecisionRequestState(row.state),
        ended_by=reader.name(row, "ended_by"),
        ended_at=row.ended_at,
        withdrawn_reason=reader.word(row, "withdrawn_reason", author_id=row.ended_by_id),
        decision=getattr(row, "decision", None),
        prompts=prompt_lines(row, reader),
        path=row.get_absolute_url(),
    )


def waiting_requests(rows: QuerySet[DecisionRequest]) -> QuerySet[DecisionRequest]:
    """Those that wait for a decision, the longest waiting first."""
    return rows.filter(state=DecisionRequestState.OPEN).order_by("asked_at", "pk")


def requests_before(meeting: Meeting, rows: QuerySet[DecisionRequest]) -> QuerySet[DecisionRequest]:
    """The requests that a meeting has before it: of its group, asked by then, not ended before it."""
    still = Q(ended_at=None) | Q(ended_at__gte=meeting.starts_at)
    return rows.filter(still, group=meeting.group_id, asked_at__lte=meeting.starts_at).order_by(
        "asked_at", "pk"
    )


def chairs_by_group(plan: Plan, *, on: dt.date) -> dict[int, set[int]]:
    """Who chairs each group of a plan on a day, by primary keys; a group without a chair has none."""
    rows = Membership.objects.current(on).filter(
        group__plan=plan, capacity__in=CHAIRS, person__is_active=True
    )
    found: dict[int, set[int]] = defaultdict(set)
    for group, person in rows.order_by().values_list("group", "person"):
        found[group].add(person)
    return found


def meeting_words(meeting: Meeting | None) -> str:
    """The meeting inside a sentence; "" where there is none."""
    if meeting is None:
        return ""
    day = dates.day_of(meeting.starts_at)
    return f"meeting of {day.day} {day:%B %Y}"


def meeting_path(meeting: Meeting | None, group: Group) -> str:
    """The page of a meeting of a group that was read with its plan; "" where there is none."""
    if meeting is None:
        return ""
    return reverse("governance:meeting-detail", args=[group.plan.slug, group.key, meeting.number])


def past_meetings(group: Group, *, at: dt.datetime) -> QuerySet[Meeting]:
    """The meetings of a group that have begun, the latest first, but for those cancelled."""
    rows = Meeting.objects.exclude(state=MeetingState.CANCELLED)
    return rows.filter(group=group, starts_at__lte=at).order_by("-starts_at")


def history_of(request: DecisionRequest, reader: Reader) -> list[TrailEntry]:
    """Every change of a request, in sentences."""
    return trail_of(
        DecisionRequest,
        about=Q(id=request.pk),
        wording={"state": "State"},
        created="The decision was asked for.",
        show_people="asked_by" in reader.seen[DecisionRequest],
        show_reasons="background" in reader.seen[DecisionRequest],
    )
