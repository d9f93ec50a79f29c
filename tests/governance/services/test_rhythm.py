"""The executive's chair decides how often it meets, from a month on; and is asked to after three months."""

import datetime as dt
from typing import Any

import pytest

from governance import selectors
from governance.enums import Rhythm
from governance.models import RhythmDecision
from governance.services import rhythm
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.services import periods
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World, at, noon
from tests.governance import steps
from tests.governance.rhythm import QUOTE, promise

__all__ = ["built_world", "world"]

CHAIR = Role.EXECUTIVE_CHAIR
JULY, AUGUST, SEPTEMBER, OCTOBER = (dt.date(2024, month, 1) for month in (7, 8, 9, 10))
DECEMBER = dt.date(2024, 12, 1)


@pytest.fixture
def promised(world):
    return promise(world)


def decide(world: World, *, by: User | None = None, on: dt.date = TODAY, **given: Any):
    """Two-monthly from October, unless said otherwise."""
    values = {
        "plan": world.plan,
        "rhythm": "two_monthly",
        "from_month": OCTOBER,
        "reason": "Delivery is steady.",
        "base_number": RhythmDecision.objects.filter(plan=world.plan).count(),
    }
    with at(on):
        return rhythm.decide_rhythm(**(values | given), by=by or world.people[CHAIR])


def freeze(world: World, *, on: dt.date) -> None:
    steps.advance(world, on)


def due(world: World, on: dt.date) -> selectors.Assessment | None:
    return selectors.assessment_due(world.plan, on)


class TestDecision:
    """From a month on, with who and why; the last word counts."""

    def test_before_any_decision_it_is_as_the_plan_says(self, promised):
        found = selectors.rhythm_of(promised.plan)
        assert (found.promise.rhythm, found.promise.quote) == (Rhythm.MONTHLY, QUOTE)
        assert (found.promise.from_month, found.promise.decided_from) == (JULY, OCTOBER)
        assert (found.decisions, found.of(OCTOBER)) == ((), Rhythm.MONTHLY)

    def test_a_plan_that_says_nothing_is_reported_every_month(self, world):
        found = selectors.rhythm_of(world.plan)
        assert (found.promise.rhythm, found.promise.quote) == (Rhythm.MONTHLY, "")
        assert found.promise.decided_from == JULY
        assert due(world, DECEMBER) is None

    def test_who_when_and_why_are_kept(self, promised):
        row = decide(promised, reason=" Delivery is steady. ")
        assert (row.number, row.rhythm, row.from_month) == (1, "two_monthly", OCTOBER)
        assert (row.reason, row.by, row.at) == (
            "Delivery is steady.",
            promised.people[CHAIR],
            noon(TODAY),
        )
        found = selectors.rhythm_of(promised.plan)
        months = [dt.date(2024, number, 1) for number in range(7, 13)]
        assert [found.carries_meeting(month) for month in months] == [
            *[True] * 4,
            False,
            True,
        ]

    def test_it_reads_as_at_a_past_moment(self, promised):
        decide(promised)
        decide(promised, rhythm="quarterly", on=dt.date(2024, 9, 5))
        by_then = selectors.rhythm_of(promised.plan, at=noon(dt.date(2024, 9, 4)))
        assert [each.rhythm for each in by_then.decisions] == ["two_monthly"]
        now = selectors.rhythm_of(promised.plan, visible={"reason"})
        assert [(each.number, each.reason, each.by) for each in now.decisions] == [
            (1, "Delivery is steady.", ""),
            (2, "Delivery is steady.", ""),
        ]

    @pytest.mark.parametrize("role", list(Role))
    def test_the_executive_chair_alone_decides(self, promised, role):
        if role == CHAIR:
            decide(promised)
        else:
            with pytest.raises(NotAllowed):
                decide(promised, by=promised.people[role])
        assert RhythmDecision.objects.count() == (role == CHAIR)

    def test_another_partnerships_chair_does_not(self, promised):
        with pytest.raises(NotAllowed):
            decide(promised, by=promised.foreign.people[CHAIR])

    @pytest.mark.parametrize("month", [JULY, SEPTEMBER, dt.date(2025, 10, 1)])
    def test_months_that_the_plan_decides_and_those_too_far_off_are_refused(self, promised, month):
        with pytest.raises(RuleBroken) as refused:
            decide(promised, from_month=month)
        said = ["Choose a month from October 2024 to September 2025."]
        assert refused.value.errors == {"from_month": said}
        decide(promised)

    def test_a_month_that_was_reported_is_refused(self, world):
        freeze(world, on=steps.AUGUST_FREEZES)
        with pytest.raises(RuleBroken, match="Choose a month from September 2024"):
            decide(world, from_month=AUGUST, on=steps.AUGUST_FREEZES)
        decide(world, from_month=SEPTEMBER, on=steps.AUGUST_FREEZES)

    def test_who_comes_second_reads_the_first_decision(self, promised):
        decide(promised)
        with pytest.raises(Conflict, match="decided after you opened"):
            decide(promised, rhythm="quarterly", base_number=0)
        decide(promised, rhythm="quarterly")
        assert RhythmDecision.objects.count() == 2

    def test_a_double_press_is_one_decision(self, promised):
        rows = [decide(promised, submission_key="k", base_number=0) for _ in range(2)]
        assert rows[0] == rows[1]
        assert RhythmDecision.objects.count() == 1


class TestAssessment:
    """After three months reported the chair is asked, until the rhythm is decided."""

    @pytest.fixture
    def reported(self, promised):
        freeze(promised, on=steps.SEPTEMBER_FREEZES)
        return promised

    def test_it_comes_up_with_the_third_freeze(self, promised):
        freeze(promised, on=steps.AUGUST_FREEZES)
        assert due(promised, steps.SEPTEMBER_FREEZES) is None
        freeze(promised, on=steps.SEPTEMBER_FREEZES)
        found = due(promised, steps.SEPTEMBER_FREEZES)
        assert [period.label for period in found.months] == ["July 2024", "September 2024"]
        assert (found.since, found.quote) == (steps.SEPTEMBER_FREEZES, QUOTE)
        assert due(promised, dt.date(2024, 10, 8)) is None

    def test_a_decision_settles_it_also_one_to_go_on_as_before(self, reported):
        on = dt.date(2024, 10, 15)
        decide(reported, on=on, rhythm="monthly")
        assert due(reported, on) is None
        assert due(reported, dt.date(2024, 10, 14)) is not None

    def test_a_decision_made_before_the_months_were_over_is_not_the_assessment(self, promised):
        decide(promised, on=dt.date(2024, 9, 30))
        freeze(promised, on=steps.SEPTEMBER_FREEZES)
        assert due(promised, steps.SEPTEMBER_FREEZES) is not None

    def test_a_reopened_third_month_is_not_yet_reported(self, reported):
        on = dt.date(2024, 10, 15)
        decide(reported, on=on)
        third = reported.period(SEPTEMBER)
        with at(on):
            periods.unfreeze(
                period=third,
                freezes_on=dt.date(2024, 10, 21),
                reason="A figure was wrong.",
                base_version=third.version,
                by=reported.people[Role.PROGRAMME_OFFICE],
            )
        freeze(reported, on=dt.date(2024, 10, 21))
        assert due(reported, dt.date(2024, 10, 21)) is None
