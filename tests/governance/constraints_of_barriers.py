"""Illegal states of barriers."""

from typing import Any

from governance import models
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal


def barrier(world: World, number: int) -> dict[str, Any]:
    """A barrier by its number."""
    return {
        "plan": world.plan,
        "workstream": world.workstreams["PA1"],
        "key": f"B{number}",
        "title": "No room.",
        "effect": "Children wait.",
        "help_wanted": "A room.",
        "needed_by": TODAY,
        "owner": world.people[Role.JOINT_CHAIR],
        "raised_by": world.people[Role.WORKSTREAM_LEAD],
        "raised_at": noon(TODAY),
    }


VALID = {models.Barrier: barrier}

REFUSALS = [
    Refusal("barrier_key_once", models.Barrier, same=("plan", "key")),
    Refusal("barrier_known_state", models.Barrier, {"state": "lost"}),
    Refusal("barrier_has_words", models.Barrier, {"title": ""}),
    Refusal("barrier_has_words", models.Barrier, {"help_wanted": ""}),
    Refusal("barrier_answered_by_and_when", models.Barrier, {"answer": "So."}),
    Refusal("barrier_state_fits_answer", models.Barrier, {"state": "answered"}),
    Refusal("barrier_closed_when_and_how", models.Barrier, {"outcome": "So."}),
    Refusal("barrier_closed_when_and_how", models.Barrier, {"state": "closed"}),
]
