"""What a stocktake says: each thing that happened, by area, as at both ends; and SQL counts the same."""

import datetime as dt

import pytest
from django.db import connection

from governance.stocktake.build import build
from governance.stocktake.content import Decision, Moved, OverdueSpell, Said, Shown
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Role
from hertsend.errors import RuleBroken
from plans.selectors import Moment, day_gone_by
from tests.factories import models as make
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.stocktake.conftest import ASKED, CAUSE, END, LATE, START


def taken(world, reader, *, since=START, until=END, area=""):
    end = Moment(on=until) if until == END else day_gone_by(until)
    return build(world.plan, day_gone_by(since), end, reader=reader, made_on=END, area=area)


def part(stocktake, *keys):
    return next(each for each in stocktake.areas if each.keys == keys)


class TestOneArea:
    """PA1: completed, signed, returned, moved, refused, shown and said."""

    @pytest.fixture
    def found(self, told, reader):
        return part(taken(told, reader), "PA1")

    def test_in_a_sentence_and_in_counts_at_both_ends(self, found):
        assert found.sentence == (
            "Of 2 milestones, 0 were complete at the start and 1 at the end: 1 was completed, "
            "1 was signed off and 0 are overdue."
        )
        assert {each.label: (each.then, each.now) for each in found.counts} == {
            "Due as published": (0, 2),
            "Complete of these": (0, 1),
            "Complete": (0, 1),
            "Signed off": (0, 1),
            "Overdue": (0, 0),
            "Off track": (0, 0),
            "At risk": (0, 0),
            "On track": (1, 0),
            "No update": (1, 1),
            "Not started": (0, 0),
            "Withdrawn": (0, 0),
        }
        assert (found.total, found.standing_then, found.standing_now) == (
            2,
            "no_update",
            "no_update",
        )

    def test_what_was_completed_and_signed(self, found):
        (completed,), (signed,) = found.completed, found.signed
        assert (completed.key, completed.in_force, completed.completed_on) == (
            "PA1.1-1",
            dt.date(2024, 9, 30),
            dt.date(2024, 9, 5),
        )
        assert (signed.key, signed.signed_at, signed.signed_by, signed.role) == (
            "PA1.1-1",
            noon(dt.date(2024, 9, 6)),
            "Joint chair PA1",
            "Joint chair",
        )

    def test_which_dates_were_agreed_by_whom_and_why(self, found):
        assert found.moved == (
            Moved(
                key="PA1.1-2",
                text="Complete step PA1.1-2.",
                before=dt.date(2024, 9, 30),
                agreed_on=dt.date(2024, 12, 6),
                at=noon(dt.date(2024, 9, 20)),
                agreed_by="Joint chair PA1",
                reason="The supplier is late.",
                decision="The board accepts it.",
            ),
        )
        assert [(each.key, each.slip, each.slip_then) for each in found.slipped] == [
            ("PA1.1-2", 67, None)
        ]

    def test_what_was_decided(self, found):
        assert found.decisions == (
            Decision(
                at=noon(dt.date(2024, 9, 9)),
                what="Proposal returned",
                key="PA1.1-2",
                words="The minutes are of another meeting.",
                by="Joint chair PA1",
            ),
            Decision(
                at=noon(LATE),
                what="New date of 28 March 2025 refused",
                key="PA1.1-2",
                words="A plan is missing.",
                by="Joint chair PA1",
            ),
        )

    def test_what_was_shown_and_said(self, found):
        assert tuple(each for each in found.evidence if each.kind == "Survey") == (
            Shown(
                about="PA1.1-1",
                kind="Survey",
                title="Survey of schools",
                dated_on=dt.date(2024, 9, 2),
                what_it_shows="104 of 120 were trained.",
            ),
        )
        assert found.said == (
            Said(
                at=noon(dt.date(2024, 9, 4)),
                month=steps.AUGUST,
                key="PA1.1-1",
                sentence="The first schools were trained.",
            ),
        )


