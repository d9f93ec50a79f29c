"""Measures on the stage: one of PA1 and one of AI1, for families too, with all that belongs to them."""

from decimal import Decimal
from typing import Any

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from kpis.enums import ComparatorKind
from kpis.models import Indicator, StepChange
from kpis.policies.periods import read_period
from kpis.services import comparators, steps
from tests.factories import measures as make
from tests.factories.world import World

VALUES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 39, 36, 41]
CELLS = [["measure", "period", "value"], ["", "2024-08", "1"]]


def stand(world: World) -> dict[str, Any]:
    """The measures of a partnership, and the values that stand in addresses."""
    own = filled(world, "in-time", stream="PA1")
    other = filled(world, "in-time-elsewhere", stream="AI1")
    step = propose(world, own, "2024-03")
    propose(world, other, "2024-03", by=world.other_lead)
    file = make.kept_file(world, CELLS, source="Source 1")
    return {"measure": own.key, "step": step.number, "file": file.pk}


def filled(world: World, key: str, *, stream: str) -> Indicator:
    """A measure with a definition, figures, a correction and a comparator."""
    row = make.measure(world, key, stream=stream, note="Read so.")
    lead = world.people[Role.WORKSTREAM_LEAD] if stream == "PA1" else world.other_lead
    make.define(world, row)
    make.enter(world, row, make.months("2023-07", VALUES), by=lead)
    make.enter(world, row, {"2024-07": 37}, base_number=1, reason="Late.", by=lead)
    comparators.record_elsewhere(
        indicator=row,
        kind=ComparatorKind.ENGLAND,
        place="England",
        period=read_period("2023", "year"),
        value=Decimal("50.3"),
        source="DfE",
        by=lead,
    )
    return make.show_to_families(world, row, plain_words="were in time")


def propose(world: World, row: Indicator, text: str, by: User | None = None) -> StepChange:
    return steps.propose(
        indicator=row,
        starts_on=make.month(text).starts_on,
        reason="New staff.",
        by=by or world.people[Role.WORKSTREAM_LEAD],
    )


def grow(world: World, number: int) -> None:
    """One more measure, and more of everything in the first."""
    row = filled(world, f"grown-{number}", stream="PA1")
    first = Indicator.objects.get(plan=world.plan, key="in-time")
    first.companions.add(row)
    make.enter(world, first, {f"2023-0{number}": 30})
    propose(world, first, f"2023-0{number}")
    make.kept_file(world, CELLS, source=f"Source {10 + number}")
