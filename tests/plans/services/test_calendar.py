"""The programme office sets the days of months to come and reopens the last frozen one."""

import datetime as dt
from typing import Any

import pytest

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import MilestoneUpdate, PeriodUnfreezing, ReportingPeriod
from plans.services import calendar, periods
from tests.factories.world import TODAY, World, at, noon

OFFICE = Role.PROGRAMME_OFFICE
AUGUST, SEPTEMBER, OCTOBER = (dt.date(2024, month, 1) for month in (8, 9, 10))
FROZEN, REOPENED, AGAIN = (dt.date(2024, 9, number) for number in (10, 16, 20))


def set_days(world: World, *, by: User | None = None, **given: Any) -> ReportingPeriod:
    """Move October's days by one working day, unless said otherwise."""
    period = world.period(OCTOBER)
    values = {
        "period": period,
        "due_on": dt.date(2024, 11, 8),
        "freezes_on": dt.date(2024, 11, 12),
        "reason": "The board meets a day later.",
        "base_version": period.version,
    }
    with at(TODAY):
        return calendar.set_days(**(values | given), by=by or world.people[OFFICE])


def days(world: World) -> tuple[dt.date, dt.date, int]:
    row = world.period(OCTOBER)
    return row.due_on, row.freezes_on, row.version


DEFAULT = (dt.date(2024, 11, 7), dt.date(2024, 11, 11), 0)
MOVED = (dt.date(2024, 11, 8), dt.date(2024, 11, 12), 1)


class TestDays:
    """Days are moved with a reason, each change once and by one person at a time."""

    def test_the_days_and_why_are_kept(self, world):
        assert days(world) == DEFAULT
        set_days(world, reason="  The board meets a day later.  ")
        assert days(world) == MOVED
        entry = world.period(OCTOBER).history.latest()
        assert (entry.history_user, entry.history_change_reason) == (
            world.people[OFFICE],
            "The board meets a day later.",
        )

    @pytest.mark.parametrize("role", list(Role))
    def test_the_programme_office_alone_keeps_the_calendar(self, world, role):
        if role == OFFICE:
            set_days(world)
        else:
            with pytest.raises(NotAllowed):
                set_days(world, by=world.people[role])
        assert days(world) == (MOVED if role == OFFICE else DEFAULT)

    def test_another_partnerships_office_does_not(self, world):
        with pytest.raises(NotAllowed):
            set_days(world, by=world.foreign.people[OFFICE])
        assert days(world) == DEFAULT

    def test_a_month_that_has_opened_is_refused(self, world):
        with pytest.raises(RuleBroken, match="September 2024 has opened"):
            set_days(world, period=world.period(SEPTEMBER))
        set_days(world)

    def test_who_comes_second_reads_what_is_stored_and_loses_nothing(self, world):
        set_days(world)
        typed = {"due_on": dt.date(2024, 11, 6), "freezes_on": dt.date(2024, 11, 8)}
        with pytest.raises(Conflict) as refused:
            set_days(world, **typed, base_version=0)
        assert refused.value.current == {"due_on": MOVED[0], "freezes_on": MOVED[1]}
        assert refused.value.submitted == typed
        assert days(world) == MOVED
        set_days(world, **typed, base_version=1)
        assert days(world) == (*typed.values(), 2)

    def test_a_double_press_is_one_change(self, world):
        for _ in range(2):
            set_days(world, submission_key="k", base_version=0)
        assert days(world) == MOVED
        with pytest.raises(Conflict, match="already sent with other words"):
            set_days(world, submission_key="k", due_on=dt.date(2024, 11, 6))

    def test_the_calendar_goes_by_the_new_days(self, world):
        set_days(world)
        states = {}
        for number in (11, 12):
            day = dt.date(2024, 11, number)
            with at(day):
                periods.advance(plan=world.plan, on=day, by=User.objects.system())
            states[number] = world.period(OCTOBER).state
        assert states == {11: "due", 12: "frozen"}


@pytest.fixture
def frozen(world):
    """August is frozen and reported; September is open."""
    with at(FROZEN):
        periods.advance(plan=world.plan, on=FROZEN, by=User.objects.system())
        periods.mark_reported(period=world.period(), by=User.objects.system())
    return world


