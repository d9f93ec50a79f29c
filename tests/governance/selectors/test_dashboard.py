"""The dashboard of a month: what is counted, and compared with what."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.boardpack import content, render
from governance.boardpack.build import build
from governance.enums import Edition
from governance.selectors import dashboard
from plans.enums import Stage, Standing
from tests.factories import models as make
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.selectors.reading import KEYS, SEEN, board, due, keys
from tests.governance.steps import AUGUST, JULY, OCTOBER, SEPTEMBER
from tests.plans import impact_rows


def test_what_is_due_is_complete_overdue_or_moved_and_nothing_else(september):
    figures = board(september, SEPTEMBER).figures
    assert figures.due_by == dt.date(2024, 9, 30)
    assert (figures.due, figures.complete_of_due) == (4, 1)
    assert (figures.overdue_of_due, figures.moved_of_due) == (2, 1)
    assert figures.behind == 3
    assert figures.overdue_besides == 0


def test_five_figures_with_the_month_before(september):
    found = board(september, SEPTEMBER)
    assert found.before.month == AUGUST
    assert [(each.key, each.value, each.label, each.note) for each in found.headline_figures] == [
        ("complete", 1, "of 4 due is complete", "up 1 since August"),
        ("overdue", 2, "overdue", "2 new, 0 cleared since August"),
        ("off-track", 2, "off track", "2 more than in August"),
        ("no-update", 1, "no update received", "in 1 of 2 workstreams"),
        ("awaiting", 1, "awaits sign-off", "the oldest for 14 days"),
    ]


def test_the_sentence_says_how_it_is_with_the_figures(september):
    sentence = board(september, SEPTEMBER).sentence
    assert sentence.headline == "Delivery is 3 milestones behind the published plan."
    assert sentence.rest == (
        "Of 4 due by 30 September 2024, 1 is complete, 2 are overdue and 1 was moved with "
        "approval. 2 milestones are overdue or off track and need the board."
    )


def test_lists_hold_what_the_figures_count(september):
    found = board(september, SEPTEMBER)
    assert keys(found.needs_board) == ["AI1.1-1", "AI1.1-2"]
    assert found.needs_board[0].what_happened == "It stalled."
    assert keys(found.overdue) == ["AI1.1-1", "AI1.1-2"]
    assert [line.days_overdue for line in found.overdue] == [9, 9]
    assert [(slip.line.key, slip.line.slip) for slip in found.slipped] == [
        ("PA1.1-2", 67),
        ("AI1.1-1", 32),
    ]
    assert [(each.stream.key, keys(each.lines)) for each in found.silent] == [("PA1", ["PA1.1-2"])]
    assert [(each.line.key, each.days, each.proposal.words) for each in found.awaiting] == [
        ("PA1.1-1", 14, "Minutes that show PA1.1-1")
    ]
    assert found.due_soon == ()


def test_who_agreed_a_date_stands_beside_the_slip_only_where_it_may_be_seen(september):
    agreement = board(september, SEPTEMBER).slipped[0].agreement
    assert agreement.agreed_on == dt.date(2024, 12, 6)
    assert (agreement.agreed_by, agreement.reason, agreement.decision) == (
        "Joint chair PA1",
        "The supplier is late.",
        "The board accepts it.",
    )
    unseen = board(september, SEPTEMBER, visible=frozenset()).slipped[0].agreement
    assert (unseen.agreed_by, unseen.reason, unseen.decision) == ("", "", "")


def test_words_that_may_not_be_seen_are_not_there(september):
    found = board(september, SEPTEMBER, visible=frozenset({"sentence_for_families"}))
    assert {line.what_happened for line in found.reading.lines} == {""}
    assert found.awaiting[0].proposal.words == ""
    assert found.awaiting[0].proposal.by == ""


def test_counts_by_workstream_and_by_area_add_up_to_the_plan(september):
    found = board(september, SEPTEMBER)
    everything = found.all_streams
    assert [(row.key, row.total, row.overdue) for row in found.streams] == [
        ("PA1", 2, 0),
        ("AI1", 2, 2),
    ]
    for stage in Stage:
        assert sum(row.stages[stage] for row in found.streams) == everything.stages[stage]
    for standing in Standing:
        summed = sum(row.standings[standing] for row in found.streams)
        assert summed == everything.standings[standing]
    assert sum(everything.stages.values()) == sum(everything.standings.values()) == 4
    assert everything.standings[Standing.COMPLETE] == 1
    assert [(row.keys, row.standing, row.complete_of_due, row.due) for row in found.areas] == [
        (("PA1",), Standing.NO_UPDATE, 1, 2),
        (("AI1",), Standing.RED, 0, 2),
    ]


def test_milestones_of_several_areas_stand_once_in_a_row_of_their_own(september):
    september.actions["AI1.1"].areas.add(september.areas["PA1"])
    found = board(september, SEPTEMBER)
    assert [(row.keys, row.total) for row in found.areas] == [(("PA1",), 2), (("PA1", "AI1"), 2)]
    assert found.areas_share
    assert sum(row.total for row in found.areas) == found.figures.total


def test_areas_that_share_nothing_say_nothing_of_sharing(september):
    assert not board(september, SEPTEMBER).areas_share


def test_changes_since_the_month_before(september):
    assert [
        (each.count, each.words, each.keys) for each in board(september, SEPTEMBER).change_lines
    ] == [
        (1, "completed", ("PA1.1-1",)),
        (2, "newly overdue", ("AI1.1-1", "AI1.1-2")),
        (1, "without an update, rated before", ("PA1.1-2",)),
        (1, "moved to another date with approval", ("PA1.1-2",)),
    ]


def test_the_month_to_compare_with_can_be_chosen(september):
    found = board(september, SEPTEMBER, compare_with=september.period(JULY))
    assert found.before.month == JULY
    assert found.headline_figures[0].note == "up 1 since July"


def test_the_first_closed_month_has_nothing_to_compare_with(september):
    found = board(september, JULY)
    assert (found.before, found.changes, found.change_lines) == (None, None, ())
    notes = ["", "", "", "in 2 of 2 workstreams", ""]
    assert [each.note for each in found.headline_figures] == notes
    assert found.sentence.headline == "Nothing has fallen due yet."
    assert found.sentence.rest == "Nothing is overdue or off track."


def test_a_withdrawn_milestone_is_due_nowhere_but_counted_in_all(september):
    steps.withdraw(september, "PA1.1-2", on=dt.date(2024, 10, 10))
    live = board(september, OCTOBER, at=noon(dt.date(2024, 10, 15)))
    assert (live.figures.total, live.figures.withdrawn, live.figures.due) == (4, 1, 3)
    assert live.all_streams.standings[Standing.WITHDRAWN] == 1
    assert live.burn_up_words == (
        "3 milestones have a day in the plan. 1 was withdrawn and is left out."
    )
    assert [point.due for point in live.burn_up][-1] == 3


def test_what_is_complete_before_its_date_is_said_beside_the_burn_up(september):
    due(september, "PA1.1-1", dt.date(2024, 12, 31))
    assert board(september, SEPTEMBER).burn_up_words == (
        "4 milestones have a day in the plan. 1 milestone due later is complete already."
    )


def test_milestones_without_a_day_are_never_overdue_and_cannot_hide(september):
    due(september, "AI1.1-1", None, due_text="Spring 2024", window_to=dt.date(2024, 5, 31))
    due(september, "PA1.1-1", None, due_text="Ongoing")
    found = board(september, SEPTEMBER)
    assert keys(found.undated) == ["AI1.1-1"]
    assert keys(found.window_passed) == ["AI1.1-1"]
    assert found.all_undated == 2
    assert keys(found.overdue) == ["AI1.1-2"]
    assert found.burn_up_words == (
        "2 milestones have a day in the plan; 2 have none and are not counted."
    )


def test_what_comes_again_by_a_confirmed_rule_is_neither_undated_nor_silent(world):
    for number, key in enumerate(("AI1.1-1", "AI1.1-2"), start=1):
        due(world, key, None, due_text="Quarterly")
        steps.report(world, key, moment=noon(dt.date(2024, 9, 4)))
        row = world.milestone(key)
        given = {"action": row.action, "milestone": row}
        promise = impact_rows.commitment(world, number, **given)
    impact_rows.rule(world, promise, frequency="quarterly", at=noon(dt.date(2024, 9, 20)))
    for day in (steps.AUGUST_FREEZES, steps.SEPTEMBER_FREEZES):
        steps.advance(world, day)
    found = board(world, SEPTEMBER)
    assert (keys(found.undated), found.all_undated) == (["AI1.1-1"], 1)
    silent = {each.stream.key: keys(each.lines) for each in found.silent}
    assert silent == {"PA1": ["PA1.1-1", "PA1.1-2"], "AI1": ["AI1.1-1"]}
    assert (found.figures.no_update, [row.silent for row in found.streams]) == (3, [2, 1])


def test_a_plan_without_any_day_has_no_burn_up(world):
    for key in KEYS:
        due(world, key, None)
    assert board(world, JULY).burn_up == ()


def test_signed_off_since_the_month_before_with_who_signed(september):
    steps.sign(september, "PA1.1-1", on=dt.date(2024, 10, 20))
    steps.advance(september, dt.date(2024, 11, 11))
    found = board(september, OCTOBER)
    assert [(each.line.key, each.signature.by) for each in found.signed_off] == [
        ("PA1.1-1", "Joint chair PA1")
    ]
    assert [(each.count, each.words) for each in found.change_lines] == [
        (1, "signed off, complete before"),
        (2, "without an update, rated before"),
    ]
    assert found.awaiting == ()
    later = board(september, OCTOBER, compare_with=september.period(SEPTEMBER))
    assert later.signed_off == found.signed_off
    assert board(september, SEPTEMBER).signed_off == ()


def test_rated_better_and_worse_are_told_apart(september):
    steps.report(
        september,
        "AI1.1-1",
        month=OCTOBER,
        moment=noon(dt.date(2024, 10, 20)),
        rating="amber",
        forecast_on=dt.date(2024, 11, 2),
        reason_for_rating="A new team.",
    )
    steps.report(
        september,
        "AI1.1-2",
        month=OCTOBER,
        moment=noon(dt.date(2024, 10, 20)),
        rating="red",
        forecast_on=dt.date(2024, 11, 2),
    )
    steps.advance(september, dt.date(2024, 11, 11))
    changes = board(september, OCTOBER).changes
    assert keys(changes.rated_better) == ["AI1.1-1"]
    assert keys(changes.rated_worse) == ["AI1.1-2"]


def queries(world, month):
    with CaptureQueriesContext(connection) as captured:
        board(world, month)
    return len(captured)


def test_one_milestone_and_three_take_the_same_queries(world):
    plan = make.PlanFactory(partnership=world.partnership)
    area = make.AreaFactory(plan=plan, position=1)
    action = make.ActionFactory(workstream=make.WorkstreamFactory(plan=plan, position=1))
    action.areas.add(area)
    steps.schedule(plan, JULY, on=dt.date(2024, 9, 3))
    steps.advance_plan(plan, dt.date(2024, 9, 10))

    def of(milestones):
        while plan.milestones.count() < milestones:
            step = make.MilestoneFactory(action=action)
            make.MilestoneLeadFactory(milestone=step, post=world.posts["PA1"])
        with CaptureQueriesContext(connection) as captured:
            dashboard(plan, plan.periods.get(month=AUGUST), visible=SEEN)
        return len(captured)

    assert (of(1), of(3)) == (23, 23)


def test_the_number_of_queries_does_not_grow(september):
    assert queries(september, SEPTEMBER) == QUERIES
    for number in range(3, 9):
        step = make.MilestoneFactory(
            action=september.actions["PA1.1"], key=f"PA1.1-{number}", position=number
        )
        make.MilestoneLeadFactory(milestone=step, post=september.posts["PA1"])
    steps.agree(september, "PA1.1-5", dt.date(2024, 12, 6), on=dt.date(2024, 10, 8))
    steps.propose(september, "PA1.1-6", on=dt.date(2024, 10, 8))
    assert queries(september, SEPTEMBER) == QUERIES


QUERIES = 24
"""The lines of both months and what stands around them, once; months, workstreams, areas, actions, acts, agreements,
signatures, what was reopened; and what was said: reports, questions with answers, deep dives, escalations, date
requests; impact, assurance, what was missed."""


def test_a_milestone_without_a_published_day_slips_from_its_first_agreed_date(world):
    """Two have no day in the plan: one was dated once, the other was moved twice since."""
    for key in ("PA1.1-1", "PA1.1-2"):
        due(world, key, None)
        steps.agree(world, key, dt.date(2024, 12, 1), on=dt.date(2024, 9, 4))
    for day, later in ((5, dt.date(2025, 6, 1)), (6, dt.date(2025, 12, 1))):
        steps.agree(world, "PA1.1-2", later, on=dt.date(2024, 9, day))
    steps.advance(world, steps.AUGUST_FREEZES)
    found = board(world, AUGUST)
    assert [
        (slip.line.key, slip.line.slip, slip.line.moves, slip.line.slips_from_agreement)
        for slip in found.slipped
    ] == [("PA1.1-2", 365, 3, True)]
    once = next(line for line in found.reading.lines if line.key == "PA1.1-1")
    assert (once.slip, once.moves, once.has_slipped) == (0, 1, False)
    pack = content.from_json(content.to_json(of_pack(world)))
    assert [(slip.key, slip.since_last_pack) for slip in pack.slips] == [
        ("PA1.1-2", True),
        ("PA1.1-1", True),
    ]
    assert render.page(pack).slipped_days == 365
    steps.advance(world, steps.SEPTEMBER_FREEZES)
    later = build(world.plan, world.period(SEPTEMBER), edition=Edition.BOARD, revision=1, reason="")
    assert [(slip.key, slip.since_last_pack) for slip in later.slips] == [("PA1.1-2", False)]


def of_pack(world):
    return build(world.plan, world.period(AUGUST), edition=Edition.BOARD, revision=1, reason="")
