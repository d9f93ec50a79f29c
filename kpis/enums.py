"""The kinds of things that measures are made of; values are stable, labels may change."""

from django.db import models


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", "Higher is better"
    DOWN = "down", "Lower is better"
    NONE = "none", "Neither way is better"


class PeriodKind(models.TextChoices):
    """What stretch of time one figure speaks of."""

    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"
    ROLLING = "rolling", "Rolling twelve months"
    YEAR_TO_DATE = "year_to_date", "Year to date"
    POINT = "point", "On a day"


class Frequency(models.TextChoices):
    """How often a figure is due."""

    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    YEARLY = "yearly", "Every year"


class Presence(models.TextChoices):
    """Whether there is a figure, and if not, why not. Zero is a figure."""

    GIVEN = "given", "Given"
    MISSING = "missing", "Missing"
    SUPPRESSED = "suppressed", "Suppressed (c)"
    LOW = "low", "Low: rounds to zero and is not zero"
    NOT_APPLICABLE = "not_applicable", "Not applicable (z)"


class Certainty(models.TextChoices):
    """Whether a figure may still be revised."""

    PROVISIONAL = "provisional", "Provisional"
    FINAL = "final", "Final"


class ComparatorKind(models.TextChoices):
    """With whom a measure is compared."""

    ENGLAND = "england", "England"
    REGION = "region", "Region"
    NEIGHBOURS = "neighbours", "Statistical neighbours"


class StepState(models.TextChoices):
    """Where a proposed step change is."""

    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class SpecialCause(models.TextChoices):
    """Why a point is more than chance, in the order in which the rules are tried."""

    ABOVE = "above", "Above the upper limit"
    BELOW = "below", "Below the lower limit"
    RISING = "rising", "Part of a rising trend"
    FALLING = "falling", "Part of a falling trend"
    NEAR_HIGH = "near_high", "Two of three near the upper limit"
    NEAR_LOW = "near_low", "Two of three near the lower limit"
    SHIFT_UP = "shift_up", "Part of a run above the average"
    SHIFT_DOWN = "shift_down", "Part of a run below the average"
    COMMON = "common", "Within the expected range"


class Variation(models.TextChoices):
    """What the latest point says of the measure."""

    IMPROVING_HIGH = "improving_high", "Improving"
    IMPROVING_LOW = "improving_low", "Improving"
    WORSENING_HIGH = "worsening_high", "Getting worse"
    WORSENING_LOW = "worsening_low", "Getting worse"
    CHANGED_HIGH = "changed_high", "Higher than before"
    CHANGED_LOW = "changed_low", "Lower than before"
    COMMON = "common", "No change beyond chance"
    UNSUITABLE = "unsuitable", "Not suitable for limits"


class Assurance(models.TextChoices):
    """Whether the target would be met by chance alone."""

    PASS = "pass", "Met whatever chance does"
    FAIL = "fail", "Missed whatever chance does"
    EITHER = "either", "May hit or miss"
    NONE = "none", "Cannot be said"


class Status(models.TextChoices):
    """A measure's latest figure against what the trajectory expects."""

    MET = "met", "Met"
    WITHIN_TOLERANCE = "within_tolerance", "Within tolerance"
    MISSED = "missed", "Missed"
    NOT_DUE = "not_due", "Not due yet"
    NO_NUMBER = "no_number", "No number to reach"
    NO_DATA = "no_data", "No data received"


class ImportState(models.TextChoices):
    """How far a file with figures is."""

    READ = "read", "Read, not stored"
    STORED = "stored", "Stored"
    REVERSED = "reversed", "Taken back"
