"""Who sees when a group meets, who opens a meeting, and what stays among officers."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Membership
from governance.permissions import meetings as permissions
from governance.services import agendas, attendance, groups
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed
from hertsend.files import store
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import sittings
from tests.governance.sittings import AFTERWARDS, office

__all__ = ["built_world", "world"]


@pytest.fixture
def meeting(world):
    return sittings.planned(world, sittings.board_of(world))


@pytest.fixture
def _today():
    with at(TODAY):
        yield


def paper(world, item):
    handed = store.receive(SimpleUploadedFile("Paper.txt", f"Paper of {item.pk}.".encode()))
    with at(TODAY):
        return agendas.add_paper(item=item, title="Paper", file=handed, by=office(world))


def interest(world, meeting, item):
    with at(AFTERWARDS):
        return attendance.declare_interest(
            meeting=meeting,
            item=item,
            who="A. Member",
            interest="Works there",
            what_was_done="Left",
            by=office(world),
        )


RIGHTS = [
    pytest.param(sittings.office, "reads edits_agenda manages", id="office"),
    pytest.param(sittings.chair, "reads sits chairs edits_agenda", id="chair"),
    pytest.param(sittings.member, "reads sits", id="member"),
    pytest.param(sittings.family, "reads sits", id="parent carer representative"),
    pytest.param(sittings.outsider, "", id="somebody of another group"),
    pytest.param(lambda world: world.stranger, "", id="stranger"),
    pytest.param(lambda world: world.foreign.people[Role.PROGRAMME_OFFICE], "", id="neighbour"),
    pytest.param(lambda _world: User.objects.system(), "", id="jobs"),
    pytest.param(lambda _world: None, "", id="nobody"),
]
NAMES = ("reads", "sits", "chairs", "edits_agenda", "manages")


@pytest.mark.usefixtures("_today")
@pytest.mark.parametrize(("who", "held"), RIGHTS)
def test_rights_by_seat_and_role(world, meeting, who, held):
    for rights in (
        permissions.rights_in(who(world), meeting.group),
        permissions.rights_now(who(world), meeting.group),
    ):
        assert {name for name in NAMES if getattr(rights, name)} == set(held.split())


@pytest.mark.usefixtures("_today")
def test_everyone_who_reads_the_plan_sees_the_date(world, meeting):
    for person in world.people.values():
        assert list(permissions.visible_meetings(person)) == [meeting]
    for person in (world.stranger, world.foreign.people[Role.ADMINISTRATOR], None):
        assert not permissions.visible_meetings(person).exists()


@pytest.mark.usefixtures("_today")
def test_only_members_and_the_office_open_it(world, meeting):
    readers = {
        role for role, person in world.people.items() if permissions.read_meetings(person).exists()
    }
    assert readers == {
        Role.PROGRAMME_OFFICE,
        Role.JOINT_CHAIR,
        Role.BOARD_MEMBER,
        Role.PARENT_CARER_REPRESENTATIVE,
    }
    permissions.require_reading(sittings.family(world), meeting.group)
    with pytest.raises(NotAllowed, match="for the members of this group"):
        permissions.require_reading(sittings.outsider(world), meeting.group)


def test_what_is_for_officers_only_stays_among_them(world, meeting):
    kept = sittings.own_item(world, meeting, title="Staffing", is_officers_only=True)
    shown = sittings.own_item(world, meeting, title="Waiting times")
    papers = {item.pk: paper(world, item) for item in (kept, shown)}
    interests = {item.pk: interest(world, meeting, item) for item in (kept, shown)}
    of_all = interest(world, meeting, None)

    def seen(person):
        with at(TODAY):
            return (
                kept in permissions.visible_items(person),
                set(permissions.visible_papers(person)),
                set(permissions.standing_papers(person)),
                set(permissions.visible_interests(person)),
            )

    everything = (True, set(papers.values()), set(papers.values()), {*interests.values(), of_all})
    for person in (office(world), sittings.chair(world), sittings.member(world)):
        assert seen(person) == everything
    open_to_families = {papers[shown.pk]}
    assert seen(sittings.family(world)) == (
        False,
        open_to_families,
        open_to_families,
        {interests[shown.pk], of_all},
    )
    assert seen(sittings.outsider(world)) == (False, set(), set(), set())


def test_who_leaves_sees_the_date_alone_a_second_later(world, meeting):
    item, person = meeting.items.first(), sittings.member(world)
    seat = Membership.objects.get(person=person)
    with at(TODAY):
        assert item in permissions.visible_items(person)
        yesterday = TODAY - dt.timedelta(days=1)
        groups.leave(membership=seat, ends_on=yesterday, reason="Left", by=office(world))
        assert list(permissions.visible_meetings(person)) == [meeting]
        assert not permissions.read_meetings(person).exists()
        assert not permissions.visible_items(person).exists()
        assert not permissions.visible_attendance(person).exists()
        assert not permissions.rights_in(person, meeting.group).reads


@pytest.mark.usefixtures("_today")
def test_who_keeps_meetings_and_who_may_have_a_calendar(world, meeting):
    keepers = {role for role in Role if permissions.keeps_meetings(world.people[role], world.plan)}
    assert keepers == {Role.PROGRAMME_OFFICE}
    for person, may in (
        (office(world), True),
        (sittings.family(world), True),
        (sittings.outsider(world), False),
        (world.stranger, False),
    ):
        assert permissions.may_have_feed(person, world.plan) is may
