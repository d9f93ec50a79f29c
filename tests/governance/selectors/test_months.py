"""Which months are offered, and what is said before the first freeze."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.selectors import months_of
from tests.factories import models as make
from tests.governance import steps
from tests.governance.steps import AUGUST, AUGUST_FREEZES, JULY, SEPTEMBER


def test_months_that_have_opened_are_offered_latest_first(world):
    with CaptureQueriesContext(connection) as captured:
        months = months_of(world.plan)
    assert len(captured) == 1
    assert [row.month for row in months.offered] == [SEPTEMBER, AUGUST, JULY]
    assert [row.month for row in months.closed] == [JULY]
    assert [row.month for row in months.running] == [SEPTEMBER, AUGUST]
    assert months.of(AUGUST) == world.period(AUGUST)
    assert months.of(dt.date(2024, 10, 1)) is None


def test_a_month_is_compared_with_the_closed_one_before_it_unless_asked_otherwise(world):
    steps.advance(world, AUGUST_FREEZES)
    months = months_of(world.plan)
    assert months.before(SEPTEMBER).month == AUGUST
    assert months.before(SEPTEMBER, asked=JULY).month == JULY
    assert months.before(AUGUST, asked=SEPTEMBER).month == JULY
    assert months.before(JULY) is None


def test_before_the_first_freeze_the_sentence_says_when_it_is(world):
    first = months_of(world.plan).first_freeze()
    assert first == (
        "No month has been frozen yet. The first is August 2024, on 10 September 2024."
    )


def test_before_the_calendar_begins_the_first_scheduled_month_is_named(world):
    plan = make.PlanFactory(partnership=world.partnership)
    assert months_of(plan).first_freeze() == "No month has been frozen yet, and none is planned."
    steps.schedule(plan, dt.date(2025, 1, 1), on=dt.date(2024, 9, 3))
    assert months_of(plan).first_freeze() == (
        "No month has been frozen yet. The first is January 2025, on 11 February 2025."
    )
