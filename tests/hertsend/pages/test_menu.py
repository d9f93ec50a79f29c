"""The menu: everybody sees the pages that they may open, in few sections, with their place marked."""

import pytest
from django.test import Client
from django.urls import reverse

from hertsend.accounts.roles import Role
from hertsend.pages.menu import SECTIONS
from tests.factories.models import UserFactory
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.deciding import Table

__all__ = ["built_world", "world"]

READERS = ["Home", "This month", "Plan", "Measures", "Governance", "Families"]
FEW = 7


def menu(client, address="/"):
    with at(TODAY):
        page = client.get(address, follow=True)
    assert page.status_code == 200, address
    return page.context["site"].menu


def labels(entries):
    return [entry.label for entry in entries]


def place(client, address):
    """The section and the page that are marked, each with how."""
    found = menu(client, address)
    sections = [(each.label, each.current) for each in found.sections if each.current]
    pages = [(p.label, p.current) for each in found.sections for p in each.pages if p.current]
    return sections, pages


@pytest.mark.parametrize("role", Role)
def test_every_page_that_is_shown_opens(as_role, role):
    client = as_role(role)
    found = menu(client)
    for entry in (*found.sections, *found.beside_the_name):
        for page in (entry, *entry.pages):
            assert menu(client, page.url) is not None


@pytest.mark.parametrize("role", Role)
def test_the_first_row_is_short(as_role, role):
    sections = labels(menu(as_role(role)).sections)
    assert sections[: len(READERS)] == READERS
    assert len(sections) <= FEW


@pytest.mark.parametrize(
    ("role", "section", "pages"),
    [
        (
            Role.WORKSTREAM_LEAD,
            "This month",
            ["My return", "Exceptions", "Date changes", "What changed", "Calendar"],
        ),
        (
            Role.PROGRAMME_OFFICE,
            "This month",
            ["Returns", "Sign-off", "Exceptions", "Date changes", "What changed", "Calendar"],
        ),
        (Role.PARENT_CARER_REPRESENTATIVE, "This month", ["What changed", "Calendar"]),
        (
            Role.PARENT_CARER_REPRESENTATIVE,
            "Governance",
            ["Meetings", "Packs", "Assurance", "Groups"],
        ),
        (Role.PARENT_CARER_REPRESENTATIVE, "Measures", ["All measures"]),
        (Role.WORKSTREAM_LEAD, "Measures", ["All measures", "Enter figures", "Files"]),
        (Role.PROGRAMME_OFFICE, "Office", ["Posts", "Deputies", "Jobs"]),
        (Role.ADMINISTRATOR, "Office", ["People", "Posts", "Deputies", "Jobs"]),
    ],
)
def test_a_section_holds_what_the_role_may_open(as_role, role, section, pages):
    [found] = [each for each in menu(as_role(role)).sections if each.label == section]
    assert labels(found.pages) == pages
    assert found.url == found.pages[0].url


@pytest.mark.parametrize(
    ("address", "section", "entry"),
    [
        ("", ("Plan", "true"), ("The plan", "page")),
        ("milestones/", ("Plan", "true"), ("Milestones", "page")),
        ("milestones/PA1.1-1/history/", ("Plan", "true"), ("Milestones", "true")),
        ("actions/PA1.1/", ("Plan", "true"), ("The plan", "true")),
        ("date-changes/", ("This month", "true"), ("Date changes", "page")),
        ("calendar/2024-09/", ("This month", "true"), ("Calendar", "true")),
        ("measures/enter-figures/", ("Measures", "true"), ("Enter figures", "page")),
        ("dashboard/", ("Governance", "true"), ("Dashboard", "page")),
    ],
)
def test_the_place_of_the_page_is_marked(world, as_role, address, section, entry):
    client = as_role(Role.PROGRAMME_OFFICE)
    assert place(client, f"/plans/{world.plan.slug}/{address}") == ([section], [entry])


def test_what_is_kept_of_a_group_has_its_place_in_the_register(world, as_role):
    """Its address is below the group, whose own page stays with the groups."""
    table, office = Table.of(world), as_role(Role.PROGRAMME_OFFICE)
    pages = {
        "Groups": table.board.get_absolute_url(),
        "Meetings": table.meet(TODAY).get_absolute_url(),
        "Decisions": table.take().get_absolute_url(),
        "Action log": table.raise_action().get_absolute_url(),
    }
    for entry, address in pages.items():
        assert place(office, address) == ([("Governance", "true")], [(entry, "true")])
    assert place(office, table.ask().get_absolute_url())[1] == [("Decisions", "true")]


def test_home_and_pages_outside_every_section(as_role):
    client = as_role(Role.WORKSTREAM_LEAD)
    assert place(client, "/") == ([("Home", "page")], [])
    assert place(client, reverse("pages:ratings")) == ([], [])
    assert menu(client).section is None
    account = menu(client, reverse("accounts:my-account"))
    assert [(each.label, each.current) for each in account.beside_the_name] == [
        ("Search", ""),
        ("My account", "page"),
    ]


def test_a_section_of_one_page_has_no_second_row(world, as_role):
    address = f"/plans/{world.plan.slug}/measures/"
    assert menu(as_role(Role.PARENT_CARER_REPRESENTATIVE), address).section is None
    assert menu(as_role(Role.PROGRAMME_OFFICE), address).section.label == "Measures"


def test_what_waits_is_counted_on_the_page_and_on_its_section(as_role):
    lead = menu(as_role(Role.WORKSTREAM_LEAD))
    [month] = [each for each in lead.sections if each.label == "This month"]
    assert month.count > 0
    assert month.count == month.pages[0].count


def test_whoever_has_no_role_has_home_and_their_account(db):
    client = Client()
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    found = menu(client)
    assert labels(found.sections) == ["Home"]
    assert labels(found.beside_the_name) == ["My account"]


def test_strangers_have_no_menu(db):
    assert menu(Client(), reverse("pages:accessibility")) is None


def test_no_page_stands_twice_before_one_reader():
    for pages in SECTIONS.values():
        assert len({page.label for page in pages}) == len(pages)
