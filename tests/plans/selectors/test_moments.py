"""The plan as at a moment gone by: what the live pages said then, whatever has happened since."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hertsend import dates
from hertsend.accounts.roles import Role
from hertsend.errors import HertsendError, RuleBroken
from plans import selectors
from plans.models import Milestone
from plans.selectors import Moment
from plans.services import periods
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World, at, noon
from tests.governance import steps

__all__ = ["built_world", "world"]

SEEN = frozenset({"what_happened", "what_is_next", "reason_for_rating", "sentence_for_families"})
KEYS = ("PA1.1-1", "PA1.1-2")
ONE_DAY = dt.timedelta(days=1)


def lines(world: World, moment: Moment) -> list:
    """What a page shows as at a moment; the version is always the row's own."""
    rows = Milestone.objects.filter(plan=world.plan)
    found = selectors.lines_at(rows, plan=world.plan, moment=moment, visible=SEEN)
    return [replace(line, version=0) for line in found]


class TestAsked:
    """What an address asks for."""

    def moment(self, world, text, *, today=dt.date(2024, 9, 20)):
        return selectors.moment_of(world.plan, text, today=today)

    @pytest.mark.parametrize("text", ["", "2024-09-20"])
    def test_nothing_or_today_is_now(self, world, text):
        moment = self.moment(world, text)
        assert moment == Moment(on=dt.date(2024, 9, 20))
        assert (moment.is_past, moment.parameter, moment.query, moment.label, moment.words) == (
            False,
            "",
            "",
            "today",
            "20 September 2024, now",
        )

    def test_a_day_is_read_as_at_its_end(self, world):
        moment = self.moment(world, "2024-09-05")
        assert moment == Moment(on=dt.date(2024, 9, 5), at=dates.end_of(dt.date(2024, 9, 5)))
        assert (moment.is_past, moment.parameter, moment.query, moment.label, moment.words) == (
            True,
            "2024-09-05",
            "?as_at=2024-09-05",
            "5 September 2024",
            "5 September 2024, end of day",
        )

    def test_a_month_is_read_as_at_its_freeze_by_its_own_ratings(self, world):
        steps.advance(world, steps.AUGUST_FREEZES)
        august = world.period(steps.AUGUST)
        moment = self.moment(world, "2024-08")
        assert moment == Moment(on=steps.AUGUST_FREEZES, at=august.frozen_at, period=august)
        assert (moment.parameter, moment.query, moment.label, moment.words) == (
            "2024-08",
            "?as_at=2024-08",
            "August 2024",
            "August 2024 as it was frozen, on 10 September 2024 at 12:00",
        )
        assert selectors.periods_at(world.plan, moment) == [august]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("2024-09-21", "21 September 2024 is still to come."),
            ("2023-11-30", "Nothing is written down here of a day before 1 December 2023."),
            ("2024-08", "August 2024 is not frozen."),
            ("2031-08", "August 2031 is not frozen."),
            ("nonsense", "“nonsense” is no date."),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_a_sentence(self, world, text, words):
        with pytest.raises(RuleBroken, match=words):
            self.moment(world, text)

    def test_the_first_day_is_that_on_which_the_plan_was_taken_over(self, world):
        assert selectors.first_day_of(world.plan) == dt.date(2023, 12, 1)
        assert self.moment(world, "2023-12-01").on == dt.date(2023, 12, 1)


def test_the_months_that_were_current_on_a_day(world):
    steps.advance(world, steps.AUGUST_FREEZES)
    steps.advance(world, dt.date(2024, 10, 1))

    def months(day):
        found = selectors.periods_at(world.plan, selectors.day_gone_by(day))
        return [row.month.month for row in found]

    assert months(dt.date(2024, 9, 2)) == []
    assert months(TODAY) == [7, 8, 9]
    assert months(dt.date(2024, 9, 9)) == [7, 8, 9]
    assert months(steps.AUGUST_FREEZES) == [8, 9]
    assert months(dt.date(2024, 10, 1)) == [8, 9, 10]


def test_a_month_that_was_reopened_was_frozen_until_then(world):
    first, reopened, again = (dt.date(2024, 9, day) for day in (10, 12, 13))
    steps.advance(world, first)
    told = {
        day: selectors.frozen_months(world.plan, at=dates.end_of(day)) for day in (TODAY, first)
    }
    _reopen(world, "", reopened)
    told[reopened] = selectors.frozen_months(world.plan, at=dates.end_of(reopened))
    steps.report(world, "PA1.1-1", moment=noon(reopened), what_happened="Put right.")
    steps.advance(world, again)
    july, august = world.period(steps.JULY), world.period(steps.AUGUST)

    read = {day: selectors.frozen_months(world.plan, at=dates.end_of(day)) for day in told}

    assert read == told
    assert [row for row, _ in read[first]] == [august, july]
    assert read[first][0][1] == noon(first)
    assert [row for row, _ in read[reopened]] == [july]
    assert selectors.frozen_months(world.plan) == [(august, noon(again)), (july, july.frozen_at)]
    assert selectors.moment_of(world.plan, "2024-08", today=again).at == noon(again)


def test_seven_queries_with_those_for_the_months_and_for_measures(world, django_assert_num_queries):
    for key in KEYS:
        world.update(key)
        world.propose(key)
    with django_assert_num_queries(7):
        lines(world, selectors.day_gone_by(TODAY))


