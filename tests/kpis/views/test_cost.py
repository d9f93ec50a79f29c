"""What the table of measures costs: the database is asked as often for 47 measures as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hertsend.accounts.roles import Role
from kpis.models import Measurement
from tests.factories import measures as make
from tests.factories.world import TODAY, at

MEASURES, MONTHS = 47, 36
OFFICERS, FAMILIES = 12, 13


def fill(world, count):
    """So many measures with three years of months each, ready to be shown to families."""
    values = make.months("2021-08", [40 + step % 7 for step in range(MONTHS)])
    for number in range(count):
        row = make.measure(world, f"measure-{number}", name=f"Measure {number}")
        make.define(world, row)
        make.enter(world, row, values)
        make.show_to_families(world, row)


def cost_of(client, world):
    """How many queries the page takes in all, with what stands around it, and how many rows it has."""
    address = reverse("kpis:indicator-list", args=[world.plan.slug])
    with at(TODAY), CaptureQueriesContext(connection) as queries:
        body = client.get(address).content.decode()
    return len(queries), body.count('class="hs-sparkline"')


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, MEASURES])
def test_at_most_twelve_queries_however_many_measures(world, as_role, count):
    fill(world, count)
    assert Measurement.objects.count() == count * MONTHS

    assert cost_of(as_role(Role.BOARD_MEMBER), world) == (OFFICERS, count)
    assert cost_of(as_role(Role.WORKSTREAM_LEAD), world) == (OFFICERS, count)
    # One more asks whether the person sits in a group, for the menu.
    assert cost_of(as_role(Role.PARENT_CARER_REPRESENTATIVE), world) == (FAMILIES, count)
