"""A world whose August is frozen: rolled back after a test, or, for packs' own transactions, kept."""

import datetime as dt

import pytest

from tests.factories.world import World, noon
from tests.governance import steps


@pytest.fixture
def packable(db) -> World:
    """August is frozen; PA1 has a milestone of each kind, AI1 one off track."""
    return told()


@pytest.fixture
def committed(transactional_db) -> World:
    """The same, in a database that really commits: assembling a pack needs its own transactions."""
    return told()


def told() -> World:
    world = World.build()
    early = dt.date(2024, 9, 4)
    steps.report(world, "PA1.1-1", moment=noon(early), what_happened="The board met.")
    steps.report(
        world,
        "AI1.1-1",
        moment=noon(early),
        rating="red",
        what_happened="It stalled.",
        what_is_next="A new supplier.",
    )
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=dt.date(2024, 9, 6))
    steps.advance(world, steps.AUGUST_FREEZES)
    return world
