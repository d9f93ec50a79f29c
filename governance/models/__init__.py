"""What governance keeps: returns, groups and their meetings, decisions, log and risks, and what boards are given."""

from governance.models.assurance import AssuranceRating
from governance.models.audits import Audit, AuditFinding
from governance.models.barriers import Barrier
from governance.models.decisions import Decision, DecisionRequest
from governance.models.feedback import FeedbackItem, FeedbackPublication
from governance.models.feeds import CalendarFeed
from governance.models.groups import Group, Membership, TermsOfReference
from governance.models.log import LogAction, LogActionNote
from governance.models.meetings import (
    AgendaItem,
    Attendance,
    DeclaredInterest,
    Meeting,
    MeetingPaper,
)
from governance.models.mitigations import Mitigation
from governance.models.pack_runs import Delivery, PackRun
from governance.models.packs import BoardPack
from governance.models.prompts import Prompt
from governance.models.public_summary import AreaSummary, PublicSetting, SummaryPublication
from governance.models.reminders import ReturnReminder
from governance.models.returns import Return, ReturnStep
from governance.models.rhythm import RhythmDecision
from governance.models.risks import Risk, RiskBands, RiskMove, RiskReview

__all__ = [
    "AgendaItem",
    "AreaSummary",
    "AssuranceRating",
    "Attendance",
    "Audit",
    "AuditFinding",
    "Barrier",
    "BoardPack",
    "CalendarFeed",
    "Decision",
    "DecisionRequest",
    "DeclaredInterest",
    "Delivery",
    "FeedbackItem",
    "FeedbackPublication",
    "Group",
    "LogAction",
    "LogActionNote",
    "Meeting",
    "MeetingPaper",
    "Membership",
    "Mitigation",
    "PackRun",
    "Prompt",
    "PublicSetting",
    "Return",
    "ReturnReminder",
    "ReturnStep",
    "RhythmDecision",
    "Risk",
    "RiskBands",
    "RiskMove",
    "RiskReview",
    "SummaryPublication",
    "TermsOfReference",
]
