"""The list of people, and one person, as each role sees them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.models import PostHolding, RoleAssignment
from hertsend.accounts.roles import Role
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.hertsend.accounts.typed import signed_in, url

FOR_ADMINISTRATORS = "Only administrators manage people and roles. Ask one of them."
OTHERS = [role for role in Role if role != Role.ADMINISTRATOR]


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)


def addresses(world):
    """Every address that manages people, with the world's own rows."""
    person = world.people[Role.BOARD_MEMBER].pk
    role = RoleAssignment.objects.get(user=person).pk
    holding = PostHolding.objects.get(post=world.posts["PA1"]).pk
    return [
        url("people-list"),
        url("person-invite"),
        url("person-detail", person),
        url("person-edit", person),
        url("person-close", person),
        url("person-reopen", person),
        url("role-give", person),
        url("role-end", role),
        url("post-fill", world.posts["PA1"].pk),
        url("holding-end", holding),
    ]


@pytest.mark.parametrize("role", OTHERS)
def test_only_administrators_open_the_pages_that_manage_people(world, as_role, role):
    client = as_role(role)

    for address in addresses(world):
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 403)
        assert FOR_ADMINISTRATORS in answer.text
        assert "@example.org" not in answer.text


def test_administrators_open_all_of_them(world, administrator):
    assert {administrator.get(address).status_code for address in addresses(world)} == {200}


def test_another_partnerships_people_are_not_found(world, administrator):
    there = addresses(world.foreign)[2:]

    found = [administrator.get(address).status_code for address in there]
    missing = administrator.get(url("person-detail", 999_999))

    assert found == [404] * len(there)
    assert missing.status_code == 404


def test_another_partnerships_people_are_not_changed(world, administrator):
    person = world.foreign.people[Role.BOARD_MEMBER]
    role = RoleAssignment.objects.get(user=person)

    closed = administrator.post(url("person-close", person.pk), {"reason": "No"})
    ended = administrator.post(url("role-end", role.pk), {"when": "now"})
    invited = administrator.post(url("person-invite-again", person.pk))

    assert [answer.status_code for answer in (closed, ended, invited)] == [404, 404, 404]
    person.refresh_from_db()
    role.refresh_from_db()
    assert (person.is_active, role.ends_on) == (True, None)


def test_who_manages_people_elsewhere_does_not_manage_them_here(world):
    user = world.foreign.people[Role.ADMINISTRATOR]
    make.RoleAssignmentFactory(user=user, partnership=world.partnership, role=Role.BOARD_MEMBER)
    client = signed_in(user)

    here = [client.get(address).status_code for address in addresses(world)[2:]]
    there = [client.get(address).status_code for address in addresses(world.foreign)[2:]]

    assert (set(here), set(there)) == ({403}, {200})


def test_a_stranger_finds_nobody(world):
    client = signed_in(world.stranger)

    assert client.get(url("people-list")).status_code == 403
    assert client.get(url("post-list")).status_code == 403
    assert client.get(url("person-detail", world.other_lead.pk)).status_code == 404


def names(answer):
    return [line.name for line in answer.context["lines"]]


def test_the_list_shows_everyone_here_and_nobody_else(world, administrator):
    answer = administrator.get(url("people-list"))

    here = [*world.people.values(), world.other_lead, world.second_chair]
    assert sorted(names(answer)) == sorted(person.name for person in here)
    assert world.other_lead.email in answer.text
    assert world.foreign.other_lead.email not in answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=ADVIS", ["Adviser"]),
        ("role=adviser", ["Adviser"]),
        ("role=workstream_lead&search=ai1", ["Workstream lead AI1"]),
        ("state=closed", ["Board member"]),
        ("state=active", ["Administrator", "Adviser"]),
        ("state=without_role", ["Executive chair"]),
        ("role=nonsense&search=advis", ["Adviser"]),
        ("search=nobody", []),
    ],
)
def test_the_list_is_searched_and_filtered(world, administrator, query, found):
    board, adviser = world.people[Role.BOARD_MEMBER], world.people[Role.ADVISER]
    board.is_active = False
    board.save()
    adviser.last_login = dt.datetime(2024, 9, 1, 9, tzinfo=dt.UTC)
    adviser.save()
    chair = RoleAssignment.objects.get(user=world.people[Role.EXECUTIVE_CHAIR])
    chair.ends_on = TODAY - dt.timedelta(days=1)
    chair.save()

    assert names(administrator.get(f"{url('people-list')}?{query}")) == found


