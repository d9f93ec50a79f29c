"""A town at the beginning of the three months that it lives through."""

import datetime as dt

import pytest
import time_machine

from hertsend import dates
from tests.factories.world import World
from tests.journeys.town import Town

pytest.register_assert_rewrite(
    *("tests.journeys.september", "tests.journeys.october", "tests.journeys.november"),
    *("tests.journeys.boards", "tests.journeys.executive", "tests.journeys.risk_and_voice"),
    *("tests.journeys.audit_and_leaver", "tests.journeys.quarter"),
)

FIRST_DAY = dt.date(2024, 9, 2)


@pytest.fixture
def town(transactional_db) -> Town:
    """On Monday 2 September 2024, the first month of its calendar just opened."""
    morning = dt.datetime.combine(FIRST_DAY, dt.time(9), tzinfo=dates.LONDON)
    with time_machine.travel(morning) as clock:
        yield Town(World.build(on=FIRST_DAY, first=dt.date(2024, 9, 1)), clock, FIRST_DAY)
