"""Every test of the API stands in one world, on its day."""

import pytest

from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield
