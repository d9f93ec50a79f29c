"""Reads of governance: a month's dashboard, and packs; each with a constant number of queries."""

from governance.selectors.assurance import (
    AreaAssurance,
    AssuranceLine,
    assurance_in_force,
    assurance_of,
)
from governance.selectors.board import Dashboard, Silence, Slip, dashboard, dashboard_as_at
from governance.selectors.calendar import Calendar, CalendarLine, calendar_of, history_of_period
from governance.selectors.chasing import (
    LastReminder,
    last_reminders,
    leads_of,
    missing_returns,
    return_of,
)
from governance.selectors.figures import Figures
from governance.selectors.months import Months, months_of
from governance.selectors.packs import (
    cut_offs_before,
    latest_pack,
    pack_of_freeze,
    periods_without_pack,
)
from governance.selectors.reading import Reading, read_at
from governance.selectors.reopenings import Reopening, reopened_between, reopenings_of
from governance.selectors.returns import (
    ReturnLine,
    author_ids,
    default_month,
    lacks_returns,
    owed_of,
    returns_of,
    states_of,
)
from governance.selectors.rhythm import (
    Assessment,
    RhythmOfPlan,
    assessment_due,
    months_to_decide,
    rhythm_of,
)
from governance.selectors.tables import AreaRow, MonthPoint, StreamRow

__all__ = [
    "AreaAssurance",
    "AreaRow",
    "Assessment",
    "AssuranceLine",
    "Calendar",
    "CalendarLine",
    "Dashboard",
    "Figures",
    "LastReminder",
    "MonthPoint",
    "Months",
    "Reading",
    "Reopening",
    "ReturnLine",
    "RhythmOfPlan",
    "Silence",
    "Slip",
    "StreamRow",
    "assessment_due",
    "assurance_in_force",
    "assurance_of",
    "author_ids",
    "calendar_of",
    "cut_offs_before",
    "dashboard",
    "dashboard_as_at",
    "default_month",
    "history_of_period",
    "lacks_returns",
    "last_reminders",
    "latest_pack",
    "leads_of",
    "missing_returns",
    "months_of",
    "months_to_decide",
    "owed_of",
    "pack_of_freeze",
    "periods_without_pack",
    "read_at",
    "reopened_between",
    "reopenings_of",
    "return_of",
    "returns_of",
    "rhythm_of",
    "states_of",
]
