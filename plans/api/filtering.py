"""The filters of the list of milestones, on the lines that the list is made of."""

from collections.abc import Mapping
from typing import Any

from hertsend.errors import RuleBroken
from plans.models import Plan
from plans.selectors import MilestoneLine

SAME_VALUE = {"stage": "stage", "rating": "rating", "standing": "standing", "overdue": "is_overdue"}


def chosen(
    lines: list[MilestoneLine], *, plan: Plan, query: Mapping[str, Any]
) -> list[MilestoneLine]:
    """The lines that fit everything that ``query`` (cleaned) asks for, in their order.

    Raises ``RuleBroken`` for a workstream, area or lead that the plan does not have: a misspelt
    key would otherwise look like good news.
    """
    check_keys(plan, query)
    return [line for line in lines if _fits(line, query)]


def _fits(line: MilestoneLine, query: Mapping[str, Any]) -> bool:
    return (
        all(
            getattr(line, attribute) == query[name]
            for name, attribute in SAME_VALUE.items()
            if name in query
        )
        and query.get("workstream", line.workstream_key) == line.workstream_key
        and ("area" not in query or query["area"] in line.area_keys)
        and ("lead" not in query or query["lead"] in line.lead_keys)
    )


def check_keys(plan: Plan, query: Mapping[str, Any]) -> None:
    """Refuse a key that the plan does not have. Raises ``RuleBroken``."""
    known = {
        "workstream": plan.workstreams,
        "area": plan.areas,
        "lead": plan.partnership.posts,
    }
    errors = {
        name: [f"This plan has no {name} “{query[name]}”."]
        for name, rows in known.items()
        if name in query and not rows.filter(key=query[name]).exists()
    }
    if errors:
        raise RuleBroken(errors)
