"""Two moments compared: each kind of change from one history, and the span that is asked for."""

import datetime as dt

import pytest

from governance.enums import AssuranceLevel
from governance.permissions import words_of_packs
from governance.selectors import comparison as comparing
from governance.selectors.happenings import DateMove, moves_between
from governance.services import assurance
from hertsend import dates
from hertsend.accounts.roles import Role
from hertsend.errors import RuleBroken
from plans.models import ActionSignOff
from plans.selectors import Moment, day_gone_by, frozen
from tests.factories import models as make
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST, OCTOBER, SEPTEMBER

SEEN = words_of_packs()
TODAY = dt.date(2024, 10, 20)


def compare(world, since, until=None, *, visible=SEEN):
    return comparing.comparison(
        world.plan,
        since,
        until or Moment(on=TODAY),
        visible=visible,
        visible_of_impact=visible,
    )


def told(found):
    """The keys of the milestones in each group."""
    return {group.key: [each.now.key for each in group.lines] for group in found.groups}


def test_a_day_with_its_end_and_the_day_before_differ_by_what_was_done(world):
    day = dt.date(2024, 9, 5)
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)), rating="amber")
    steps.report(world, "PA1.1-2", moment=noon(dt.date(2024, 9, 4)))
    steps.report(world, "AI1.1-1", moment=noon(dt.date(2024, 9, 4)))
    steps.propose(world, "AI1.1-1", on=dt.date(2024, 9, 4))
    before = day_gone_by(dt.date(2024, 9, 4))
    steps.report(world, "PA1.1-1", moment=noon(day))
    steps.report(
        world,
        "PA1.1-2",
        moment=noon(day),
        rating="red",
        forecast_on=dt.date(2024, 12, 1),
    )
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=day)
    steps.propose(world, "AI1.1-2", on=day)
    found = compare(world, before, day_gone_by(day))

    assert told(found) == {
        "completed": ["AI1.1-2"],
        "rated-worse": ["PA1.1-2"],
        "rated-better": ["PA1.1-1"],
        "moved": ["PA1.1-2"],
    }
    assert found.sentence.headline == (
        "3 of 4 milestones changed between the end of 4 September 2024 and the end of "
        "5 September 2024."
    )
    assert found.sentence.rest == (
        "1 completed; 1 rated worse; 1 rated better; 1 moved to another date with approval."
    )
    ((moved,),) = (group.lines for group in found.groups if group.key == "moved")
    assert (moved.then.date_in_force, moved.now.date_in_force) == (
        dt.date(2024, 9, 30),
        dt.date(2024, 12, 6),
    )
    assert moved.moves == (
        DateMove(
            before=dt.date(2024, 9, 30),
            agreed_on=dt.date(2024, 12, 6),
            at=noon(day),
            reason="The supplier is late.",
            decision="The board accepts it.",
            agreed_by="Joint chair PA1",
        ),
    )


def test_signed_returned_withdrawn_and_overdue(september):
    since = day_gone_by(dt.date(2024, 9, 29))
    steps.sign(september, "PA1.1-1", on=dt.date(2024, 10, 10))
    steps.withdraw(september, "PA1.1-2", on=dt.date(2024, 10, 10))
    found = compare(september, since)
    assert told(found) == {
        "signed-off": ["PA1.1-1"],
        "newly-overdue": ["AI1.1-1", "AI1.1-2"],
        "rated-worse": ["AI1.1-1"],
        "withdrawn": ["PA1.1-2"],
    }
    steps.propose(september, "AI1.1-2", on=dt.date(2024, 10, 11))
    back = compare(september, day_gone_by(dt.date(2024, 10, 10)))
    assert told(back) == {"completed": ["AI1.1-2"], "no-longer-overdue": ["AI1.1-2"]}
    assert back.sentence.headline == (
        "1 of 4 milestones changed between the end of 10 October 2024 and now."
    )


