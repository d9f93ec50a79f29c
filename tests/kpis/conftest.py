"""One world for each module of these tests, with a measure that is counted in parts."""

import pytest

from tests.factories import measures as make
from tests.factories.shared import built_world, world

__all__ = ["built_world", "world"]


@pytest.fixture
def indicator(world):
    """A measure of PA1, counted, without figures."""
    row = make.measure(world)
    make.define(world, row)
    return row
