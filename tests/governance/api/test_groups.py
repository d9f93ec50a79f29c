"""Groups through the interface: the same as on the pages, without names for who sees none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.services import groups
from hertsend.accounts.roles import Role
from hertsend.files import store
from tests.factories.world import TODAY, at
from tests.governance.bodies import joined, kept, office
from tests.plans.api.calls import address

SEAT = {
    "who": "A. Guest",
    "capacity": "Member",
    "organisation": "County council",
    "sector": "Education",
    "workstream": "",
    "starts_on": "2024-09-03",
    "ends_on": None,
}


@pytest.fixture
def bodies(world):
    found = kept(world)
    joined(found["delivery"], None, name="A. Guest", by=office(world))
    return found


def read(api_as, world, role, *parts):
    with at(TODAY):
        return api_as(role).get(address(world, "groups", *parts))


def test_a_group_with_all_that_a_member_sees(api_as, world, bodies):
    assert read(api_as, world, Role.BOARD_MEMBER, "delivery").json() == {
        "key": "delivery",
        "name": "Delivery",
        "tier": "workstream",
        "reports_to": ["board"],
        "workstreams": ["PA1", "AI1"],
        "members": [SEAT],
        "terms_of_reference": None,
        "missing": [
            "It has no terms of reference. Add them once they are approved.",
            (
                "Workstream PA1 has no parent carer representative. "
                "Ask the parent carer forum for one."
            ),
            (
                "Workstream AI1 has no parent carer representative. "
                "Ask the parent carer forum for one."
            ),
        ],
        "ended_on": None,
    }


def test_terms_of_reference_with_their_file(api_as, world, bodies):
    handed = SimpleUploadedFile("Terms.txt", b"To deliver each month.")
    with at(TODAY):
        groups.add_terms(
            group=bodies["delivery"],
            title="Terms",
            file=store.receive(handed),
            approved_on=TODAY,
            review_on=TODAY.replace(year=2025),
            by=office(world),
        )
    found = read(api_as, world, Role.PARENT_CARER_REPRESENTATIVE, "delivery").json()
    assert found["terms_of_reference"] == {
        "number": 1,
        "title": "Terms",
        "link": "",
        "file": "Terms.txt",
        "approved_on": "2024-09-03",
        "review_on": "2025-09-03",
    }
    answer = read(api_as, world, Role.ADVISER, "delivery", "terms", "1", "file")
    assert answer.getvalue() == b"To deliver each month."
    assert read(api_as, world, Role.ADVISER, "delivery", "terms", "2", "file").status_code == 404


def test_families_read_no_name(api_as, world, bodies):
    answer = read(api_as, world, Role.PARENT_CARER_REPRESENTATIVE, "delivery").json()
    assert answer["members"] == [{key: value for key, value in SEAT.items() if key != "who"}]


def test_the_list_is_in_the_plans_order(api_as, world, bodies):
    answer = read(api_as, world, Role.ADVISER).json()
    assert [row["key"] for row in answer["results"]] == ["executive", "board", "delivery"]


def test_what_is_not_there_is_not_found(api_as, world, bodies):
    assert read(api_as, world, Role.BOARD_MEMBER, "nothing").status_code == 404
