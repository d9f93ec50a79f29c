"""Measures of the world's plan, made through the services wherever there is one."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from kpis.enums import Presence
from kpis.models import (
    FigureImport,
    FigureSource,
    FigureTable,
    Indicator,
    IndicatorDefinition,
)
from kpis.policies.figures import Figure
from kpis.policies.periods import Period, read_period
from kpis.policies.settings import DefinitionWords
from kpis.services import figures, indicators
from kpis.services.indicators import Reading
from kpis.services.writing import Entry
from tests.factories.models import AuditedFactory
from tests.factories.world import TODAY, World, at, noon

START = dt.date(2022, 1, 1)


class IndicatorFactory(AuditedFactory):
    """A measure as the import of a plan file makes it."""

    class Meta:
        model = Indicator


def measure(world: World, key: str = "in-time", stream: str = "PA1", **values: Any) -> Indicator:
    """A share of new plans in time: from 33% in 2022 to 60% by April 2025, 100% by law."""
    default = {
        "name": "New plans in time",
        "unit": "percent",
        "direction": "up",
        "position": Indicator.objects.count() + 1,
        "baseline_text": "33% in 2022",
        "baseline_low": Decimal(33),
        "baseline_high": Decimal(33),
        "baseline_period": "2022",
        "target_text": "60% within 20 weeks",
        "target_low": Decimal(60),
        "target_high": Decimal(60),
        "target_due_text": "April 2025",
        "target_from": dt.date(2025, 4, 1),
        "target_to": dt.date(2025, 4, 30),
        "standard_text": "Every plan in time.",
        "standard_value": Decimal(100),
        "standard_source": "The law",
        "quotes": [{"text": "60% within 20 weeks", "source": f"{stream}.1"}],
    }
    with at(START):
        row = IndicatorFactory(
            plan=world.plan, key=key, workstream=world.workstreams[stream], **(default | values)
        )
    row.actions.set([world.actions[f"{stream}.1"]])
    return row


def words(**more: Any) -> DefinitionWords:
    default = {
        "counting_rule": "New plans in time, of all new plans.",
        "source": "Case system",
        "period_kind": "month",
        "frequency": "monthly",
        "starts_on": START,
        "reason": "Agreed.",
        "numerator": "In time",
        "denominator": "Issued",
    }
    return DefinitionWords(**(default | more))


def define(
    world: World, row: Indicator, *, base: int = 0, on: dt.date = TODAY, **more: Any
) -> IndicatorDefinition:
    """Say how it is counted, as the programme office."""
    with at(on):
        return indicators.define(
            indicator=row,
            words=words(**more),
            base_version=base,
            by=world.people[Role.PROGRAMME_OFFICE],
        )


def show_to_families(world: World, row: Indicator, **more: Any) -> Indicator:
    """Mark it as for families, as the programme office."""
    with at(TODAY):
        return indicators.set_reading(
            indicator=row,
            reading=Reading(**({"for_families": True} | more)),
            reason="Families asked.",
            base_version=row.version,
            by=world.people[Role.PROGRAMME_OFFICE],
        )


def figure(value: Any) -> Figure:
    """A number, a (part, whole), or a presence."""
    if isinstance(value, Presence):
        return Figure(presence=value)
    if isinstance(value, tuple):
        return Figure(numerator=Decimal(value[0]), denominator=Decimal(value[1]))
    return Figure(value=Decimal(str(value)))


def month(text: str) -> Period:
    return read_period(text, "month")


def entry(row: Indicator, text: str, value: Any, **more: Any) -> Entry:
    """A month's figure."""
    default = {"base_number": 0, "name": f"{row.key}.{text}"}
    return Entry(indicator=row, period=month(text), figure=figure(value), **(default | more))


def enter(
    world: World,
    row: Indicator,
    values: dict[str, Any],
    *,
    by: User | None = None,
    on: dt.date = TODAY,
    **more: Any,
):
    """Enter months' figures, as the lead unless said otherwise."""
    with at(on):
        return figures.enter(
            plan=world.plan,
            entries=[entry(row, text, value, **more) for text, value in values.items()],
            by=by or world.people[Role.WORKSTREAM_LEAD],
        )


def months(first: str, values: list[Any]) -> dict[str, Any]:
    """Values for months in a row."""
    year, number = map(int, first.split("-"))
    return {
        f"{year + (number - 1 + step) // 12}-{(number - 1 + step) % 12 + 1:02}": value
        for step, value in enumerate(values)
    }


def kept_file(world: World, cells: list[list[str]], source: str = "Case system") -> FigureImport:
    """A file that was read and not stored, with its table as it is kept."""
    system = User.objects.system()
    row = FigureSource(plan=world.plan, name=source)
    save_audited(row, by=system, reason="Set up for a test")
    file = FigureImport(
        source=row,
        file_name="figures.csv",
        sha256="0" * 64,
        read_by=world.people[Role.PROGRAMME_OFFICE],
        read_at=noon(TODAY),
    )
    save_audited(file, by=system, reason="Set up for a test")
    FigureTable.objects.create(file=file, cells=cells)
    return file
