"""The calendar's pages: what each reader sees, and the programme office's two forms."""

import datetime as dt

import pytest

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans.models import PeriodUnfreezing
from plans.services import calendar
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World, at
from tests.governance import steps
from tests.governance.calendar import AGAIN, FREEZES, REOPENED, WHY, address, boxes, get, post
from tests.governance.steps import AUGUST, OCTOBER
from tests.journeys.office import words_of

__all__ = ["built_world", "world"]

OFFICE, FAMILIES = Role.PROGRAMME_OFFICE, Role.PARENT_CARER_REPRESENTATIVE
DAYS = {"due_on": dt.date(2024, 11, 8), "freezes_on": dt.date(2024, 11, 12)}
BOARD_DAY = "The board meets a day later."


def office(world: World) -> User:
    return world.people[OFFICE]


def change_days(world: World, **typed: object):
    """The form for October, as the office sends it."""
    values = {"reason": BOARD_DAY, "base_version": 0, "submission_key": "k"} | boxes(**DAYS)
    where = address(world, "period-days", "2024-10")
    return post(office(world), where, on=TODAY, **(values | typed))


def reopen(world: World, *, by: User | None = None, on: dt.date = REOPENED, **typed: object):
    """The form for August, as the office sends it."""
    values = {"reason": WHY, "base_version": world.period().version, "submission_key": "k"}
    where = address(world, "period-reopen", "2024-08")
    sent = values | boxes(freezes_on=AGAIN) | typed
    return post(by or office(world), where, on=on, **sent)


class TestCalendar:
    """The year ahead and the months gone by."""

    def test_officers_see_days_state_and_meeting(self, world):
        words = words_of(get(world.people[Role.BOARD_MEMBER], address(world, "calendar"), on=TODAY))
        assert (
            "August 2024: due. Returns are due on Friday 6 September 2024; it freezes on Tuesday 10 September 2024."
            in words
        )
        assert "August 2024 1 August 2024 6 September 2024 10 September 2024 Due Yes" in words
        assert (
            "December 2024 1 December 2024 8 January 2025 10 January 2025 New Year&#x27;s Day, 1 January 2025 Scheduled Yes"
            in words
        )
        assert "1 month gone by" in words
        assert "Change" not in words

    def test_the_office_may_change_what_has_not_opened(self, world):
        page = get(office(world), address(world, "calendar"), on=TODAY).content.decode()
        assert address(world, "period-days", "2024-10") in page
        assert address(world, "period-days", "2024-09") not in page
        assert address(world, "period-reopen", "2024-07") not in page

    def test_families_read_it_in_plain_words(self, world):
        words = words_of(get(world.people[FAMILIES], address(world, "calendar"), on=TODAY))
        assert "When progress is reported" in words
        assert "August 2024 6 September 2024 10 September 2024 Being reported Yes" in words
        assert "July 2024 7 August 2024 9 August 2024 Reported Yes" in words
        for officers in ("Frozen", "Scheduled", "Returns", "How often"):
            assert officers not in words

    def test_an_empty_calendar_says_what_comes_next(self, world):
        empty = world.foreign.plan
        for row in empty.periods.all():
            row.delete()
        words = words_of(
            get(world.foreign.people[OFFICE], address(world.foreign, "calendar"), on=TODAY)
        )
        assert "No month is scheduled yet. The calendar makes itself within the hour" in words

    @pytest.mark.parametrize("name", ["calendar", "rhythm"])
    def test_neighbours_find_nothing(self, world, name):
        neighbour = world.foreign.people[OFFICE]
        assert get(neighbour, address(world, name), on=TODAY).status_code == 404

    @pytest.mark.parametrize("month", ["2024-13", "1999-01", "soon"])
    @pytest.mark.parametrize("name", ["period-detail", "period-days", "period-reopen"])
    def test_a_month_that_is_not_there(self, world, name, month):
        assert get(office(world), address(world, name, month), on=TODAY).status_code == 404


