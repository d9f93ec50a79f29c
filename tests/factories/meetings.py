"""Meetings and their items, each the least that is valid."""

import datetime as dt
from typing import Any

from governance.models import AgendaItem, Group, Meeting
from hertsend.accounts.models import User
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, noon

TWO_HOURS = dt.timedelta(hours=2)


def meeting(group: Group, *, on: dt.date = TODAY, **changed: Any) -> Meeting:
    """A planned meeting of a group at noon of a day."""
    given = {"starts_at": noon(on), "ends_at": noon(on) + TWO_HOURS, "place": "County Hall"}
    row = Meeting(group=group, number=group.meetings.count() + 1, **(given | changed))
    save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def agenda_item(meeting: Meeting, **changed: Any) -> AgendaItem:
    """An item of the meeting's own, for information."""
    given = {"title": "An item", "duration": 10, "purpose": "information"}
    position = meeting.items.count() + 1
    row = AgendaItem(meeting=meeting, position=position, **(given | changed))
    save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row
