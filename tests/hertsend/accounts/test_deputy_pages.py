"""The pages on which a lead names a deputy, and where others see who stands in for whom."""

import datetime as dt
import re

import pytest

from hertsend.accounts.history import history_of
from hertsend.accounts.models import Deputyship, User
from hertsend.accounts.policies import TOO_LONG
from hertsend.accounts.roles import Role
from hertsend.accounts.services import deputies
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.hertsend.accounts.typed import day, signed_in, url

DAY = dt.timedelta(days=1)
LAST = TODAY + 13 * DAY
LEAD, OFFICE, MANAGER = Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def deputy(world) -> User:
    return world.people[Role.BOARD_MEMBER]


@pytest.fixture
def named(world, deputy) -> Deputyship:
    return deputies.name_deputy(
        partnership=world.partnership,
        deputy=deputy,
        starts_on=TODAY,
        ends_on=LAST,
        reason="Annual leave",
        by=world.people[LEAD],
    )


def typed(deputy: User, **changes) -> dict:
    return {"deputy": deputy.pk, **day("starts_on", TODAY), **day("ends_on", LAST)} | changes


def words(answer) -> str:
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_lead_names_a_deputy_and_sees_them_on_the_own_account(as_role, deputy):
    lead = as_role(LEAD)
    assert "Nobody stands in for you." in words(lead.get(url("my-account")))

    answer = lead.post(url("deputy-name"), typed(deputy), follow=True)

    row = Deputyship.objects.get()
    assert (row.deputy, row.starts_on, row.ends_on) == (deputy, TODAY, LAST)
    assert "Board member stands in for you, and gets an e-mail." in words(answer)
    assert "Board member until 16 September 2024: PA1, Head of PA1" in words(answer)


def test_a_form_sent_twice_names_one_deputy(as_role, deputy):
    lead = as_role(LEAD)
    key = lead.get(url("deputy-name")).context["form"].initial["submission_key"]
    for _ in range(2):
        answer = lead.post(url("deputy-name"), typed(deputy, submission_key=key))
        assert answer.headers["Location"] == url("my-account")
    assert Deputyship.objects.count() == 1


def test_only_who_may_stand_in_can_be_chosen(world, as_role, deputy):
    chosen = as_role(LEAD).get(url("deputy-name")).context["form"].fields["deputy"].queryset
    excluded = {LEAD, Role.ADVISER, Role.PARENT_CARER_REPRESENTATIVE}
    expected = {person for role, person in world.people.items() if role not in excluded}
    assert set(chosen) == expected | {world.other_lead, world.second_chair}


def test_what_a_service_refuses_is_said_beside_the_field_and_what_was_typed_stays(
    as_role, deputy, named
):
    lead = as_role(LEAD)
    late = day("ends_on", TODAY + 90 * DAY)
    long = lead.post(url("deputy-name"), typed(deputy, reason="Away", **late))
    second = lead.post(url("deputy-name"), typed(deputy))
    assert long.context["form"].errors == {"ends_on": [TOO_LONG]}
    assert "Away" in words(long)
    assert list(second.context["form"].errors) == ["starts_on"]


def test_a_lead_in_two_partnerships_says_where(world, as_role, deputy):
    foreign = world.foreign
    make.RoleAssignmentFactory(
        user=world.people[LEAD], partnership=foreign.partnership, role=LEAD, scope_key="PA1"
    )
    lead, other = as_role(LEAD), foreign.people[Role.BOARD_MEMBER]
    silent = lead.post(url("deputy-name"), typed(other))
    wrong = lead.post(url("deputy-name"), typed(other, partnership=world.partnership.slug))
    lead.post(url("deputy-name"), typed(other, partnership=foreign.partnership.slug))
    assert silent.context["form"].errors == {"partnership": ["Select a partnership"]}
    assert list(wrong.context["form"].errors) == ["deputy"]
    assert Deputyship.objects.get().partnership == foreign.partnership


def test_the_lead_ends_it_early(as_role, named):
    lead = as_role(LEAD)
    page = lead.get(url("deputy-end", named.pk))
    answer = lead.post(url("deputy-end", named.pk), {"when": "now", "reason": "Back early"})
    named.refresh_from_db()
    assert "Stands in for you from 3 September 2024, last day 16 September 2024." in words(page)
    assert answer.headers["Location"] == url("my-account")
    assert named.is_cancelled


def test_an_administrator_ends_it_after_a_day(as_role, named):
    manager = as_role(MANAGER)
    silent = manager.post(url("deputy-end", named.pk), {"when": "day"})
    later = manager.post(url("deputy-end", named.pk), {"when": "day", **day("ends_on", LAST + DAY)})
    answer = manager.post(url("deputy-end", named.pk), {"when": "day", **day("ends_on", TODAY)})
    named.refresh_from_db()
    assert [list(each.context["form"].errors) for each in (silent, later)] == [["ends_on"]] * 2
    assert answer.headers["Location"] == url("deputy-list")
    assert named.ends_on == TODAY


@pytest.mark.parametrize(("role", "may_end"), [(MANAGER, True), (OFFICE, False)])
def test_who_stands_in_for_whom_is_listed_for_those_who_look_after_it(
    as_role, named, role, may_end
):
    answer = as_role(role).get(url("deputy-list"))
    assert "Board member Workstream lead PA1 PA1, Head of PA1 3 Sep 2024 16 Sep 2024" in words(
        answer
    )
    assert (url("deputy-end", named.pk) in answer.text) is may_end
    assert url("deputy-list") in as_role(role).get(url("post-list")).text


def test_an_empty_list_says_how_one_comes_about(as_role):
    assert "Nobody stands in for anybody now." in words(as_role(OFFICE).get(url("deputy-list")))


def test_the_role_shows_whose_it_is_wherever_roles_and_posts_show(world, as_role, deputy, named):
    role, post = (
        "Workstream lead, PA1 (deputy of Workstream lead PA1)",
        "(deputy of Workstream lead PA1)",
    )
    manager = as_role(MANAGER)
    person = manager.get(url("person-detail", deputy.pk))
    assert role in words(person)
    assert f"Head of PA1 {post}" in words(person)
    assert person.text.count(url("deputy-end", named.pk)) == 2
    assert url("role-end", named.roles.get().pk) not in person.text
    assert role in words(manager.get(url("people-list")))
    assert role in words(signed_in(deputy).get(url("my-account")))
    listed = as_role(OFFICE).get(url("post-list"))
    assert f"Board member {post}, until 16 Sep 2024" in words(listed)


def test_the_leads_history_tells_it(world, deputy, named):
    deputies.end_deputyship(
        deputyship=named, ends_on=TODAY + DAY, reason="Back early", by=world.people[LEAD]
    )
    told = [
        (entry.reason, *entry.sentences)
        for entry in history_of(world.people[LEAD], [world.partnership.pk])
    ]
    assert told[:2] == [
        ("Back early", "Last day of Board member as deputy set to 4 September 2024."),
        (
            "Annual leave",
            "Board member named as deputy, from 3 September 2024 to 16 September 2024.",
        ),
    ]


def test_the_leads_history_tells_what_was_taken_back(world, deputy, named):
    deputies.end_deputyship_now(deputyship=named, by=world.people[LEAD])
    told = history_of(world.people[LEAD], [world.partnership.pk])[0]
    assert (told.reason, told.sentences) == (
        "",
        ("Taken back before it counted: Board member as deputy.",),
    )
