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
    WITHDRAWN = "withdrawn", "Withdrawn"


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


class JudgementState(models.TextChoices):
    """What the programme office says of a judgement made in reading the plan."""

    OPEN = "open", "To confirm"
    CONFIRMED = "confirmed", "Confirmed"
    DISPUTED = "disputed", "Disputed"
