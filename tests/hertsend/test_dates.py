"""Days, months and moments in London."""

import datetime as dt

import pytest
import time_machine
from django.test import override_settings

from hertsend import dates

UTC = dt.UTC
DAY = dt.timedelta(days=1)


class TestClock:
    """The only clock there is."""

    @pytest.mark.parametrize(
        ("moment", "today"),
        [
            (dt.datetime(2024, 8, 31, 22, 59, 59, tzinfo=UTC), dt.date(2024, 8, 31)),
            (dt.datetime(2024, 8, 31, 23, 0, tzinfo=UTC), dt.date(2024, 9, 1)),
            (dt.datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), dt.date(2024, 12, 31)),
            (dt.datetime(2025, 1, 1, 0, 0, tzinfo=UTC), dt.date(2025, 1, 1)),
        ],
    )
    def test_today_is_londons_day_whatever_the_machines_zone(self, moment, today):
        with time_machine.travel(moment, tick=False):
            assert dates.now() == moment
            assert dates.today() == today
        assert dates.day_of(moment) == today

    @pytest.mark.parametrize(
        ("moment", "hours"),
        [
            # The clocks change at 01:00 in Greenwich.
            (dt.datetime(2024, 3, 31, 0, 59, tzinfo=UTC), 0),
            (dt.datetime(2024, 3, 31, 1, 0, tzinfo=UTC), 1),
            (dt.datetime(2024, 10, 27, 0, 59, tzinfo=UTC), 1),
            (dt.datetime(2024, 10, 27, 1, 0, tzinfo=UTC), 0),
        ],
    )
    def test_summer_time_begins_and_ends(self, moment, hours):
        with time_machine.travel(moment, tick=False):
            assert dates.now().utcoffset() == dt.timedelta(hours=hours)

    @override_settings(HERTSEND_CLOCK=dt.date(2024, 10, 15))
    def test_a_demonstration_has_its_day_while_the_time_runs_on(self):
        with time_machine.travel(dt.datetime(2026, 7, 1, 9, 30, tzinfo=UTC), tick=False):
            assert dates.now() == dt.datetime(2024, 10, 15, 10, 30, tzinfo=dates.LONDON)
            assert dates.today() == dt.date(2024, 10, 15)

    def test_the_clock_stands_inside_the_block_only(self):
        moment = dt.datetime(2024, 9, 3, 11, 0, tzinfo=UTC)
        before = dates.now()
        with dates.at(moment):
            assert dates.now() == dates.now() == moment
            assert str(dates.now()) == "2024-09-03 12:00:00+01:00"
            with dates.at(moment + DAY):
                assert dates.today() == dt.date(2024, 9, 4)
            assert dates.today() == dt.date(2024, 9, 3)
        assert dates.now() >= before

    def test_the_clock_runs_on_after_a_fault_inside(self):
        with pytest.raises(ZeroDivisionError), dates.at(dt.datetime(2024, 9, 3, tzinfo=UTC)):
            raise ZeroDivisionError
        assert dates.today().year > 2024

    @override_settings(HERTSEND_ENVIRONMENT="production")
    def test_nobody_sets_it_in_production(self):
        clock = dates.at(dt.datetime(2024, 9, 3, tzinfo=UTC))
        with pytest.raises(RuntimeError):
            clock.__enter__()

    @pytest.mark.parametrize(
        ("day", "starts"),
        [
            (dt.date(2024, 9, 1), dt.datetime(2024, 8, 31, 23, 0, tzinfo=UTC)),
            (dt.date(2024, 12, 1), dt.datetime(2024, 12, 1, 0, 0, tzinfo=UTC)),
            (dt.date(2024, 3, 31), dt.datetime(2024, 3, 31, 0, 0, tzinfo=UTC)),
            (dt.date(2024, 4, 1), dt.datetime(2024, 3, 31, 23, 0, tzinfo=UTC)),
        ],
    )
    def test_a_day_starts_at_midnight_in_london(self, day, starts):
        assert dates.start_of(day) == starts
        assert dates.day_of(dates.start_of(day)) == day
        assert dates.day_of(dates.start_of(day).astimezone(UTC) - dt.timedelta(seconds=1)) < day