class TestDays:
    """Days are changed until the month opens."""

    def test_the_change_is_told_in_the_history_with_who_and_why(self, world):
        page = change_days(world)
        words = words_of(page)
        assert "The days of October 2024 are changed." in words
        assert (
            "Last day for returns changed from 7 November 2024 to 8 November 2024. "
            "Freezing day changed from 11 November 2024 to 12 November 2024. " + BOARD_DAY
        ) in words
        assert office(world).name in words
        row = world.period(OCTOBER)
        assert (row.due_on, row.freezes_on) == tuple(DAYS.values())

    def test_families_read_the_change_without_who_and_why(self, world):
        change_days(world)
        where = address(world, "period-detail", "2024-10")
        page = get(world.people[FAMILIES], where, on=TODAY)
        assert "Freezing day changed from 11 November 2024 to 12 November 2024." in words_of(page)
        assert BOARD_DAY not in page.content.decode()
        assert office(world).name not in page.content.decode()

    def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(self, world):
        sunday = boxes(due_on=dt.date(2024, 11, 10), freezes_on=dt.date(2024, 11, 12))
        page = change_days(world, **sunday, reason="")
        words = words_of(page)
        assert "Enter reason" in words
        page = change_days(world, **sunday)
        assert "10 November 2024 is a Sunday. Enter a working day." in words_of(page)
        assert 'value="10"' in page.content.decode()
        assert BOARD_DAY in page.content.decode()
        assert world.period(OCTOBER).due_on == dt.date(2024, 11, 7)

    def test_bank_holidays_are_named_where_one_chooses(self, world):
        where = address(world, "period-days", "2024-12")
        words = words_of(get(office(world), where, on=TODAY))
        assert "from 1 January 2025 to 1 February 2025" in words
        assert "Wednesday 1 January 2025 (New Year&#x27;s Day)" in words

    def test_a_month_that_has_opened_has_no_form(self, world):
        page = get(office(world), address(world, "period-days", "2024-08"), on=TODAY)
        assert "August 2024 has opened, so its days stand." in words_of(page)
        assert "<textarea" not in page.content.decode()

    def test_who_comes_second_sees_both_and_can_send_again(self, world):
        with at(TODAY):
            calendar.set_days(
                period=world.period(OCTOBER),
                due_on=dt.date(2024, 11, 6),
                freezes_on=dt.date(2024, 11, 8),
                reason="Earlier.",
                base_version=0,
                by=office(world),
            )
        page = change_days(world)
        assert page.status_code == 409
        words = words_of(page)
        assert "Last day for returns 6 November 2024 8 November 2024" in words
        assert "Freezing day 8 November 2024 12 November 2024" in words
        assert 'name="base_version" value="1"' in page.content.decode()
        assert "are changed" in words_of(change_days(world, base_version=1, submission_key="n"))


class TestReopening:
    """The last frozen month goes back to due, for all to see."""

    @pytest.fixture
    def frozen(self, world):
        steps.advance(world, FREEZES)
        return world

    def test_it_is_shown_on_the_month_and_on_the_calendar(self, frozen):
        where = address(frozen, "calendar")
        offered = get(office(frozen), where, on=REOPENED).content.decode()
        assert address(frozen, "period-reopen", "2024-08") in offered
        words = words_of(reopen(frozen))
        assert "August 2024 is reopened until 20 September 2024." in words
        row = f"10 September 2024 16 September 2024 {office(frozen).name} Programme office {WHY}"
        assert row in words
        assert "State changed from “Frozen” to “Due”." in words
        words = words_of(get(office(frozen), where, on=REOPENED))
        assert (
            "August 2024: reopened. Updates are taken again until it freezes on Friday 20 September 2024."
            in words
        )

    def test_families_read_that_it_is_being_put_right_and_no_more(self, frozen):
        reopen(frozen)
        person = frozen.people[FAMILIES]
        for where in (address(frozen, "calendar"), address(frozen, "period-detail", "2024-08")):
            page = get(person, where, on=REOPENED)
            assert "Being put right" in words_of(page)
            for hidden in (WHY, office(frozen).name, "Programme office"):
                assert hidden not in page.content.decode()

    def test_a_day_that_is_not_to_come_is_refused_at_the_field(self, frozen):
        page = reopen(frozen, **boxes(freezes_on=REOPENED))
        assert "Enter a day from 17 September 2024 to 1 October 2024." in words_of(page)
        assert WHY in page.content.decode()
        assert PeriodUnfreezing.objects.count() == 0

    def test_a_month_that_must_stay_frozen_has_no_form(self, frozen):
        page = get(office(frozen), address(frozen, "period-reopen", "2024-07"), on=REOPENED)
        assert "Only the last frozen month can be reopened, August 2024." in words_of(page)
        assert "<textarea" not in page.content.decode()

    def test_a_double_press_reopens_once(self, frozen):
        version = frozen.period().version
        for _ in range(2):
            page = reopen(frozen, base_version=version)
            assert "August 2024 is reopened" in words_of(page)
        assert PeriodUnfreezing.objects.count() == 1

    @pytest.mark.parametrize("role", [role for role in Role if role != OFFICE])
    def test_nobody_else_reopens(self, frozen, role):
        assert reopen(frozen, by=frozen.people[role]).status_code == 403
        assert frozen.period(AUGUST).state == "frozen"

    def test_the_dashboard_of_the_month_says_so_before_and_after_it_freezes_again(self, frozen):
        reopen(frozen)
        where = f"{address(frozen, 'dashboard')}?month=2024-08"
        chair = frozen.people[Role.JOINT_CHAIR]
        told = f"reopened on 16 September 2024 at 12:00 by {office(frozen).name} (programme office). {WHY}"
        words = words_of(get(chair, where, on=REOPENED))
        assert told in words
        assert "It freezes again on Friday 20 September 2024." in words
        steps.advance(frozen, AGAIN)
        words = words_of(get(chair, where, on=AGAIN))
        assert told in words
        assert "It freezes again" not in words
        other = f"{address(frozen, 'dashboard')}?month=2024-07"
        assert "was reopened" not in words_of(get(chair, other, on=AGAIN))
