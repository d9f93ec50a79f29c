"""Reads of governance: a month's dashboard, and packs; each with a constant number of queries."""

from governance.selectors.board import Dashboard, Silence, Slip, Waiting, dashboard
from governance.selectors.figures import Figures
from governance.selectors.months import Months, months_of
from governance.selectors.packs import latest_pack, periods_without_pack
from governance.selectors.tables import AreaRow, MonthPoint, StreamRow

__all__ = [
    "AreaRow",
    "Dashboard",
    "Figures",
    "MonthPoint",
    "Months",
    "Silence",
    "Slip",
    "StreamRow",
    "Waiting",
    "dashboard",
    "latest_pack",
    "months_of",
    "periods_without_pack",
]
