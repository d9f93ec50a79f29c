"""Who is reminded of what: one rule in two dialects, and duties that follow posts."""

import datetime as dt

import pytest

from hertsend.accounts import access
from hertsend.accounts.roles import Role
from plans import policies, selectors
from plans.enums import Precision, Stage
from plans.models import Milestone
from plans.services import date_changes
from tests.factories import models as make
from tests.factories.world import World, at

ON = dt.date(2024, 10, 15)
OPEN = {Stage.NOT_STARTED, Stage.IN_PROGRESS}
DISTANCES = {-400: True, -1: True, 0: True, 1: True, 7: True, 8: False, 400: False, None: False}
PA1_LATE = [("PA1.1-1", 15), ("PA1.1-2", 15)]
AI1_LATE = [("AI1.1-1", 15), ("AI1.1-2", 15)]


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("distance", list(DISTANCES))
def test_a_reminder_is_due_from_seven_days_before_the_date_while_the_milestone_is_open(
    db, stage, distance
):
    date = None if distance is None else ON + dt.timedelta(days=distance)
    expected = stage in OPEN and DISTANCES[distance]
    milestone = make.MilestoneFactory(stage=stage, due_on=date, precision="day" if date else "none")

    in_python = policies.needs_reminder(stage=stage, date_in_force=date, on=ON)
    in_sql = Milestone.objects.with_dates().filter(policies.reminder_q(ON), pk=milestone.pk)

    assert (in_python, in_sql.exists()) == (expected, expected)


@pytest.mark.parametrize(
    ("distance", "told"),
    [
        # (days from the date in force, Monday 30 September; the last rung and days since it)
        (-8, None),
        (-7, ("7 days before", 0)),
        (-1, ("7 days before", 6)),
        (0, ("on the day", 0)),
        (1, ("newly overdue", 0)),
        (6, ("newly overdue", 5)),
        (7, ("weekly", 0)),
        (13, ("weekly", 6)),
        (14, ("weekly", 0)),
        (371, ("weekly", 0)),
    ],
)
def test_the_rungs_of_a_milestone(distance, told):
    in_force = dt.date(2024, 9, 30)
    on = in_force + dt.timedelta(days=distance)
    step = policies.reminder_step(in_force, on=on)
    assert (step and (step.name, (on - step.day).days)) == told


def add(world: World, due_on: dt.date | None, **values) -> Milestone:
    """A further milestone of the action PA1.1, led like the others unless ``posts`` says otherwise."""
    posts = values.pop("posts", [world.posts["PA1"]])
    values.setdefault("precision", "day" if due_on else "ongoing")
    milestone = make.MilestoneFactory(
        action=world.actions["PA1.1"], key="PA1.1-9", position=9, due_on=due_on, **values
    )
    for place, post in enumerate(posts, start=1):
        make.MilestoneLeadFactory(milestone=milestone, post=post, position=place)
    return milestone


def told(world: World, *, on: dt.date = ON, held_on: dt.date | None = None) -> dict:
    """The keys that concern each person, with the days of delay."""
    held_on = held_on or on
    held = access.everyone_in(world.plan.partnership_id, on=held_on)
    found = selectors.duties_by_person(world.plan, on=on, held_on=held_on, held=held)
    return {
        person: [(duty.milestone.key, duty.days_overdue) for duty in duties]
        for person, duties in found.items()
    }


@pytest.fixture
def lead(world):
    """The lead of PA1, who holds the post that leads its milestones."""
    return world.people[Role.WORKSTREAM_LEAD]


def test_those_in_a_post_are_concerned_by_its_milestones_and_nobody_else(world, lead):
    assert told(world) == {lead.pk: PA1_LATE, world.other_lead.pk: AI1_LATE}


def test_holder_and_deputy_are_both_concerned(world, lead):
    deputy = world.person(Role.BOARD_MEMBER)
    make.PostHoldingFactory(post=world.posts["PA1"], user=deputy, is_deputy=True)
    assert told(world) == {
        lead.pk: PA1_LATE,
        deputy.pk: PA1_LATE,
        world.other_lead.pk: AI1_LATE,
    }


def test_somebody_in_two_lead_posts_of_a_milestone_is_concerned_once(world, lead):
    second = make.PostFactory(partnership=world.partnership)
    make.PostHoldingFactory(post=second, user=lead)
    make.MilestoneLeadFactory(milestone=world.milestone("PA1.1-1"), post=second, position=2)
    assert told(world)[lead.pk] == PA1_LATE


