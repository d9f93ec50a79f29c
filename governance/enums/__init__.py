"""The fixed words of governance."""

from django.db import models

from governance.enums.packs import DeliveryState, Edition, PackAct, PackState

__all__ = ["DeliveryState", "Edition", "PackAct", "PackState"]


class Rhythm(models.TextChoices):
    """How often the executive meets and has an edition of the pack of its own."""

    MONTHLY = "monthly", "Every month"
    TWO_MONTHLY = "two_monthly", "Every two months"
    QUARTERLY = "quarterly", "Every quarter"


class ReturnState(models.TextChoices):
    """How far a return is on its way."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"


class ReturnAct(models.TextChoices):
    """What is done with a return."""

    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"


class ReturnStanding(models.TextChoices):
    """What a return shows: its state, or what its month's freeze made of it."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"
    LOCKED = "locked", "Locked"
    NOT_RECEIVED = "not_received", "Not received"


class GroupTier(models.TextChoices):
    """What kind of body a group is; the values are those of plan files."""

    OVERSIGHT = "oversight", "Oversight"
    EXECUTIVE = "executive", "Executive"
    BOARD = "board", "Board"
    WORKSTREAM = "workstream", "Workstream group"
    ADVISORY = "advisory", "Advisory group"


class Capacity(models.TextChoices):
    """As what somebody sits in a group."""

    CHAIR = "chair", "Chair"
    JOINT_CHAIR = "joint_chair", "Joint chair"
    MEMBER = "member", "Member"
    PARENT_CARER_REPRESENTATIVE = "parent_carer_representative", "Parent carer representative"
    ADVISER = "adviser", "Adviser"
    SECRETARY = "secretary", "Secretary"


class Sector(models.TextChoices):
    """For which part of the partnership somebody sits in a group."""

    EDUCATION = "education", "Education"
    HEALTH = "health", "Health"
    SOCIAL_CARE = "social_care", "Social care"
    FAMILIES = "families", "Families"
    OTHER = "other", "Other"


class MeetingState(models.TextChoices):
    """How far a meeting is on its way."""

    PLANNED = "planned", "Planned"
    AGENDA_OUT = "agenda_out", "Agenda out"
    HELD = "held", "Held"
    MINUTES_AGREED = "minutes_agreed", "Minutes agreed"
    CANCELLED = "cancelled", "Cancelled"


class AgendaKind(models.TextChoices):
    """What an item of an agenda is: one that stands on every agenda, or the meeting's own."""

    DASHBOARD = "dashboard", "Dashboard"
    EXCEPTIONS = "exceptions", "Exceptions"
    ACTION_LOG = "action_log", "Action log"
    RISKS = "risks", "Risks"
    DECISIONS_ASKED = "decisions_asked", "Decisions asked for"
    VOICE_OF_FAMILIES = "voice_of_families", "Voice of families"
    OWN = "own", "Item of this meeting"


class ItemPurpose(models.TextChoices):
    """What an item is on the agenda for."""

    DECISION = "decision", "For decision"
    ASSURANCE = "assurance", "For assurance"
    INFORMATION = "information", "For information"


class MeetingMark(models.TextChoices):
    """Whether somebody came to a meeting."""

    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Sent apologies"
    IN_PLACE = "in_place", "Somebody came in their place"
    NOTED_IN_ERROR = "noted_in_error", "Noted in error"


class AssuranceLevel(models.TextChoices):
    """How sure one may be that an area will achieve what was promised."""

    SUBSTANTIAL = "substantial", "Substantial"
    REASONABLE = "reasonable", "Reasonable"
    LIMITED = "limited", "Limited"
    NONE = "none", "No assurance"


class Chased(models.TextChoices):
    """Whom a missing return is told."""

    LEAD = "lead", "Its leads and their deputies"
    OFFICE = "office", "The programme office"
    EXECUTIVE_CHAIR = "executive_chair", "The executive chair"