# A random history: on each day perhaps something happens, through the services, and whatever the
# rules refuse does not.

DAYS_LATER = st.integers(min_value=-20, max_value=60)


def _report(world, key, day, *, rating, days):
    steps.report(
        world,
        key,
        month=selectors.default_period(world.plan).month,
        moment=dates.start_of(day) + dt.timedelta(hours=10),
        rating=rating,
        forecast_on=day + dt.timedelta(days=abs(days)),
        reason_for_rating="A promise in writing." if days < 0 else "",
        what_happened=f"Told on {day}.",
    )


def _reopen(world, _key, day, **_more):
    """The programme office reopens the last frozen month until the next working day."""
    month = selectors.latest_closed_period(world.plan)
    until = day + ONE_DAY
    while not dates.is_working_day(until):
        until += ONE_DAY
    with at(day):
        periods.unfreeze(
            period=month,
            freezes_on=until,
            reason="A return was missing.",
            base_version=month.version,
            by=world.people[Role.PROGRAMME_OFFICE],
        )


ACTS = {
    "reopen": _reopen,
    "report": _report,
    "propose": lambda world, key, day, **_: steps.propose(world, key, on=day),
    "sign": lambda world, key, day, **_: steps.sign(world, key, on=day),
    "send back": lambda world, key, day, **_: steps.send_back(world, key, on=day),
    "withdraw": lambda world, key, day, **_: steps.withdraw(world, key, on=day),
    "agree": lambda world, key, day, days, **_: steps.agree(
        world, key, day + dt.timedelta(days=days), on=day
    ),
}

# The likeliest first, as hypothesis begins with them: most of a history is reporting.
DEEDS = st.tuples(
    st.sampled_from(["report", "propose", "agree", "send back", "sign", "reopen", "withdraw"]),
    st.sampled_from(KEYS),
    st.sampled_from(["green", "amber", "red"]),
    DAYS_LATER,
)
DAYS = st.tuples(st.integers(min_value=1, max_value=9), st.lists(DEEDS, max_size=3))


def _live_through(world: World, day: dt.date, deeds: list) -> list:
    """A day: the calendar, the night's look, what people do; and what the live page says at its end."""
    steps.advance(world, day, moment=dates.start_of(day))
    steps.flag(world, on=day)
    for act, key, rating, days in deeds:
        try:
            with transaction.atomic():
                ACTS[act](world, key, day, rating=rating, days=days)
        except HertsendError:
            pass
    with dates.at(dates.end_of(day)):
        return lines(world, Moment(on=dates.today()))


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(DAYS, min_size=4, max_size=14))
def test_each_day_reads_as_its_own_live_page_did(world, history):
    with transaction.atomic():
        day, said = TODAY, {}
        for gap, deeds in history:
            day += ONE_DAY * gap
            said[day] = _live_through(world, day, deeds)

        read = {day: lines(world, selectors.day_gone_by(day)) for day in said}

        transaction.set_rollback(True)
    assert read == said


def test_the_histories_that_are_tried_reach_every_stage(world):
    """Without this, a history of refusals would prove nothing."""
    told = [
        [("report", "PA1.1-1", "green", 4), ("report", "PA1.1-2", "red", 3)],
        [("propose", "PA1.1-1", "", 0), ("agree", "PA1.1-2", "", 50)],
        [("send back", "PA1.1-1", "", 0)],
        [("propose", "PA1.1-1", "", 0)],
        [("sign", "PA1.1-1", "", 0), ("withdraw", "PA1.1-2", "", 0)],
    ]
    said = {}
    for number, deeds in enumerate(told):
        day = TODAY + number * ONE_DAY
        said[day] = _live_through(world, day, deeds)

    assert [[line.stage.value for line in found[:2]] for found in said.values()] == [
        ["in_progress", "in_progress"],
        ["proposed_complete", "in_progress"],
        ["in_progress", "in_progress"],
        ["proposed_complete", "in_progress"],
        ["signed_off", "withdrawn"],
    ]
    assert [line.moves for line in said[TODAY + ONE_DAY][:2]] == [0, 1]
    for day, found in said.items():
        assert lines(world, selectors.day_gone_by(day)) == found


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (dt.date(2024, 9, 3), 24),
        (dt.date(2024, 3, 31), 23),
        (dt.date(2024, 10, 27), 25),
    ],
)
def test_a_day_ends_at_midnight_in_london_on_days_of_23_and_25_hours_too(day, hours):
    start, end = dates.start_of(day), dates.end_of(day)
    length = end.astimezone(dt.UTC) - start.astimezone(dt.UTC)
    assert length == dt.timedelta(hours=hours) - dt.timedelta(microseconds=1)
    assert dates.day_of(end) == day
    assert dates.day_of(end + dt.timedelta(microseconds=1)) == day + ONE_DAY


def test_what_happened_in_the_last_minute_of_a_day_belongs_to_it(world):
    moment = dates.end_of(TODAY) - dt.timedelta(seconds=30)
    steps.report(world, "PA1.1-1", moment=moment)
    steps.report(world, "PA1.1-1", moment=moment + dt.timedelta(minutes=1), rating="amber")
    assert lines(world, selectors.day_gone_by(TODAY))[0].rating == "green"
    assert lines(world, selectors.day_gone_by(TODAY + ONE_DAY))[0].rating == "amber"
    assert lines(world, selectors.day_gone_by(TODAY - ONE_DAY))[0].rating == ""