def test_all_posts_of_a_milestone_are_concerned(world, lead):
    add(world, dt.date(2024, 10, 14), posts=[world.posts["AI1"], world.posts["PA1"]])
    assert told(world) == {
        lead.pk: [*PA1_LATE, ("PA1.1-9", 1)],
        world.other_lead.pk: [("PA1.1-9", 1), *AI1_LATE],
    }


def test_where_nobody_is_in_post_the_leads_of_the_workstream_are_concerned(world, lead):
    second_lead = world.person(Role.WORKSTREAM_LEAD, "PA1")
    add(world, ON, posts=[make.PostFactory(partnership=world.partnership)])
    assert told(world) == {
        lead.pk: [*PA1_LATE, ("PA1.1-9", 0)],
        second_lead.pk: [("PA1.1-9", 0)],
        world.other_lead.pk: AI1_LATE,
    }


def test_a_milestone_without_lead_post_concerns_the_leads_of_its_workstream(world, lead):
    add(world, ON, posts=[])
    assert told(world) == {
        lead.pk: [*PA1_LATE, ("PA1.1-9", 0)],
        world.other_lead.pk: AI1_LATE,
    }


def test_somebody_in_post_who_may_not_read_the_plan_counts_as_nobody(world, lead):
    post = make.PostFactory(partnership=world.partnership)
    make.PostHoldingFactory(post=post, user=world.stranger)
    add(world, ON, posts=[post])
    assert told(world) == {
        lead.pk: [*PA1_LATE, ("PA1.1-9", 0)],
        world.other_lead.pk: AI1_LATE,
    }


def test_somebody_whose_account_is_closed_counts_as_nobody(world, lead):
    lead.is_active = False
    lead.save()
    second_lead = world.person(Role.WORKSTREAM_LEAD, "PA1")
    assert told(world) == {second_lead.pk: PA1_LATE, world.other_lead.pk: AI1_LATE}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counts"),
    [
        (ON, ON, True),
        (dt.date(2023, 12, 1), dt.date(2024, 10, 14), False),
        (dt.date(2024, 10, 16), None, False),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(world, starts_on, ends_on, counts):
    post = make.PostFactory(partnership=world.partnership)
    holder = world.person(Role.BOARD_MEMBER)
    make.PostHoldingFactory(post=post, user=holder, starts_on=starts_on, ends_on=ends_on)
    add(world, ON, posts=[post])
    assert told(world).get(holder.pk) == ([("PA1.1-9", 0)] if counts else None)


@pytest.mark.parametrize(
    ("due_on", "found"),
    [
        (dt.date(2024, 10, 14), [("PA1.1-9", 1)]),
        (dt.date(2024, 10, 15), [("PA1.1-9", 0)]),
        (dt.date(2024, 10, 22), [("PA1.1-9", 0)]),
        (dt.date(2024, 10, 23), []),
    ],
)
def test_due_today_and_in_seven_days_is_told_but_not_as_overdue(world, lead, due_on, found):
    add(world, due_on)
    assert told(world)[lead.pk] == [*PA1_LATE, *found]


@pytest.mark.parametrize(
    "precision", [each for each in Precision if each != Precision.DAY], ids=str
)
def test_without_a_definite_date_nobody_is_chased_until_one_is_agreed(world, lead, precision):
    milestone = add(
        world,
        None,
        precision=precision,
        due_text="by September 2024",
        window_from=dt.date(2024, 9, 1),
        window_to=dt.date(2024, 9, 30),
    )
    assert told(world)[lead.pk] == PA1_LATE

    with at(ON):
        date_changes.agree_date(
            milestone=milestone,
            agreed_on=dt.date(2024, 10, 10),
            reason="The plan gives no day.",
            requested_by=lead,
            decision="Agreed by the board.",
            by=world.people[Role.JOINT_CHAIR],
        )
    assert told(world)[lead.pk] == [*PA1_LATE, ("PA1.1-9", 5)]


def test_what_is_proposed_complete_concerns_nobody(world, lead):
    world.propose("PA1.1-1")
    assert told(world)[lead.pk] == PA1_LATE[1:]


def test_the_number_of_queries_does_not_grow_with_the_milestones(world, django_assert_num_queries):
    with django_assert_num_queries(5):
        told(world)
    for number in range(20, 40):
        milestone = make.MilestoneFactory(
            action=world.actions["PA1.1"], key=f"PA1.1-{number}", position=number
        )
        make.MilestoneLeadFactory(milestone=milestone, post=world.posts["PA1"])
    with django_assert_num_queries(5):
        told(world)
