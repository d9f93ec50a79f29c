"""May this person do it: grants, their reach, and their days."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import MATRIX, SCOPED_PERMISSIONS, SYSTEM_MAY, Permission, Role, Scope
from hertsend.errors import NotAllowed
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

DAY = dt.timedelta(days=1)
UPDATE, SIGN, READ = (
    Permission.UPDATE_MILESTONE,
    Permission.SIGN_OFF_MILESTONE,
    Permission.READ_PLAN,
)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def may(person, permission, partnership, **place):
    return access.read(person, on=TODAY).may(permission, partnership_id=partnership.pk, **place)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_what_the_matrix_says_where_it_reaches(role, permission):
    scope = MATRIX[role].scope
    key = "" if scope == Scope.PARTNERSHIP else "PA1"
    held = access.Access(grants=(access.Grant(partnership_id=1, role=role, scope_key=key),))
    given = permission in MATRIX[role].may
    narrow = permission in SCOPED_PERMISSIONS and scope != Scope.PARTNERSHIP

    def there(partnership_id=1, **place):
        return held.may(permission, partnership_id=partnership_id, **place)

    assert there(workstream_key="PA1", area_keys=["PA1"]) is given
    assert there(workstream_key="AI1", area_keys=["AI1"]) is (given and not narrow)
    assert there() is (given and not narrow)
    assert there(partnership_id=2, workstream_key="PA1", area_keys=["PA1"]) is False


def test_a_leads_key_is_of_a_workstream_and_a_chairs_of_an_area():
    lead = access.Access((access.Grant(1, Role.WORKSTREAM_LEAD, "PA1"),))
    chair = access.Access((access.Grant(1, Role.JOINT_CHAIR, "PA1"),))
    assert not lead.may(UPDATE, partnership_id=1, workstream_key="AI1", area_keys=["PA1"])
    assert not chair.may(SIGN, partnership_id=1, workstream_key="PA1", area_keys=["AI1"])
    assert chair.may(SIGN, partnership_id=1, area_keys=["AI1", "PA1"])


def test_rights_of_several_roles_add_up_but_do_not_mix(world):
    person = world.person(Role.WORKSTREAM_LEAD, "PA1")
    make.RoleAssignmentFactory(
        user=person,
        partnership=world.foreign.partnership,
        role=Role.JOINT_CHAIR,
        scope_key="PA1",
    )
    place = {"workstream_key": "PA1", "area_keys": ["PA1"]}
    found = {
        (permission, where): may(person, permission, partnership, **place)
        for permission in (UPDATE, SIGN)
        for where, partnership in (
            ("here", world.partnership),
            ("there", world.foreign.partnership),
        )
    }
    assert found == {
        (UPDATE, "here"): True,
        (UPDATE, "there"): False,
        (SIGN, "here"): False,
        (SIGN, "there"): True,
    }


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY, True),
        (TODAY - DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_a_role_counts_from_its_first_to_its_last_day(world, starts, ends, holds):
    person = world.person(Role.BOARD_MEMBER, starts_on=starts, ends_on=ends)
    assert may(person, READ, world.partnership) is holds


def test_a_cancelled_role_counts_on_no_day(world):
    person = world.person(Role.BOARD_MEMBER, starts_on=TODAY, ends_on=TODAY, is_cancelled=True)
    assert not may(person, READ, world.partnership)


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), "lead@example.org"])
def test_who_is_nobody_may_nothing(world, nobody):
    assert access.read(nobody, on=TODAY) == access.NOBODY
    assert access.of(nobody) == access.NOBODY


def test_a_deactivated_person_may_nothing_also_by_an_older_object(world):
    person = world.people[Role.BOARD_MEMBER]
    older = User.objects.get(pk=person.pk)
    person.is_active = False
    person.save_base(raw=True, update_fields=["is_active"])
    assert access.read(person, on=TODAY).grants == ()
    assert access.read(older, on=TODAY).grants == ()
    assert person not in access.people_with(READ, partnership_id=world.partnership.pk, on=TODAY)


@pytest.mark.parametrize("permission", list(Permission))
def test_the_system_may_its_jobs_everywhere_and_nothing_else(world, permission):
    system = User.objects.system()
    for partnership in (world.partnership, world.foreign.partnership):
        assert may(system, permission, partnership) is (permission in SYSTEM_MAY)
    assert access.read(system, on=TODAY).partnerships_where(permission) == frozenset()


class TestRequire:
    """Services read the roles anew."""

    def test_who_may_passes(self, world):
        lead = world.people[Role.WORKSTREAM_LEAD]
        place = {"partnership_id": world.partnership.pk, "workstream_key": "PA1"}
        assert access.require(lead, UPDATE, **place) is None

    @pytest.mark.parametrize(
        ("sentence", "told"),
        [
            ("", "Your role does not let you update milestones and propose them complete here."),
            ("Ask the programme office.", "Ask the programme office."),
        ],
    )
    def test_who_may_not_is_told_in_a_sentence(self, world, sentence, told):
        with pytest.raises(NotAllowed) as refusal:
            access.require(
                world.people[Role.BOARD_MEMBER],
                UPDATE,
                partnership_id=world.partnership.pk,
                sentence=sentence,
            )
        assert refusal.value.sentence == told

    def test_a_role_that_ended_is_refused_whatever_was_read_before(self, world):
        lead = world.people[Role.WORKSTREAM_LEAD]
        place = {"partnership_id": world.partnership.pk, "workstream_key": "PA1"}
        assert access.of(lead).may(UPDATE, **place)
        row = lead.role_assignments.get()
        row.ends_on = TODAY - DAY
        row.save_base(raw=True)
        assert access.of(lead).may(UPDATE, **place), "kept for the request that read it"
        with pytest.raises(NotAllowed):
            access.require(lead, UPDATE, **place)


def test_a_page_reads_roles_once_a_request_and_anew_the_next_day(world, django_assert_num_queries):
    person = User.objects.get(pk=world.people[Role.BOARD_MEMBER].pk)
    with django_assert_num_queries(1):
        first = access.of(person)
        assert access.of(person) is first
    with at(TODAY + DAY), django_assert_num_queries(1):
        assert access.of(person) == first


def test_what_a_person_holds_in_words_of_the_matrix(world):
    person = world.person(Role.WORKSTREAM_LEAD, "PA1")
    for role, key in ((Role.WORKSTREAM_LEAD, "AI1"), (Role.ADMINISTRATOR, "")):
        make.RoleAssignmentFactory(
            user=person, partnership=world.partnership, role=role, scope_key=key
        )
    held = access.read(person, on=TODAY)
    here = world.partnership.pk
    assert held.roles_in(here) == (Role.ADMINISTRATOR, Role.WORKSTREAM_LEAD)
    assert held.roles_in(world.foreign.partnership.pk) == ()
    assert set(held.scope_keys(Role.WORKSTREAM_LEAD, partnership_id=here)) == {"PA1", "AI1"}
    assert held.scope_keys(Role.JOINT_CHAIR, partnership_id=here) == ()
    assert held.partnerships_where(Permission.MANAGE_PEOPLE) == {here}
    assert held.partnerships_where(SIGN) == frozenset()


def test_people_who_may_each_once_by_name(world):
    both = world.people[Role.PROGRAMME_OFFICE]
    make.RoleAssignmentFactory(
        user=both, partnership=world.partnership, role=Role.WORKSTREAM_LEAD, scope_key="PA1"
    )
    here = {"partnership_id": world.partnership.pk, "on": TODAY}
    updating = access.people_with(UPDATE, **here, workstream_key="PA1")
    assert updating == [both, world.people[Role.WORKSTREAM_LEAD]]
    signing = access.people_with(SIGN, **here, area_keys=["PA1"])
    assert signing == [world.people[Role.JOINT_CHAIR], world.second_chair]
    assert access.people_with(Permission.FLAG_OVERDUE, **here) == []