class TestWorkingDays:
    """Monday to Friday, and no bank holiday of England."""

    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (dt.date(2024, 9, 2), True),
            (dt.date(2024, 8, 31), False),
            (dt.date(2024, 9, 1), False),
            (dt.date(2024, 12, 25), False),
            (dt.date(2024, 8, 26), False),
            # St Andrew's Day is Scotland's, St Patrick's Day Northern Ireland's.
            (dt.date(2023, 11, 30), True),
            (dt.date(2025, 3, 17), True),
            # Instead of a Saturday or Sunday.
            (dt.date(2021, 12, 28), False),
            (dt.date(2022, 1, 3), False),
            # Once only: the Coronation.
            (dt.date(2023, 5, 8), False),
        ],
    )
    def test_is_working_day(self, day, works):
        assert dates.is_working_day(day) is works

    @pytest.mark.parametrize(
        ("month", "number", "day"),
        [
            (dt.date(2024, 9, 1), 1, dt.date(2024, 9, 2)),
            (dt.date(2024, 9, 30), 5, dt.date(2024, 9, 6)),
            (dt.date(2024, 9, 1), 7, dt.date(2024, 9, 10)),
            (dt.date(2025, 1, 1), 1, dt.date(2025, 1, 2)),
            (dt.date(2024, 4, 1), 1, dt.date(2024, 4, 2)),
            (dt.date(2024, 12, 1), 20, dt.date(2024, 12, 31)),
        ],
    )
    def test_working_day_of_month(self, month, number, day):
        assert dates.working_day_of_month(month, number) == day

    @pytest.mark.parametrize("number", [0, -1])
    def test_working_days_are_counted_from_one(self, number):
        with pytest.raises(ValueError, match="counted from 1"):
            dates.working_day_of_month(dt.date(2024, 9, 1), number)

    @pytest.mark.parametrize(
        ("start", "end", "number"),
        [
            (dt.date(2024, 9, 6), dt.date(2024, 9, 9), 1),
            (dt.date(2024, 9, 6), dt.date(2024, 9, 8), 0),
            (dt.date(2024, 9, 2), dt.date(2024, 9, 2), 0),
            (dt.date(2024, 12, 24), dt.date(2024, 12, 27), 1),
            (dt.date(2024, 9, 9), dt.date(2024, 9, 6), -1),
        ],
    )
    def test_working_days_between(self, start, end, number):
        assert dates.working_days_between(start, end) == number


class TestMonths:
    """Months by their first day."""

    @pytest.mark.parametrize(
        ("day", "first", "after", "before"),
        [
            (dt.date(2024, 2, 29), dt.date(2024, 2, 1), dt.date(2024, 3, 1), dt.date(2024, 1, 1)),
            (
                dt.date(2024, 12, 31),
                dt.date(2024, 12, 1),
                dt.date(2025, 1, 1),
                dt.date(2024, 11, 1),
            ),
            (dt.date(2024, 1, 1), dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2023, 12, 1)),
            (dt.date(2023, 1, 31), dt.date(2023, 1, 1), dt.date(2023, 2, 1), dt.date(2022, 12, 1)),
        ],
    )
    def test_this_next_and_the_one_before(self, day, first, after, before):
        assert dates.first_of(day) == first
        assert dates.next_month(day) == after
        assert dates.previous_month(day) == before

    def test_months_between_counts_both_ends(self):
        assert dates.months_between(dt.date(2023, 11, 30), dt.date(2024, 2, 1)) == [
            dt.date(2023, 11, 1),
            dt.date(2023, 12, 1),
            dt.date(2024, 1, 1),
            dt.date(2024, 2, 1),
        ]
        assert dates.months_between(dt.date(2024, 2, 29), dt.date(2024, 2, 1)) == [
            dt.date(2024, 2, 1)
        ]
        assert dates.months_between(dt.date(2024, 2, 1), dt.date(2024, 1, 31)) == []
