"""The fixed words of the plan's keeping. Values are stored and never change; labels may."""

from django.db import models


class AreaKind(models.TextChoices):
    """What the inspectors asked for."""

    PRIORITY_ACTION = "priority_action", "Priority action"
    AREA_FOR_IMPROVEMENT = "area_for_improvement", "Area for improvement"


class Precision(models.TextChoices):
    """How exactly the plan states a milestone's date."""

    DAY = "day", "a day"
    MONTH = "month", "a month"
    YEAR = "year", "a year"
    FINANCIAL_OR_ACADEMIC_YEAR = "financial_or_academic_year", "a financial or academic year"
    RANGE = "range", "a range"
    RECURRING = "recurring", "recurring"
    ONGOING = "ongoing", "ongoing"
    TBD = "tbd", "to be determined"
    NONE = "none", "no date"
    INVALID = "invalid", "a day that does not exist"


class MilestoneKind(models.TextChoices):
    """What kind of promise a milestone is."""

    DELIVERY = "delivery", "Delivery"
    IMPACT_REVIEW = "impact_review", "Review of impact"


class Stage(models.TextChoices):
    """How far a milestone is; never a colour."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    PROPOSED_COMPLETE = "proposed_complete", "Proposed complete"
    SIGNED_OFF = "signed_off", "Signed off"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Rating(models.TextChoices):
    """The lead's confidence that the milestone will be delivered by its date."""

    GREEN = "green", "On track"
    AMBER = "amber", "At risk"
    RED = "red", "Off track"


class Standing(models.TextChoices):
    """What is shown as delivery: the lead's rating of a month, or what is derived instead."""

    GREEN = "green", "On track"
    AMBER = "amber", "At risk"
    RED = "red", "Off track"
    COMPLETE = "complete", "Complete"
    EMBEDDED = "embedded", "Embedded"
    NOT_STARTED = "not_started", "Not started"
    NO_UPDATE = "no_update", "No update"
    WITHDRAWN = "withdrawn", "Withdrawn"


class StageAct(models.TextChoices):
    """An act that moves a milestone along the way to sign-off."""

    PROPOSED = "proposed", "Proposed complete"
    SIGNED_OFF = "signed_off", "Signed off"
    RETURNED = "returned", "Returned"
    TAKEN_BACK = "taken_back", "Taken back"
    REOPENED = "reopened", "Reopened"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ActionAct(models.TextChoices):
    """An act of an accountable joint chair on a whole action."""

    SIGNED = "signed", "Signed off"
    REOPENED = "reopened", "Reopened"


class EvidenceKind(models.TextChoices):
    """What kind of thing shows that something was done, or that it made a difference."""

    DATA = "data", "Data"
    AUDIT = "audit", "Audit"
    SURVEY = "survey", "Survey"
    CASE_STUDY = "case_study", "Case study"
    FEEDBACK = "feedback", "Parent carer or young people’s feedback"
    COMPLAINTS = "complaints", "Complaints and compliments"
    DOCUMENT = "document", "Document"


class MediaType(models.TextChoices):
    """The types of file that are kept, each found by its content and never by its name."""

    PDF = "application/pdf", "PDF"
    WORD = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word document",
    )
    SPREADSHEET = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel spreadsheet",
    )
    SLIDES = (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PowerPoint slides",
    )
    OPEN_TEXT = "application/vnd.oasis.opendocument.text", "OpenDocument text"
    OPEN_SPREADSHEET = (
        "application/vnd.oasis.opendocument.spreadsheet",
        "OpenDocument spreadsheet",
    )
    PNG = "image/png", "PNG picture"
    JPEG = "image/jpeg", "JPEG picture"
    TEXT = "text/plain", "Text"
    CSV = "text/csv", "CSV table"


class PeriodState(models.TextChoices):
    """Where a reporting period is in its month."""

    SCHEDULED = "scheduled", "Scheduled"
    OPEN = "open", "Open"
    DUE = "due", "Due"
    FROZEN = "frozen", "Frozen"
    REPORTED = "reported", "Reported"


