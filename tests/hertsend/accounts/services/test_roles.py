"""Giving and ending roles: who may, what is refused, and what stays in the history."""

import datetime as dt

import pytest

from hertsend.accounts import access
from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import roles
from hertsend.errors import NotAllowed, RuleBroken
from tests.factories.world import TODAY, at

YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
NOT_A_MANAGER = "Your role does not let you manage people, roles and posts here."
LAST = (
    "This is the last administrator. Make someone else an administrator, without a last day, first."
)


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def administrator(world):
    return world.people[Role.ADMINISTRATOR]


def give(world, person, *, by, **changes):
    given = {
        "role": "workstream_lead",
        "scope_key": "AI1",
        "known_scope_keys": {"PA1", "AI1"},
        "starts_on": TODAY,
    }
    return roles.give_role(person=person, partnership=world.partnership, by=by, **(given | changes))


def trail(row):
    return [
        (
            entry.history_type,
            entry.ends_on,
            entry.is_cancelled,
            entry.history_user,
            entry.history_change_reason,
        )
        for entry in row.history.order_by("history_id")
    ]


def assignment_of(person):
    return RoleAssignment.objects.get(user=person)


def test_a_role_is_given_with_who_and_why(world, administrator):
    person = world.people[Role.BOARD_MEMBER]

    row = give(world, person, by=administrator, reason=" Covers for Sam ")

    assert (row.role, row.scope_key, row.starts_on, row.ends_on) == (
        "workstream_lead",
        "AI1",
        TODAY,
        None,
    )
    assert trail(row) == [("+", None, False, administrator, "Covers for Sam")]
    assert access.read(person, on=TODAY).scope_keys(
        Role.WORKSTREAM_LEAD, partnership_id=world.partnership.pk
    ) == ("AI1",)


def test_a_role_from_a_later_day_gives_nothing_before(world, administrator):
    give(world, world.stranger, by=administrator, starts_on=TOMORROW)

    assert access.read(world.stranger, on=TODAY).grants == ()
    assert len(access.read(world.stranger, on=TOMORROW).grants) == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_give_roles(world, role):
    with pytest.raises(NotAllowed) as refused:
        give(world, world.stranger, by=world.people[role])

    assert refused.value.sentence == NOT_A_MANAGER
    assert not RoleAssignment.objects.filter(user=world.stranger).exists()


def test_an_administrator_elsewhere_gives_no_role_here(world):
    with pytest.raises(NotAllowed):
        give(world, world.stranger, by=world.foreign.people[Role.ADMINISTRATOR])

    assert not RoleAssignment.objects.filter(user=world.stranger).exists()


def test_nobody_gives_themselves_a_role(world, administrator):
    with pytest.raises(NotAllowed) as refused:
        give(world, administrator, by=administrator)

    assert refused.value.sentence == "Nobody gives themselves a role. Ask another administrator."
    assert RoleAssignment.objects.filter(user=administrator).count() == 1


def test_a_workstream_that_no_plan_has_is_refused(world, administrator):
    with pytest.raises(RuleBroken) as refused:
        give(world, world.stranger, by=administrator, scope_key="XX")

    assert refused.value.errors == {
        "scope_key": ["Select the workstream for which they hold this role."]
    }


@pytest.mark.parametrize("starts_on", [TODAY, dt.date(2025, 1, 1)])
def test_a_role_that_is_held_already_is_refused(world, administrator, starts_on):
    with pytest.raises(RuleBroken) as refused:
        give(world, world.other_lead, by=administrator, starts_on=starts_on)

    assert refused.value.errors == {
        "role": ["This person holds that role already for some of these days."]
    }
    assert RoleAssignment.objects.filter(user=world.other_lead).count() == 1


def test_a_role_up_to_the_day_before_the_next_one_begins_is_given(world, administrator):
    give(world, world.stranger, by=administrator, starts_on=dt.date(2024, 10, 1))

    give(world, world.stranger, by=administrator, ends_on=dt.date(2024, 9, 30))

    assert RoleAssignment.objects.filter(user=world.stranger).count() == 2


def test_a_closed_account_gets_no_role(world, administrator):
    world.stranger.is_active = False
    world.stranger.save()

    with pytest.raises(RuleBroken) as refused:
        give(world, world.stranger, by=administrator)

    assert refused.value.errors == {
        "": ["This account is closed. Reopen it before you give a role."]
    }


def test_a_role_ends_after_its_last_day(world, administrator):
    person = world.people[Role.BOARD_MEMBER]

    row = roles.end_role(
        assignment=assignment_of(person), ends_on=TODAY, reason="Left", by=administrator
    )

    assert (row.ends_on, row.is_cancelled) == (TODAY, False)
    assert len(access.read(person, on=TODAY).grants) == 1
    assert access.read(person, on=TOMORROW).grants == ()
    assert trail(row)[1:] == [("~", TODAY, False, administrator, "Left")]


