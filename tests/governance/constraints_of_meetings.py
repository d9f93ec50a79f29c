"""Illegal states of meetings and of what belongs to one."""

import datetime as dt
from typing import Any

from governance import models
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, World, noon
from tests.governance import constraints_of_groups as groups
from tests.refusals import Refusal

NOON = noon(TODAY)
HOUR = dt.timedelta(hours=1)


def meeting(world: World, number: int) -> dict[str, Any]:
    """A meeting of the body by its number."""
    return {
        "group": groups.body(world),
        "number": number,
        "month": TODAY.replace(day=1, month=number),
        "starts_at": NOON,
        "ends_at": NOON + HOUR,
    }


def kept_meeting(world: World) -> models.Meeting:
    """A meeting of the world."""
    values = meeting(world, 1)
    row = models.Meeting.objects.filter(group=values["group"], number=1).first()
    if row is None:
        row = models.Meeting(**values)
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def item(world: World, number: int) -> dict[str, Any]:
    """An item of the meeting by its number."""
    return {
        "meeting": kept_meeting(world),
        "position": number,
        "kind": "dashboard" if number == 1 else "risks",
        "title": f"Item {number}",
        "duration": 10,
        "purpose": "assurance",
    }


def kept_item(world: World) -> models.AgendaItem:
    """An item of the world."""
    row = models.AgendaItem.objects.filter(title="Kept").first()
    if row is None:
        row = models.AgendaItem(**item(world, 1) | {"title": "Kept", "kind": "own"})
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def paper(world: World, number: int) -> dict[str, Any]:
    """A paper of the item by its number."""
    return {
        "item": kept_item(world),
        "title": f"Paper {number}",
        "file": groups.document(world, number),
        "added_by": world.people[Role.PROGRAMME_OFFICE],
        "added_at": NOON,
    }


def seat(world: World, number: int) -> models.Membership:
    """Somebody's seat in the body by its number."""
    values = groups.membership(world, number)
    row = models.Membership.objects.filter(group=values["group"], person=values["person"]).first()
    if row is None:
        row = models.Membership(**values)
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def attendance(world: World, number: int) -> dict[str, Any]:
    """That a member came, by their number."""
    return {
        "meeting": kept_meeting(world),
        "membership": seat(world, number),
        "mark": "present",
    }


def kept_guest(world: World) -> models.Attendance:
    """A guest of the meeting."""
    row = models.Attendance(meeting=kept_meeting(world), name="A. Guest", mark="present")
    save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def interest(world: World, number: int) -> dict[str, Any]:
    """An interest by its number."""
    return {
        "meeting": kept_meeting(world),
        "who": f"Member {number}",
        "interest": "Works for the provider.",
        "what_was_done": "Left the room.",
    }


def feed(world: World, number: int) -> dict[str, Any]:
    """A person's calendar by its number."""
    return {
        "plan": world.plan,
        "person": world.other_lead if number == 1 else world.second_chair,
        "digest": f"{number:064}",
        "made_at": NOON,
    }


VALID = {
    models.Meeting: meeting,
    models.AgendaItem: item,
    models.MeetingPaper: paper,
    models.Attendance: attendance,
    models.DeclaredInterest: interest,
    models.CalendarFeed: feed,
}

AGREED = {
    "state": "minutes_agreed",
    "minutes_agreed_by": lambda world: world.second_chair,
    "minutes_agreed_at": NOON,
}
HELD = {"state": "held"}
REFUSALS = [
    Refusal("meeting_number_once", models.Meeting, same=("group", "number")),
    Refusal("meeting_once_for_month", models.Meeting, same=("group", "month")),
    Refusal("meeting_counted_from_one", models.Meeting, {"number": 0}),
    Refusal("meeting_version_from_one", models.Meeting, {"version": 0}),
    Refusal("meeting_for_first_of_month", models.Meeting, {"month": TODAY.replace(day=2)}),
    Refusal("meeting_ends_after_start", models.Meeting, {"ends_at": NOON}),
    Refusal("meeting_known_state", models.Meeting, {"state": "lost"}),
    Refusal("meeting_moved_with_reason", models.Meeting, {"moved_from": NOON}),
    Refusal("meeting_moved_with_reason", models.Meeting, {"moved_reason": "Half term."}),
    Refusal("meeting_reopened_with_reason", models.Meeting, HELD | {"reopened_at": NOON}),
    Refusal("meeting_reopened_with_reason", models.Meeting, HELD | {"reopened_reason": "A slip."}),
    Refusal(
        "meeting_reopened_with_reason",
        models.Meeting,
        {"reopened_at": NOON, "reopened_reason": "A slip."},
    ),
    Refusal("meeting_cancelled_with_reason", models.Meeting, {"state": "cancelled"}),
    Refusal("meeting_cancelled_with_reason", models.Meeting, {"cancelled_reason": "Snow."}),
    Refusal("meeting_minutes_agreed_by_and_when", models.Meeting, {"minutes_agreed_at": NOON}),
    Refusal(
        "meeting_minutes_agreed_by_and_when", models.Meeting, AGREED | {"minutes_agreed_at": None}
    ),
    Refusal(
        "meeting_minutes_agreed_by_and_when", models.Meeting, AGREED | {"minutes_agreed_by": None}
    ),
    Refusal("meeting_minutes_agreed_by_and_when", models.Meeting, AGREED | {"state": "held"}),
    Refusal("item_known_kind_and_purpose", models.AgendaItem, {"kind": "tea"}),
    Refusal("item_known_kind_and_purpose", models.AgendaItem, {"purpose": "fun"}),
    Refusal("item_has_title", models.AgendaItem, {"title": ""}),
    Refusal("item_duration_in_bounds", models.AgendaItem, {"duration": 0}),
    Refusal("item_duration_in_bounds", models.AgendaItem, {"duration": 481}),
    Refusal("item_version_from_one", models.AgendaItem, {"version": 0}),
    Refusal("item_standing_once", models.AgendaItem, same=("meeting", "kind")),
    Refusal("paper_has_title", models.MeetingPaper, {"title": ""}),
    Refusal("governance.meetingpaper.file", models.MeetingPaper, same=("file",)),
    Refusal("attendance_once_for_member", models.Attendance, same=("meeting", "membership")),
    Refusal(
        "attendance_once_for_guest",
        models.Attendance,
        {"membership": None, "name": lambda world: kept_guest(world).name},
        same=("meeting",),
    ),
    Refusal("attendance_of_member_or_guest", models.Attendance, {"name": "A. Guest"}),
    Refusal("attendance_of_member_or_guest", models.Attendance, {"membership": None}),
    Refusal("attendance_known_mark", models.Attendance, {"mark": "late"}),
    Refusal("attendance_stand_in_named", models.Attendance, {"mark": "in_place"}),
    Refusal("attendance_stand_in_named", models.Attendance, {"stand_in": "B. Deputy"}),
    Refusal("interest_has_words", models.DeclaredInterest, {"who": ""}),
    Refusal("interest_has_words", models.DeclaredInterest, {"interest": ""}),
    Refusal("interest_has_words", models.DeclaredInterest, {"what_was_done": ""}),
    Refusal("feed_once_while_open", models.CalendarFeed, same=("plan", "person")),
    Refusal("feed_has_digest", models.CalendarFeed, {"digest": "short"}),
    Refusal("governance.calendarfeed.digest", models.CalendarFeed, same=("digest",)),
]