class ExceptionClosure(models.TextChoices):
    """Why an overdue spell ended."""

    COMPLETED = "completed", "Proposed complete"
    DATE_AGREED = "date_agreed", "A new date was agreed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class BoardAsk(models.TextChoices):
    """What an exception report asks of the board; that nothing is asked is said too."""

    NONE = "none", "Nothing"
    INFORMATION = "information", "To take note"
    DECISION = "decision", "A decision"
    HELP = "help", "Help"


class DeepDiveState(models.TextChoices):
    """What became of a deep dive."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class EscalationState(models.TextChoices):
    """What became of an escalation to the Executive."""

    OPEN = "open", "With the Executive"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DateRequestState(models.TextChoices):
    """What became of a request for a new date."""

    OPEN = "open", "Waiting for a decision"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class JudgementState(models.TextChoices):
    """What the programme office says of a judgement made in reading the plan."""

    OPEN = "open", "To confirm"
    CONFIRMED = "confirmed", "Confirmed"
    DISPUTED = "disputed", "Disputed"


class ImpactLevel(models.IntegerChoices):
    """What difference an action makes to families, judged apart from whether it was delivered."""

    TOO_EARLY = 0, "Too early to say"
    NO_EVIDENCE = 1, "No evidence of a difference"
    EARLY = 2, "Early evidence, not consistent"
    CONSISTENT = 3, "Consistent evidence"
    SUSTAINED = 4, "Sustained"


class ImpactOutcome(models.TextChoices):
    """How a proposed impact rating ended: by a joint chair, or taken back by its workstream."""

    CONFIRMED = "confirmed", "Confirmed"
    RETURNED = "returned", "Returned"
    TAKEN_BACK = "taken_back", "Taken back"


class Frequency(models.TextChoices):
    """How often a recurring commitment comes again."""

    WEEKLY = "weekly", "Every week"
    THREE_WEEKLY = "three_weekly", "Every three weeks"
    MONTHLY = "monthly", "Every month"
    TWO_MONTHLY = "two_monthly", "Every two months"
    QUARTERLY = "quarterly", "Every quarter"
    TERMLY = "termly", "Every term"
    YEARLY = "yearly", "Every year, in given months"


class CommitmentState(models.TextChoices):
    """Where a recurring commitment is: only a confirmed one has occurrences."""

    PROPOSED = "proposed", "To confirm"
    CONFIRMED = "confirmed", "Confirmed"
    ENDED = "ended", "Ended"


class CommitmentAct(models.TextChoices):
    """What the programme office decides on a recurring commitment."""

    CONFIRMED = "confirmed", "Rule confirmed"
    ENDED = "ended", "Ended"


class OccurrenceOutcome(models.TextChoices):
    """What is recorded of one occurrence."""

    DONE = "done", "Done"
    MISSED = "missed", "Missed"


class OccurrenceState(models.TextChoices):
    """How one occurrence stands on a day: what was recorded, else what its window says."""

    DONE = "done", "Done"
    MISSED = "missed", "Missed"
    DUE = "due", "Due now"
    NOT_DUE = "not_due", "Not due yet"


class RowGroup(models.TextChoices):
    """Where a milestone stands in a month's return, by what its dates and its stage ask for."""

    LATE = "late", "Overdue or off track"
    SOON = "soon", "Due within 60 days"
    STARTED = "started", "Started, due later"
    REST = "rest", "Not started, due later"
    ENDED = "ended", "Not expected this month"


class RowState(models.TextChoices):
    """How far one row of a return is."""

    NOT_BEGUN = "not_begun", "Not begun"
    INCOMPLETE = "incomplete", "Something is missing"
    OVERTAKEN = "overtaken", "Changed meanwhile"
    NEEDS_EXCEPTION = "needs_exception", "Exception report missing"
    READY = "ready", "Ready"
    REPORTED = "reported", "Reported"
    NOTHING = "nothing", "Nothing to report"
