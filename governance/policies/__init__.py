"""The rules of governance, on plain values: no database, no request, no clock."""

from governance.policies.assurance import check_assurance
from governance.policies.chasing import (
    LADDER,
    chase_step,
    due_days_chased,
    lead_step,
)
from governance.policies.returns import (
    ACTS,
    OWED,
    check_act,
    check_comment,
    check_owed,
    is_late,
    is_owed,
    is_own_return,
    standing,
)
from governance.policies.rhythm import (
    Span,
    carries_meeting,
    check_rhythm,
    is_assessment_due,
    months_later,
    promised_until,
    span_of,
)

__all__ = [
    "ACTS",
    "LADDER",
    "OWED",
    "Span",
    "carries_meeting",
    "chase_step",
    "check_act",
    "check_assurance",
    "check_comment",
    "check_owed",
    "check_rhythm",
    "due_days_chased",
    "is_assessment_due",
    "is_late",
    "is_owed",
    "is_own_return",
    "lead_step",
    "months_later",
    "promised_until",
    "span_of",
    "standing",
]
