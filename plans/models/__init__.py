"""What was promised and how far it is. Each module holds one aggregate."""

from plans.models.commitments import (
    CommitmentDecision,
    OccurrenceRecord,
    RecurringCommitment,
)
from plans.models.date_requests import DateChangeRequest
from plans.models.draft import UpdateDraft
from plans.models.evidence import Evidence, StoredFile
from plans.models.exceptions import (
    DeepDive,
    Escalation,
    ExceptionAnswer,
    ExceptionQuestion,
    ExceptionReport,
)
from plans.models.impact import ImpactDecision, ImpactEvidence, ImpactRating
from plans.models.milestone import Milestone, MilestoneLead
from plans.models.period import PeriodUnfreezing, ReportingPeriod
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
    NothingToReport,
    StageChange,
)
from plans.models.sign_off import (
    ActionSignOff,
    SheetReading,
    SignatureRequest,
    SignatureSheet,
)

__all__ = [
    "Action",
    "ActionSignOff",
    "Ambition",
    "Area",
    "AreaAccountability",
    "CommitmentDecision",
    "DateChange",
    "DateChangeRequest",
    "DeepDive",
    "Escalation",
    "Evidence",
    "ExceptionAnswer",
    "ExceptionQuestion",
    "ExceptionReport",
    "GlossaryTerm",
    "ImpactDecision",
    "ImpactEvidence",
    "ImpactRating",
    "Judgement",
    "Milestone",
    "MilestoneException",
    "MilestoneLead",
    "MilestoneUpdate",
    "NothingToReport",
    "OccurrenceRecord",
    "PeriodUnfreezing",
    "Plan",
    "PlanSection",
    "RecurringCommitment",
    "ReportingPeriod",
    "SheetReading",
    "SignatureRequest",
    "SignatureSheet",
    "StageChange",
    "StoredFile",
    "UpdateDraft",
    "Workstream",
]
