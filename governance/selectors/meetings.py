"""Meetings as the pages show them: the calendar of a plan, one meeting with its agenda, who came."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from governance.enums import Capacity, MeetingMark, MeetingState
from governance.models import (
    AgendaItem,
    Attendance,
    CalendarFeed,
    DeclaredInterest,
    Group,
    Meeting,
    MeetingPaper,
    Membership,
)
from governance.policies import meetings as rules
from governance.policies.meetings import DayRule
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.records.trail import TrailEntry, trail_of
from plans.models import Plan

CAME = (MeetingMark.PRESENT, MeetingMark.IN_PLACE)


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list; ``opens`` says whether the reader sees more of it than its date."""

    meeting: Meeting
    opens: bool

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.meeting.state == MeetingState.CANCELLED

    @property
    def place(self) -> str:
        """Where it is, for those who may come."""
        return self.meeting.place if self.opens else ""


@dataclass(frozen=True)
class ItemLine:
    """An item on an agenda: its number, when it begins, and its papers."""

    number: int
    starts_at: dt.datetime
    item: AgendaItem
    papers: tuple[MeetingPaper, ...]


@dataclass(frozen=True)
class Attender:
    """Somebody of an attendance list: a member, noted or not, or a guest."""

    who: str
    capacity: str
    organisation: str
    membership: int | None = None
    row: int | None = None
    mark: str = ""
    stand_in: str = ""

    @property
    def place(self) -> str:
        """As what they sit in the group, and for whom."""
        return ", ".join(filter(None, (self.capacity, self.organisation)))

    @property
    def mark_label(self) -> str:
        """The mark in words, "" where nothing is noted."""
        return MeetingMark(self.mark).label if self.mark else ""


@dataclass(frozen=True)
class ProposedDay:
    """A day that a rule gives, before it is planned; ``note`` says what speaks against it."""

    month: dt.date
    day: dt.date
    note: str


def meeting_lines(rows: QuerySet[Meeting], *, opened: Collection[int]) -> list[MeetingLine]:
    """Meetings for a list, the earliest first; ``opened`` are those the reader may open. One query."""
    found = rows.select_related("group__plan").order_by("starts_at", "pk")
    return [MeetingLine(row, row.pk in opened) for row in found]


def next_meetings(
    rows: QuerySet[Meeting], *, at: dt.datetime, opened: Collection[int], most: int
) -> list[MeetingLine]:
    """The next meetings that take place, the soonest first."""
    coming = rows.not_cancelled().filter(ends_at__gte=at)
    return meeting_lines(coming, opened=opened)[:most]


def agenda_of(
    meeting: Meeting, *, items: QuerySet[AgendaItem], papers: QuerySet[MeetingPaper]
) -> list[ItemLine]:
    """The agenda as a reader sees it, who may see ``items`` and ``papers``. Three queries.

    Each item begins when those before it are over, also those that the reader does not see.
    """
    standing = list(meeting.items.standing())
    begins = rules.starts_of(meeting.starts_at, [row.duration for row in standing])
    seen = set(items.filter(meeting=meeting).values_list("pk", flat=True))
    attached: dict[int, list[MeetingPaper]] = {}
    for paper in papers.filter(item__meeting=meeting).select_related("file"):
        if not paper.withdrawn_reason:
            attached.setdefault(paper.item_id, []).append(paper)
    shown = [(row, at) for row, at in zip(standing, begins, strict=True) if row.pk in seen]
    return [
        ItemLine(number, at, row, tuple(attached.get(row.pk, ())))
        for number, (row, at) in enumerate(shown, start=1)
    ]


def end_of_agenda(agenda: Sequence[ItemLine], meeting: Meeting) -> dt.datetime:
    """When the last item is over, if each takes as long as was said."""
    if not agenda:
        return meeting.starts_at
    last = agenda[-1]
    return last.starts_at + dt.timedelta(minutes=last.item.duration)


def withdrawn_items(meeting: Meeting, *, items: QuerySet[AgendaItem]) -> list[AgendaItem]:
    """What was taken off the agenda, with the reasons."""
    return list(items.filter(meeting=meeting).exclude(withdrawn_reason=""))


def interests_of(
    meeting: Meeting, *, interests: QuerySet[DeclaredInterest]
) -> list[DeclaredInterest]:
    """The conflicts of interest that stand. One query."""
    rows = interests.filter(meeting=meeting, withdrawn_reason="")
    return list(rows.select_related("item", "meeting"))


def members_on(meeting: Meeting) -> QuerySet[Membership]:
    """Who sits in the group on the day of a meeting, and whoever is noted already."""
    day = dates.day_of(meeting.starts_at)
    sitting = Membership.objects.current(day).filter(group=meeting.group_id)
    noted = Q(pk__in=meeting.attendance.values("membership"))
    return Membership.objects.filter(Q(pk__in=sitting.values("pk")) | noted)


