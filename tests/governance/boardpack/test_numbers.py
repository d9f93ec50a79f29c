"""The numbers of a pack against a count of the rows by SQL alone, at the cut-off."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection

from governance.boardpack.snapshot import opened
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.steps import AUGUST, SEPTEMBER

STATES = """
    SELECT m.key, m.due_on,
        COALESCE((SELECT x.stage FROM (
            SELECT milestone_id, version, stage, at FROM plans_milestoneupdate
            UNION ALL
            SELECT milestone_id, version, to_stage, at FROM plans_stagechange
        ) x WHERE x.milestone_id = m.id AND x.at <= %(cut)s
        ORDER BY x.version DESC LIMIT 1), 'not_started') AS stage,
        COALESCE((SELECT d.agreed_on FROM plans_datechange d
            WHERE d.milestone_id = m.id AND d.at <= %(cut)s
            ORDER BY d.number DESC LIMIT 1), m.due_on) AS in_force,
        (SELECT u.rating FROM plans_milestoneupdate u
            WHERE u.milestone_id = m.id AND u.period_id = %(period)s AND u.at <= %(cut)s
            ORDER BY u.version DESC LIMIT 1) AS rating
    FROM plans_milestone m WHERE m.plan_id = %(plan)s
"""


def states(world, period):
    cut = connection.ops.adapt_datetimefield_value(period.frozen_at)
    with connection.cursor() as cursor:
        cursor.execute(STATES, {"cut": cut, "period": period.pk, "plan": world.plan.pk})
        return [
            (key, str(due_on), stage, str(in_force), rating)
            for key, due_on, stage, in_force, rating in cursor.fetchall()
        ]


@pytest.fixture
def told(packable):
    """September too is told and frozen, and life goes on after it."""
    for key, rating in (("AI1.1-1", "red"), ("AI1.1-2", "amber")):
        steps.report(
            packable,
            key,
            month=SEPTEMBER,
            moment=noon(dt.date(2024, 9, 20)),
            rating=rating,
            forecast_on=dt.date(2024, 11, 1),
        )
    steps.sign(packable, "PA1.1-1", on=dt.date(2024, 9, 25))
    steps.advance(packable, steps.SEPTEMBER_FREEZES)
    steps.propose(packable, "AI1.1-1", on=dt.date(2024, 10, 10))
    steps.withdraw(packable, "PA1.1-2", on=dt.date(2024, 10, 11))
    return packable


@pytest.mark.parametrize("month", [AUGUST, SEPTEMBER], ids=["August", "September"])
def test_numbers_are_those_of_the_rows_at_the_cut_off(told, month):
    pack = steps.store_pack(told, month, on=dt.date(2024, 10, 15))
    period = told.period(month)
    rows = states(told, period)
    frozen_on = str(period.frozen_at.date())
    soon = str(period.frozen_at.date() + dt.timedelta(days=60))
    last_day = str(dt.date(2024, month.month + 1, 1) - dt.timedelta(days=1))
    is_open = {"not_started", "in_progress"}
    due = [row for row in rows if row[1] <= last_day and row[2] != "withdrawn"]

    read = opened(pack)
    figures = {figure.key: figure.value for figure in read.summary.figures}
    assert figures == {
        "complete": sum(row[2] not in is_open for row in due),
        "overdue": sum(row[2] in is_open and row[3] < frozen_on for row in rows),
        # Rated red, or rated before the date passed and without a reason to be hopeful.
        "off-track": sum(
            row[2] in is_open and bool(row[4]) and (row[4] == "red" or row[3] < frozen_on)
            for row in rows
        ),
        # Begun, or due within 60 days, and nobody said anything.
        "no-update": sum(
            row[2] in is_open and not row[4] and (row[2] == "in_progress" or row[3] <= soon)
            for row in rows
        ),
        "awaiting": sum(row[2] == "proposed_complete" for row in rows),
    }
    assert {key: count for key, count in read.all_streams.stages.items() if count} == Counter(
        row[2] for row in rows
    )
    assert read.all_streams.due == len(due)
    assert {entry.key: entry.stage for entry in read.milestones} == {row[0]: row[2] for row in rows}


def test_the_months_differ_so_that_the_count_could_fail(told):
    august, september = (states(told, told.period(month)) for month in (AUGUST, SEPTEMBER))
    assert {row[0]: row[2] for row in august}["PA1.1-1"] == "proposed_complete"
    assert {row[0]: row[2] for row in september}["PA1.1-1"] == "signed_off"
    assert {row[0]: row[4] for row in september}["AI1.1-2"] == "amber"
