"""Milestones without a day that come again: once the office confirms the rule, they have it for a date."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import RuleBroken
from plans import selectors
from plans.enums import RowGroup
from plans.models import Milestone, UpdateDraft
from plans.selectors.rows import rows_of
from plans.services import date_changes, drafts
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.plans import impact_rows

__all__ = ["built_world", "world"]

KEY = "PA1.1-3"
RULE = "Every quarter, from 1 June 2024"
SEPTEMBER_TO_NOVEMBER = "September to November 2024"


@pytest.fixture
def quarterly(world) -> Milestone:
    """A milestone whose date is "Quarterly", with a promise of which nothing is confirmed."""
    row = make.MilestoneFactory(
        action=world.actions["PA1.1"],
        key=KEY,
        position=3,
        due_on=None,
        due_text="Quarterly",
        precision="recurring",
    )
    impact_rows.commitment(world, milestone=row, stated_text="Quarterly")
    return row


def confirm(world, number=1, **values):
    row = world.plan.commitments.get()
    return impact_rows.rule(world, row, number, **({"frequency": "quarterly"} | values))


def line(world, *, moment=None, on=TODAY):
    rows = Milestone.objects.filter(plan=world.plan, key=KEY)
    (found,) = selectors.lines_of(
        rows, periods=[world.period()], at=moment, on=on, visible=frozenset()
    )
    return found


def said(found) -> tuple[str, str] | None:
    return found.comes_again and (found.comes_again.rule, found.comes_again.next)


def test_until_the_office_confirms_it_is_one_without_an_agreed_date(world, quarterly):
    found = line(world)
    assert (said(found), found.has_no_agreed_date) == (None, True)


def test_from_then_on_it_says_its_rule_and_when_it_is_due_next(world, quarterly):
    confirm(world)
    found = line(world)
    assert said(found) == (RULE, "December 2024 to February 2025")
    assert (found.has_no_agreed_date, found.due_text, found.due_on) == (False, "Quarterly", None)
    assert said(line(world, on=dt.date(2024, 8, 31))) == (RULE, SEPTEMBER_TO_NOVEMBER)


@pytest.mark.parametrize(
    ("last_on", "counts"), [(TODAY, True), (TODAY - dt.timedelta(days=1), False)]
)
def test_once_its_rule_is_over_it_is_asked_about_again(world, quarterly, last_on, counts):
    confirm(world, ends_on=last_on)
    found = line(world)
    assert (said(found) is not None, found.has_no_agreed_date) == (counts, not counts)


def test_once_the_promise_has_ended_it_has_no_agreed_date_again(world, quarterly):
    confirm(world)
    impact_rows.rule(
        world,
        world.plan.commitments.get(),
        2,
        act="ended",
        frequency="",
        first_on=None,
        owner=None,
        words="No more.",
    )
    assert line(world).has_no_agreed_date


def test_a_day_that_the_board_agreed_comes_before_the_rule(world, quarterly):
    confirm(world)
    with at(TODAY):
        date_changes.agree_date(
            milestone=quarterly,
            agreed_on=dt.date(2025, 1, 1),
            reason="The board wants a day.",
            requested_by=world.people[Role.PROGRAMME_OFFICE],
            decision="Agreed.",
            by=world.people[Role.JOINT_CHAIR],
        )
    found = line(world)
    assert (said(found), found.has_no_agreed_date) == (None, False)


def test_a_month_reads_as_it_was_before_the_rule_was_confirmed(world, quarterly):
    confirm(world, at=noon(TODAY))
    before = noon(TODAY - dt.timedelta(days=1))
    assert line(world, moment=before).has_no_agreed_date
    assert not line(world, moment=noon(TODAY)).has_no_agreed_date


def group(world) -> RowGroup:
    rows = Milestone.objects.filter(plan=world.plan, key=KEY)
    (row,) = rows_of(
        rows,
        period=world.period(),
        on=TODAY,
        visible=frozenset(),
        drafts=UpdateDraft.objects.none(),
        reported_exceptions=(),
    )
    return row.group


@pytest.mark.parametrize(
    ("rating", "before", "after"),
    [
        ("amber", RowGroup.STARTED, RowGroup.ENDED),
        ("red", RowGroup.LATE, RowGroup.LATE),
    ],
)
def test_a_return_asks_for_it_only_while_it_is_off_track(world, quarterly, rating, before, after):
    world.update(KEY, rating=rating)
    assert group(world) == before
    confirm(world)
    assert group(world) == after


def test_nobody_says_that_there_is_nothing_to_report_of_it(world, quarterly):
    confirm(world)
    with at(TODAY), pytest.raises(RuleBroken) as refused:
        confirm_nothing(world)
    assert refused.value.errors == {"milestones": [f"{KEY} is not asked about this month."]}


def confirm_nothing(world):
    return drafts.confirm_nothing(
        period=world.period(),
        confirmed=[world.milestone(KEY)],
        withdrawn=[],
        by=world.people[Role.WORKSTREAM_LEAD],
    )


def test_it_is_not_silent_where_nobody_asks(world, quarterly):
    world.update(KEY)
    rows = Milestone.objects.filter(plan=world.plan, key=KEY)
    asked = {"periods": [world.period(dt.date(2024, 9, 1))], "at": None, "on": TODAY}
    (before,) = selectors.lines_of(rows, visible=frozenset(), **asked)
    confirm(world)
    (after,) = selectors.lines_of(rows, visible=frozenset(), **asked)
    assert (before.is_silent, after.is_silent) == (True, False)
