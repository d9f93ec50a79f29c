"""The tables of visibility: whose a row is, and which kind of reader sees which of its fields."""

from django.db import models

from hertsend.accounts.models import Post
from plans.models import (
    Action,
    ActionSignOff,
    Ambition,
    Area,
    CommitmentDecision,
    DateChange,
    DateChangeRequest,
    DeepDive,
    Escalation,
    Evidence,
    ExceptionAnswer,
    ExceptionQuestion,
    ExceptionReport,
    GlossaryTerm,
    ImpactDecision,
    ImpactEvidence,
    ImpactRating,
    Judgement,
    Milestone,
    MilestoneException,
    MilestoneUpdate,
    NothingToReport,
    OccurrenceRecord,
    PeriodUnfreezing,
    Plan,
    PlanSection,
    RecurringCommitment,
    ReportingPeriod,
    SheetReading,
    SignatureRequest,
    SignatureSheet,
    StageChange,
    StoredFile,
    UpdateDraft,
    Workstream,
)

PATH_TO_PARTNERSHIP: dict[type[models.Model], str] = {
    Plan: "partnership",
    PlanSection: "plan__partnership",
    Area: "plan__partnership",
    Ambition: "plan__partnership",
    Workstream: "plan__partnership",
    Action: "plan__partnership",
    GlossaryTerm: "plan__partnership",
    Judgement: "plan__partnership",
    ReportingPeriod: "plan__partnership",
    PeriodUnfreezing: "period__plan__partnership",
    Milestone: "plan__partnership",
    MilestoneUpdate: "milestone__plan__partnership",
    NothingToReport: "milestone__plan__partnership",
    UpdateDraft: "milestone__plan__partnership",
    StageChange: "milestone__plan__partnership",
    DateChange: "milestone__plan__partnership",
    MilestoneException: "milestone__plan__partnership",
    Evidence: "action__plan__partnership",
    StoredFile: "plan__partnership",
    SignatureSheet: "plan__partnership",
    SheetReading: "sheet__plan__partnership",
    SignatureRequest: "proposal__milestone__plan__partnership",
    ActionSignOff: "action__plan__partnership",
    ImpactRating: "action__plan__partnership",
    ImpactEvidence: "rating__action__plan__partnership",
    ImpactDecision: "rating__action__plan__partnership",
    RecurringCommitment: "plan__partnership",
    CommitmentDecision: "commitment__plan__partnership",
    OccurrenceRecord: "commitment__plan__partnership",
    ExceptionReport: "milestone__plan__partnership",
    ExceptionQuestion: "milestone__plan__partnership",
    ExceptionAnswer: "question__milestone__plan__partnership",
    DeepDive: "milestone__plan__partnership",
    Escalation: "milestone__plan__partnership",
    DateChangeRequest: "milestone__plan__partnership",
    Post: "partnership",
}

PLAIN_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset(
        {"period", "stage", "rating", "forecast_on", "sentence_for_families", "at", "version"}
    ),
    NothingToReport: frozenset({"period", "at"}),
    StageChange: frozenset({"act", "from_stage", "to_stage", "at", "version"}),
    PeriodUnfreezing: frozenset({"period", "frozen_at", "freezes_on", "at"}),
    DateChange: frozenset({"number", "agreed_on", "at"}),
    MilestoneException: frozenset({"overdue_since", "opened_at", "closed_at", "closure"}),
    Evidence: frozenset(
        {"kind", "title", "dated_on", "what_it_shows", "link", "file", "is_shareable", "added_at"}
    ),
    ActionSignOff: frozenset({"act", "number", "at"}),
    ImpactRating: frozenset({"number", "level", "period", "review_milestone", "at"}),
    ImpactDecision: frozenset({"rating", "outcome", "at"}),
    CommitmentDecision: frozenset(
        {
            *("commitment", "number", "act", "frequency", "months"),
            *("first_on", "ends_on", "owner", "at"),
        }
    ),
    OccurrenceRecord: frozenset(
        {"commitment", "window_from", "window_to", "number", "outcome", "done_on", "at"}
    ),
    ExceptionReport: frozenset(),
    ExceptionQuestion: frozenset(),
    ExceptionAnswer: frozenset(),
    DeepDive: frozenset(),
    Escalation: frozenset(),
    DateChangeRequest: frozenset(),
}
"""What everyone who reads the plan may see of a record, parent carer representatives included."""