def test_what_came_back_to_the_lead(world):
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 4))
    since = day_gone_by(dt.date(2024, 9, 4))
    steps.send_back(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    assert told(compare(world, since, day_gone_by(dt.date(2024, 9, 5)))) == {
        "returned": ["PA1.1-1"]
    }


def test_the_dashboards_month_and_the_comparison_of_its_freezes_say_the_same(september):
    from tests.governance.selectors.reading import board  # noqa: PLC0415 - beside its only use

    months = [frozen(september.period(month)) for month in (AUGUST, SEPTEMBER)]
    found = compare(september, *months)
    changes = board(september, SEPTEMBER).change_lines
    assert [(group.count, group.words) for group in found.groups] == [
        (line.count, line.words) for line in changes
    ]
    assert [tuple(each.now.key for each in group.lines) for group in found.groups] == [
        line.keys for line in changes
    ]


def test_nothing_changed_is_said_in_a_sentence(world):
    found = compare(world, day_gone_by(dt.date(2024, 9, 1)), day_gone_by(dt.date(2024, 9, 2)))
    assert found.is_empty
    assert found.sentence.headline == (
        "Nothing changed between the end of 1 September 2024 and the end of 2 September 2024."
    )
    assert (found.sentence.rest, comparing.rows_of(found)) == ("", [])


def test_names_and_reasons_are_left_out_for_who_may_not_see_them(world):
    day = dt.date(2024, 9, 5)
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=day)
    found = compare(
        world,
        day_gone_by(dt.date(2024, 9, 4)),
        day_gone_by(day),
        visible=frozenset({"agreed_on", "sentence_for_families"}),
    )
    (move,) = found.groups[0].lines[0].moves
    assert (move.agreed_on, move.reason, move.decision, move.agreed_by) == (
        dt.date(2024, 12, 6),
        "",
        "",
        "",
    )


def test_a_rating_that_falls_to_no_update_is_told(september):
    """PA1.1-1 and AI1.1-1 were rated for September; for October only AI1.1-1 is."""
    steps.send_back(september, "PA1.1-1", on=dt.date(2024, 10, 10))
    steps.report(
        september,
        "AI1.1-1",
        month=OCTOBER,
        moment=noon(dt.date(2024, 11, 1)),
        rating="red",
        forecast_on=dt.date(2025, 1, 1),
    )
    steps.advance(september, dt.date(2024, 11, 11))
    found = compare(september, *(frozen(september.period(month)) for month in (SEPTEMBER, OCTOBER)))
    assert told(found) == {
        "newly-overdue": ["PA1.1-1"],
        "no-update-any-more": ["AI1.1-2"],
        "returned": ["PA1.1-1"],
    }
    assert "1 without an update, rated before" in found.sentence.rest


def test_a_lowered_assurance_is_a_change_and_an_equal_one_is_none(world):
    assure(world, "PA1", AssuranceLevel.REASONABLE, on=dt.date(2024, 9, 3))
    since = day_gone_by(dt.date(2024, 9, 4))
    assure(world, "PA1", AssuranceLevel.REASONABLE, on=dt.date(2024, 9, 5))
    same = compare(world, since, day_gone_by(dt.date(2024, 9, 5)))
    assert (same.is_empty, same.others) == (True, ())
    assure(world, "PA1", AssuranceLevel.LIMITED, on=dt.date(2024, 9, 6))
    found = compare(world, since, day_gone_by(dt.date(2024, 9, 6)))
    assert [(line.count, line.words) for line in found.others] == [
        (1, "assurance lowered: PA1, Reasonable to Limited")
    ]
    assert found.sentence.headline.startswith("0 of 4 milestones changed between")
    assert found.sentence.rest == "1 assurance lowered: PA1, Reasonable to Limited."
    (row,) = comparing.rows_of(found)
    assert row[:3] == ["Assurance lowered: PA1, Reasonable to Limited", "", ""]
    assert len(row) == len(comparing.CSV_HEADINGS)


def test_whole_actions_signed_off_are_told_once(world):
    day = dt.date(2024, 9, 5)
    for key in ("PA1.1-1", "PA1.1-2"):
        steps.withdraw(world, key, on=day)
    action = world.actions["PA1.1"]
    ActionSignOff.add(
        action=action,
        number=1,
        act="signed",
        fingerprint="f" * 64,
        last_change=action.milestones.last().stage_changes.latest("pk"),
        role=Role.JOINT_CHAIR,
        by=world.people[Role.JOINT_CHAIR],
        at=noon(dt.date(2024, 9, 6)),
    )
    days = [day_gone_by(dt.date(2024, 9, number)) for number in (5, 6, 7)]
    signed = compare(world, *days[:2])
    assert [(line.words, line.actions) for line in signed.others] == [
        ("whole action signed off", ("PA1.1",))
    ]
    assert comparing.rows_of(signed)[-1][:2] == ["Whole action signed off", "PA1.1"]
    assert compare(world, *days[1:]).is_empty


def test_a_milestone_that_is_new_in_the_plan_is_told(world):
    make.MilestoneFactory(
        action=world.actions["PA1.1"],
        key="PA1.1-9",
        position=9,
        added_at=noon(dt.date(2024, 9, 5)),
    )
    days = [day_gone_by(dt.date(2024, 9, number)) for number in (4, 5, 6)]
    found = compare(world, *days[:2])
    assert [(line.words, line.keys) for line in found.others] == [
        ("added to the plan", ("PA1.1-9",))
    ]
    assert compare(world, *days[1:]).is_empty