def test_the_list_begins_with_what_wants_something_done(world, administrator):
    board = world.people[Role.BOARD_MEMBER]
    board.is_active = False
    board.save()
    make.PostHoldingFactory(post=world.posts["PA1"], user=make.UserFactory(name="Without Role"))

    answer = administrator.get(url("people-list"))

    # Eleven have roles; the administrator is the only one who has signed in.
    assert "12 people." in answer.text
    assert [(item["label"], item["count"]) for item in answer.context["quick"]] == [
        ("Invited, has not signed in", 9),
        ("No role now", 1),
        ("Account closed", 1),
    ]
    for item in answer.context["quick"]:
        assert len(names(administrator.get(item["url"]))) == item["count"]


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ({}, "Adviser."),
        ({"starts_on": dt.date(2024, 10, 1)}, "No role now. Adviser from 1 October 2024."),
        ({"ends_on": dt.date(2024, 9, 2)}, "No role now."),
    ],
)
def test_a_person_is_summed_up_in_a_sentence(world, administrator, held, sentence):
    person = world.person(Role.ADVISER, **held)

    answer = administrator.get(url("person-detail", person.pk))

    assert answer.context["sentence"] == sentence
    assert sentence in answer.text


def test_an_empty_list_says_what_to_do(administrator, world):
    answer = administrator.get(f"{url('people-list')}?search=nobody")

    assert "No person matches." in answer.text
    assert "Clear all filters" in answer.text


def test_a_long_list_has_pages(world, administrator):
    for _ in range(15):
        world.person(Role.ADVISER)

    first = administrator.get(url("people-list"))
    second = administrator.get(f"{url('people-list')}?page=2")
    beyond = administrator.get(f"{url('people-list')}?page=nonsense")

    assert (len(names(first)), len(names(second))) == (25, 1)
    assert names(beyond) == names(first)


@pytest.mark.parametrize("address", ["people-list", "post-list"])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(world, administrator, address):
    def count():
        with CaptureQueriesContext(connection) as queries:
            administrator.get(url(address))
        return len(queries)

    before = count()
    for number in range(3):
        person = world.person(Role.ADVISER)
        post = make.PostFactory(partnership=world.partnership, title=f"Post {number}")
        make.PostHoldingFactory(post=post, user=person)

    assert count() == before


def test_a_person_costs_as_many_queries_with_three_roles_as_with_one(world, administrator):
    person = world.people[Role.ADVISER]

    def count():
        with CaptureQueriesContext(connection) as queries:
            administrator.get(url("person-detail", person.pk))
        return len(queries)

    make.PostHoldingFactory(post=world.posts["PA1"], user=person)
    before = count()
    for role in (Role.BOARD_MEMBER, Role.EXECUTIVE_MEMBER):
        make.RoleAssignmentFactory(user=person, partnership=world.partnership, role=role)
    for key in ("x", "y"):
        post = make.PostFactory(partnership=world.partnership, title=key)
        make.PostHoldingFactory(post=post, user=person)

    assert count() == before


def test_a_person_is_shown_with_roles_posts_and_history_in_sentences(world, administrator):
    person = world.people[Role.WORKSTREAM_LEAD]

    for name, email in (("Wyn Single", "single@example.org"), ("Wyn Lead", "wyn@example.org")):
        administrator.post(
            url("person-edit", person.pk), {"name": name, "email": email, "reason": "Married"}
        )
    answer = administrator.get(url("person-detail", person.pk))

    assert [line.words for line in answer.context["roles"]] == ["Workstream lead, PA1"]
    assert [line.post for line in answer.context["holdings"]] == ["Head of PA1"]
    entry = answer.context["page"].object_list[0]
    assert (entry.who, entry.reason, entry.sentences) == (
        "Administrator",
        "Married",
        (
            "Name changed from Wyn Single to Wyn Lead.",
            "E-mail address changed from single@example.org to wyn@example.org.",
        ),
    )
    assert "Name changed from Wyn Single to Wyn Lead." in answer.text


def test_roles_and_posts_of_another_partnership_are_not_shown(world, administrator):
    person = world.people[Role.ADVISER]
    make.RoleAssignmentFactory(
        user=person, partnership=world.foreign.partnership, role=Role.JOINT_CHAIR, scope_key="AI1"
    )
    make.PostHoldingFactory(post=world.foreign.posts["AI1"], user=person)

    answer = administrator.get(url("person-detail", person.pk))

    assert [line.words for line in answer.context["roles"]] == ["Adviser"]
    assert answer.context["holdings"] == []
    assert "Joint chair" not in answer.text
    assert world.foreign.partnership.name not in answer.text
    assert "their account is not yours to change" in answer.text


def test_nobody_is_offered_to_change_their_own_roles(world, administrator):
    own = administrator.get(url("person-detail", world.people[Role.ADMINISTRATOR].pk))
    other = administrator.get(url("person-detail", world.other_lead.pk))

    assert ("Give a role" in own.text, "Close account" in own.text) == (False, False)
    assert ("Give a role" in other.text, "Close account" in other.text) == (True, True)
