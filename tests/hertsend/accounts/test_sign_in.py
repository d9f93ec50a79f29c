"""Sign-in through the client: right and wrong password, the lock, sign-out, a new password, the end."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from hertsend.accounts.lock import address_typed
from hertsend.accounts.models import RoleAssignment
from hertsend.accounts.roles import Role
from hertsend.accounts.services import people, roles
from hertsend.jobs.models import Message
from hertsend.jobs.services.messages import send_message
from tests.factories.world import TODAY, at

PASSWORD = "correct horse battery"
NEW_PASSWORD = "staple stable table"
WRONG = "The email address and/or password you specified are not correct."
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _today():
    cache.clear()
    with at(TODAY):
        yield


@pytest.fixture
def administrator(world):
    return world.people[Role.ADMINISTRATOR]


@pytest.fixture
def person(world):
    row = world.people[Role.BOARD_MEMBER]
    row.set_password(PASSWORD)
    row.save()
    return row


def sign_in(client, person, password=PASSWORD):
    return client.post(LOGIN, {"login": getattr(person, "email", person), "password": password})


def is_signed_in(client):
    return client.get(reverse("accounts:my-account")).status_code == 200


def deliver(kind):
    """Send the planned messages of a kind as the worker does; answer the last one's words."""
    for message in Message.objects.filter(kind=kind, state="planned"):
        send_message(message_id=message.pk)
    return mail.outbox[-1]


def set_password_by_link(client, text, password=NEW_PASSWORD):
    path = re.search(r"http://127\.0\.0\.1:\d+(/account/password/reset/key/\S+)", text)[1]
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    return client.post(form, {"password1": password, "password2": password}, follow=True)


def test_the_right_password_signs_in_whatever_the_capitals_of_the_address(client, person):
    answer = sign_in(client, person.email.upper())

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, person):
    wrong = sign_in(client, person, "not the password")
    unknown = sign_in(client, "nobody@example.org", "not the password")

    assert (wrong.status_code, unknown.status_code) == (200, 200)
    said = [list(answer.context["form"].non_field_errors()) for answer in (wrong, unknown)]
    assert said == [[WRONG], [WRONG]]
    assert not is_signed_in(client)


def test_five_failures_lock_the_sign_in_with_a_page_of_its_own(client, person):
    for _ in range(4):
        assert sign_in(client, person, "wrong").status_code == 200
    fifth = sign_in(client, person, "wrong")
    right = sign_in(client, person)

    assert fifth.status_code == 429
    assert "Sign-in is locked for a time" in fifth.text
    assert right.status_code in {200, 429}
    assert not is_signed_in(client)


def test_every_try_while_locked_shows_the_lock(client, person):
    for _ in range(5):
        sign_in(client, person, "wrong")

    again = sign_in(client, person)

    assert again.status_code == 429
    assert "Sign-in is locked for a time" in again.text


def test_the_lock_is_for_one_address_and_not_for_a_whole_office(client, world, person):
    colleague = world.people[Role.ADVISER]
    colleague.set_password(PASSWORD)
    colleague.save()
    for attempt in (person.email, person.email.upper()) * 3:
        sign_in(client, attempt, "wrong")

    locked = sign_in(Client(), person)
    sign_in(client, colleague)

    assert locked.status_code == 429
    assert is_signed_in(client)


def test_an_unknown_address_is_locked_alike(client, world):
    answers = [sign_in(client, "nobody@example.org", "wrong").status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]


@pytest.mark.parametrize(
    ("credentials", "address"),
    [
        ({"email": " A@Example.org"}, "a@example.org"),
        ({"login": "a@example.org"}, "a@example.org"),
        ({"password": "x"}, None),
    ],
)
def test_a_failure_counts_for_the_address_typed(rf, credentials, address):
    assert address_typed(None, credentials) == address
    assert address_typed(rf.post(LOGIN, credentials), None) == address
    assert address_typed(None, None) is None


def test_a_sign_in_forgets_earlier_failures(client, person):
    for _ in range(2):
        for _ in range(4):
            sign_in(client, person, "wrong")
        sign_in(client, person)
        assert is_signed_in(client)
        client.post("/account/logout/")


def test_four_failures_do_not_lock(client, person):
    for _ in range(4):
        sign_in(client, person, "wrong")

    sign_in(client, person)

    assert is_signed_in(client)


def test_signing_out_ends_the_session(client, person):
    sign_in(client, person)

    answer = client.post("/account/logout/")

    assert (answer.status_code, answer.headers["Location"]) == (302, LOGIN)
    assert not is_signed_in(client)


def test_signing_out_needs_a_click_and_not_a_link(client, person):
    sign_in(client, person)

    client.get("/account/logout/")

    assert is_signed_in(client)


