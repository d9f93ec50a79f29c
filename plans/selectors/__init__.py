"""Reads of the plan: frozen values for pages, API and packs, each with a constant number of queries."""

from plans.selectors.duties import Duty, duties_by_person, duties_of
from plans.selectors.lines import MilestoneLine, lines_of
from plans.selectors.periods import (
    current_periods,
    default_period,
    latest_closed_period,
    period_of_month,
)
from plans.selectors.single import MilestoneDates, author_ids, dates_of, fingerprint_of

__all__ = [
    "Duty",
    "MilestoneDates",
    "MilestoneLine",
    "author_ids",
    "current_periods",
    "dates_of",
    "default_period",
    "duties_by_person",
    "duties_of",
    "fingerprint_of",
    "latest_closed_period",
    "lines_of",
    "period_of_month",
]