def attendance_of(meeting: Meeting, *, with_names: bool) -> list[Attender]:
    """Every member of that day, whether noted or not, then the guests. Two queries.

    Without names it says who came by capacity and organisation alone.
    """
    rows = list(meeting.attendance.all())
    noted = {row.membership_id: row for row in rows if row.membership_id}
    members = members_on(meeting).select_related("person")
    order = {capacity: place for place, capacity in enumerate(Capacity)}
    listed = sorted(members, key=lambda each: (order[Capacity(each.capacity)], each.pk))
    found = [
        *(_member(each, noted.get(each.pk)) for each in listed),
        *(_guest(row) for row in rows if not row.membership_id),
    ]
    return found if with_names else [replace(each, who="", stand_in="") for each in found]


def present_at(meeting: Meeting) -> int:
    """How many came, themselves or through somebody in their place."""
    return meeting.attendance.filter(mark__in=CAME).count()


def attendance_fingerprint(meeting: Meeting) -> str:
    """What the attendance is now, to see whether it is still what somebody was shown."""
    return rules.fingerprint_of(_attendance(meeting))


def minutes_fingerprint(meeting: Meeting) -> str:
    """What the minutes are now: every item in its version, who came, and the interests."""
    items = meeting.items.standing().values_list("pk", "version", "position")
    interests = meeting.interests.values_list("pk", "withdrawn_reason")
    return rules.fingerprint_of([*items, *_attendance(meeting), *interests])


def history_of(meeting: Meeting, *, show_people: bool) -> list[TrailEntry]:
    """What became of a meeting: planned, moved, agenda out, held, agreed or cancelled."""
    return trail_of(
        Meeting,
        about=Q(id=meeting.pk),
        wording={"state": "State", "starts_at": "Beginning", "ends_at": "End", "place": "Place"},
        created="The meeting was planned.",
        show_people=show_people,
        show_reasons=True,
    )


def history_of_item(item: AgendaItem, *, show_people: bool) -> list[TrailEntry]:
    """How an item and its minutes were changed."""
    return trail_of(
        AgendaItem,
        about=Q(id=item.pk),
        wording={
            "title": "Title",
            "presenter": "Presenter",
            "purpose": "Purpose",
            "duration": "Minutes of time",
            "minutes_text": "Minutes",
        },
        created="The item was put on the agenda.",
        show_people=show_people,
        show_reasons=True,
    )


def proposed_days(group: Group, *, months: Sequence[dt.date], rule: DayRule) -> list[ProposedDay]:
    """The days that a rule gives for months that have no meeting yet, with what to look at.

    Two queries.
    """
    taken = set(group.meetings.exclude(month=None).values_list("month", flat=True))
    freezes = {
        dates.next_month(month): freezes_on
        for month, freezes_on in group.plan.periods.values_list("month", "freezes_on")
    }
    return [
        ProposedDay(month, day, _note_on(day, freezes.get(month)))
        for month in months
        if month not in taken
        for day in [rule.in_month(month)]
    ]


def open_feed(plan: Plan, person: User) -> CalendarFeed | None:
    """The person's calendar of a plan that has not ended."""
    return CalendarFeed.objects.filter(plan=plan, person=person, revoked_at=None).first()


def feed_of_key(*, slug: str, key: str) -> CalendarFeed | None:
    """The open calendar of a key, while its person has an open account."""
    rows = CalendarFeed.objects.filter(
        plan__slug=slug, digest=rules.digest_of(key), revoked_at=None, person__is_active=True
    )
    return rows.select_related("plan__partnership", "person").first()


def _attendance(meeting: Meeting) -> list[tuple[object, ...]]:
    return list(meeting.attendance.order_by("pk").values_list("pk", "mark", "stand_in"))


def _note_on(day: dt.date, freezes_on: dt.date | None) -> str:
    if freezes_on is None or day >= freezes_on:
        return ""
    return f"Before last month’s report is frozen, on {freezes_on.day} {freezes_on:%B}"


def _member(row: Membership, noted: Attendance | None) -> Attender:
    return Attender(
        who=row.person.name if row.person else row.name,
        capacity=row.get_capacity_display(),
        organisation=row.organisation,
        membership=row.pk,
        row=noted.pk if noted else None,
        mark=noted.mark if noted else "",
        stand_in=noted.stand_in if noted else "",
    )


def _guest(row: Attendance) -> Attender:
    return Attender(who=row.name, capacity="Guest", organisation="", row=row.pk, mark=row.mark)
