"""Reads of measures: frozen values for pages, API and packs, in a constant number of queries."""

from kpis.selectors.board import MeasureBoard, measure_board
from kpis.selectors.held import held_periods
from kpis.selectors.lines import measure_lines, worst_by_action
from kpis.selectors.measure import ActionStanding, Elsewhere, MeasureLine, PointLine
from kpis.selectors.of_actions import ActionMeasure, measures_by_action

__all__ = [
    "ActionMeasure",
    "ActionStanding",
    "Elsewhere",
    "MeasureBoard",
    "MeasureLine",
    "PointLine",
    "held_periods",
    "measure_board",
    "measure_lines",
    "measures_by_action",
    "worst_by_action",
]
