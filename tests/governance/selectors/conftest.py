import datetime as dt

import pytest

from tests.factories.shared import built_world, world
from tests.factories.world import noon
from tests.governance import steps
from tests.governance.steps import AUGUST_FREEZES, SEPTEMBER

__all__ = ["built_world", "world"]


@pytest.fixture
def september(world):
    """September is frozen: one milestone of each fate, all due on 30 September."""
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 4)))
    steps.report(
        world,
        "PA1.1-2",
        moment=noon(dt.date(2024, 9, 4)),
        rating="amber",
        forecast_on=dt.date(2024, 10, 4),
    )
    steps.advance(world, AUGUST_FREEZES)
    for key in ("PA1.1-1", "AI1.1-1", "AI1.1-2"):
        steps.report(world, key, month=SEPTEMBER, moment=noon(dt.date(2024, 9, 20)))
    steps.report(
        world,
        "AI1.1-1",
        month=SEPTEMBER,
        moment=noon(dt.date(2024, 10, 2)),
        rating="red",
        forecast_on=dt.date(2024, 11, 1),
        what_happened="It stalled.",
    )
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 25))
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=dt.date(2024, 9, 26))
    steps.advance(world, steps.SEPTEMBER_FREEZES)
    return world
