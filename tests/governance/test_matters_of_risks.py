"""That a risk is to be reviewed waits for its owner; that a mitigation is late, for its own."""

import datetime as dt

import pytest

from governance import matters
from hertsend.accounts.models import RoleAssignment
from hertsend.accounts.roles import Role
from hertsend.accounts.services import roles
from hertsend.records.bases import save_audited
from plans import selectors as plan_selectors
from tests.factories.matters import asked
from tests.factories.shared import built_world, world
from tests.factories.world import at
from tests.governance import steps
from tests.governance.risks import IN_A_MONTH, mitigated, raised, restricted, reviewed

__all__ = ["built_world", "world"]
OVER, LAST_DAY, LATE = (dt.date(2024, 10, day) for day in (1, 7, 8))


@pytest.fixture
def autumn(world):
    """A risk that was raised for August; that month is frozen and September is over."""
    raised(world)
    restricted(world)
    for day in (steps.AUGUST_FREEZES, OVER):
        steps.advance(world, day)
    return world


def waiting(world, on, source=matters.risk_reviews):
    return source(asked(world.plan, on=on, held_on=on))


def owner_of(world, key):
    return world.plan.risks.get(key=key).owner_id


def test_each_waits_for_its_owner_alone(autumn):
    found = waiting(autumn, OVER)
    assert {person: [each.sentence[:2] for each in many] for person, many in found.items()} == {
        owner_of(autumn, "R1"): ["R1"],
        owner_of(autumn, "X1"): ["X1"],
    }
    (matter,) = found[owner_of(autumn, "R1")]
    assert matter.group.heading == "Risks to review"
    assert matter.detail == "For September 2024, due 7 October 2024, last reviewed for August 2024"
    assert matter.path == f"/plans/{autumn.plan.slug}/risks/R1/review/"


@pytest.mark.parametrize(
    ("on", "told_on", "heading"),
    [
        (OVER, OVER, "Risks to review"),
        (LAST_DAY, LAST_DAY, "Risks to review"),
        (LATE, LATE, "Risks not reviewed"),
        (dt.date(2024, 10, 14), dt.date(2024, 10, 14), "Risks not reviewed"),
    ],
)
def test_it_is_told_once_the_month_is_over_then_late(autumn, on, told_on, heading):
    (matter,) = waiting(autumn, on)[owner_of(autumn, "R1")]
    assert (matter.step.day, matter.group.heading) == (told_on, heading)


def test_not_before_the_month_is_over_and_not_once_reviewed(autumn):
    assert waiting(autumn, OVER - dt.timedelta(days=1)) == {}
    for risk in autumn.plan.risks.all():
        reviewed(risk, by=risk.owner, on=OVER)
    assert waiting(autumn, LATE) == {}


def test_home_shows_it_to_the_owner_and_to_nobody_else(autumn):
    for role, person in autumn.people.items():
        found = plan_selectors.waiting_for(person, plans=[autumn.plan], on=OVER, held_on=OVER)
        listed = [
            each.matter.sentence[:2]
            for each in found.entries
            if each.matter.group.heading == "Risks to review"
        ]
        owns = {Role.WORKSTREAM_LEAD: ["R1"], Role.EXECUTIVE_CHAIR: ["X1"]}
        assert listed == owns.get(role, [])


def left(world, role):
    """The person's role has ended."""
    held = RoleAssignment.objects.get(user=world.people[role])
    with at(OVER):
        roles.end_role(
            assignment=held,
            ends_on=OVER - dt.timedelta(days=1),
            reason="Left",
            by=world.people[Role.ADMINISTRATOR],
        )


def test_when_the_owner_left_the_office_is_told_of_what_it_sees(autumn):
    office = autumn.people[Role.PROGRAMME_OFFICE]
    for role in (Role.WORKSTREAM_LEAD, Role.EXECUTIVE_CHAIR):
        left(autumn, role)
    found = waiting(autumn, OVER)
    assert list(found) == [office.pk]
    assert all("Its owner has no role here any more" in each.sentence for each in found[office.pk])
    assert len(found[office.pk]) == 2


def test_a_restricted_risk_is_not_told_to_an_office_that_it_does_not_name(autumn):
    risk = autumn.plan.risks.get(key="X1")
    chair = autumn.people[Role.EXECUTIVE_CHAIR]
    reviewed(autumn.plan.risks.get(key="R1"), by=autumn.people[Role.WORKSTREAM_LEAD], on=OVER)
    risk.seen_by = "|executive_chair|"
    save_audited(risk, by=chair, reason="Set up for a test", fields=["seen_by"])
    assert list(waiting(autumn, OVER)) == [chair.pk]
    left(autumn, Role.EXECUTIVE_CHAIR)
    assert waiting(autumn, OVER) == {}


def test_a_mitigation_past_its_date_waits_for_its_owner(world):
    member = world.people[Role.BOARD_MEMBER]
    mitigated(raised(world), by=world.people[Role.WORKSTREAM_LEAD], owner=member)
    assert waiting(world, IN_A_MONTH, matters.mitigations) == {}
    late_on = IN_A_MONTH + dt.timedelta(days=1)
    found = waiting(world, late_on, matters.mitigations)
    assert list(found) == [member.pk]
    (matter,) = found[member.pk]
    assert (matter.sentence, matter.step.day) == ("R1: Fill both posts.", late_on)
