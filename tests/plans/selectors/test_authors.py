"""Who had a part in the work, and so may not decide on it."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from plans import selectors
from plans.services import date_changes, milestones
from plans.services import evidence as services
from tests.factories import evidence
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.plans import signing_rows

__all__ = ["built_world", "world"]

OFFICE, LEAD, CHAIR = Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD, Role.JOINT_CHAIR


def did(world, role) -> list[str]:
    """What somebody did on PA1.1-1."""
    with at(TODAY):
        parts = selectors.parts_of(world.milestone()).get(world.people[role].pk, [])
    return [part.what for part in parts]


def test_only_the_holder_of_its_leading_post_has_a_part_before_work_begins(world):
    with at(TODAY):
        assert selectors.author_ids(world.milestone()) == {world.people[LEAD].pk}
    assert did(world, LEAD) == ["are its lead, as Head of PA1"]


def test_each_kind_of_work_is_a_part(world):
    office = world.people[OFFICE]
    world.update(by=office)
    world.propose(by=office)
    with at(TODAY):
        services.withdraw(evidence=world.milestone().evidence.get(), reason="Old", by=office)
    assert did(world, OFFICE) == [
        "recorded its update for August 2024",
        "proposed it as complete",
        "added evidence",
        "withdrew evidence",
    ]


def test_who_asked_for_a_date_has_a_part_and_who_agreed_has_none(world):
    with at(TODAY):
        date_changes.agree_date(
            milestone=world.milestone(),
            agreed_on=dt.date(2025, 1, 1),
            reason="Recruitment.",
            requested_by=world.people[OFFICE],
            decision="Agreed.",
            by=world.people[CHAIR],
        )
    assert (did(world, OFFICE), did(world, CHAIR)) == (["asked for a new date"], [])


def test_reviewing_is_no_work(world):
    world.propose()
    with at(TODAY):
        milestones.return_proposal(
            milestone=world.milestone(), words="No", base_version=1, by=world.people[CHAIR]
        )
    assert did(world, CHAIR) == []


@pytest.mark.parametrize(
    ("holding", "expected"),
    [
        ({}, ["are its lead, as Head of PA1"]),
        ({"is_deputy": True}, ["are its deputy lead, as Head of PA1"]),
        (
            {"is_deputy": True, "ends_on": dt.date(2024, 8, 31)},
            ["were its deputy lead, as Head of PA1, until 31 August 2024"],
        ),
        ({"starts_on": dt.date(2024, 9, 4)}, []),
        ({"ends_on": make.START, "is_cancelled": True}, []),
    ],
)
def test_holding_a_leading_post_is_a_part_for_good(world, holding, expected):
    make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[CHAIR], **holding)
    assert did(world, CHAIR) == expected


def test_who_can_sign_had_no_part(world):
    world.propose(by=world.people[LEAD])
    make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[CHAIR])
    world.person(CHAIR, "AI1")
    with at(TODAY):
        assert selectors.people_who_can_sign(world.milestone(), on=TODAY) == [world.second_chair]


def test_in_an_action_a_part_in_anything_counts(world):
    office = world.people[OFFICE]
    world.propose("PA1.1-2", by=office)
    with at(TODAY):
        services.add_to_action(
            action=world.actions["PA1.1"], words=evidence.link(), by=world.people[OFFICE]
        )
        parts = selectors.action_parts(world.actions["PA1.1"])
        chairs = selectors.people_who_can_sign_action(world.actions["PA1.1"], on=TODAY)
    assert [part.what for part in parts[office.pk]] == [
        "proposed it as complete",
        "added evidence",
        "added evidence",
    ]
    assert {chair.pk for chair in chairs} == {world.people[CHAIR].pk, world.second_chair.pk}


def test_evidence_of_impact_is_no_part_of_a_milestone(world):
    signing_rows.evidence(world, milestone=None, added_by=world.people[CHAIR])
    assert did(world, CHAIR) == []
