"""What waits for a person: of whose plans, from which sources, and since when they know."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.jobs import matters
from hertsend.jobs.enums import HANDED_OVER_MESSAGE_STATES, MessageState
from hertsend.jobs.matters import DIGEST, Group, Matter, Urgency
from hertsend.jobs.models import Message
from plans import selectors
from tests.factories import models as make
from tests.factories.returns import _returns_are_in
from tests.factories.world import at, noon

__all__ = ["_returns_are_in"]
pytestmark = pytest.mark.usefixtures("_returns_are_in")

ON = dt.date(2024, 10, 15)
TO_DECIDE = Group("To decide", "decision", "decisions", Urgency.DECIDE)


@pytest.fixture
def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


def waiting(person, *plans):
    """Headings with sentences, as the person would see them."""
    with at(ON):
        found = selectors.waiting_for(person, plans=plans, on=ON, held_on=ON)
    return [
        (each.group.heading, [entry.matter.sentence.split(":")[0] for entry in each.entries])
        for each in found.groups
    ]


def test_every_source_is_heard_most_pressing_first(world, lead, monkeypatch):
    asked = Matter(TO_DECIDE, "A request", "Asked today", "/", "Decide", ON, step=None)

    def requests(_asked):
        return {lead.pk: [asked], world.stranger.pk: [asked]}

    monkeypatch.setitem(matters._sources, "tests.requests", requests)
    make.MilestoneLeadFactory(
        milestone=make.MilestoneFactory(
            action=world.actions["PA1.1"], key="PA1.1-9", position=9, due_on=ON
        ),
        post=world.posts["PA1"],
    )
    assert waiting(lead, world.plan) == [
        ("Overdue", ["PA1.1-1", "PA1.1-2"]),
        ("To decide", ["A request"]),
        ("Due in the next 7 days", ["PA1.1-9"]),
    ]


def test_who_may_not_read_the_plan_hears_nothing_whatever_a_source_says(world, monkeypatch):
    asked = Matter(TO_DECIDE, "A request", "Asked today", "/", "Decide", ON, step=None)
    readers = [world.stranger, world.people[Role.PARENT_CARER_REPRESENTATIVE]]

    def requests(_asked):
        return {person.pk: [asked] for person in readers}

    monkeypatch.setitem(matters._sources, "tests.requests", requests)
    assert [waiting(person, world.plan) for person in readers] == [
        [],
        [("To decide", ["A request"])],
    ]


def test_several_plans_stand_together_by_day_and_one_alone_when_asked(world, lead):
    make.PostHoldingFactory(post=world.foreign.posts["AI1"], user=lead)
    make.RoleAssignmentFactory(
        user=lead, partnership=world.foreign.partnership, role=Role.BOARD_MEMBER
    )
    both = [("Overdue", ["AI1.1-1", "AI1.1-2", "PA1.1-1", "PA1.1-2"])]
    assert waiting(lead, world.plan, world.foreign.plan) == both
    assert waiting(lead, world.foreign.plan) == [("Overdue", ["AI1.1-1", "AI1.1-2"])]


def keep(person, day: dt.date, state: MessageState, *, kind: str = DIGEST) -> None:
    moment = noon(day)
    Message.objects.create(
        kind=kind,
        key=f"{person.pk}:{day}",
        recipient=person,
        day=day,
        state=state,
        header_message_id=f"<{kind}:{person.pk}:{day}@example.org>",
        planned_at=moment,
        sending_at=moment if state in HANDED_OVER_MESSAGE_STATES else None,
        sent_at=moment if state == MessageState.SENT else None,
    )


@pytest.mark.parametrize("state", list(MessageState))
def test_only_a_digest_that_may_have_left_before_the_day_counts_as_told(lead, state):
    before = [ON - dt.timedelta(days=number) for number in (3, 1)]
    for day in (*before, ON):
        keep(lead, day, state)
    keep(lead, ON - dt.timedelta(days=1), MessageState.SENT, kind="tests.other")
    may_have_left = {MessageState.SENDING, MessageState.SENT, MessageState.UNKNOWN}
    expected = {lead.pk: before[1]} if state in may_have_left else {}
    assert selectors.last_digests([lead.pk], before=ON) == expected
    assert selectors.last_digests([], before=ON) == {}