def assure(world, key, level, *, on):
    with at(on):
        assurance.set_assurance(
            area=world.areas[key],
            level=level,
            reasons="What was shown.",
            base_number=world.areas[key].assurance_ratings.count(),
            by=world.people[Role.EXECUTIVE_CHAIR],
        )


def test_each_move_says_from_which_date(world):
    for number, month in enumerate((10, 11, 12), start=4):
        steps.agree(world, "PA1.1-2", dt.date(2024, month, 6), on=dt.date(2024, 9, number))
    pk = world.milestone("PA1.1-2").pk
    moves = moves_between(world.plan, dates.end_of(dt.date(2024, 9, 4)), None, visible=SEEN)
    assert [(move.before.month, move.agreed_on.month) for move in moves[pk]] == [(10, 11), (11, 12)]
    until = moves_between(world.plan, None, dates.end_of(dt.date(2024, 9, 4)), visible=SEEN)
    assert [(move.before.month, move.agreed_on.month) for move in until[pk]] == [(9, 10)]


class TestSpan:
    """What the address asks for, and what is meant without it."""

    def span(self, world, since="", until=""):
        return comparing.span_of(world.plan, since, until, today=TODAY)

    def test_since_the_last_pack_until_now(self, september):
        assert self.span(september) == (
            frozen(september.period(SEPTEMBER)),
            Moment(on=TODAY),
        )
        steps.store_pack(september, AUGUST, on=dt.date(2024, 9, 11))
        assert self.span(september)[0] == frozen(september.period(AUGUST))

    def test_the_pack_before_until(self, september):
        for month in (AUGUST, SEPTEMBER):
            steps.store_pack(september, month, on=dt.date(2024, 10, 9))
        assert self.span(september)[0] == frozen(september.period(SEPTEMBER))
        since, until = self.span(september, until="2024-09")
        assert (since, until) == (
            frozen(september.period(AUGUST)),
            frozen(september.period(SEPTEMBER)),
        )

    def test_a_pack_whose_month_is_reopened_counts_from_its_cut_off_itself(self, september):
        """What happened later on the day of the cut-off is among the changes."""
        steps.store_pack(september, SEPTEMBER, on=dt.date(2024, 10, 9))
        cut_off = september.period(SEPTEMBER).frozen_at
        steps.unfreeze(
            september,
            month=SEPTEMBER,
            on=dt.date(2024, 10, 10),
            freezes_on=dt.date(2024, 10, 25),
            reason="PA1 counted twice.",
        )
        since, until = self.span(september)
        assert (since.at, since.on, since.is_cut_off) == (cut_off, dt.date(2024, 10, 9), True)
        assert (since.parameter, since.query) == ("", "")
        steps.propose(
            september,
            "AI1.1-1",
            on=dt.date(2024, 10, 9),
            moment=cut_off + dt.timedelta(minutes=1),
        )
        found = compare(september, since, until)
        assert told(found)["completed"] == ["AI1.1-1"]
        assert "between the cut-off of the board’s last pack on 9 October 2024 at 12:00 and" in (
            found.sentence.headline
        )

    def test_before_anything_was_frozen_there_is_none(self, world):
        world.plan.periods.all()
        assert comparing.span_of(world.foreign.plan, "", "2023-12-05", today=TODAY) is None

    @pytest.mark.parametrize(
        ("since", "until", "field", "words"),
        [
            ("2024-10-20", "", "since", "Choose a moment before the one to compare it with."),
            ("2024-09-10", "2024-09-10", "since", "Choose a moment before"),
            ("2024-09-10", "2024-09-09", "since", "Choose a moment before"),
            ("2024-10-21", "", "since", "21 October 2024 is still to come."),
            ("", "2024-10-21", "until", "21 October 2024 is still to come."),
            ("x", "", "since", "“x” is no date."),
        ],
    )
    def test_what_cannot_be_compared_is_refused(self, september, since, until, field, words):
        with pytest.raises(RuleBroken, match=words) as refused:
            self.span(september, since, until)
        assert list(refused.value.errors) == [field]


def test_as_many_queries_for_one_change_as_for_three(september, django_assert_num_queries):
    since = day_gone_by(dt.date(2024, 9, 3))
    compare(september, since)
    with django_assert_num_queries(22):
        compare(september, since)
    for key in ("AI1.1-1", "AI1.1-2"):
        steps.propose(september, key, on=dt.date(2024, 10, 11))
    with django_assert_num_queries(22):
        compare(september, since)
