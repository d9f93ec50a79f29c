"""The pages of groups: what each reader sees, and the forms of the programme office."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from governance.models import Group, Membership, TermsOfReference
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, at
from tests.governance.bodies import joined, kept, name_groups, office
from tests.journeys.office import browser_of, words_of

DAY = {"day": "3", "month": "9", "year": "2024"}
FAMILIES = Role.PARENT_CARER_REPRESENTATIVE


@pytest.fixture
def bodies(world):
    return kept(world)


def address(world, name, *rest):
    return reverse(f"governance:{name}", args=[world.plan.slug, *rest])


def get(person, where):
    with at(TODAY):
        return browser_of(person).get(where)


def post(person, where, /, **data):
    with at(TODAY):
        return browser_of(person).post(where, data, follow=True)


def split(name, day):
    return {f"{name}_{part}": value for part, value in day.items()}


def test_the_list_says_what_is_missing(world, bodies):
    words = words_of(get(office(world), address(world, "group-list")))
    assert "3 groups. 8 things are missing." in words
    assert "Workstream AI1 has no parent carer representative." in words
    assert "No joint chair sits for health." in words


def test_groups_of_the_plan_are_taken_over_at_a_press(world):
    name_groups(world)
    here = address(world, "group-list")
    assert "The plan names 3 groups that are not kept here yet" in words_of(
        get(office(world), here)
    )
    page = post(office(world), address(world, "group-take-over"))
    assert "Taken over from the plan: 3." in page.content.decode()
    assert Group.objects.filter(plan=world.plan).count() == 3
    again = post(office(world), address(world, "group-take-over"))
    assert "Every group that the plan names is kept already." in again.content.decode()


def test_families_see_the_group_and_no_name(world, bodies):
    joined(bodies["board"], world.other_lead, by=office(world))
    joined(bodies["board"], None, name="A. Guest", by=office(world), organisation="Forum")
    page = get(world.people[FAMILIES], bodies["board"].get_absolute_url()).content.decode()
    assert "Forum" in page
    assert "A. Guest" not in page
    assert world.other_lead.name not in page
    member = get(world.people[Role.BOARD_MEMBER], bodies["board"].get_absolute_url())
    assert "A. Guest" in member.content.decode()
    assert world.other_lead.name in member.content.decode()


def test_somebody_joins_and_leaves_and_sees_nothing_more(world, bodies):
    board, person = bodies["board"], world.other_lead
    their_browser = browser_of(person)
    typed = {"person": person.pk, "capacity": "member", "organisation": "Council"}
    page = post(
        office(world),
        address(world, "membership-add", board.key),
        **typed,
        sector="health",
        **split("starts_on", DAY | {"month": "8"}),
    )
    assert "They are noted as sitting in this group." in page.content.decode()
    seat = Membership.objects.get()
    with at(TODAY):
        assert their_browser.get(board.get_absolute_url()).status_code == 200
    leaving = address(world, "membership-end", board.key, seat.pk)
    assert "Roles that they hold here" in words_of(get(office(world), leaving))
    post(office(world), leaving, when="now", ends_roles="on", reason="New job")
    with at(TODAY):
        assert their_browser.get(board.get_absolute_url()).status_code == 404
    assert Membership.objects.get().ends_on == dt.date(2024, 9, 2)


def test_what_was_typed_stays_beside_what_is_wrong(world, bodies):
    page = post(
        office(world),
        address(world, "membership-add", "board"),
        name="A. Guest",
        capacity="parent_carer_representative",
        organisation="Forum",
        sector="health",
        **split("starts_on", DAY),
    )
    words = words_of(page)
    assert "A parent carer representative sits for families." in words
    assert 'value="A. Guest"' in page.content.decode()
    assert list(Membership.objects.all()) == []


def test_the_neighbours_groups_are_not_there(world, bodies):
    foreign = world.foreign.people[Role.PROGRAMME_OFFICE]
    for where in (
        bodies["board"].get_absolute_url(),
        address(world, "group-end", "board"),
        address(world, "group-list"),
    ):
        assert get(foreign, where).status_code == 404


def test_a_seat_of_another_group_is_not_found_under_this_one(world, bodies):
    seat = joined(bodies["board"], world.other_lead, by=office(world))
    assert (
        get(office(world), address(world, "membership-end", "delivery", seat.pk)).status_code == 404
    )
    assert get(office(world), address(world, "membership-end", "board", seat.pk)).status_code == 200


def test_strangers_sign_in_first(world, bodies):
    assert Client().get(address(world, "group-list")).status_code == 302


class TestTerms:
    def send(self, world, **typed):
        days = split("approved_on", DAY) | split("review_on", DAY | {"year": "2025"})
        where = address(world, "terms-add", "board")
        return post(office(world), where, **({"title": "Terms"} | days | typed))

    def test_a_document_is_kept_and_handed_out_to_be_saved(self, world, bodies):
        handed = SimpleUploadedFile("Terms.txt", b"The board meets each month.")
        page = self.send(world, file=handed)
        assert "The terms of reference are noted." in words_of(page)
        file = address(world, "terms-file", "board", 1)
        assert file in page.content.decode()
        answer = get(world.people[FAMILIES], file)
        assert answer.getvalue() == b"The board meets each month."
        assert answer.headers["Content-Disposition"] == 'attachment; filename="Terms.txt"'
        assert get(world.foreign.people[FAMILIES], file).status_code == 404

    def test_a_link_has_no_file(self, world, bodies):
        page = self.send(world, link="https://example.org/terms")
        assert 'href="https://example.org/terms"' in page.content.decode()
        assert get(office(world), address(world, "terms-file", "board", 1)).status_code == 404

    def test_neither_or_both_are_told_at_the_field_and_the_file_is_kept(self, world, bodies):
        assert "Give a link or a file, not both." in words_of(self.send(world))
        handed = SimpleUploadedFile("Terms.txt", b"The board meets each month.")
        both = self.send(world, link="https://example.org/terms", file=handed)
        assert "Give a link or a file, not both." in words_of(both)
        assert "Chosen: Terms.txt" in words_of(both)
        ticket = re.search(r'name="ticket" value="([^"]+)"', both.content.decode()).group(1)
        self.send(world, ticket=ticket)
        assert TermsOfReference.objects.get().file.name == "Terms.txt"
