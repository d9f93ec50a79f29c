"""A year of invented meetings of two groups: some moved or cancelled, the first held with agreed minutes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from governance.enums import AgendaKind, Capacity, ItemPurpose, MeetingMark, Rhythm
from governance.models import Group, Meeting
from governance.policies.meetings import DayRule, months_with_meetings
from governance.selectors import meetings as reads
from governance.selectors import rhythm_of
from governance.services import agendas, attendance, meetings
from governance.services.agendas import ItemWords
from governance.services.attendance import Mark
from governance.services.meetings import Sitting
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.files import store
from hertsend.pages.demonstration.meeting_words import (
    GUEST,
    LETTER,
    MINUTES_OF_BOARD,
    MINUTES_OF_EXECUTIVE,
    MONEY,
    THERAPIES,
    Own,
)
from hertsend.pages.demonstration.people import Cast
from hertsend.pages.demonstration.proofs import Handed
from plans.models import Plan

PLANNED_ON = dt.date(2024, 7, 15)
FIRST_MONTH = dt.date(2024, 9, 1)
TUESDAY, THURSDAY = 1, 3
HALL, JOIN = "County Hall, Hertford", "https://meet.example.org/send"
AT_TWO, AT_FOUR = dt.time(14), dt.time(16)


@dataclass(frozen=True)
class Meetings:
    """The meetings of a plan, as its office and chairs keep them."""

    plan: Plan
    cast: Cast

    @property
    def office(self) -> User:
        """Who plans them."""
        return self.cast.people["office"]

    def tell(self) -> None:
        """Plan the year of the executive and of the first board, hold what is past, move and cancel."""
        executive = self.plan.groups.filter(tier="executive").first()
        board = self.plan.groups.filter(tier="board").first()
        if executive is None or board is None:
            return
        self._plan(executive, DayRule(THURSDAY, 3), rhythm=None)
        self._plan(board, DayRule(TUESDAY, 4), rhythm=Rhythm.MONTHLY)
        self._change(board, executive)
        self._live(board, LETTER, MINUTES_OF_BOARD)
        self._live(executive, THERAPIES, MINUTES_OF_EXECUTIVE)
        self._prepare_next(executive)

    def _plan(self, group: Group, rule: DayRule, *, rhythm: Rhythm | None) -> None:
        spans = rhythm_of(self.plan).spans
        with dates.at(dates.start_of(PLANNED_ON)):
            meetings.plan_year(
                group=group,
                months=months_with_meetings(FIRST_MONTH, rhythm=rhythm, spans=spans),
                rule=rule,
                starts=AT_TWO,
                ends=AT_FOUR,
                place=HALL,
                link=JOIN,
                by=self.office,
            )

    def _change(self, board: Group, executive: Group) -> None:
        """The board's meeting before Christmas is moved, the executive's in August is cancelled."""
        december = board.meetings.get(month=dt.date(2024, 12, 1))
        august = executive.meetings.filter(month=dt.date(2025, 8, 1)).first()
        with dates.at(dates.start_of(dt.date(2024, 9, 2))):
            meetings.move(
                meeting=december,
                sitting=Sitting(dt.date(2024, 12, 17), AT_TWO, AT_FOUR, HALL, JOIN),
                reason="Many members are away on Christmas Eve",
                base_version=december.version,
                by=self.office,
            )
            if august is not None:
                meetings.cancel(
                    meeting=august,
                    reason="Schools are closed; September’s meeting takes both reports",
                    base_version=august.version,
                    by=self.office,
                )

    def _chair_of(self, group: Group) -> User:
        seats = group.memberships.filter(
            capacity__in=[Capacity.CHAIR, Capacity.JOINT_CHAIR], person__isnull=False
        )
        return seats.select_related("person").earliest("pk").person

    def _live(self, group: Group, own: Own, said: Mapping[str, str]) -> None:
        """The group's first meeting, from its agenda to agreed minutes."""
        first, chair = group.meetings.earliest("starts_at"), self._chair_of(group)
        self._prepare(first, own, by=chair)
        self._hold(first, own, said, by=chair)
        self._agree(first, by=chair)

    def _prepare(self, meeting: Meeting, own: Own, *, by: User) -> None:
        """An item of the meeting's own with a paper, and the agenda out a week before."""
        week_before = meeting.starts_at - dt.timedelta(days=7)
        with dates.at(week_before):
            item = agendas.add_item(
                meeting=meeting,
                words=ItemWords(own.title, ItemPurpose.DECISION, 15, by.name),
                by=by,
            )
            text = f"{own.text} Invented for the demonstration.\n"
            agendas.add_paper(
                item=item,
                title=own.paper,
                file=store.receive(Handed(f"{own.paper}.txt", text.encode())),
                by=self.office,
            )
            fresh = Meeting.objects.get(pk=meeting.pk)
            meetings.send_agenda(meeting=fresh, base_version=fresh.version, by=by)

    def _hold(self, meeting: Meeting, own: Own, said: Mapping[str, str], *, by: User) -> None:
        with dates.at(meeting.ends_at):
            fresh = Meeting.objects.get(pk=meeting.pk)
            held = meetings.hold(meeting=fresh, base_version=fresh.version, by=by)
            members = list(reads.members_on(held).order_by("pk"))
            marks = {row.pk: Mark(MeetingMark.PRESENT) for row in members}
            marks[members[1].pk] = Mark(MeetingMark.APOLOGIES)
            marks[members[-2].pk] = Mark(MeetingMark.IN_PLACE, "A. Deputy (demonstration)")
            attendance.note_attendance(
                meeting=held,
                members=marks,
                guests={},
                new_guests=[GUEST],
                fingerprint=reads.attendance_fingerprint(held),
                by=self.office,
            )
            attendance.declare_interest(
                meeting=held,
                item=held.items.get(kind=AgendaKind.OWN),
                who=own.who,
                interest=own.interest,
                what_was_done=own.what_was_done,
                by=self.office,
            )
            for item in held.items.standing():
                agendas.write_minutes(
                    item=item,
                    minutes_text=said[item.kind],
                    base_version=item.version,
                    by=self.office,
                )

    def _agree(self, meeting: Meeting, *, by: User) -> None:
        with dates.at(meeting.ends_at + dt.timedelta(days=9)):
            meetings.agree_minutes(
                meeting=meeting, fingerprint=reads.minutes_fingerprint(meeting), by=by
            )

    def _prepare_next(self, executive: Group) -> None:
        """The agenda of the executive's next meeting is out."""
        october = executive.meetings.filter(month=dt.date(2024, 10, 1)).first()
        if october is not None:
            self._prepare(october, MONEY, by=self._chair_of(executive))