def test_what_is_overdue_with_its_exception_and_escalation(told, reader):
    found = part(taken(told, reader), "AI1")
    assert [(each.key, each.days, each.what_happened) for each in found.overdue] == [
        ("AI1.1-1", 20, "It stalled."),
        ("AI1.1-2", 20, ""),
    ]
    assert found.spells[0] == OverdueSpell(
        key="AI1.1-1",
        text="Complete step AI1.1-1.",
        overdue_since=dt.date(2024, 9, 30),
        closed_at=None,
        closure="",
        cause=CAUSE,
        effect_on_families="They wait longer.",
        what_is_being_done="A new supplier.",
        done_by=ASKED,
        asked_of_board="Two posts.",
    )
    assert [(each.what, each.key, each.by) for each in found.decisions] == [
        ("Escalated to the Executive", "AI1.1-1", "Board member")
    ]


def test_the_past_stays_as_it_was(told, reader):
    until = dt.date(2024, 10, 5)
    before = taken(told, reader, until=until)
    steps.agree(told, "PA1.1-2", dt.date(2025, 1, 31), on=dt.date(2024, 10, 18))
    steps.propose(told, "AI1.1-1", on=dt.date(2024, 10, 18))
    steps.withdraw(told, "PA1.1-2", on=dt.date(2024, 10, 19))
    assert taken(told, reader, until=until) == before
    later = taken(told, reader)
    assert later != before
    assert [each.what for each in part(later, "PA1").decisions][-1] == "Withdrawn by the board"
    spell = part(later, "AI1").spells[0]
    assert (spell.closed_at, spell.closure) == (noon(dt.date(2024, 10, 18)), "Proposed complete")


def test_what_happened_outside_the_span_is_left_out(told, reader):
    found = taken(told, reader, since=LATE)
    first = part(found, "PA1")
    assert (first.completed, first.signed, first.moved, first.decisions) == ((), (), (), ())
    assert (first.evidence, first.said) == ((), ())
    assert len(part(found, "AI1").spells) == 2


def test_one_area_alone_and_areas_that_share_their_milestones(told, reader):
    assert [each.keys for each in taken(told, reader, area="PA1").areas] == [("PA1",)]
    told.actions["AI1.1"].areas.add(told.areas["PA1"])
    shared = taken(told, reader)
    assert [each.keys for each in shared.areas] == [("PA1",), ("PA1", "AI1")]
    assert sum(each.total for each in shared.areas) == 4
    assert shared.areas[1].title == "PA1 and AI1"
    assert shared.note.startswith("Milestones that serve several areas are counted once")
    assert [each.keys for each in taken(told, reader, area="AI1").areas] == [("PA1", "AI1")]
    with pytest.raises(RuleBroken, match="This plan has no area “XX”"):
        taken(told, reader, area="XX")


def test_internal_notes_are_read_for_nobody(told):
    for role in (Role.PROGRAMME_OFFICE, Role.BOARD_MEMBER, Role.EXECUTIVE_CHAIR, Role.ADVISER):
        assert "QX-INTERNAL" not in repr(taken(told, told.people[role]))
    assert "It stalled." in repr(taken(told, told.people[Role.ADVISER]))


def test_who_reads_no_officers_words_is_told_none(told):
    """No such reader reads the board's papers today; were one given them, fields would still be closed."""
    text = repr(taken(told, told.people[Role.PARENT_CARER_REPRESENTATIVE]))
    for hidden in (CAUSE, "It stalled.", "Joint chair PA1", "A plan is missing.", "Survey of"):
        assert hidden not in text
    assert "The first schools were trained." in text


def test_as_many_queries_with_more_milestones(told, reader, django_assert_num_queries):
    access.of(reader)
    with django_assert_num_queries(36):
        taken(told, reader)
    for number in range(3, 6):
        step = make.MilestoneFactory(
            action=told.actions["PA1.1"], key=f"PA1.1-{number}", position=number
        )
        make.MilestoneLeadFactory(milestone=step, post=told.posts["PA1"])
        steps.agree(told, step.key, dt.date(2024, 12, 6), on=LATE)
        steps.propose(told, step.key, on=LATE)
    with django_assert_num_queries(36):
        taken(told, reader)


