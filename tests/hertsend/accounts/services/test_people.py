"""Inviting, changing, closing and reopening accounts."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from knox.models import AuthToken

from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import people
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.jobs.models import Message
from tests.factories import models as make
from tests.factories.world import TODAY, at

ELSEWHERE = (
    "This person also has a role that other administrators gave, so their account is not yours to "
    "change. You can end the roles and posts that they hold here."
)


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def administrator(world):
    return world.people[Role.ADMINISTRATOR]


@pytest.fixture
def person(world):
    """A board member with a password."""
    row = world.people[Role.BOARD_MEMBER]
    row.set_password("a long enough password")
    row.save()
    return row


def invite(world, *, by, **changes):
    given = {
        "email": "New.Person@Example.org ",
        "name": " Nia New ",
        "role": "board_member",
        "starts_on": TODAY,
    }
    return people.invite(partnership=world.partnership, by=by, **(given | changes))


def trail(row):
    return [
        (
            entry.history_type,
            entry.name,
            entry.email,
            entry.is_active,
            entry.history_user,
            entry.history_change_reason,
        )
        for entry in row.history.order_by("history_id")
    ]


def planned(kind="accounts.invitation"):
    return list(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def test_an_invited_person_has_an_account_without_password_a_role_and_an_e_mail(
    world, administrator
):
    person = invite(world, by=administrator)

    assert (person.email, person.name, person.is_active) == (
        "new.person@example.org",
        "Nia New",
        True,
    )
    assert not person.has_usable_password()
    role = RoleAssignment.objects.get(user=person)
    assert (role.role, role.partnership, role.starts_on) == (
        "board_member",
        world.partnership,
        TODAY,
    )
    assert planned() == ["new.person@example.org"]
    assert trail(person) == [
        ("+", "Nia New", "new.person@example.org", True, administrator, "Invited")
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_invite(world, role):
    with pytest.raises(NotAllowed):
        invite(world, by=world.people[role])

    assert not User.objects.filter(name="Nia New").exists()


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {"email": "nobody"},
            {"email": ["Enter an e-mail address, such as name@example.org."]},
        ),
        (
            {"email": "system@hertsend.invalid"},
            {"email": ["Enter the address of a person."]},
        ),
        ({"name": " "}, {"name": ["Enter the person's name."]}),
        (
            {"role": "joint_chair"},
            {"scope_key": ["Select the area for which they hold this role."]},
        ),
    ],
)
def test_an_invitation_that_breaks_a_rule_leaves_nothing_behind(
    world, administrator, changes, errors
):
    User.objects.system()
    before = User.objects.count()

    with pytest.raises(RuleBroken) as refused:
        invite(world, by=administrator, **changes)

    assert refused.value.errors == errors
    assert (User.objects.count(), planned()) == (before, [])


def test_a_person_on_the_list_is_not_invited_again(world, administrator, person):
    with pytest.raises(RuleBroken) as refused:
        invite(world, by=administrator, email=person.email.upper())

    assert refused.value.errors == {
        "email": ["Board member has this address. Find them in the list, and give the role there."]
    }


def test_a_person_of_another_partnership_keeps_their_account_and_gets_the_role(
    world, administrator
):
    known = world.foreign.people[Role.BOARD_MEMBER]

    person = invite(world, by=administrator, email=known.email, name="Another Name")

    assert (person.pk, person.name) == (known.pk, known.name)
    assert RoleAssignment.objects.filter(user=known).count() == 2
    assert planned() == [known.email]


def test_nobody_invites_themselves_into_a_role(world, administrator):
    other = world.foreign.people[Role.ADMINISTRATOR]
    make.RoleAssignmentFactory(user=other, partnership=world.partnership, role=Role.ADMINISTRATOR)

    with pytest.raises(RuleBroken):
        invite(world, by=other, email=other.email)


def test_an_invitation_is_sent_again_once_an_hour(world, administrator):
    person = invite(world, by=administrator)

    people.invite_again(person=person, by=administrator)
    with pytest.raises(RuleBroken) as refused:
        people.invite_again(person=person, by=administrator)

    assert refused.value.errors == {"": ["An invitation was sent within the last hour."]}
    assert planned() == [person.email, person.email]


def test_who_has_a_password_or_a_closed_account_is_not_invited_again(world, administrator, person):
    with pytest.raises(RuleBroken):
        people.invite_again(person=person, by=administrator)
    people.deactivate(person=person, reason="Left", by=administrator)
    with pytest.raises(RuleBroken) as refused:
        people.invite_again(person=person, by=administrator)

    assert refused.value.errors == {"": ["This account is closed."]}
    assert planned() == []


def test_only_administrators_send_an_invitation_again(world, administrator):
    person = invite(world, by=administrator)

    with pytest.raises(NotAllowed):
        people.invite_again(person=person, by=world.people[Role.PROGRAMME_OFFICE])

    assert len(planned()) == 1


def test_details_change_with_who_and_why_and_the_old_address_is_forgotten(administrator, person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    changed = people.change_details(
        person=person,
        email="Married@example.org",
        name="Bo Married",
        reason="Married",
        by=administrator,
    )

    assert (changed.name, changed.email) == ("Bo Married", "married@example.org")
    assert trail(changed) == [
        ("~", "Bo Married", "married@example.org", True, administrator, "Married")
    ]
    assert not EmailAddress.objects.filter(user=person).exists()


def test_a_new_name_alone_leaves_the_address_alone(administrator, person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    people.change_details(person=person, email=person.email, name="Bo", by=administrator)

    assert trail(person) == [("~", "Bo", person.email, True, administrator, "Details changed")]
    assert EmailAddress.objects.filter(user=person).exists()


def test_details_that_do_not_change_leave_no_history(administrator, person):
    people.change_details(person=person, email=person.email, name=person.name, by=administrator)

    assert trail(person) == []


def test_an_address_of_another_account_is_refused(world, administrator, person):
    with pytest.raises(RuleBroken) as refused:
        people.change_details(
            person=person, email=world.stranger.email, name="Bo", by=administrator
        )

    assert refused.value.errors == {"email": ["Another account has this address."]}
    person.refresh_from_db()
    assert person.name == "Board member"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_change_details_close_or_reopen(world, person, role):
    by = world.people[role]
    for act in (
        lambda: people.change_details(person=person, email="x@example.org", name="X", by=by),
        lambda: people.deactivate(person=person, reason="No", by=by),
        lambda: people.reactivate(person=person, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()

    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Board member", True)


def test_an_account_that_opens_another_partnership_is_not_for_one_administrator_to_take(
    world, administrator, person
):
    make.RoleAssignmentFactory(
        user=person, partnership=world.foreign.partnership, role=Role.JOINT_CHAIR, scope_key="PA1"
    )

    for act in (
        lambda: people.change_details(
            person=person, email="mine@example.org", name="X", by=administrator
        ),
        lambda: people.deactivate(person=person, reason="No", by=administrator),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.sentence == ELSEWHERE

    assert people.refusal_to_change_account(person=person, by=administrator) == ELSEWHERE
    person.refresh_from_db()
    assert (person.email.startswith("mine"), person.is_active) == (False, True)


@pytest.mark.parametrize("flag", ["is_superuser", "is_staff"])
def test_an_account_that_opens_djangos_admin_is_no_partnerships_to_take(world, administrator, flag):
    row = make.UserFactory(email="technical@example.org", **{flag: True})
    invite(world, by=administrator, email=row.email)
    takeovers = [
        lambda: people.change_details(
            person=row, email="mine@example.org", name=row.name, by=administrator
        ),
        lambda: people.deactivate(person=row, reason="Left", by=administrator),
        lambda: people.reactivate(person=row, by=administrator),
        lambda: people.invite_again(person=row, by=administrator),
    ]
    for attempt in takeovers:
        with pytest.raises(NotAllowed, match="those who run the installation"):
            attempt()
    row.refresh_from_db()
    assert (row.email, row.is_active) == ("technical@example.org", True)


def test_an_administrator_of_both_partnerships_changes_the_account(world, administrator, person):
    for user, role in ((person, Role.ADVISER), (administrator, Role.ADMINISTRATOR)):
        make.RoleAssignmentFactory(user=user, partnership=world.foreign.partnership, role=role)

    people.deactivate(person=person, reason="Left", by=administrator)

    assert people.refusal_to_change_account(person=person, by=administrator) == ""
    person.refresh_from_db()
    assert not person.is_active


def test_a_closed_account_loses_password_and_tokens_and_keeps_its_roles(administrator, person):
    AuthToken.objects.create(user=person)

    people.deactivate(person=person, reason=" Left the council ", by=administrator)

    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert not AuthToken.objects.filter(user=person).exists()
    assert RoleAssignment.objects.get(user=person).ends_on is None
    assert trail(person) == [
        ("~", "Board member", person.email, False, administrator, "Left the council")
    ]


def test_closing_needs_a_reason_and_an_open_account(administrator, person):
    with pytest.raises(RuleBroken) as refused:
        people.deactivate(person=person, reason=" ", by=administrator)
    assert refused.value.errors == {"reason": ["Enter why the account is closed."]}

    people.deactivate(person=person, reason="Left", by=administrator)
    with pytest.raises(RuleBroken) as refused:
        people.deactivate(person=person, reason="Left", by=administrator)
    assert refused.value.errors == {"": ["This account is closed already."]}


def test_nobody_closes_their_own_account(world, administrator):
    world.person(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed) as refused:
        people.deactivate(person=administrator, reason="Bye", by=administrator)

    assert refused.value.sentence == "Nobody closes their own account. Ask another administrator."


def test_the_last_administrator_for_good_cannot_be_closed(world, administrator):
    leaving = world.person(Role.ADMINISTRATOR)
    row = RoleAssignment.objects.get(user=administrator)
    row.ends_on = TODAY + dt.timedelta(days=30)
    row._change_reason, row._history_user = "Test", leaving
    row.save()

    with pytest.raises(RuleBroken) as refused:
        people.deactivate(person=leaving, reason="Left", by=administrator)

    assert list(refused.value.errors) == [""]
    leaving.refresh_from_db()
    assert leaving.is_active


def test_a_reopened_account_gets_a_link_to_a_new_password(administrator, person):
    people.deactivate(person=person, reason="Left", by=administrator)

    reopened = people.reactivate(person=person, reason="Came back", by=administrator)

    assert (reopened.is_active, reopened.has_usable_password()) == (True, False)
    assert planned() == [person.email]
    assert trail(person)[1:] == [
        ("~", "Board member", person.email, True, administrator, "Came back")
    ]


def test_an_open_account_is_not_reopened(administrator, person):
    with pytest.raises(RuleBroken) as refused:
        people.reactivate(person=person, by=administrator)

    assert refused.value.errors == {"": ["This account is open already."]}


def test_a_new_password_is_sent_only_to_who_asks(administrator, person):
    people.send_password_reset(person=person, by=person)
    with pytest.raises(NotAllowed):
        people.send_password_reset(person=person, by=administrator)

    assert planned("accounts.password_reset") == [person.email]


def test_the_first_administrator_gets_an_account_and_an_e_mail(db):
    partnership = make.PartnershipFactory()

    person = people.add_first_administrator(
        email="First@example.org",
        name="Fay First",
        partnership=partnership,
        by=User.objects.system(),
    )

    assert (person.email, person.has_usable_password()) == ("first@example.org", False)
    assert RoleAssignment.objects.get(user=person).role == Role.ADMINISTRATOR
    assert planned() == ["first@example.org"]
