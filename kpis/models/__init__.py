"""Measures of the plan: what was promised in numbers, and the figures since."""

from kpis.models.importing import FigureImport, FigureSource, FigureTable
from kpis.models.indicator import Indicator, IndicatorDefinition, StepChange
from kpis.models.measurement import ComparatorFigure, Measurement

__all__ = [
    "ComparatorFigure",
    "FigureImport",
    "FigureSource",
    "FigureTable",
    "Indicator",
    "IndicatorDefinition",
    "Measurement",
    "StepChange",
]
