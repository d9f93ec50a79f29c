"""Overdue spells: one open exception for each, from the day after its date until it ends."""

import datetime as dt

import pytest
from django.db import connection

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed
from plans.models import MilestoneException
from plans.services import date_changes, exceptions, milestones
from tests.factories.evidence import link
from tests.factories.shared import built_world, world
from tests.factories.world import at

__all__ = ["built_world", "world"]

DUE = dt.date(2024, 9, 30)
FIRST, SECOND, TENTH = (dt.date(2024, 10, day) for day in (1, 2, 10))


def flag(world, on, *, by=None):
    """The keys for which a spell was opened on a day."""
    with at(on):
        opened = exceptions.flag_overdue(plan=world.plan, on=on, by=by or User.objects.system())
    return [exception.milestone.key for exception in opened]


def spells(world, key="PA1.1-1"):
    """Since when, opened, closed and why, earliest first."""
    rows = MilestoneException.objects.filter(milestone=world.milestone(key)).order_by("pk")
    return [
        (
            row.overdue_since,
            row.opened_at.date(),
            row.closed_at and row.closed_at.date(),
            row.closure,
        )
        for row in rows
    ]


def agree(world, agreed_on, *, on, key="PA1.1-1"):
    with at(on):
        date_changes.agree_date(
            milestone=world.milestone(key),
            agreed_on=agreed_on,
            reason="A reason",
            requested_by=world.people[Role.WORKSTREAM_LEAD],
            decision="Agreed",
            by=world.people[Role.JOINT_CHAIR],
        )


def test_due_today_is_flagged_tomorrow_once(world):
    every = ["PA1.1-1", "PA1.1-2", "AI1.1-1", "AI1.1-2"]
    assert flag(world, DUE) == []
    assert flag(world, FIRST) == every
    assert flag(world, FIRST) == []
    assert flag(world, SECOND) == []
    assert spells(world) == [(DUE, FIRST, None, "")]


def test_the_spell_keeps_who_and_why_in_its_history(world):
    flag(world, FIRST)
    (spell,) = MilestoneException.objects.filter(milestone=world.milestone())
    entry = spell.history.get()
    assert entry.history_user == User.objects.system()
    assert entry.history_change_reason == "Overdue since 30 September 2024"


def test_a_late_run_says_since_when(world):
    flag(world, TENTH)
    assert spells(world) == [(DUE, TENTH, None, "")]


def test_another_plans_milestones_are_left_alone(world):
    flag(world, FIRST)
    assert not MilestoneException.objects.filter(milestone__plan=world.foreign.plan).exists()


def test_what_is_complete_or_withdrawn_is_not_flagged(world):
    world.propose("PA1.1-1")
    with at(FIRST):
        milestones.withdraw(
            milestone=world.milestone("PA1.1-2"),
            words="Decided",
            base_version=0,
            by=world.people[Role.JOINT_CHAIR],
        )
    assert flag(world, FIRST) == ["AI1.1-1", "AI1.1-2"]


@pytest.mark.parametrize(
    ("end", "closure"),
    [
        (
            lambda world, milestone: milestones.propose_complete(
                milestone=milestone,
                words="Minutes",
                evidence=[link()],
                base_version=0,
                by=world.people[Role.WORKSTREAM_LEAD],
            ),
            "completed",
        ),
        (
            lambda world, milestone: milestones.withdraw(
                milestone=milestone,
                words="Decided",
                base_version=0,
                by=world.people[Role.JOINT_CHAIR],
            ),
            "withdrawn",
        ),
        (
            lambda world, milestone: agree(world, TENTH, on=SECOND),
            "date_agreed",
        ),
    ],
)
def test_a_spell_ends_with_what_ended_it(world, end, closure):
    flag(world, FIRST)
    with at(SECOND):
        end(world, world.milestone())
    assert spells(world) == [(DUE, FIRST, SECOND, closure)]
    assert spells(world, "PA1.1-2") == [(DUE, FIRST, None, "")]