def unfreeze(world: World, *, by: User | None = None, on: dt.date = REOPENED, **given: Any):
    """Reopen August until 20 September, unless said otherwise."""
    period = world.period()
    values = {
        "period": period,
        "freezes_on": AGAIN,
        "reason": "PA1 counted one service twice.",
        "base_version": period.version,
    }
    with at(on):
        return periods.unfreeze(**(values | given), by=by or world.people[OFFICE])


class TestReopening:
    """The last frozen month goes back to due, once for each freeze, and freezes again by itself."""

    def test_who_when_and_why_are_kept_for_ever(self, frozen):
        before = frozen.period()
        row = unfreeze(frozen)
        assert (row.period, row.frozen_at, row.freezes_on) == (before, noon(FROZEN), AGAIN)
        assert (row.reason, row.role, row.by, row.at) == (
            "PA1 counted one service twice.",
            OFFICE,
            frozen.people[OFFICE],
            noon(REOPENED),
        )
        after = frozen.period()
        assert (after.state, after.frozen_at, after.reported_at) == ("due", None, None)
        assert (after.freezes_on, after.due_on) == (AGAIN, before.due_on)
        assert (after.due_at, after.opened_at) == (before.due_at, before.opened_at)
        entry = after.history.latest()
        assert entry.history_change_reason == "Reopened: PA1 counted one service twice."

    def test_updates_are_taken_again_until_it_freezes_again(self, frozen):
        with pytest.raises(RuleBroken, match="August 2024 is frozen"):
            frozen.update(on=REOPENED)
        unfreeze(frozen)
        update = frozen.update(on=REOPENED)
        assert update.period == frozen.period()
        for day, state in ((dt.date(2024, 9, 19), "due"), (AGAIN, "frozen")):
            with at(day):
                periods.advance(plan=frozen.plan, on=day, by=User.objects.system())
            assert frozen.period().state == state
        assert frozen.period().frozen_at == noon(AGAIN)
        with pytest.raises(RuleBroken, match="August 2024 is frozen"):
            frozen.update(on=AGAIN)
        assert MilestoneUpdate.objects.count() == 1

    @pytest.mark.parametrize("role", list(Role))
    def test_the_programme_office_alone_reopens(self, frozen, role):
        if role == OFFICE:
            unfreeze(frozen)
        else:
            with pytest.raises(NotAllowed):
                unfreeze(frozen, by=frozen.people[role])
        assert frozen.period().state == ("due" if role == OFFICE else "reported")
        assert PeriodUnfreezing.objects.count() == (role == OFFICE)

    def test_nothing_is_reopened_by_itself_or_from_outside(self, frozen):
        for other in (User.objects.system(), frozen.foreign.people[OFFICE]):
            with pytest.raises(NotAllowed):
                unfreeze(frozen, by=other)
        assert frozen.period().state == "reported"

    def test_an_earlier_month_stays_frozen(self, frozen):
        july = frozen.period(dt.date(2024, 7, 1))
        with pytest.raises(RuleBroken, match="Only the last frozen month"):
            unfreeze(frozen, period=july, base_version=july.version)
        unfreeze(frozen)

    def test_while_another_month_is_due_none_is_reopened(self, frozen):
        october = dt.date(2024, 10, 1)
        with at(october):
            periods.advance(plan=frozen.plan, on=october, by=User.objects.system())
        with pytest.raises(RuleBroken, match="September 2024 is being returned"):
            unfreeze(frozen, on=october, freezes_on=dt.date(2024, 10, 2))

    def test_a_page_from_before_a_change_is_refused(self, frozen):
        seen = frozen.period().version
        unfreeze(frozen)
        with at(AGAIN):
            periods.advance(plan=frozen.plan, on=AGAIN, by=User.objects.system())
        again = {"on": AGAIN, "freezes_on": dt.date(2024, 9, 26)}
        with pytest.raises(Conflict, match="changed after you opened"):
            unfreeze(frozen, base_version=seen, **again)
        unfreeze(frozen, **again)
        assert PeriodUnfreezing.objects.count() == 2

    def test_a_double_press_reopens_once(self, frozen):
        seen = frozen.period().version
        rows = [unfreeze(frozen, submission_key="k", base_version=seen) for _ in range(2)]
        assert rows[0] == rows[1]
        assert PeriodUnfreezing.objects.count() == 1
        with pytest.raises(RuleBroken, match="is not frozen"):
            unfreeze(frozen, submission_key="other", base_version=seen)