class DecisionRequestState(models.TextChoices):
    """What became of a decision that was asked for."""

    OPEN = "open", "Waits for a decision"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PromptKind(models.TextChoices):
    """What can prompt a decision or a log action; each kind has its column in ``Prompt``."""

    INDICATOR = "indicator", "A measure"
    MILESTONE = "milestone", "A milestone"
    EXCEPTION = "exception", "An exception report"
    DATE_REQUEST = "date_request", "A request for a new date"
    FINDING = "finding", "An audit finding"
    RISK = "risk", "A risk"
    FEEDBACK = "feedback", "What families said"


class LogStanding(models.TextChoices):
    """How a log action stands on a day; derived from its dates and never stored."""

    OPEN = "open", "Open"
    OVERDUE = "overdue", "Overdue"
    CLOSED = "closed", "Closed"


class LogShown(models.TextChoices):
    """Which log actions a list shows; each count on top of the log is one of them."""

    OPEN = "open", "Open"
    OVERDUE = "overdue", "Overdue"
    RECENT = "recent", "Closed since the last meeting"
    CLOSED = "closed", "Closed"


class RiskLevel(models.TextChoices):
    """Who looks after a risk: it is escalated from one to the next, and handed back."""

    WORKSTREAM = "workstream", "Workstream"
    BOARD = "board", "Board"
    EXECUTIVE = "executive", "Executive"


class RiskState(models.TextChoices):
    """Whether a risk still counts."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Likelihood(models.IntegerChoices):
    """How likely the event of a risk is."""

    RARE = 1, "Rare"
    UNLIKELY = 2, "Unlikely"
    POSSIBLE = 3, "Possible"
    LIKELY = 4, "Likely"
    ALMOST_CERTAIN = 5, "Almost certain"


class RiskImpact(models.IntegerChoices):
    """How bad the effect of a risk would be."""

    INSIGNIFICANT = 1, "Insignificant"
    MINOR = 2, "Minor"
    MODERATE = 3, "Moderate"
    MAJOR = 4, "Major"
    CATASTROPHIC = 5, "Catastrophic"


class RiskScore(models.TextChoices):
    """Which of the three scores of a risk is shown."""

    INHERENT = "inherent", "Inherent"
    CURRENT = "current", "Current"
    TARGET = "target", "Target"


class Trend(models.TextChoices):
    """Where the current score went with the last review."""

    RISING = "rising", "Rising"
    SAME = "same", "Unchanged"
    FALLING = "falling", "Falling"
    NEW = "new", "New"


class ReviewStanding(models.TextChoices):
    """Whether an open risk was reviewed for the month that is reported on."""

    REVIEWED = "reviewed", "Reviewed"
    DUE = "due", "To be reviewed"
    UNREVIEWED = "unreviewed", "Not reviewed"


class MitigationState(models.TextChoices):
    """How far a mitigation is."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"


class FeedbackState(models.TextChoices):
    """How far an answer to what families said is on its way."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class FeedbackAct(models.TextChoices):
    """What is done with what families said."""

    WRITE = "write", "Write"
    APPROVE = "approve", "Approve"
    PUBLISH = "publish", "Publish"
    WITHDRAW = "withdraw", "Withdraw"


class SummaryState(models.TextChoices):
    """How far an area's sentences for the public summary are on their way."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"


class BarrierState(models.TextChoices):
    """Whether a barrier still waits for help."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class AuditKind(models.TextChoices):
    """What an entry of the assurance programme is."""

    AUDIT = "audit", "Audit"
    QUALITY_CHECK = "quality_check", "Quality check"


class AuditState(models.TextChoices):
    """How far an audit is."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class AuditStanding(models.TextChoices):
    """What the programme shows of an audit: its state, its day, and whether a board was told."""

    PLANNED = "planned", "Planned"
    OVERDUE = "overdue", "Overdue"
    NOT_REPORTED = "not_reported", "Not yet reported"
    REPORTED = "reported", "Reported"
    CANCELLED = "cancelled", "Cancelled"


class FindingKind(models.TextChoices):
    """What a finding is."""

    WORKS = "works", "Works well"
    TO_IMPROVE = "to_improve", "To put right"
