"""Addresses of the plan's API, spelt out as a program that uses it would."""

from typing import Any
from urllib.parse import quote

from tests.factories.world import World


def address(world: World, *parts: str) -> str:
    """The address of something in the world's plan."""
    return "/".join(
        ["/api/v1/plans", world.plan.slug, *(quote(part, safe="") for part in parts), ""]
    )


def milestone_address(world: World, *parts: str, key: str = "PA1.1-1") -> str:
    """The address of a milestone, or of something below it."""
    return address(world, "milestones", key, *parts)


def words(**changes: Any) -> dict[str, Any]:
    """The body of an update that is accepted in the world as it is built."""
    body = {
        "stage": "in_progress",
        "rating": "green",
        "what_happened": "Two sessions were held.",
        "base_version": 0,
    }
    return {name: value for name, value in (body | changes).items() if value is not None}
