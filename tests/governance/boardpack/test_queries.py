"""A snapshot asks the database forty times at most, whatever the size of the plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.boardpack.snapshot import of
from governance.enums import Edition
from plans.models import ReportingPeriod
from tests.access.growing import grow
from tests.access.stage import Stage, clock
from tests.factories.shared import built_world, world

__all__ = ["built_world", "world"]

MOST = 40


def asked_of(period: ReportingPeriod) -> dict[Edition, int]:
    """How many queries each edition of a month takes."""
    counts = {}
    for edition in Edition:
        with clock(), CaptureQueriesContext(connection) as captured:
            of(period, edition=edition, revision=1)
        counts[edition] = len(captured)
    return counts


@pytest.mark.slow
def test_each_edition_asks_as_often_for_three_rows_of_each_kind_as_for_one(world):
    stage = Stage.build(world)
    grow(stage, 1)
    frozen = ReportingPeriod.objects.select_related("plan__partnership").closed()
    period = frozen.filter(plan=world.plan).latest("month")
    few = asked_of(period)

    for number in (2, 3):
        grow(stage, number)

    many = asked_of(period)
    assert many == few
    assert max(many.values()) <= MOST, many
    assert many[Edition.FAMILIES] < many[Edition.BOARD]
