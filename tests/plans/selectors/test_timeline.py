"""A milestone's timeline: what was reported, what was said to be nothing, and what was owed."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from plans.enums import Standing
from plans.models import MilestoneUpdate, NothingToReport
from plans.permissions import visible_fields
from plans.selectors.timeline import timeline_of
from tests.factories.shared import built_world, world
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.selectors.reading import due
from tests.governance.steps import SEPTEMBER

__all__ = ["built_world", "world"]

SAID = noon(dt.date(2024, 10, 3))
OCTOBER_FREEZES = dt.date(2024, 11, 11)


@pytest.fixture
def quiet(world):
    """Not started and far away, with words for August; nothing to report for September."""
    due(world, "PA1.1-1", dt.date(2025, 9, 30))
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)), stage="not_started")
    steps.advance(world, steps.AUGUST_FREEZES)
    NothingToReport.add(
        milestone=world.milestone(),
        period=world.period(SEPTEMBER),
        by=world.people[Role.WORKSTREAM_LEAD],
        at=SAID,
    )
    for day in (steps.SEPTEMBER_FREEZES, OCTOBER_FREEZES):
        steps.advance(world, day)
    return world


def told(world, role=Role.BOARD_MEMBER, **moment):
    seen = visible_fields(world.people[role], MilestoneUpdate, partnership_id=world.partnership.pk)
    return [
        (entry.title, entry.standing, entry.by)
        for entry in timeline_of(world.milestone(), visible=seen, **moment)
    ]


def test_that_there_is_nothing_to_report_is_told_with_who_said_it(quiet):
    """In October nothing was owed, and nothing said."""
    lead = "Workstream lead PA1"
    assert told(quiet) == [
        ("September 2024: nothing to report", None, lead),
        ("August 2024", Standing.GREEN, lead),
    ]
    (entry, _) = timeline_of(quiet.milestone(), visible=frozenset())
    assert entry.at == SAID
    before = told(quiet, at=SAID - dt.timedelta(minutes=1))
    assert [title for title, *_ in before] == ["August 2024"]


def test_families_see_that_it_was_said_and_no_name(quiet):
    assert told(quiet, Role.PARENT_CARER_REPRESENTATIVE)[0] == (
        "September 2024: nothing to report",
        None,
        "",
    )


def test_a_month_in_which_an_update_was_owed_and_none_came_is_told(world):
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)))
    steps.advance(world, steps.AUGUST_FREEZES)
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 10, 20))
    for day in (steps.SEPTEMBER_FREEZES, OCTOBER_FREEZES):
        steps.advance(world, day)
    silent = [title for title, standing, _ in told(world) if standing == Standing.NO_UPDATE]
    assert silent == ["September 2024"]
