"""The numbers of a pack against a count of the rows by SQL alone, at the cut-off."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection

from governance.boardpack.snapshot import opened
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.boardpack.filled import filled_world, live_on
from tests.governance.steps import AUGUST, JULY, SEPTEMBER

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


KEPT = {
    "risks": """
        SELECT r.key, (SELECT v.likelihood * v.impact FROM governance_riskreview v
                WHERE v.risk_id = r.id AND v.at <= %(cut)s ORDER BY v.number DESC LIMIT 1),
            (SELECT COUNT(*) FROM governance_historicalmitigation m
                WHERE m.risk_id = r.id AND m.state = 'open' AND m.history_id = (
                    SELECT MAX(h.history_id) FROM governance_historicalmitigation h
                    WHERE h.id = m.id AND h.history_date <= %(cut)s)),
            (SELECT COUNT(*) FROM governance_historicalmitigation m
                WHERE m.risk_id = r.id AND m.state = 'open' AND m.due_on < %(day)s
                AND m.history_id = (
                    SELECT MAX(h.history_id) FROM governance_historicalmitigation h
                    WHERE h.id = m.id AND h.history_date <= %(cut)s)),
            EXISTS (SELECT 1 FROM governance_riskreview v JOIN plans_reportingperiod p
                ON p.id = v.period_id
                WHERE v.risk_id = r.id AND v.at <= %(cut)s AND p.id = %(period)s)
        FROM governance_risk r WHERE r.plan_id = %(plan)s AND r.seen_by = ''
            AND (r.closed_at IS NULL OR r.closed_at > %(cut)s)
            AND EXISTS (SELECT 1 FROM governance_riskreview v
                WHERE v.risk_id = r.id AND v.at <= %(cut)s)
    """,
    "log": """
        SELECT a.task, a.due_on < %(day)s
        FROM governance_historicallogaction a JOIN governance_group g ON g.id = a.group_id
        WHERE g.plan_id = %(plan)s AND g.tier = 'board' AND a.closed_at IS NULL
            AND a.history_id = (SELECT MAX(h.history_id) FROM governance_historicallogaction h
                WHERE h.id = a.id AND h.history_date <= %(cut)s)
    """,
    "closed": """
        SELECT a.task FROM governance_logaction a JOIN governance_group g ON g.id = a.group_id
        WHERE g.plan_id = %(plan)s AND g.tier = 'board'
            AND a.closed_at > %(since)s AND a.closed_at <= %(cut)s
    """,
    "decisions": """
        SELECT d.title FROM governance_decision d JOIN governance_group g ON g.id = d.group_id
        WHERE g.plan_id = %(plan)s AND g.tier = 'board' AND d.at > %(since)s AND d.at <= %(cut)s
    """,
    "requests": """
        SELECT q.question FROM governance_decisionrequest q
        JOIN governance_group g ON g.id = q.group_id
        WHERE g.plan_id = %(plan)s AND g.tier = 'board' AND q.asked_at <= %(cut)s
            AND (q.ended_at IS NULL OR q.ended_at > %(cut)s)
    """,
    "voices": """
        SELECT DISTINCT f.theme FROM governance_feedbackpublication f
        JOIN governance_feedbackitem i ON i.id = f.item_id
        WHERE i.plan_id = %(plan)s AND f.quarter = '2024-07-01' AND f.at <= %(cut)s
            AND i.state <> 'withdrawn'
    """,
    "measures": """
        SELECT i.key, (SELECT m.value FROM kpis_measurement m WHERE m.indicator_id = i.id
            AND m.at <= %(cut)s AND m.presence = 'given' ORDER BY m.ends_on DESC, m.number DESC LIMIT 1)
        FROM kpis_indicator i WHERE i.plan_id = %(plan)s AND EXISTS (
            SELECT 1 FROM kpis_measurement m WHERE m.indicator_id = i.id AND m.at <= %(cut)s)
    """,
}


def counted(world, name, month=AUGUST):
    period = world.period(month)
    moments = {"cut": period.frozen_at, "since": world.period(JULY).frozen_at}
    values = {
        key: connection.ops.adapt_datetimefield_value(moment) for key, moment in moments.items()
    }
    values |= {"day": str(period.frozen_at.date()), "period": period.pk, "plan": world.plan.pk}
    with connection.cursor() as cursor:
        cursor.execute(KEPT[name], values)
        return sorted(cursor.fetchall())


def test_what_boards_keep_is_what_the_rows_say_at_the_cut_off(db):
    world = filled_world()
    live_on(world)
    read = opened(steps.store_pack(world, AUGUST, on=dt.date(2024, 9, 12)))
    assert [
        (
            *(risk.key, risk.score, risk.open_mitigations, risk.overdue_mitigations),
            risk.was_reviewed,
        )
        for risk in sorted(read.risks, key=lambda risk: risk.key)
    ] == counted(world, "risks")
    log = counted(world, "log")
    assert sorted((row.task, bool(row.days_overdue)) for row in read.log) == log
    assert (read.log_summary.open, read.log_summary.overdue, read.log_summary.closed) == (
        *(len(log), sum(late for _, late in log)),
        len(counted(world, "closed")),
    )
    assert sorted((row.title,) for row in read.decisions) == counted(world, "decisions")
    asked = sorted((row.question,) for row in read.waiting_for_decision)
    assert asked == counted(world, "requests")
    assert sorted((row.theme,) for row in read.voices) == counted(world, "voices")
    told = sorted((row.key, row.latest) for row in read.measures)
    assert told == [(key, f"{float(value):g}%") for key, value in counted(world, "measures")]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        *(("risks", 2), ("log", 2), ("closed", 1), ("decisions", 1), ("requests", 1)),
        *(("voices", 1), ("measures", 2)),
    ],
)
def test_there_is_something_to_count(db, name, count):
    assert len(counted(filled_world(), name)) == count
