"""Who may see and change measures: rows, fields and acts."""

from typing import Any, TypeVar

from django.db import models

from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from kpis.models import (
    ComparatorFigure,
    FigureImport,
    FigureSource,
    Indicator,
    IndicatorDefinition,
    Measurement,
    StepChange,
)

Row = TypeVar("Row", bound=models.Model)

PATH_TO_PARTNERSHIP: dict[type[models.Model], str] = {
    Indicator: "plan__partnership",
    IndicatorDefinition: "indicator__plan__partnership",
    StepChange: "indicator__plan__partnership",
    Measurement: "indicator__plan__partnership",
    ComparatorFigure: "indicator__plan__partnership",
    FigureSource: "plan__partnership",
    FigureImport: "source__plan__partnership",
}

PATH_TO_INDICATOR: dict[type[models.Model], str] = {
    Indicator: "",
    IndicatorDefinition: "indicator__",
    StepChange: "indicator__",
    Measurement: "indicator__",
    ComparatorFigure: "indicator__",
}
"""Rows of a measure; what has none is for those who run the plan alone."""


def visible_to(user: Any, model: type[Row]) -> models.QuerySet[Row]:
    """The rows of ``model`` that the person may read.

    Who reads plain English alone reads the measures that are marked as for families, and nothing
    of the files that figures came from.
    """
    held = access.of(user)
    path = PATH_TO_PARTNERSHIP[model]
    officers = held.partnerships_where(Permission.READ_OFFICERS_WORDS)
    whole = models.Q(**{f"{path}__in": officers})
    if model in PATH_TO_INDICATOR:
        readers = held.partnerships_where(Permission.READ_PLAN)
        shown = models.Q(**{f"{PATH_TO_INDICATOR[model]}for_families": True})
        whole |= models.Q(**{f"{path}__in": readers}) & shown
    return model._default_manager.filter(whole)


def reads_officers_words(user: Any, *, partnership_id: int) -> bool:
    """Whether the person sees notes, reasons and exact figures."""
    return access.of(user).may(Permission.READ_OFFICERS_WORDS, partnership_id=partnership_id)


def reads_people(user: Any, *, partnership_id: int) -> bool:
    """Whether the person sees who entered and decided."""
    return access.of(user).may(Permission.READ_PEOPLE, partnership_id=partnership_id)


def scope_of(indicator: Indicator) -> dict[str, Any]:
    """Where an indicator stands, in the words that ``access`` asks for."""
    return {
        "partnership_id": indicator.plan.partnership_id,
        "workstream_key": indicator.workstream.key,
    }


def may_enter(user: Any, indicator: Indicator) -> bool:
    """Whether the person enters figures of this measure."""
    return access.of(user).may(Permission.ENTER_FIGURES, **scope_of(indicator))


def may_enter_somewhere(user: Any, *, partnership_id: int) -> bool:
    """Whether there is any measure of the partnership of which the person enters figures."""
    return partnership_id in access.of(user).partnerships_where(Permission.ENTER_FIGURES)


def may_manage(user: Any, *, partnership_id: int) -> bool:
    """Whether the person sets how measures are counted and read."""
    return access.of(user).may(Permission.MANAGE_MEASURES, partnership_id=partnership_id)


def may_decide_steps(user: Any, *, partnership_id: int) -> bool:
    """Whether the person decides on step changes."""
    return access.of(user).may(Permission.DECIDE_STEP_CHANGE, partnership_id=partnership_id)