def test_an_agreed_date_that_is_past_too_ends_nothing(world):
    flag(world, FIRST)
    agree(world, FIRST, on=SECOND)
    assert spells(world) == [(DUE, FIRST, None, "")]


def test_a_second_spell_is_a_row_of_its_own(world):
    flag(world, FIRST)
    agree(world, TENTH, on=SECOND)
    assert flag(world, TENTH) == []
    assert flag(world, TENTH + dt.timedelta(days=1)) == ["PA1.1-1"]
    assert spells(world) == [
        (DUE, FIRST, SECOND, "date_agreed"),
        (TENTH, dt.date(2024, 10, 11), None, ""),
    ]


def test_a_returned_proposal_is_overdue_again(world):
    flag(world, FIRST)
    with at(SECOND):
        milestones.propose_complete(
            milestone=world.milestone(),
            words="Minutes",
            evidence=[link()],
            base_version=0,
            by=world.people[Role.WORKSTREAM_LEAD],
        )
        milestones.return_proposal(
            milestone=world.milestone(),
            words="No minutes",
            base_version=1,
            by=world.people[Role.JOINT_CHAIR],
        )
    assert spells(world) == [(DUE, FIRST, SECOND, "completed"), (DUE, SECOND, None, "")]
    assert flag(world, SECOND) == []


def test_the_night_ends_what_ended_without_being_noticed(world):
    flag(world, FIRST)
    milestone = world.milestone()
    milestone.stage = "signed_off"
    milestone.save_base(raw=True)
    assert flag(world, SECOND) == []
    assert spells(world) == [(DUE, FIRST, SECOND, "completed")]


def test_a_run_for_a_day_gone_by_ends_nothing(world):
    flag(world, SECOND)
    assert flag(world, DUE) == []
    assert spells(world) == [(DUE, SECOND, None, "")]


def test_closing_where_nothing_is_open_does_nothing(world):
    with at(FIRST):
        ended = exceptions.close_if_ended(
            milestone=world.milestone(), by=world.people[Role.PROGRAMME_OFFICE]
        )
    assert ended is None


@pytest.mark.parametrize("role", list(Role))
def test_only_the_night_flags(world, role):
    with pytest.raises(NotAllowed):
        flag(world, FIRST, by=world.people[role])
    assert not MilestoneException.objects.exists()


class Meanwhile:
    """Does ``act`` once, between the look at all milestones and the lock of the first."""

    def __init__(self, act):
        self.act = act
        self.done = False

    def __call__(self, execute, sql, params, many, context):
        locks = 'FROM "plans_milestone"' in sql and 'WHERE "plans_milestone"."id" = ' in sql
        if locks and not self.done:
            self.done = True
            self.act()
        return execute(sql, params, many, context)


def test_what_was_completed_since_the_look_is_not_flagged(world):
    act = Meanwhile(lambda: world.propose("PA1.1-1"))
    with connection.execute_wrapper(act):
        opened = flag(world, FIRST)
    assert act.done
    assert opened == ["PA1.1-2", "AI1.1-1", "AI1.1-2"]
    assert spells(world) == []


def test_what_another_run_flagged_since_the_look_is_not_flagged_again(world):
    act = Meanwhile(lambda: flag(world, FIRST))
    with connection.execute_wrapper(act):
        opened = flag(world, FIRST)
    assert act.done
    assert opened == []
    assert spells(world) == [(DUE, FIRST, None, "")]


def test_a_spell_that_ended_since_the_look_is_not_ended_again(world):
    flag(world, FIRST)
    act = Meanwhile(lambda: agree(world, TENTH, on=SECOND))
    with connection.execute_wrapper(act):
        flag(world, dt.date(2024, 10, 3))
    assert act.done
    assert spells(world) == [(DUE, FIRST, SECOND, "date_agreed")]
    (spell,) = MilestoneException.objects.filter(milestone=world.milestone())
    assert spell.history.count() == 2
