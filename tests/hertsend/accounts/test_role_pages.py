"""Inviting people, giving and ending roles, closing accounts: what the forms do."""

import datetime as dt

import pytest
from django.urls import reverse

from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.hertsend.accounts.typed import day, signed_in, url


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)


def test_an_invitation_begins_with_the_role(world, administrator):
    first = administrator.get(url("person-invite"))
    nothing = administrator.get(f"{url('person-invite')}?chosen=yes")
    second = administrator.get(f"{url('person-invite')}?role=workstream_lead&chosen=yes")

    assert "What will the person do?" in first.text
    assert "There is a problem" not in first.text
    assert nothing.context["form"].errors == {"role": ["Select a role"]}
    assert [key for key, _ in second.context["form"].fields["scope_key"].choices] == [
        "",
        "PA1",
        "AI1",
    ]


def test_a_person_is_invited(world, administrator):
    answer = administrator.post(
        f"{url('person-invite')}?role=joint_chair",
        {
            "name": "Nia New",
            "email": "nia@example.org",
            "scope_key": "AI1",
            **day("starts_on", TODAY),
        },
    )

    person = User.objects.get(email="nia@example.org")
    role = RoleAssignment.objects.get(user=person)
    assert answer.headers["Location"] == url("person-detail", person.pk)
    assert (role.role, role.scope_key, role.starts_on) == ("joint_chair", "AI1", TODAY)
    shown = administrator.get(url("person-detail", person.pk))
    assert "Nia New is invited, and gets an e-mail." in shown.text
    assert "Invited, has not signed in" in shown.text


def test_errors_stand_beside_their_fields_and_keep_what_was_typed(world, administrator):
    answer = administrator.post(
        f"{url('person-invite')}?role=joint_chair",
        {
            "name": "Nia New",
            "email": world.other_lead.email,
            "scope_key": "AI1",
            **day("starts_on", TODAY),
        },
    )

    assert answer.context["form"].errors == {
        "email": [
            "Workstream lead AI1 has this address. Find them in the list, and give the role there."
        ]
    }
    assert 'value="Nia New"' in answer.text
    assert answer.text.count("Find them in the list") == 2
    assert not User.objects.filter(name="Nia New").exists()


def test_a_workstream_of_another_partnership_cannot_be_chosen(world, administrator):
    make.WorkstreamFactory(plan=world.foreign.plan, key="ZZ9", position=9)

    answer = administrator.post(
        url("role-give", world.people[Role.ADVISER].pk) + "?role=workstream_lead",
        {"scope_key": "ZZ9", **day("starts_on", TODAY)},
    )

    assert list(answer.context["form"].errors) == ["scope_key"]


def test_a_role_is_given_from_a_day(world, administrator):
    person = world.people[Role.ADVISER]

    answer = administrator.post(
        url("role-give", person.pk) + "?role=board_member",
        {
            **day("starts_on", dt.date(2024, 10, 1)),
            **day("ends_on", dt.date(2025, 3, 31)),
            "reason": "Cover",
        },
        follow=True,
    )

    row = RoleAssignment.objects.get(user=person, role="board_member")
    assert (row.starts_on, row.ends_on) == (dt.date(2024, 10, 1), dt.date(2025, 3, 31))
    assert "Adviser has a new role: Board member." in answer.text
    assert "Role given: Board member, from 1 October 2024 to 31 March 2025." in answer.text


def test_a_rule_of_the_service_stands_beside_the_field(world, administrator):
    answer = administrator.post(
        url("role-give", world.people[Role.ADVISER].pk) + "?role=board_member",
        day("starts_on", dt.date(2024, 9, 2)),
    )

    assert answer.context["form"].errors == {"starts_on": ["The first day must be today or later."]}


def test_who_administers_two_partnerships_says_where(world):
    user = world.people[Role.ADMINISTRATOR]
    make.RoleAssignmentFactory(
        user=user, partnership=world.foreign.partnership, role=Role.ADMINISTRATOR
    )
    client = signed_in(user)

    missing = client.get(f"{url('person-invite')}?role=adviser&chosen=yes")
    there = f"{url('person-invite')}?role=adviser&partnership={world.foreign.partnership.slug}"
    client.post(there, {"name": "Nia", "email": "nia@example.org", **day("starts_on", TODAY)})

    assert missing.context["form"].errors == {"partnership": ["Select a partnership"]}
    role = RoleAssignment.objects.get(user__email="nia@example.org")
    assert role.partnership == world.foreign.partnership


