"""What was promised and how far it is. Each module holds one aggregate."""

from plans.models.milestone import Milestone, MilestoneLead
from plans.models.period import ReportingPeriod
from plans.models.plan import (
    Action,
    Ambition,
    Area,
    AreaAccountability,
    GlossaryTerm,
    Judgement,
    Plan,
    PlanSection,
    Workstream,
)
from plans.models.progress import (
    DateChange,
    MilestoneException,
    MilestoneUpdate,
    StageChange,
)

__all__ = [
    "Action",
    "Ambition",
    "Area",
    "AreaAccountability",
    "DateChange",
    "GlossaryTerm",
    "Judgement",
    "Milestone",
    "MilestoneException",
    "MilestoneLead",
    "MilestoneUpdate",
    "Plan",
    "PlanSection",
    "ReportingPeriod",
    "StageChange",
    "Workstream",
]
