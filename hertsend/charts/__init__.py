"""Drawings as SVG: values in, text of an `<svg>` out.

Nothing here knows a model, Django or the clock. Each drawing has a title and a description for screen
readers, escapes every label, carries no style attribute and no script (so that it stands under a strict
content security policy), and is the same text for the same values. Colours are presentation attributes of
the drawing, so that a page and a printed document can use the same text. The table with the same numbers
stands beside the drawing, on the page (`<c-chart>`).
"""

from hertsend.charts.bars import StackedBar, stacked_bars
from hertsend.charts.burn_up import BurnUpPoint, burn_up
from hertsend.charts.date_line import date_line
from hertsend.charts.matrix import MatrixCell, risk_matrix
from hertsend.charts.png import as_png
from hertsend.charts.series import series_chart
from hertsend.charts.series_parts import Band, Level, Other, Series, SeriesPoint, Step
from hertsend.charts.sparkline import sparkline
from hertsend.charts.tiers import TierBox, tiers

__all__ = [
    "Band",
    "BurnUpPoint",
    "Level",
    "MatrixCell",
    "Other",
    "Series",
    "SeriesPoint",
    "StackedBar",
    "Step",
    "TierBox",
    "as_png",
    "burn_up",
    "date_line",
    "risk_matrix",
    "series_chart",
    "sparkline",
    "stacked_bars",
    "tiers",
]
