"""Decisions that were asked for wait for chairs, log actions for their owners; the rest is quiet."""

import datetime as dt

import pytest

from governance import matters
from governance.services import decisions, groups, log
from hertsend.accounts.roles import Role
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services import run, send_message
from plans import selectors, tasks
from tests.factories.matters import asked
from tests.factories.returns import _returns_are_in
from tests.factories.world import TODAY, World, at
from tests.governance.deciding import CHAIR, MEMBER, WEEK, Table

__all__ = ["_returns_are_in"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def table(world) -> Table:
    return Table.of(world)


def waiting(world: World, on: dt.date = TODAY):
    return matters.decisions_asked(asked(world.plan, on=on, held_on=on))


def logged(world: World, on: dt.date = TODAY):
    return matters.log_actions(asked(world.plan, on=on, held_on=on))


ASKED = "Decisions asked of your groups"


class TestDecisions:
    def test_it_waits_for_each_chair_of_the_group_and_for_nobody_else(self, world, table):
        table.ask(wanted_by=TODAY + WEEK)
        found = waiting(world)
        assert set(found) == {table.person(CHAIR).pk, world.second_chair.pk}
        (matter,) = found[world.second_chair.pk]
        assert (matter.sentence, matter.detail, matter.path) == (
            "Board: Fund a second team?",
            "Asked for on 3 September 2024, needed by 10 September 2024",
            f"/plans/{world.plan.slug}/groups/board/decision-requests/1/take/",
        )

    @pytest.mark.parametrize(
        ("days", "told"), [(0, None), (1, 1), (5, 1), (6, 6), (8, 6), (13, 13)]
    )
    def test_it_is_told_the_next_morning_and_then_on_mondays(self, world, table, days, told):
        table.ask()
        (matter,) = waiting(world, TODAY + days * DAY)[table.person(CHAIR).pk]
        assert (matter.step and (matter.step.day - TODAY).days) == told

    def test_not_for_who_asked(self, world, table):
        table.ask(by=table.person(CHAIR))
        assert set(waiting(world)) == {world.second_chair.pk}

    def test_not_for_a_chair_who_left_and_not_once_it_is_over(self, world, table):
        request = table.ask()
        seat = table.board.memberships.get(person=world.second_chair)
        with at(TODAY):
            groups.leave(membership=seat, ends_on=TODAY - DAY, reason="Left", by=table.office)
        assert set(waiting(world)) == {table.person(CHAIR).pk}
        with at(TODAY):
            decisions.withdraw(request=request, reason="Found money.", by=table.office)
        assert waiting(world) == {}

    def test_where_nobody_can_take_it_the_programme_office_is_told(self, world, table):
        table.ask(group=table.groups["delivery"])
        found = waiting(world)
        assert set(found) == {table.office.pk}
        (matter,) = found[table.office.pk]
        assert "Nobody with an account who may decide it chairs this group now" in matter.detail
        assert matter.path.endswith("/groups/delivery/decision-requests/1/")

    def test_it_stands_on_the_home_page_of_the_chair(self, world, table):
        table.ask()
        given = {"plans": [world.plan], "on": TODAY, "held_on": TODAY}
        shown = {
            role: [
                each.matter.sentence
                for each in selectors.waiting_for(table.person(role), **given).entries
                if each.matter.group.heading == ASKED
            ]
            for role in Role
        }
        assert {role for role, rows in shown.items() if rows} == {CHAIR}


class TestLogActions:
    def test_an_action_waits_for_its_owner_from_a_week_before(self, world, table):
        row = table.raise_action(due_on=TODAY + 2 * WEEK)
        assert logged(world, TODAY + 6 * DAY) == {}
        found = logged(world, TODAY + WEEK)
        assert list(found) == [table.person(MEMBER).pk]
        (matter,) = found[table.person(MEMBER).pk]
        assert (matter.group.heading, matter.sentence, matter.detail, matter.path) == (
            "Log actions due soon",
            "Board, action 1: Recruit a team",
            "Due 17 September 2024",
            row.get_absolute_url(),
        )
        (late,) = logged(world, TODAY + 2 * WEEK + DAY)[table.person(MEMBER).pk]
        assert (late.group.heading, late.detail) == (
            "Log actions overdue",
            "Due 17 September 2024, 1 day overdue",
        )

    def test_not_once_it_is_closed(self, world, table):
        row = table.raise_action(due_on=TODAY)
        assert logged(world) != {}
        with at(TODAY):
            log.close(log_action=row, closing_note="Done.", by=table.office)
        assert logged(world) == {}

    def test_where_its_owner_left_the_programme_office_is_told(self, world, table):
        table.raise_action(due_on=TODAY)
        seat = table.board.memberships.get(person=table.person(MEMBER))
        with at(TODAY):
            groups.leave(
                membership=seat,
                ends_on=TODAY - DAY,
                reason="Left",
                ends_roles=True,
                by=table.office,
            )
        found = logged(world)
        assert list(found) == [table.office.pk]
        assert "Its owner has no role here any more" in found[table.office.pk][0].detail


def test_the_queries_stay_however_many_wait(world, table, django_assert_num_queries):
    table.ask()
    table.raise_action(due_on=TODAY)
    with django_assert_num_queries(3):
        waiting(world)
    with django_assert_num_queries(2):
        logged(world)
    for number in range(3):
        table.ask(group=table.groups["delivery" if number else "board"])
        table.raise_action(due_on=TODAY, owner=world.second_chair)
    with django_assert_num_queries(3):
        waiting(world)
    with django_assert_num_queries(2):
        logged(world)


@pytest.mark.usefixtures("_returns_are_in")
def test_an_overdue_action_is_chased_in_the_one_e_mail_of_the_day(world, table):
    """Told a week before, on the day, on the day after, then on Mondays; never twice a day."""
    due_on = TODAY + WEEK
    table.raise_action(due_on=due_on, owner=table.person(MEMBER))
    day = TODAY
    while day <= due_on + 2 * WEEK:
        with at(day):
            tasks.run_nightly()
            run(job_id=Job.objects.get(key=f"{world.plan.slug}:{day}").pk)
            for message in Message.objects.filter(state=MessageState.PLANNED).order_by("pk"):
                send_message(message_id=message.pk)
        day += DAY
    sent = Message.objects.filter(recipient=table.person(MEMBER), state=MessageState.SENT)
    assert [f"{day:%a %d %b}" for day in sent.order_by("day").values_list("day", flat=True)] == [
        "Tue 03 Sep",
        "Tue 10 Sep",
        "Wed 11 Sep",
        "Mon 16 Sep",
        "Mon 23 Sep",
    ]
