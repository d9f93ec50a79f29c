"""One rule in two dialects: Python and SQL agree on every stage and date."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from plans import policies
from plans.enums import Stage
from plans.models import Milestone
from plans.services import date_changes
from tests.factories import models as make
from tests.factories.world import TODAY, at

DATES = {
    "yesterday": TODAY - dt.timedelta(days=1),
    "today": TODAY,
    "tomorrow": TODAY + dt.timedelta(days=1),
    "none": None,
}
REMINDED = policies.REMINDED_DAYS_AHEAD


@pytest.fixture
def milestones(world):
    """A milestone for every stage and published date, and again with every agreed date."""
    for stage in Stage:
        for due in DATES:
            for agreed in (None, *DATES):
                if agreed != "none":
                    _milestone(world, stage, due, agreed)
    return Milestone.objects.filter(key__contains="|")


def _milestone(world, stage, due, agreed):
    milestone = make.MilestoneFactory(
        action=world.actions["PA1.1"],
        key=f"{stage[:12]}|{due[:5]}|{(agreed or '-')[:5]}",
        due_on=DATES[due],
        precision="day" if DATES[due] else "none",
    )
    if agreed:
        with at(TODAY):
            date_changes.agree_date(
                milestone=milestone,
                agreed_on=DATES[agreed],
                reason="A reason",
                requested_by=world.people[Role.WORKSTREAM_LEAD],
                decision="Agreed",
                by=world.people[Role.JOINT_CHAIR],
            )
    milestone.refresh_from_db()
    milestone.stage = stage
    milestone.save_base(raw=True, update_fields=["stage"])


def test_both_dialects_agree_on_every_stage_and_date(milestones):
    rows = list(milestones.with_overdue(TODAY))
    assert len(rows) == len(Stage) * len(DATES) * len(DATES)
    in_sql = {row.key: row.is_overdue for row in rows}
    in_python = {
        row.key: policies.is_overdue(stage=row.stage, date_in_force=row.date_in_force, on=TODAY)
        for row in rows
    }
    assert in_sql == in_python
    assert set(in_sql.values()) == {True, False}


def test_what_is_overdue_is_spelt_out(milestones):
    overdue = milestones.with_overdue(TODAY).filter(is_overdue=True)
    expected = {
        f"{stage[:12]}|{due}|{agreed}"
        for stage in (Stage.NOT_STARTED, Stage.IN_PROGRESS)
        for due, agreed in [
            ("yeste", "-"),
            ("yeste", "yeste"),
            ("today", "yeste"),
            ("tomor", "yeste"),
            ("none", "yeste"),
        ]
    }
    assert {row.key for row in overdue} == expected


def test_the_latest_agreed_date_is_in_force(world, milestones):
    key = "in_progress|yeste|today"
    for day in (DATES["tomorrow"], DATES["yesterday"]):
        with at(TODAY):
            date_changes.agree_date(
                milestone=world.milestone(key),
                agreed_on=day,
                reason="A reason",
                requested_by=world.people[Role.WORKSTREAM_LEAD],
                decision="Agreed",
                by=world.people[Role.JOINT_CHAIR],
            )
        row = milestones.with_overdue(TODAY).get(key=key)
        assert (row.date_in_force, row.is_overdue) == (day, day < TODAY)
    assert row.moves == 3
    assert row.due_on == DATES["yesterday"]


@pytest.mark.parametrize("ahead", [-1, 0, REMINDED, REMINDED + 1, None])
@pytest.mark.parametrize("stage", list(Stage))
def test_reminders_agree_in_both_dialects(world, stage, ahead):
    due = None if ahead is None else TODAY + dt.timedelta(days=ahead)
    milestone = world.milestone()
    milestone.stage, milestone.due_on, milestone.precision = stage, due, "day" if due else "none"
    milestone.save_base(raw=True)
    rows = Milestone.objects.with_dates().filter(policies.reminder_q(TODAY), pk=milestone.pk)
    in_python = policies.needs_reminder(stage=stage, date_in_force=due, on=TODAY)
    assert rows.exists() is in_python
