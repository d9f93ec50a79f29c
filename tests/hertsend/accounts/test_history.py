"""What happened to a person, in sentences."""

import datetime as dt

import pytest

from hertsend.accounts.history import history_of
from hertsend.accounts.models import RoleAssignment
from hertsend.accounts.roles import Role
from hertsend.accounts.services import people, posts, roles
from tests.factories.world import at


@pytest.fixture
def administrator(world):
    return world.people[Role.ADMINISTRATOR]


def told(person, world):
    return [
        (entry.who, entry.reason, *entry.sentences)
        for entry in history_of(person, [world.partnership.pk])
    ]


def test_a_whole_time_in_the_partnership_is_told_latest_first(world, administrator):
    start = dt.date(2024, 9, 3)
    with at(start):
        person = people.invite(
            email="nia@example.org",
            name="Nia",
            partnership=world.partnership,
            role=Role.WORKSTREAM_LEAD,
            scope_key="PA1",
            known_scope_keys={"PA1"},
            starts_on=start,
            by=administrator,
        )
    with at(dt.date(2024, 9, 4)):
        holding = posts.put_in_post(
            post=world.posts["PA1"],
            person=person,
            is_deputy=True,
            starts_on=dt.date(2024, 1, 1),
            by=administrator,
        )
    with at(dt.date(2024, 9, 5)):
        posts.end_holding(holding=holding, ends_on=dt.date(2024, 9, 30), by=administrator)
    with at(dt.date(2024, 9, 6)):
        roles.end_role_now(
            assignment=RoleAssignment.objects.get(user=person), reason="Left", by=administrator
        )
    with at(dt.date(2024, 9, 7)):
        people.deactivate(person=person, reason="Left the council", by=administrator)
    with at(dt.date(2024, 9, 8)):
        people.reactivate(person=person, by=administrator)

    assert told(person, world) == [
        ("Administrator", "", "Account reopened."),
        ("Administrator", "Left the council", "Account closed."),
        (
            "Administrator",
            "Left",
            "Last day of the role Workstream lead, PA1 set to 5 September 2024.",
        ),
        (
            "Administrator",
            "",
            "Last day as deputy in the post Head of PA1 set to 30 September 2024.",
        ),
        (
            "Administrator",
            "",
            "Made deputy in the post Head of PA1, from 1 January 2024.",
        ),
        ("Administrator", "", "Role given: Workstream lead, PA1, from 3 September 2024."),
        ("Administrator", "", "Account opened for Nia, nia@example.org."),
    ]


def test_what_was_taken_back_before_it_counted_says_so(world, administrator):
    person = world.people[Role.ADVISER]
    later = dt.date(2024, 10, 1)
    with at(dt.date(2024, 9, 3)):
        role = roles.give_role(
            person=person,
            partnership=world.partnership,
            role=Role.BOARD_MEMBER,
            starts_on=later,
            ends_on=later,
            by=administrator,
        )
        holding = posts.put_in_post(
            post=world.posts["PA1"], person=person, starts_on=later, by=administrator
        )
    with at(dt.date(2024, 9, 4)):
        roles.end_role_now(assignment=role, by=administrator)
    with at(dt.date(2024, 9, 5)):
        posts.end_holding_now(holding=holding, by=administrator)

    assert [line[2] for line in told(person, world)] == [
        "Taken back before it counted: holder of the post Head of PA1.",
        "Role cancelled before it counted: Board member.",
        "Made holder of the post Head of PA1, from 1 October 2024.",
        "Role given: Board member, from 1 October 2024 to 1 October 2024.",
        "Role given: Adviser, from 1 December 2023.",
    ]


def test_roles_elsewhere_are_not_told(world, administrator):
    person = world.foreign.people[Role.ADVISER]

    assert told(person, world) == []
    assert [line[2] for line in told(person, world.foreign)] == [
        "Role given: Adviser, from 1 December 2023."
    ]


def test_signing_in_and_a_new_password_are_no_change_of_a_person(world):
    person = world.people[Role.ADVISER]
    person.set_password("something long enough")
    person.last_login = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
    person.save()

    assert person.history.count() == 0


def test_a_change_of_an_account_without_a_first_entry_is_told(world, administrator):
    person = world.people[Role.ADVISER]
    with at(dt.date(2024, 9, 3)):
        people.change_details(person=person, email="a@example.org", name="Ada", by=administrator)
    with at(dt.date(2024, 9, 4)):
        people.deactivate(person=world.people[Role.BOARD_MEMBER], reason="Left", by=administrator)

    assert told(person, world)[0][2] == "Account changed: Ada, a@example.org."
    assert told(world.people[Role.BOARD_MEMBER], world)[0][2] == "Account closed."
