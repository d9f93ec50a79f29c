"""Meetings of a small world's board: who sits in it, and meetings as the services make them."""

import datetime as dt
from typing import Any

from governance.models import AgendaItem, Group, Meeting
from governance.services import agendas, meetings
from governance.services.agendas import ItemWords
from governance.services.meetings import Sitting
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World, at, noon
from tests.governance.bodies import joined, kept, office

MEETING_DAY = TODAY + dt.timedelta(days=16)
AFTERWARDS = MEETING_DAY + dt.timedelta(days=1)
TIMES = {"starts": dt.time(14), "ends": dt.time(16)}


def chair(world: World) -> User:
    """Who chairs the board."""
    return world.people[Role.JOINT_CHAIR]


def member(world: World) -> User:
    """Somebody who sits in the board."""
    return world.people[Role.BOARD_MEMBER]


def family(world: World) -> User:
    """The parent carer representative, who sits in the board."""
    return world.people[Role.PARENT_CARER_REPRESENTATIVE]


def outsider(world: World) -> User:
    """Somebody of the partnership who does not sit in the board."""
    return world.people[Role.EXECUTIVE_MEMBER]


def board_of(world: World) -> Group:
    """The board with a chair, a member and a parent carer representative."""
    board, by = kept(world)["board"], office(world)
    joined(board, chair(world), by=by, capacity="joint_chair")
    joined(board, member(world), by=by)
    joined(
        board,
        family(world),
        by=by,
        capacity="parent_carer_representative",
        sector="families",
        organisation="Parent carer forum",
    )
    return board


def planned(world: World, group: Group, *, day: dt.date = MEETING_DAY, **changed: Any) -> Meeting:
    """A meeting in the afternoon, with the standing items."""
    given = {"place": "County Hall", "link": "https://meet.example.org/board"} | TIMES | changed
    with at(TODAY):
        return meetings.add_meeting(
            group=group, sitting=Sitting(day=day, **given), by=office(world)
        )


def own_item(world: World, meeting: Meeting, **changed: Any) -> AgendaItem:
    """An item of the meeting's own."""
    given = {"title": "Waiting times", "purpose": "decision", "duration": 15}
    with at(TODAY):
        return agendas.add_item(
            meeting=meeting, words=ItemWords(**(given | changed)), by=office(world)
        )


def held(world: World, meeting: Meeting) -> Meeting:
    """The meeting with its agenda out, and held."""
    with at(TODAY):
        row = meetings.send_agenda(meeting=meeting, base_version=meeting.version, by=office(world))
    with at(AFTERWARDS):
        return meetings.hold(meeting=row, base_version=row.version, by=chair(world))


def minuted(world: World, meeting: Meeting) -> Meeting:
    """The meeting with minutes of every item and the chair present, ready to be agreed."""
    from_chair = {"by": chair(world)}
    with at(AFTERWARDS):
        for item in meeting.items.standing():
            agendas.write_minutes(
                item=item, minutes_text="Noted.", base_version=item.version, **from_chair
            )
    return meeting


def when(moment: dt.datetime) -> dt.date:
    """The day of a moment, for short assertions."""
    return moment.astimezone(noon(TODAY).tzinfo).date()
