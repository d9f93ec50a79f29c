"""What the standing items of an agenda count: since the meeting before, and of this group alone."""

import datetime as dt

import pytest

from governance.services import log
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans.services import periods
from tests.access.feedback import QUARTER, QUARTER_BEFORE, enter, published
from tests.factories.world import TODAY, at
from tests.governance import risks, sittings
from tests.governance.deciding import FAMILIES, MEMBER, WEEK, Table
from tests.journeys.office import browser_of, words_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def table(world) -> Table:
    """A board that met a week ago, and what happened before and since."""
    table = Table.of(world)
    table.meet(TODAY - WEEK)
    for on in (TODAY - WEEK - DAY, TODAY - DAY):
        row = table.raise_action(task="Done", on=TODAY - 2 * WEEK, due_on=TODAY)
        with at(on):
            log.close(log_action=row, closing_note="It is done.", by=table.office)
    table.raise_action(task="Late", on=TODAY - 2 * WEEK, due_on=TODAY - DAY)
    table.raise_action(task="Running")
    table.raise_action(task="Above", group=table.groups["executive"])
    table.ask(on=TODAY - DAY)
    table.ask(on=TODAY - DAY, group=table.groups["executive"])
    return table


def agenda(person, meeting, *, on=TODAY):
    with at(on):
        return words_of(browser_of(person).get(meeting.get_absolute_url()))


def test_the_log_and_what_is_asked_are_of_this_group_since_it_met(world, table):
    meeting = sittings.planned(world, table.board)
    for role in (MEMBER, FAMILIES):
        words = agenda(table.person(role), meeting)
        assert "Action log (1 closed since the last meeting, 2 open, 1 overdue)" in words
        assert "Decisions (1 waits for this group)" in words
    page = browser_of(table.person(MEMBER)).get(meeting.get_absolute_url()).content.decode()
    for name in ("log", "decisions"):
        assert f'href="/plans/{world.plan.slug}/{name}/?group=board"' in page


def test_in_the_meeting_itself_it_still_counts_from_the_one_before(world, table):
    meeting = sittings.planned(world, table.board, day=TODAY, starts=dt.time(11), ends=dt.time(13))
    words = agenda(table.person(MEMBER), meeting)
    assert "Action log (1 closed since the last meeting, 2 open, 1 overdue)" in words


def test_what_was_published_since(world, table):
    meeting, lead = sittings.planned(world, table.board), table.person(Role.WORKSTREAM_LEAD)
    with at(TODAY - WEEK - DAY):
        published(world, enter(world, by=lead), QUARTER_BEFORE)
    assert "(0 published since the last meeting)" in agenda(table.person(FAMILIES), meeting)
    with at(TODAY - DAY):
        published(world, enter(world, by=lead, theme="Buses"), QUARTER)
    assert "(1 published since the last meeting)" in agenda(table.person(FAMILIES), meeting)


def test_milestones_and_risks_that_are_late(world, table):
    meeting = sittings.planned(world, table.board)
    world.update(rating="red", forecast_on=dt.date(2024, 10, 30))
    risks.raised(world)
    words = agenda(table.person(MEMBER), meeting)
    assert "Dashboard (0 overdue, 1 exception now)" in words
    assert "Exceptions (1 exception now)" in words
    assert "Risks (1 open risk)" in words
    on = dt.date(2024, 10, 8)
    with at(on):
        periods.advance(plan=world.plan, on=on, by=User.objects.system())
    later = agenda(table.person(MEMBER), meeting, on=on)
    assert "Dashboard (4 overdue, 4 exceptions now)" in later
    assert "Risks (1 open risk, 1 not reviewed)" in later
