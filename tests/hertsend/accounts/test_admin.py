"""Django's admin: closed but to technical administrators, and nothing to change there."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from hertsend.accounts import admin
from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role

TECHNICAL = {"technical@example.org": "a long enough password"}


@pytest.fixture
def technical(world):
    """A browser of a technical administrator, who holds no role in any partnership."""
    client = Client()
    client.force_login(
        User.objects.create_superuser("technical@example.org", name="Tec"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_a_partnership_opens_it(as_role, role):
    client = as_role(role)

    assert client.get("/admin/").status_code in {302, 403}
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/accounts/user/", follow=True).status_code == 403


def test_a_closed_technical_account_does_not_open_it(technical):
    User.objects.filter(email="technical@example.org").update(is_active=False)

    assert technical.get("/admin/").status_code == 302


def test_nobody_signs_in_there_past_the_lock(client, db):
    answer = client.get("/admin/login/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/account/login/")


def test_it_shows_people_and_nothing_of_the_plan(technical, world):
    listed = technical.get("/admin/")
    people = technical.get("/admin/accounts/user/")
    plans = technical.get("/admin/plans/milestone/")

    assert (listed.status_code, people.status_code, plans.status_code) == (200, 200, 404)
    assert {model._meta.label for model in admin.site._registry} == {
        "accounts.User",
        "accounts.Partnership",
        "accounts.RoleAssignment",
        "accounts.Post",
        "accounts.PostHolding",
        "axes.AccessAttempt",
    }
    assert world.other_lead.email in people.text


def test_it_changes_nothing(technical, world):
    row = RoleAssignment.objects.get(user=world.other_lead)

    added = technical.get("/admin/accounts/roleassignment/add/")
    changed = technical.post(
        f"/admin/accounts/roleassignment/{row.pk}/change/", {"role": "administrator"}
    )
    deleted = technical.post(f"/admin/accounts/roleassignment/{row.pk}/delete/", {"post": "yes"})

    assert [answer.status_code for answer in (added, changed, deleted)] == [403, 403, 403]
    row.refresh_from_db()
    assert row.role == "workstream_lead"


def test_a_persons_page_does_not_show_the_password(technical, world):
    person = world.other_lead
    person.set_password("a long enough password")
    person.save()

    answer = technical.get(f"/admin/accounts/user/{person.pk}/change/")

    assert answer.status_code == 200
    assert person.email in answer.text
    assert person.password not in answer.text


def test_a_lock_can_be_lifted(technical, db):
    row = AccessAttempt.objects.create(
        username="x@example.org", ip_address="127.0.0.1", failures_since_start=5
    )

    technical.post(f"/admin/axes/accessattempt/{row.pk}/delete/", {"post": "yes"})

    assert not AccessAttempt.objects.filter(pk=row.pk).exists()
