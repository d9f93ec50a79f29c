"""Posts with their holders, one's own account and tokens, and who can do what."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from hertsend.accounts.models import PostHolding, User
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


@pytest.mark.parametrize(
    ("role", "reads_people", "reads_addresses"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.PROGRAMME_OFFICE, True, True),
        (Role.WORKSTREAM_LEAD, True, True),
        (Role.JOINT_CHAIR, True, True),
        (Role.BOARD_MEMBER, True, True),
        (Role.EXECUTIVE_CHAIR, True, True),
        (Role.EXECUTIVE_MEMBER, True, True),
        (Role.ADVISER, True, False),
        (Role.PARENT_CARER_REPRESENTATIVE, False, False),
    ],
)
def test_who_holds_a_post_is_shown_by_the_matrix(
    world, as_role, role, reads_people, reads_addresses
):
    answer = as_role(role).get(url("post-list"))

    assert answer.status_code == (200 if reads_people else 403)
    assert (world.other_lead.name in answer.text) == reads_people
    assert (world.other_lead.email in answer.text) == reads_addresses
    assert ("Add a person" in answer.text) == (role == Role.ADMINISTRATOR)
    assert world.foreign.other_lead.email not in answer.text


def test_posts_are_searched_and_filtered(world, administrator):
    make.PostFactory(partnership=world.partnership, title="Empty chair", organisation="ICB")

    def found(query):
        return [
            line.title for line in administrator.get(f"{url('post-list')}?{query}").context["lines"]
        ]

    assert found("held=no") == ["Empty chair"]
    assert found("held=yes") == ["Head of AI1", "Head of PA1"]
    assert found("search=icb") == ["Empty chair"]
    assert found("search=lead+ai1") == ["Head of AI1"]
    assert found("search=nothing") == []


def test_the_list_says_how_many_posts_nobody_holds(world, administrator):
    full = administrator.get(url("post-list")).text
    make.PostFactory(partnership=world.partnership, title="Empty chair")

    assert "All 2 posts are held." in full
    assert "Nobody holds 1 of 3 posts." in administrator.get(url("post-list")).text


def test_a_person_is_put_in_a_post_and_taken_out(world, administrator):
    person = world.people[Role.ADVISER]
    post = world.posts["PA1"]

    put = administrator.post(
        url("post-fill", post.pk),
        {
            "person": person.pk,
            "kind": "deputy",
            **day("starts_on", dt.date(2024, 6, 1)),
            "reason": "",
        },
    )
    row = PostHolding.objects.get(user=person)
    listed = administrator.get(url("post-list"))
    administrator.post(url("holding-end", row.pk), {"when": "now"})

    assert put.headers["Location"] == url("post-list")
    assert (row.is_deputy, row.starts_on) == (True, dt.date(2024, 6, 1))
    assert "Adviser</a> (deputy)" in listed.text
    row.refresh_from_db()
    assert row.ends_on == dt.date(2024, 9, 2)


def test_what_a_service_refuses_about_a_post_is_said_on_the_page(world, administrator):
    lead, post = world.people[Role.WORKSTREAM_LEAD], world.posts["PA1"]
    holding = PostHolding.objects.get(post=post)

    twice = administrator.post(
        url("post-fill", post.pk), {"person": lead.pk, "kind": "holder", **day("starts_on", TODAY)}
    )
    past = administrator.post(
        url("holding-end", holding.pk), {"when": "day", **day("ends_on", dt.date(2024, 8, 1))}
    )
    administrator.post(
        url("holding-end", holding.pk), {"when": "day", **day("ends_on", dt.date(2024, 9, 30))}
    )

    assert twice.context["form"].errors == {
        "person": ["This person is in that post already for some of these days."]
    }
    assert list(past.context["form"].errors) == ["ends_on"]
    holding.refresh_from_db()
    assert holding.ends_on == dt.date(2024, 9, 30)


def test_only_people_of_the_partnership_can_be_chosen_for_a_post(world, administrator):
    answer = administrator.post(
        url("post-fill", world.posts["PA1"].pk),
        {"person": world.foreign.other_lead.pk, "kind": "holder", **day("starts_on", TODAY)},
    )

    assert list(answer.context["form"].errors) == ["person"]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_sees_their_own_account(world, as_role, role):
    answer = as_role(role).get(url("my-account"))

    assert answer.status_code == 200
    assert answer.context["roles"][0].words.startswith(str(role.label))
    assert world.people[role].email in answer.text
    others = {row.email for row in User.objects.exclude(pk=world.people[role].pk)}
    assert not [email for email in others if email in answer.text]


def test_everybody_is_told_whom_else_to_ask(world, as_role):
    asked = as_role(Role.ADVISER).get(url("my-account")).text
    alone = as_role(Role.ADMINISTRATOR).get(url("my-account")).text

    assert "Something wrong? Ask Administrator, who manages people and roles." in asked
    assert "Something wrong?" not in alone


def test_who_holds_no_role_is_told_whom_to_ask(world):
    answer = signed_in(world.stranger).get(url("my-account"))

    assert "You hold no role now, so there is nothing for you to see." in answer.text
    assert "Tokens" not in answer.text


def test_a_token_is_shown_once_and_works_until_revoked(world, as_role):
    client = as_role(Role.PROGRAMME_OFFICE)

    made = client.post(url("token-make"))
    text = made.context["new_token"]
    again = client.get(url("token-list"))
    token = again.context["tokens"][0]
    api = Client(headers={"Authorization": f"Token {text}"})
    data = f"/api/v1/plans/{world.plan.slug}/"
    before = api.get(data).status_code
    asked = client.get(url("token-revoke", token.reference))
    client.post(url("token-revoke", token.reference))

    assert text in made.text
    assert text not in again.text
    assert made.headers["Cache-Control"] == "private, no-store"
    assert "Revoke this token?" in asked.text
    assert (before, api.get(data).status_code) == (200, 401)


def test_another_persons_token_is_not_found(world, as_role):
    as_role(Role.PROGRAMME_OFFICE).post(url("token-make"))
    reference = as_role(Role.PROGRAMME_OFFICE).get(url("token-list")).context["tokens"][0].reference

    answer = as_role(Role.ADVISER).post(url("token-revoke", reference))

    assert answer.status_code == 404
    assert len(as_role(Role.PROGRAMME_OFFICE).get(url("token-list")).context["tokens"]) == 1


def test_a_sixth_token_is_refused_with_a_sentence(world, as_role):
    client = as_role(Role.ADVISER)
    for _ in range(5):
        assert client.post(url("token-make")).status_code == 200

    answer = client.post(url("token-make"), follow=True)

    assert "You have 5 tokens already. Revoke one first." in answer.text
    assert len(answer.context["tokens"]) == 5


def test_who_holds_no_role_gets_no_token(world):
    client = signed_in(world.stranger)

    assert client.get(url("token-list")).status_code == 403
    assert client.post(url("token-make")).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_who_can_do_what_and_finds_their_own_role(world, as_role, role):
    answer = as_role(role).get(reverse("pages:roles"))

    assert answer.status_code == 200
    assert answer.context["own"] == {role.value}
    assert answer.text.count("your role") == 1
    assert "see people&#x27;s e-mail addresses" in answer.text
