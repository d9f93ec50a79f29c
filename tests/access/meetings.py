"""Meetings of the stage's board, in which some roles sit (``deciding.SEATS``); the office keeps them."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import AgendaItem, Attendance, Group, Meeting
from governance.selectors import meetings as reads
from governance.services import agendas, attendance, feeds, meetings
from governance.services.agendas import ItemWords
from governance.services.attendance import Mark
from governance.services.meetings import Sitting
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.files import store
from hertsend.records.bases import save_audited
from tests.access import deciding
from tests.factories.world import TODAY, World, noon

NO_KEY = "a-key-that-opens-nothing"
"""Whoever has a key has a calendar, so a key that opens one belongs in tests of its own."""
JOIN = "https://example.org/join"
DAY = TODAY + dt.timedelta(days=16)

ACTS_OF_MEETINGS = {"governance-api:paper-file"} | {
    f"governance:{name}"
    for name in (
        *("calendar-feed", "interest-withdraw", "item-add", "item-minutes", "item-order"),
        *("item-withdraw", "meeting-add", "meeting-agree", "meeting-cancel", "meeting-feed"),
        *("meeting-feed-make", "meeting-feed-revoke", "meeting-file", "meeting-hold"),
        *(
            "meeting-move",
            "meeting-reopen",
            "meeting-send",
            "paper-add",
            "paper-file",
            "paper-withdraw",
        ),
    )
}
"""The addresses of meetings that show no list."""


def stand(world: World) -> dict[str, Any]:
    """A meeting with an item, a paper, apologies and an interest."""
    board = Group.objects.get(plan=world.plan, key="board")
    deciding.seat(world, board)
    meeting = planned(world, DAY)
    grown = fill(world, meeting, 1)
    return {"meeting": meeting.number, "token": NO_KEY} | grown


def another(world: World) -> dict[str, Any]:
    """A meeting with a number that no meeting of the other plan has."""
    return {"meeting": planned(world, DAY + dt.timedelta(days=7)).number}


def planned(world: World, day: dt.date) -> Meeting:
    """One more meeting of the board."""
    return meetings.add_meeting(
        group=Group.objects.get(plan=world.plan, key="board"),
        sitting=Sitting(day, dt.time(14), dt.time(16), "County Hall", JOIN),
        by=world.people[Role.PROGRAMME_OFFICE],
    )


def fill(world: World, meeting: Meeting, number: int) -> dict[str, Any]:
    """An item with a paper, one that was taken off, apologies, and an interest."""
    office = world.people[Role.PROGRAMME_OFFICE]
    item, gone = (
        agendas.add_item(
            meeting=meeting,
            words=ItemWords(f"Item {number}{letter}", "decision", 10, "A. Lead"),
            by=office,
        )
        for letter in "ab"
    )
    agendas.withdraw_item(item=gone, reason="Next time", by=office)
    handed = SimpleUploadedFile("Paper.txt", f"Paper {number} of {meeting.pk}.".encode())
    paper = agendas.add_paper(
        item=item, title=f"Paper {number}", file=store.receive(handed), by=office
    )
    interest = attendance.declare_interest(
        meeting=meeting,
        item=item,
        who=f"Member {number}",
        interest="Works there",
        what_was_done="Left the room",
        by=office,
    )
    return {"item": item.pk, "paper": paper.pk, "interest": interest.pk}


def grow(world: World, number: int) -> None:
    """More meetings, one moved and one cancelled, and more of everything at the first one."""
    office = world.people[Role.PROGRAMME_OFFICE]
    moved, off = (planned(world, DAY + dt.timedelta(days=each * number)) for each in (30, 31))
    later = Sitting(DAY + dt.timedelta(days=40), dt.time(9), dt.time(10), "Town Hall", JOIN)
    meetings.move(meeting=moved, sitting=later, reason="Half term", base_version=1, by=office)
    meetings.cancel(meeting=off, reason="Snow", base_version=1, by=office)
    _reopened(planned(world, DAY + dt.timedelta(days=32 * number)), by=office)
    first = AgendaItem.objects.get(meeting__group__plan=world.plan, title="Item 1a").meeting
    fill(world, first, number + 1)
    item = first.items.standing().last()
    paper = item.papers.get()
    agendas.withdraw_paper(paper=paper, reason="Names a child", by=office)
    handed = SimpleUploadedFile("More.txt", f"More {number} of {first.pk}.".encode())
    agendas.add_paper(item=item, title="More", file=store.receive(handed), by=office)
    interest = first.interests.first()
    if not interest.withdrawn_reason:
        attendance.withdraw_interest(interest=interest, reason="A slip", by=office)
    _note(first, number, by=office)
    feeds.make_feed(plan=world.plan, by=office)


def _reopened(meeting: Meeting, *, by: User) -> None:
    """Its minutes were agreed and are a draft again."""
    meeting.state, meeting.reopened_at, meeting.reopened_reason = "held", noon(TODAY), "A name"
    changed = ["state", "reopened_at", "reopened_reason"]
    save_audited(meeting, by=by, reason="A name", fields=changed)


def _note(meeting: Meeting, number: int, *, by: User) -> None:
    """Somebody in a member's place, and a guest who sent apologies."""
    seat = reads.members_on(meeting).filter(person__isnull=False).order_by("pk")[number - 1]
    guest = Attendance(meeting=meeting, name=f"Guest {number}", mark="apologies")
    save_audited(guest, by=by, reason="Attendance noted")
    attendance.note_attendance(
        meeting=meeting,
        members={seat.pk: Mark("in_place", f"Deputy {number}")},
        guests={},
        new_guests=[],
        fingerprint=reads.attendance_fingerprint(meeting),
        by=by,
    )
