"""The names by which the schema of the interface calls the lists of words that several shapes share."""

PLANS = (
    *("AreaKind", "BoardAsk", "DateRequestState", "DeepDiveState", "EscalationState"),
    *("EvidenceKind", "ImpactLevel", "ImpactOutcome", "MilestoneKind", "OccurrenceOutcome"),
    *("PeriodState", "Rating", "RowState", "Stage", "Standing"),
)
GOVERNANCE = (
    *("AssuranceLevel", "AuditKind", "AuditStanding", "BarrierState", "FindingKind"),
    *("AgendaKind", "DecisionRequestState", "ItemPurpose", "LogStanding", "MeetingMark"),
    *("MeetingState", "PromptKind"),
    *("MitigationState", "ReturnStanding", "ReviewStanding", "RiskLevel", "RiskState", "Trend"),
)

ENUM_NAMES: dict[str, str] = {
    "RhythmWord": "governance.enums.Rhythm",
    **{name: f"plans.enums.{name}" for name in PLANS},
    **{name: f"governance.enums.{name}" for name in GOVERNANCE},
}
"""A name of the schema, and the enum that it stands for."""