def test_nobody_signs_themselves_up(client, world):
    answer = client.post(
        "/account/signup/",
        {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert answer.status_code == 200
    assert "closed" in answer.text.lower() or "administrator" in answer.text.lower()
    assert not type(world.stranger).objects.filter(email="me@example.org").exists()


def test_a_new_password_is_set_by_a_link_in_an_e_mail(client, person):
    asked = client.post("/account/password/reset/", {"email": person.email})
    letter = deliver("accounts.password_reset")
    done = set_password_by_link(client, letter.body)

    assert asked.headers["Location"] == "/account/password/reset/done/"
    assert (letter.to, letter.subject) == ([person.email], "Set a new password")
    assert done.status_code == 200
    assert sign_in(Client(), person).status_code == 200
    sign_in(client, person, NEW_PASSWORD)
    assert is_signed_in(client)


def test_the_link_works_once(client, person):
    client.post("/account/password/reset/", {"email": person.email})
    text = deliver("accounts.password_reset").body
    set_password_by_link(client, text)

    path = re.search(r"http://127\.0\.0\.1:\d+(/account/password/reset/key/\S+)", text)[1]
    again = Client().get(path, follow=True)

    assert again.context["token_fail"]


def test_asking_for_a_password_tells_nobody_who_has_an_account(client, person):
    known = client.post("/account/password/reset/", {"email": person.email}, follow=True)
    unknown = Client().post(
        "/account/password/reset/", {"email": "nobody@example.org"}, follow=True
    )

    assert known.redirect_chain == unknown.redirect_chain
    assert known.context["request"].path == unknown.context["request"].path
    assert person.email not in known.text
    assert mail.outbox == []
    assert Message.objects.filter(kind="accounts.password_reset").count() == 1


def test_the_link_never_leads_to_the_host_of_a_request(client, person):
    client.post("/account/password/reset/", {"email": person.email}, headers={"host": "localhost"})

    text = deliver("accounts.password_reset").body

    assert "http://127.0.0.1" in text
    assert "localhost" not in text


def test_an_invitation_leads_to_the_first_sign_in(client, world, administrator):
    invited = people.invite(
        email="new@example.org",
        name="Nia New",
        partnership=world.partnership,
        role=Role.WORKSTREAM_LEAD,
        scope_key="PA1",
        known_scope_keys={"PA1"},
        starts_on=TODAY,
        by=administrator,
    )

    letter = deliver("accounts.invitation")
    set_password_by_link(client, letter.body)
    sign_in(client, invited, NEW_PASSWORD)

    assert "Workstream lead, PA1, from 3 September 2024" in letter.body
    assert "Hello Nia New," in letter.body
    assert is_signed_in(client)


def test_who_has_a_password_is_told_of_the_role_without_a_link_to_set_one(
    client, world, administrator
):
    known = world.foreign.people[Role.ADVISER]
    known.set_password(PASSWORD)
    known.save()
    people.invite(
        email=known.email,
        name="Whoever",
        partnership=world.partnership,
        role=Role.ADVISER,
        starts_on=TODAY,
        by=administrator,
    )

    letter = deliver("accounts.invitation")

    assert "/account/password/reset/key/" not in letter.body
    assert "Sign in with the password that you have:" in letter.body


def test_an_invitation_whose_role_ended_meanwhile_is_not_sent(world, administrator):
    invited = people.invite(
        email="new@example.org",
        name="Nia New",
        partnership=world.partnership,
        role=Role.ADVISER,
        starts_on=TODAY,
        by=administrator,
    )
    roles.end_role_now(assignment=RoleAssignment.objects.get(user=invited), by=administrator)

    for message in Message.objects.filter(kind="accounts.invitation"):
        send_message(message_id=message.pk)

    assert mail.outbox == []
    assert Message.objects.get().state == "withheld"


def test_a_closed_account_is_signed_out_on_the_next_request_and_for_good(
    client, person, administrator
):
    sign_in(client, person)
    assert is_signed_in(client)

    people.deactivate(person=person, reason="Left", by=administrator)
    closed = is_signed_in(client)
    people.reactivate(person=person, by=administrator)

    assert not closed
    assert not is_signed_in(client)
    assert sign_in(Client(), person).status_code == 200


def test_a_closed_account_cannot_sign_in_and_gets_no_new_password(client, person, administrator):
    people.deactivate(person=person, reason="Left", by=administrator)

    answer = sign_in(client, person)
    client.post("/account/password/reset/", {"email": person.email})

    assert answer.status_code == 200
    assert not is_signed_in(client)
    assert not Message.objects.filter(kind="accounts.password_reset").exists()


def test_the_old_address_signs_in_no_more(client, person, administrator):
    sign_in(client, person)
    EmailAddress.objects.get_or_create(user=person, email=person.email, primary=True)
    old = person.email

    people.change_details(
        person=person, email="new@example.org", name=person.name, by=administrator
    )
    fresh = Client()
    sign_in(fresh, old)
    by_old = is_signed_in(fresh)
    sign_in(fresh, "new@example.org")
    Client().post("/account/password/reset/", {"email": old})

    assert not by_old
    assert is_signed_in(fresh)
    assert not Message.objects.filter(kind="accounts.password_reset").exists()


def test_nobody_changes_their_own_address_past_the_administrators(client, person):
    sign_in(client, person)

    assert client.get("/account/email/").status_code == 404
    answer = client.post("/account/email/", {"email": "mine@example.org", "action_add": ""})
    assert answer.status_code == 404
    assert not EmailAddress.objects.filter(email="mine@example.org").exists()


def test_the_end_of_the_last_role_closes_page_and_token_with_the_next_request(
    client, world, person, administrator
):
    sign_in(client, person)
    _, token = AuthToken.objects.create(user=person)
    api = Client(headers={"Authorization": f"Token {token}"})
    page = reverse("plans:plan-detail", args=[world.plan.slug])
    data = f"/api/v1/plans/{world.plan.slug}/"

    before = (client.get(page).status_code, api.get(data).status_code)
    roles.end_role_now(assignment=RoleAssignment.objects.get(user=person), by=administrator)
    after = (client.get(page).status_code, api.get(data).status_code)

    assert before == (200, 200)
    assert after == (404, 401)