OFFICER_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset(
        {"what_happened", "what_is_next", "reason_for_rating", "best_rating", "base_version"}
    ),
    StageChange: frozenset({"words", "evidence_link", "evidence_shareable", "fingerprint", "role"}),
    NothingToReport: frozenset(),
    PeriodUnfreezing: frozenset({"reason", "role"}),
    DateChange: frozenset({"reason", "decision"}),
    MilestoneException: frozenset(),
    Evidence: frozenset({"withdrawn_at", "withdrawn_reason"}),
    ActionSignOff: frozenset({"words", "fingerprint", "role", "last_change"}),
    ImpactRating: frozenset({"words"}),
    ImpactDecision: frozenset({"words", "fingerprint", "role"}),
    CommitmentDecision: frozenset({"words"}),
    OccurrenceRecord: frozenset({"note", "link", "evidence"}),
    ExceptionReport: frozenset(
        {
            "period",
            "number",
            "cause",
            "effect_on_families",
            "what_is_being_done",
            "done_by",
            "ask",
            "asked_of_board",
            "at",
        }
    ),
    ExceptionQuestion: frozenset({"number", "report", "words", "at"}),
    ExceptionAnswer: frozenset({"question", "number", "words", "at"}),
    DeepDive: frozenset(
        {"number", "planned_on", "reason", "asked_at", "state", "outcome", "ended_at", "version"}
    ),
    Escalation: frozenset(
        {"number", "reason", "escalated_at", "state", "response", "ended_at", "version"}
    ),
    DateChangeRequest: frozenset(
        {
            "number",
            "asked_for_on",
            "reason",
            "effect_on_others",
            "requested_at",
            "state",
            "decision",
            "decided_at",
            "granted",
            "version",
        }
    ),
}
"""A lead's raw words and what else is for those who run and watch the plan."""

PEOPLE_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset({"by", "on_behalf_of"}),
    NothingToReport: frozenset({"by"}),
    StageChange: frozenset({"by"}),
    PeriodUnfreezing: frozenset({"by"}),
    DateChange: frozenset({"requested_by", "decided_by"}),
    MilestoneException: frozenset(),
    Evidence: frozenset({"added_by", "withdrawn_by"}),
    ActionSignOff: frozenset({"by"}),
    ImpactRating: frozenset({"by", "on_behalf_of"}),
    ImpactDecision: frozenset({"by"}),
    CommitmentDecision: frozenset({"by"}),
    OccurrenceRecord: frozenset({"by"}),
    ExceptionReport: frozenset({"by", "on_behalf_of"}),
    ExceptionQuestion: frozenset({"by"}),
    ExceptionAnswer: frozenset({"by", "on_behalf_of"}),
    DeepDive: frozenset({"asked_by", "ended_by"}),
    Escalation: frozenset({"escalated_by", "ended_by", "who_acts"}),
    DateChangeRequest: frozenset({"requested_by", "on_behalf_of", "decided_by"}),
}

INTERNAL_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset({"internal_note"}),
    NothingToReport: frozenset(),
    StageChange: frozenset(),
    PeriodUnfreezing: frozenset(),
    DateChange: frozenset(),
    MilestoneException: frozenset(),
    Evidence: frozenset(),
    ActionSignOff: frozenset(),
    ImpactRating: frozenset(),
    ImpactDecision: frozenset(),
    CommitmentDecision: frozenset(),
    OccurrenceRecord: frozenset(),
    ExceptionReport: frozenset(),
    ExceptionQuestion: frozenset(),
    ExceptionAnswer: frozenset(),
    DeepDive: frozenset(),
    Escalation: frozenset(),
    DateChangeRequest: frozenset(),
}

SHARED_WITH_FAMILIES: dict[type[models.Model], models.Q] = {
    Evidence: models.Q(is_shareable=True, withdrawn_at=None),
    StoredFile: models.Q(evidence__is_shareable=True, evidence__withdrawn_at=None),
    SignatureSheet: models.Q(pk=None),
    SheetReading: models.Q(pk=None),
    SignatureRequest: models.Q(pk=None),
    ImpactRating: models.Q(decision__outcome="confirmed"),
    ImpactDecision: models.Q(outcome="confirmed"),
    ImpactEvidence: models.Q(
        rating__decision__outcome="confirmed",
        evidence__is_shareable=True,
        evidence__withdrawn_at=None,
    ),
    ExceptionReport: models.Q(pk=None),
    ExceptionQuestion: models.Q(pk=None),
    ExceptionAnswer: models.Q(pk=None),
    DeepDive: models.Q(pk=None),
    Escalation: models.Q(pk=None),
    DateChangeRequest: models.Q(pk=None),
}
"""Of these, who reads plain English only sees the rows that this lets through; of others, all."""

EXCEPTION_RECORDS: tuple[type[models.Model], ...] = (
    ExceptionReport,
    ExceptionQuestion,
    ExceptionAnswer,
    DeepDive,
    Escalation,
    DateChangeRequest,
    DateChange,
)
"""What is said of exceptions and dates; the names of their fields do not clash in meaning."""
