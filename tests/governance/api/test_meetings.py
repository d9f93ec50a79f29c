"""Meetings through the interface: the date for all who read the plan, the rest for who may open them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.services import agendas, attendance
from hertsend.accounts.roles import Role
from hertsend.files import store
from tests.factories.world import TODAY, at
from tests.governance import sittings
from tests.governance.sittings import office
from tests.plans.api.calls import address

FAMILIES = Role.PARENT_CARER_REPRESENTATIVE
DATE = {
    "group": "board",
    "number": 1,
    "starts_at": "2024-09-19T14:00:00+01:00",
    "ends_at": "2024-09-19T16:00:00+01:00",
    "state": "planned",
    "moved_from": None,
    "reopened_at": None,
}
OPENED = {
    "place": "County Hall",
    "link": "https://meet.example.org/board",
    "moved_reason": "",
    "cancelled_reason": "",
    "reopened_reason": "",
}


@pytest.fixture
def meeting(world):
    row = sittings.planned(world, sittings.board_of(world))
    for item in row.items.standing():
        with at(TODAY):
            agendas.withdraw_item(item=item, reason="Not this time", by=office(world))
    return row


@pytest.fixture
def paper(world, meeting):
    item = sittings.own_item(world, meeting, is_officers_only=True)
    with at(TODAY):
        handed = SimpleUploadedFile("waits.txt", b"34% in time.")
        return agendas.add_paper(
            item=item, title="Waits", file=store.receive(handed), by=office(world)
        )


def read(api_as, world, role, *parts):
    with at(TODAY):
        return api_as(role).get(address(world, *parts))


def one(api_as, world, role, *parts):
    return read(api_as, world, role, "groups", "board", "meetings", "1", *parts)


def test_the_list_has_the_date_for_all_and_the_place_for_members(api_as, world, meeting):
    seen = {
        role: read(api_as, world, role, "meetings").json()["results"]
        for role in (Role.BOARD_MEMBER, FAMILIES, Role.EXECUTIVE_MEMBER)
    }
    assert seen == {
        Role.BOARD_MEMBER: [DATE | OPENED],
        FAMILIES: [DATE | OPENED],
        Role.EXECUTIVE_MEMBER: [DATE],
    }


def test_a_meeting_with_all_that_a_member_sees(api_as, world, meeting, paper):
    with at(TODAY):
        attendance.declare_interest(
            meeting=meeting,
            item=None,
            who="A. Member",
            interest="Works there",
            what_was_done="Left the room",
            by=office(world),
        )
    shown = one(api_as, world, Role.BOARD_MEMBER).json()
    assert shown["agenda"] == [
        {
            "number": 1,
            "starts_at": "2024-09-19T14:00:00+01:00",
            "kind": "own",
            "title": "Waiting times",
            "presenter": "",
            "duration": 15,
            "purpose": "decision",
            "is_officers_only": True,
            "minutes": "",
            "papers": [
                {
                    "id": paper.pk,
                    "title": "Waits",
                    "name": "waits.txt",
                    "media_type": "text/plain",
                    "size": 12,
                }
            ],
        }
    ]
    assert shown["interests"] == [
        {
            "who": "A. Member",
            "item": "",
            "interest": "Works there",
            "what_was_done": "Left the room",
        }
    ]
    assert shown["attendance"] == []


def test_families_find_no_officers_item_nor_its_paper(api_as, world, meeting, paper):
    assert one(api_as, world, FAMILIES).json()["agenda"] == []
    papers = ("papers", str(paper.pk), "file")
    assert one(api_as, world, FAMILIES, *papers).status_code == 404
    found = one(api_as, world, Role.BOARD_MEMBER, *papers)
    assert b"".join(found.streaming_content) == b"34% in time."


def test_others_see_its_date_alone_and_the_neighbours_nothing(api_as, world, meeting, paper):
    assert one(api_as, world, Role.EXECUTIVE_MEMBER).json() == DATE
    assert one(api_as, world, Role.EXECUTIVE_MEMBER, "papers", "1", "file").status_code == 403
    assert read(api_as, world.foreign, Role.BOARD_MEMBER, "meetings").status_code == 404
