"""A plan that says how often its executive is reported to at first."""

from plans.models import PlanSection
from tests.access.growing import added
from tests.factories.world import World

QUOTE = "The executive has monthly reports for the first three months, then this is assessed."


def promise(world: World) -> World:
    """The plan says: monthly for three months (July to September), then assessed."""
    said = {"rhythm": "monthly", "assessed_after_months": 3, "quote": QUOTE}
    added(PlanSection, plan=world.plan, key="reporting", content=said)
    return world
