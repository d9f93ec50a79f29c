"""The shape of what people type about the plan; the rules are ``plans.policies``."""

from plans.forms.acts import (
    ActionSignOffForm,
    ProposalForm,
    ReasonForm,
    SignOffForm,
    WithdrawalForm,
)
from plans.forms.evidence import (
    AddEvidenceForm,
    EvidenceForm,
    EvidenceRows,
    WithdrawEvidenceForm,
)
from plans.forms.milestones import (
    JudgementForm,
    MilestoneFilterForm,
    MilestoneUpdateForm,
    OfferedField,
    SubmissionForm,
    as_parameter,
    new_submission_key,
)

__all__ = [
    "ActionSignOffForm",
    "AddEvidenceForm",
    "EvidenceForm",
    "EvidenceRows",
    "JudgementForm",
    "MilestoneFilterForm",
    "MilestoneUpdateForm",
    "OfferedField",
    "ProposalForm",
    "ReasonForm",
    "SignOffForm",
    "SubmissionForm",
    "WithdrawEvidenceForm",
    "WithdrawalForm",
    "as_parameter",
    "new_submission_key",
]