def test_a_role_that_ends_now_is_refused_on_the_next_request(world, administrator, as_role):
    person = world.people[Role.WORKSTREAM_LEAD]
    row = RoleAssignment.objects.get(user=person)
    lead = as_role(Role.WORKSTREAM_LEAD)
    page = reverse("plans:milestone-update", args=[world.plan.slug, "PA1.1-1"])
    before = lead.get(page).status_code

    administrator.post(url("role-end", row.pk), {"when": "now", "reason": "Moved"})

    assert (before, lead.get(page).status_code) == (200, 404)


def test_a_role_ends_after_a_last_day(world, administrator):
    row = RoleAssignment.objects.get(user=world.people[Role.ADVISER])

    administrator.post(
        url("role-end", row.pk), {"when": "day", **day("ends_on", dt.date(2024, 9, 30))}
    )

    row.refresh_from_db()
    assert row.ends_on == dt.date(2024, 9, 30)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"when": ["Select when it ends"]}),
        ({"when": "day"}, {"ends_on": ["Enter the last day"]}),
        (
            {"when": "now", **day("ends_on", TODAY)},
            {"when": ["Select “After a last day”, or leave the last day empty"]},
        ),
        (
            {"when": "day", **day("ends_on", dt.date(2024, 9, 1))},
            {"ends_on": ["The last day must be today or later. To end it at once, choose “Now”."]},
        ),
        (
            {"when": "day", "ends_on_day": "31", "ends_on_month": "2", "ends_on_year": "2025"},
            {"ends_on": ["Last day must be a real date, for example 30 9 2024"]},
        ),
    ],
)
def test_an_end_that_makes_no_sense_is_refused(world, administrator, typed, errors):
    row = RoleAssignment.objects.get(user=world.people[Role.ADVISER])

    answer = administrator.post(url("role-end", row.pk), typed)

    assert answer.context["form"].errors == errors
    row.refresh_from_db()
    assert row.ends_on is None


def test_the_last_administrator_is_told_why_not(world, administrator):
    row = RoleAssignment.objects.get(user=world.people[Role.ADMINISTRATOR])

    answer = administrator.post(url("role-end", row.pk), {"when": "now"})

    assert answer.status_code == 200
    assert "This is the last administrator." in answer.text


def test_an_account_is_closed_and_reopened(world, administrator, as_role):
    person = world.people[Role.ADVISER]
    client = as_role(Role.ADVISER)

    empty = administrator.post(url("person-close", person.pk), {"reason": ""})
    administrator.post(url("person-close", person.pk), {"reason": "Left"})
    shut = client.get(url("my-account")).status_code
    administrator.post(url("person-reopen", person.pk), {"reason": "Back"})

    assert empty.context["form"].errors == {"reason": ["Enter why the account is closed"]}
    assert shut == 302
    person.refresh_from_db()
    assert person.is_active


def test_an_invitation_is_sent_again_by_a_click(world, administrator):
    person = world.people[Role.ADVISER]
    person.set_unusable_password()
    person.save()

    first = administrator.post(url("person-invite-again", person.pk), follow=True)
    second = administrator.post(url("person-invite-again", person.pk), follow=True)

    assert "Adviser gets the invitation again." in first.text
    assert "An invitation was sent within the last hour." in second.text
    assert administrator.get(url("person-invite-again", person.pk)).status_code == 405


def test_what_a_service_refuses_is_said_on_the_page_and_changes_nothing(world, administrator):
    person, other = world.people[Role.ADVISER], world.people[Role.BOARD_MEMBER]
    history = person.history.count()

    edited = administrator.post(
        url("person-edit", person.pk), {"name": "Ada", "email": other.email}
    )
    reopened = administrator.post(url("person-reopen", person.pk), {"reason": ""})
    administrator.post(url("person-close", person.pk), {"reason": "Left"})
    closed = administrator.post(url("person-close", person.pk), {"reason": "Left"})

    assert edited.context["form"].errors == {"email": ["Another account has this address."]}
    assert 'value="Ada"' in edited.text
    assert "This account is open already." in reopened.text
    assert "This account is closed already." in closed.text
    assert person.history.count() == history + 1
