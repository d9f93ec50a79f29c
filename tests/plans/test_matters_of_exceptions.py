"""What of exceptions and dates waits for whom, in which words, and on which days it is told."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from plans.matters import milestones as matters
from tests.factories import models as make
from tests.factories.exceptions import Said
from tests.factories.matters import asked
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

DAY = dt.timedelta(days=1)
BASE = "/plans/{plan}/milestones/PA1.1-1/"


@pytest.fixture
def said(world):
    said = Said(world)
    said.off_track()
    return said


def told(source, world, on=TODAY):
    """The matters of one source by the name of the person's first role."""
    with at(on):
        found = source(asked(world.plan, on=on, held_on=on))
    names = {person.pk: role for role, person in world.people.items()}
    names |= {world.second_chair.pk: "second_chair", world.other_lead.pk: "other_lead"}
    return {names[person]: rows for person, rows in found.items() if rows}


def test_a_date_request_waits_for_the_accountable_chairs(world, said):
    asked = said.request()
    found = told(matters.date_requests, world)
    assert set(found) == {Role.JOINT_CHAIR, "second_chair"}
    (matter,) = found[Role.JOINT_CHAIR]
    assert matter.sentence == "PA1.1-1: Complete step PA1.1-1."
    assert matter.detail == ("A new date, 20 December 2024, was asked for on 3 September 2024")
    assert matter.path == BASE.format(plan=world.plan.slug) + "date-changes/1/"
    assert (matter.action, matter.day, matter.step) == ("Decide on PA1.1-1", TODAY, None)
    assert told(matters.date_requests, world, TODAY + DAY)[Role.JOINT_CHAIR][0].step.name == "new"
    said.decide(asked, becomes="refused")
    assert told(matters.date_requests, world) == {}


def test_nobody_is_asked_to_decide_their_own_request(world, said):
    make.RoleAssignmentFactory(
        user=world.people[Role.WORKSTREAM_LEAD],
        partnership=world.partnership,
        role=Role.JOINT_CHAIR,
        scope_key="PA1",
    )
    said.request(Role.PROGRAMME_OFFICE)
    assert set(told(matters.date_requests, world)) == {Role.JOINT_CHAIR, "second_chair"}


def test_a_question_waits_for_the_leads(world, said):
    question = said.ask()
    found = told(matters.questions, world)
    assert set(found) == {Role.WORKSTREAM_LEAD}
    (matter,) = found[Role.WORKSTREAM_LEAD]
    assert (matter.detail, matter.action) == (
        "A question was asked on 3 September 2024",
        "Answer on PA1.1-1",
    )
    assert matter.path == BASE.format(plan=world.plan.slug) + "questions/1/answer/"
    said.answer(question)
    assert told(matters.questions, world) == {}


def test_where_nobody_leads_it_waits_for_the_office(world, said):
    said.ask()
    lead = world.people[Role.WORKSTREAM_LEAD].role_assignments.get()
    lead.ends_on = TODAY - DAY
    lead.save_base(raw=True)
    assert set(told(matters.questions, world)) == {Role.PROGRAMME_OFFICE}


def test_an_escalation_waits_for_the_executive_but_who_escalated(world, said):
    raised = said.escalate(Role.EXECUTIVE_MEMBER)
    found = told(matters.escalations, world)
    assert set(found) == {Role.EXECUTIVE_CHAIR}
    (matter,) = found[Role.EXECUTIVE_CHAIR]
    assert (matter.detail, matter.action) == ("Escalated on 3 September 2024", "Answer on PA1.1-1")
    assert matter.path == BASE.format(plan=world.plan.slug) + "escalations/1/answer/"
    said.respond(raised)
    assert told(matters.escalations, world) == {}


@pytest.mark.parametrize(
    ("days", "told_to", "step"),
    [
        (8, None, None),
        (7, {Role.BOARD_MEMBER, Role.WORKSTREAM_LEAD}, "-7"),
        (1, {Role.BOARD_MEMBER, Role.WORKSTREAM_LEAD}, "-7"),
        (0, {Role.BOARD_MEMBER, Role.WORKSTREAM_LEAD}, "0"),
        (-1, {Role.BOARD_MEMBER}, "past"),
    ],
)
def test_a_deep_dive_is_told_before_its_day_and_asked_after(world, said, days, told_to, step):
    day = TODAY + 10 * DAY
    said.dive(Role.BOARD_MEMBER, planned_on=day)
    found = told(matters.deep_dives, world, day - days * DAY)
    assert set(found) == (told_to or set())
    if told_to:
        (matter,) = found[Role.BOARD_MEMBER]
        assert matter.step.name == step
        assert matter.detail.startswith("Deep dive on 13 September 2024")
        ending = "deep-dives/1/end/" if days < 0 else "exceptions/"
        assert matter.path == BASE.format(plan=world.plan.slug) + ending


def test_a_dive_that_was_recorded_waits_for_nobody(world, said):
    said.end_dive(said.dive(), Role.EXECUTIVE_MEMBER)
    assert told(matters.deep_dives, world) == {}


def test_nothing_waits_in_another_partnership(world, said):
    said.ask()
    said.escalate()
    said.request()
    for source in (matters.questions, matters.escalations, matters.date_requests):
        with at(TODAY):
            assert source(asked(world.foreign.plan, on=TODAY, held_on=TODAY)) == {}


@pytest.mark.parametrize(
    ("source", "most"),
    # Who may not decide on a date takes six: deputies and the holders of posts are read too.
    [("date_requests", 9), ("questions", 6), ("escalations", 6), ("deep_dives", 6)],
)
def test_the_number_of_queries_stays(world, source, most):
    counts = []
    for key in ("PA1.1-1", "PA1.1-2"):
        said = Said(world, key)
        said.off_track()
        said.ask()
        said.dive()
        said.escalate()
        said.request(Role.PROGRAMME_OFFICE, affected=())
        with at(TODAY), CaptureQueriesContext(connection) as captured:
            getattr(matters, source)(asked(world.plan, on=TODAY, held_on=TODAY))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= most
