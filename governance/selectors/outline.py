"""What the plan itself holds, whatever the month: read once for a dashboard and all that is told of it."""

from dataclasses import dataclass

from plans.models import Action, Area, CommitmentDecision, Plan, Workstream
from plans.selectors import decisions_of


@dataclass(frozen=True)
class Outline:
    """The plan's workstreams, areas and actions in its order, and what was decided on what comes again."""

    workstreams: tuple[Workstream, ...]
    areas: tuple[Area, ...]
    actions: tuple[Action, ...]
    decided: tuple[CommitmentDecision, ...]

    @classmethod
    def of(cls, plan: Plan) -> "Outline":
        """Four queries."""
        return cls(
            workstreams=tuple(plan.workstreams.all()),
            areas=tuple(plan.areas.all()),
            actions=tuple(plan.actions.all()),
            decided=tuple(decisions_of(plan)),
        )