STAGES = """
    SELECT m.id, COALESCE((SELECT x.stage FROM (
            SELECT milestone_id, version, stage, at FROM plans_milestoneupdate
            UNION ALL
            SELECT milestone_id, version, to_stage, at FROM plans_stagechange
        ) x WHERE x.milestone_id = m.id AND x.at <= %(at)s
        ORDER BY x.version DESC LIMIT 1), 'not_started') AS stage,
        COALESCE((SELECT d.agreed_on FROM plans_datechange d
            WHERE d.milestone_id = m.id AND d.at <= %(at)s
            ORDER BY d.number DESC LIMIT 1), m.due_on) AS in_force
    FROM plans_milestone m WHERE m.plan_id = %(plan)s
"""

COUNTED = {
    "moved": "SELECT COUNT(*) FROM plans_datechange x JOIN plans_milestone m ON m.id = x.milestone_id "
    "WHERE m.plan_id = %(plan)s AND x.at > %(since)s AND x.at <= %(until)s",
    "spells": "SELECT COUNT(*) FROM plans_milestoneexception x "
    "JOIN plans_milestone m ON m.id = x.milestone_id WHERE m.plan_id = %(plan)s "
    "AND x.opened_at <= %(until)s AND (x.closed_at IS NULL OR x.closed_at > %(since)s)",
    "evidence": "SELECT COUNT(*) FROM plans_evidence x JOIN plans_action a ON a.id = x.action_id "
    "WHERE a.plan_id = %(plan)s AND x.added_at > %(since)s AND x.added_at <= %(until)s "
    "AND (x.withdrawn_at IS NULL OR x.withdrawn_at > %(until)s)",
    "said": "SELECT COUNT(*) FROM plans_milestoneupdate x "
    "JOIN plans_milestone m ON m.id = x.milestone_id WHERE m.plan_id = %(plan)s "
    "AND x.sentence_for_families <> '' AND x.at > %(since)s AND x.at <= %(until)s",
}


def counted_by_sql(world, since, until):
    """The figures of a stocktake, counted in the database without any of our code."""
    adapt = connection.ops.adapt_datetimefield_value
    ends = {name: adapt(moment) for name, moment in (("since", since), ("until", until))}
    ours = {"plan": world.plan.pk}
    with connection.cursor() as cursor:

        def rows(sql, **values):
            cursor.execute(sql, ours | values)
            return cursor.fetchall()

        then, now = (
            {pk: (stage, str(day)) for pk, stage, day in rows(STAGES, at=ends[end])}
            for end in ("since", "until")
        )
        found = {name: rows(sql, **ends)[0][0] for name, sql in COUNTED.items()}
    done = ("proposed_complete", "signed_off")
    last = str(dates.day_of(until))
    found["completed"] = sum(now[pk][0] in done and then[pk][0] not in done for pk in now)
    found["signed"] = sum(now[pk][0] == "signed_off" and then[pk][0] != "signed_off" for pk in now)
    found["overdue"] = sum(
        stage in ("not_started", "in_progress") and day < last for stage, day in now.values()
    )
    return found


@pytest.mark.parametrize(
    ("since", "until"),
    [(START, dt.date(2024, 10, 19)), (START, dt.date(2024, 9, 12)), (LATE, dt.date(2024, 10, 19))],
)
def test_the_figures_are_those_that_sql_counts(told, reader, since, until):
    steps.agree(told, "PA1.1-2", dt.date(2025, 1, 31), on=dt.date(2024, 10, 12))
    steps.propose(told, "AI1.1-2", on=dt.date(2024, 10, 13))
    stocktake = taken(told, reader, since=since, until=until)
    expected = counted_by_sql(told, dates.end_of(since), dates.end_of(until))
    assert {
        name: sum(len(getattr(each, name)) for each in stocktake.areas) for name in expected
    } == expected
    assert any(expected.values())
