"""The action log as pages, programs and the digest read it, with its counts and what meetings carry on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Prefetch, Q, QuerySet

from governance.enums import LogShown, LogStanding, MeetingState
from governance.models import Decision, LogAction, LogActionNote, Meeting
from governance.permissions.records import Reader
from governance.policies import log as rules
from governance.policies.log import Dated, LogCounts
from governance.selectors.decisions import meeting_path, meeting_words
from governance.selectors.prompts import PromptLine, prefetched, prompt_lines
from hertsend.accounts.models import RoleAssignment, User
from hertsend.records.trail import TrailEntry, trail_of
from plans.models import Plan


@dataclass(frozen=True)
class NoteLine:
    """An update of a log action."""

    number: int
    words: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class LogLine:
    """A log action as it stands on a day; names and words are "" where they may not be seen."""

    pk: int
    group: str
    group_key: str
    number: int
    task: str
    owner: str
    is_own: bool
    due_on: dt.date
    standing: LogStanding
    days_overdue: int
    meeting: str
    meeting_path: str
    decision: Decision | None
    raised_by: str
    raised_at: dt.datetime
    closed_by: str
    closed_at: dt.datetime | None
    closing_note: str
    version: int
    notes: tuple[NoteLine, ...]
    prompts: tuple[PromptLine, ...]
    path: str

    @property
    def is_closed(self) -> bool:
        """Nothing is left to do."""
        return self.standing == LogStanding.CLOSED

    @property
    def latest(self) -> NoteLine | None:
        """What was said of it last."""
        return self.notes[0] if self.notes else None

    @property
    def is_because_of_data(self) -> bool:
        """Whether data prompted it."""
        return any(prompt.is_data for prompt in self.prompts)


def log_lines(rows: QuerySet[LogAction], reader: Reader, *, on: dt.date) -> list[LogLine]:
    """Log actions in the order of the rows, in five queries at most, however many."""
    notes = LogActionNote.objects.select_related("by")
    if "words" not in reader.seen[LogActionNote]:
        notes = notes.filter(by=reader.person_id)
    found = rows.select_related(
        "group__plan", "meeting", "owner", "raised_by", "closed_by"
    ).prefetch_related(
        prefetched(reader),
        Prefetch("decision", queryset=reader.decisions.select_related("group__plan")),
        Prefetch("notes", queryset=notes, to_attr="seen_notes"),
    )
    return [_line(row, reader, on=on) for row in found]


def _line(row: Any, reader: Reader, *, on: dt.date) -> LogLine:
    is_closed = row.closed_at is not None
    is_late = rules.is_overdue(due_on=row.due_on, is_closed=is_closed, on=on)
    return LogLine(
        pk=row.pk,
        group=row.group.name,
        group_key=row.group.key,
        number=row.number,
        task=row.task,
        owner=reader.name(row, "owner"),
        is_own=row.owner_id == reader.person_id,
        due_on=row.due_on,
        standing=rules.standing(due_on=row.due_on, is_closed=is_closed, on=on),
        days_overdue=(on - row.due_on).days if is_late else 0,
        meeting=meeting_words(row.meeting),
        meeting_path=meeting_path(row.meeting, row.group),
        decision=row.decision,
        raised_by=reader.name(row, "raised_by"),
        raised_at=row.raised_at,
        closed_by=reader.name(row, "closed_by"),
        closed_at=row.closed_at,
        closing_note=reader.word(row, "closing_note", author_id=row.closed_by_id),
        version=row.version,
        notes=tuple(
            NoteLine(note.number, note.words, reader.name(note, "by"), note.at)
            for note in row.seen_notes
        ),
        prompts=prompt_lines(row, reader),
        path=row.get_absolute_url(),
    )


def shown_as(
    rows: QuerySet[LogAction], shown: str, *, at: dt.datetime, on: dt.date
) -> QuerySet[LogAction]:
    """The log actions that a count on top of the log counts, or all closed; open ones include the overdue."""
    if LogShown(shown) == LogShown.RECENT:
        return rows.filter(_closed_since_the_last_meetings(rows, at=at))
    chosen = {
        LogShown.OPEN: Q(closed_at=None),
        LogShown.OVERDUE: rules.overdue_q(on),
        LogShown.CLOSED: Q(closed_at__isnull=False),
    }
    return rows.filter(chosen[LogShown(shown)])


def _closed_since_the_last_meetings(rows: QuerySet[LogAction], *, at: dt.datetime) -> Q:
    """What each group closed since its last meeting; one query, however many groups."""
    groups = set(rows.order_by().values_list("group", flat=True))
    met = last_meetings(groups, at=at)
    found = Q(pk__in=())
    for group in groups:
        found |= Q(group=group) & rules.closed_since_q(met.get(group))
    return found


def open_first(rows: QuerySet[LogAction]) -> QuerySet[LogAction]:
    """Open ones by their day, then those closed, the latest first."""
    return rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")


def counts_of(rows: QuerySet[LogAction], *, at: dt.datetime, on: dt.date) -> LogCounts:
    """Closed since the last meeting of each group, open, and overdue. Two queries."""
    by_group: dict[int, list[Dated]] = defaultdict(list)
    for group, due_on, closed_at in rows.order_by().values_list("group", "due_on", "closed_at"):
        by_group[group].append(Dated(due_on, closed_at))
    met = last_meetings(by_group, at=at)
    counted = [
        rules.counts_of(actions, last_meeting_at=met.get(group), on=on)
        for group, actions in by_group.items()
    ]
    return LogCounts(
        closed=sum(each.closed for each in counted),
        open=sum(each.open for each in counted),
        overdue=sum(each.overdue for each in counted),
    )


def last_meetings(groups: Collection[int], *, at: dt.datetime) -> Mapping[int, dt.datetime]:
    """When the last meeting of each group began that has begun by a moment; cancelled ones are none."""
    rows = Meeting.objects.exclude(state=MeetingState.CANCELLED).filter(
        group__in=groups, starts_at__lte=at
    )
    return dict(rows.order_by().values_list("group").annotate(Max("starts_at")))


def carried_to(meeting: Meeting, rows: QuerySet[LogAction]) -> QuerySet[LogAction]:
    """The log actions that a meeting has before it: of its group, raised by then and still open."""
    return rows.filter(rules.carried_to_q(meeting.starts_at), group=meeting.group_id)


def meetings_of(log_action: LogAction, *, at: dt.datetime) -> list[Meeting]:
    """The meetings that had the action before them so far, the first first."""
    rows = log_action.group.meetings.exclude(state=MeetingState.CANCELLED)
    return [
        meeting
        for meeting in rows.filter(starts_at__lte=at)
        .select_related("group__plan")
        .order_by("starts_at")
        if rules.is_carried_to(
            raised_at=log_action.raised_at,
            closed_at=log_action.closed_at,
            starts_at=meeting.starts_at,
        )
    ]


def owners_of(plan: Plan, *, on: dt.date) -> QuerySet[User]:
    """Who may own log actions of a plan: everybody with a role in its partnership, by name."""
    roles = RoleAssignment.objects.current(on).filter(partnership=plan.partnership_id)
    rows = User.objects.filter(pk__in=roles.values("user"), is_active=True, is_system=False)
    return rows.order_by("name", "pk")


def owners_in(rows: QuerySet[LogAction]) -> QuerySet[User]:
    """Who owns any of these log actions, by name: for a filter."""
    return User.objects.filter(pk__in=rows.values("owner")).order_by("name", "pk")


def history_of(log_action: LogAction, reader: Reader) -> list[TrailEntry]:
    """Every change of a log action, in sentences."""
    named = "owner" in reader.seen[LogAction]
    return trail_of(
        LogAction,
        about=Q(id=log_action.pk),
        wording={"due_on": "Due", "closed_at": "Closed"} | ({"owner": "Owner"} if named else {}),
        created="The action was raised.",
        show_people=named,
        show_reasons="closing_note" in reader.seen[LogAction],
    )
