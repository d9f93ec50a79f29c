"""What was said of exceptions, as read by whom and as at when; the list, the chain, the timeline."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend import dates
from hertsend.accounts.roles import Role
from plans import permissions, selectors
from plans.enums import BoardAsk
from plans.models import Milestone, MilestoneUpdate
from plans.selectors import Moment, timeline
from plans.selectors.challenges import NOTHING_SAID, exception_files
from plans.selectors.date_requests import chain_of, move_of, requests_of
from plans.selectors.exceptions import escalated, exception_rows, is_exception, needing_report
from tests.factories import models as make
from tests.factories.exceptions import ASKED_FOR, DONE_BY, Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon

__all__ = ["built_world", "world"]

NEXT = TODAY + dt.timedelta(days=1)
AUGUST, SEPTEMBER = dt.date(2024, 8, 1), dt.date(2024, 9, 1)


@pytest.fixture
def said(world):
    """Today a report, a question, a dive, an escalation and a request; tomorrow all are answered."""
    said = Said(world)
    said.off_track()
    said.report()
    said.ask()
    said.dive()
    said.escalate()
    said.request(Role.PROGRAMME_OFFICE)
    return said


@pytest.fixture
def ended(world, said):
    later, row = Said(world, on=NEXT), world.milestone()
    later.answer(row.exception_questions.get())
    later.end_dive(row.deep_dives.get(), Role.EXECUTIVE_MEMBER)
    later.respond(row.escalations.get())
    later.decide(row.date_requests.get())
    return later


def fields(world, role):
    return permissions.visible_exception_fields(world.people[role], world.plan)


def file_of(world, role=Role.BOARD_MEMBER, *, at=None):
    own = Milestone.objects.filter(pk=world.milestone().pk)
    return exception_files(own, at=at, visible=fields(world, role)).get(
        world.milestone().pk, NOTHING_SAID
    )


def test_everything_that_was_said_with_who_and_when(world, said):
    file = file_of(world)
    (report,) = file.reports
    assert (report.month, report.number, report.ask, report.done_by, report.asks) == (
        AUGUST,
        1,
        BoardAsk.HELP,
        DONE_BY,
        True,
    )
    (question,) = file.questions
    assert (question.number, question.month, question.is_waiting, question.last_at) == (
        1,
        AUGUST,
        True,
        noon(TODAY),
    )
    assert (question.asked.by, file.waiting) == ("Board member", 1)
    assert [dive.planned_on for dive in file.planned_dives] == [TODAY]
    assert file.open_escalation.raised.words == "Nothing moves."
    assert (file.report_of(AUGUST), file.report_of(SEPTEMBER)) == (report, None)
    assert (file.latest_before(SEPTEMBER), file.latest_before(AUGUST)) == (report, None)


def test_how_each_of_it_ended(world, ended):
    file = file_of(world)
    assert [answer.words for answer in file.questions[0].answers] == ["Because."]
    assert (file.deep_dives[0].state.label, file.deep_dives[0].ended.by) == (
        "Held",
        "Executive member",
    )
    escalation = file.escalations[0]
    assert (escalation.state.label, escalation.who_acts, escalation.ended.words) == (
        "Answered",
        "The director",
        "Seen to.",
    )
    assert (file.waiting, file.planned_dives, file.open_escalation) == (0, (), None)


def test_the_past_reads_as_it_stood(world, said, request):
    before, requests = file_of(world), requests_today(world)
    request.getfixturevalue("ended")
    moment = dates.end_of(TODAY)
    assert file_of(world, at=moment) == before
    assert requests_today(world, at=moment) == requests
    assert file_of(world, at=noon(TODAY - dt.timedelta(days=1))) == NOTHING_SAID
    assert file_of(world) != before


def requests_today(world, *, at=None):
    own = Milestone.objects.filter(pk=world.milestone().pk)
    return requests_of(own, at=at, visible=fields(world, Role.BOARD_MEMBER))


def test_a_request_names_who_asked_and_for_whom(world, ended):
    (line,) = requests_today(world)
    assert (line.requested_by, line.affected, line.state.label, line.decided_by) == (
        "Programme office, for Head of PA1",
        ("PA1.1-2",),
        "Granted",
        "Joint chair PA1",
    )


def test_families_find_that_nothing_was_ever_said(world, ended):
    families = Role.PARENT_CARER_REPRESENTATIVE
    assert file_of(world, families) == NOTHING_SAID
    own = Milestone.objects.filter(pk=world.milestone().pk)
    assert requests_of(own, visible=fields(world, families)) == []


def test_the_number_of_queries_stays(world, said):
    other = Said(world, "PA1.1-2")

    def count():
        rows, visible = world.plan.milestones.all(), fields(world, Role.BOARD_MEMBER)
        with CaptureQueriesContext(connection) as asked:
            exception_files(rows, visible=visible)
        return len(asked)

    before = count()
    other.off_track()
    other.report()
    other.answer(other.ask())
    other.dive()
    other.escalate()
    assert count() == before == 4


def test_exceptions_are_what_is_overdue_or_off_track_the_longest_first(world):
    make.MilestoneFactory(
        action=world.actions["PA1.1"], key="OLD", due_on=TODAY - dt.timedelta(days=9)
    )
    Said(world).off_track()
    Said(world).report()
    with at(TODAY):
        rows = exception_rows(
            world.plan.milestones.all(),
            plan=world.plan,
            moment=Moment(on=TODAY),
            visible=fields(world, Role.BOARD_MEMBER),
        )
    assert [(row.line.key, row.month, row.is_reported) for row in rows] == [
        ("OLD", AUGUST, False),
        ("PA1.1-1", AUGUST, True),
    ]


def test_last_months_report_is_shown_as_last_months(world):
    said = Said(world)
    said.off_track()
    said.report()
    rows = [
        row
        for row in exception_rows(
            world.plan.milestones.all(),
            plan=world.plan,
            moment=Moment(on=TODAY),
            visible=fields(world, Role.BOARD_MEMBER),
        )
        if row.line.key == "PA1.1-1"
    ]
    assert (rows[0].report.month, rows[0].earlier) == (AUGUST, None)


def test_what_is_done_is_no_exception(world):
    said = Said(world)
    said.off_track()
    with at(TODAY):
        assert is_exception(world.milestone(), on=TODAY)
        assert not is_exception(world.milestone("PA1.1-2"), on=TODAY)
    world.propose()
    with at(TODAY):
        lines = selectors.lines_at(
            world.plan.milestones.all(), plan=world.plan, moment=Moment(on=TODAY), visible=()
        )
    assert needing_report(lines) == []


def test_the_executive_has_open_ones_before_answered_ones(world, ended):
    second = Said(world, "PA1.1-2")
    second.off_track()
    second.escalate()
    with at(NEXT):
        lines = selectors.lines_at(
            world.plan.milestones.all(), plan=world.plan, moment=Moment(on=NEXT), visible=()
        )
    rows = escalated(
        lines,
        world.plan.milestones.all(),
        at=None,
        visible=fields(world, Role.EXECUTIVE_CHAIR),
    )
    assert [(row.line.key, row.escalation.is_open, row.escalation.who_acts) for row in rows] == [
        ("PA1.1-2", True, ""),
        ("PA1.1-1", False, "The director"),
    ]


def test_the_chain_shows_each_date_with_days_and_who(world, ended):
    row = world.milestone()
    chain = chain_of(row, forecast_on=row.forecast_on, visible=fields(world, Role.BOARD_MEMBER))
    assert [(link.label, link.day, link.after, link.decided_by) for link in chain] == [
        ("Published", dt.date(2024, 9, 30), None, ""),
        ("Agreed, change 1", ASKED_FOR, 81, "Joint chair PA1"),
        ("Forecast", dt.date(2024, 10, 30), 30, ""),
    ]
    earlier = chain_of(
        row,
        forecast_on=None,
        at=dates.end_of(TODAY),
        visible=fields(world, Role.BOARD_MEMBER),
    )
    assert [link.label for link in earlier] == ["Published", "Forecast"]


def line_of(row):
    rows = Milestone.objects.filter(pk=row.pk)
    return selectors.lines_of(rows, periods=[], at=None, on=TODAY, visible=())[0]


def test_what_a_grant_would_change(world, said):
    move = move_of(line_of(world.milestone()), ASKED_FOR)
    assert (move.before, move.after, move.days, move.slip_before, move.slip_after) == (
        dt.date(2024, 9, 30),
        ASKED_FOR,
        81,
        30,
        81,
    )
    assert move.moves_after == 1
    undated = make.MilestoneFactory(
        action=world.actions["PA1.1"], key="TBD", due_on=None, precision="tbd"
    )
    move = move_of(line_of(undated), ASKED_FOR)
    assert (move.before, move.days, move.slip_after, move.moves_after) == (None, None, None, 1)


def test_the_timeline_tells_it_to_those_who_may_read_it(world, ended):
    def titles(role):
        visible = permissions.visible_fields(
            world.people[role],
            MilestoneUpdate,
            partnership_id=world.partnership.pk,
        )
        return {entry.title for entry in timeline.timeline_of(world.milestone(), visible=visible)}

    said = {
        "Exception report for August 2024",
        "Question 1",
        "Answer to question 1",
        "Deep dive asked for on 3 September 2024",
        "Deep dive of 3 September 2024 held",
        "Escalated to the Executive",
        "Escalation answered",
        "New date asked for: 20 December 2024",
    }
    assert said <= titles(Role.ADVISER)
    assert said & titles(Role.PARENT_CARER_REPRESENTATIVE) == set()
    assert "New date agreed" in titles(Role.PARENT_CARER_REPRESENTATIVE)