def test_a_role_ends_at_once(world, administrator):
    person = world.people[Role.BOARD_MEMBER]

    row = roles.end_role_now(assignment=assignment_of(person), by=administrator)

    assert (row.ends_on, row.is_cancelled) == (YESTERDAY, False)
    assert access.read(person, on=TODAY).grants == ()
    assert trail(row)[1:] == [("~", YESTERDAY, False, administrator, "Role ended")]


def test_a_role_given_today_by_mistake_is_taken_back_today(world, administrator):
    row = give(world, world.stranger, by=administrator)

    ended = roles.end_role_now(assignment=row, reason="Wrong person", by=administrator)

    assert (ended.starts_on, ended.ends_on, ended.is_cancelled) == (TODAY, TODAY, True)
    assert access.read(world.stranger, on=TODAY).grants == ()
    assert trail(ended)[1:] == [("~", TODAY, True, administrator, "Wrong person")]
    # And can be given again the same day.
    give(world, world.stranger, by=administrator)
    assert len(access.read(world.stranger, on=TODAY).grants) == 1


def test_what_is_over_cannot_end_again(world, administrator):
    row = roles.end_role_now(
        assignment=assignment_of(world.people[Role.BOARD_MEMBER]), by=administrator
    )

    with pytest.raises(RuleBroken) as refused:
        roles.end_role(assignment=row, ends_on=TOMORROW, by=administrator)

    assert refused.value.errors == {"": ["This has ended already."]}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_end_roles(world, role):
    row = assignment_of(world.other_lead)

    with pytest.raises(NotAllowed) as refused:
        roles.end_role_now(assignment=row, by=world.people[role])

    assert refused.value.sentence == NOT_A_MANAGER
    row.refresh_from_db()
    assert row.ends_on is None


@pytest.mark.parametrize("ends_on", [YESTERDAY, TODAY, dt.date(2025, 3, 31)])
def test_the_last_administrator_cannot_be_ended(world, administrator, ends_on):
    with pytest.raises(RuleBroken) as refused:
        roles.end_role(assignment=assignment_of(administrator), ends_on=ends_on, by=administrator)

    assert refused.value.errors == {"": [LAST]}


@pytest.mark.parametrize(
    ("held", "is_active"),
    [
        ({"ends_on": dt.date(2025, 1, 1)}, True),
        ({"starts_on": dt.date(2025, 1, 1)}, True),
        ({}, False),
    ],
)
def test_another_administrator_for_a_time_or_closed_does_not_count(
    world, administrator, held, is_active
):
    other = world.person(Role.ADMINISTRATOR, **held)
    other.is_active = is_active
    other.save()

    with pytest.raises(RuleBroken):
        roles.end_role_now(assignment=assignment_of(administrator), by=administrator)


def test_an_administrator_may_leave_when_another_stays(world, administrator):
    world.person(Role.ADMINISTRATOR)

    roles.end_role_now(assignment=assignment_of(administrator), by=administrator)

    assert access.read(administrator, on=TODAY).grants == ()


def test_nobody_lengthens_their_own_role(world, administrator):
    world.person(Role.ADMINISTRATOR)
    row = roles.end_role(assignment=assignment_of(administrator), ends_on=TODAY, by=administrator)

    with pytest.raises(NotAllowed) as refused:
        roles.end_role(assignment=row, ends_on=TOMORROW, by=administrator)

    assert refused.value.sentence == "Nobody lengthens their own role. Ask another administrator."


def test_another_administrator_moves_a_planned_end(world, administrator):
    other = world.person(Role.ADMINISTRATOR)
    row = roles.end_role(assignment=assignment_of(administrator), ends_on=TODAY, by=administrator)

    moved = roles.end_role(assignment=row, ends_on=TOMORROW, by=other)

    assert moved.ends_on == TOMORROW


def test_the_first_administrator_is_made_by_the_system_only(world, administrator):
    with pytest.raises(NotAllowed):
        roles.give_first_administrator(
            person=world.stranger, partnership=world.partnership, by=administrator
        )
    with pytest.raises(RuleBroken) as refused:
        roles.give_first_administrator(
            person=world.stranger, partnership=world.partnership, by=User.objects.system()
        )

    assert refused.value.errors == {
        "": ["This partnership has an administrator, who can give the role."]
    }
    assert not RoleAssignment.objects.filter(user=world.stranger).exists()


def test_a_partnership_whose_only_administrator_is_closed_gets_a_new_one(world, administrator):
    administrator.is_active = False
    administrator.save()

    row = roles.give_first_administrator(
        person=world.stranger, partnership=world.partnership, by=User.objects.system()
    )

    assert (row.role, row.starts_on) == ("administrator", TODAY)
    assert trail(row) == [("+", None, False, User.objects.system(), "First administrator")]
