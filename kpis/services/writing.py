"""What every writing of figures does: lock, compare with what is there, check, add a row.

Called by services inside their transaction.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import Conflict, RuleBroken
from kpis.enums import ComparatorKind
from kpis.models import (
    ComparatorFigure,
    FigureImport,
    Indicator,
    IndicatorDefinition,
    Measurement,
)
from kpis.policies.figures import Figure, check_figure
from kpis.policies.periods import Period

Result = TypeVar("Result")


@dataclass(frozen=True)
class Entry:
    """A figure for one period of one indicator.

    ``base_number`` is the number of the row that stood there when the page was opened, zero where
    none did; ``name`` is what the form calls the cell.
    """

    indicator: Indicator
    period: Period
    figure: Figure
    base_number: int
    reason: str = ""
    name: str = ""


def first_come(service: Callable[..., Result]) -> Callable[..., Result]:
    """Tell the second of two who enter the same figure at once that it is the second."""

    @functools.wraps(service)
    def guarded(*args: Any, **kwargs: Any) -> Result:
        try:
            return service(*args, **kwargs)
        except IntegrityError as error:
            if "unique" not in str(error).lower():
                raise
            raise Conflict("Someone else entered this figure a moment before you.") from error

    return guarded


def lock_indicators(keys: Iterable[int]) -> dict[int, Indicator]:
    """The indicators as stored now, locked in one order until the transaction ends."""
    rows = Indicator.objects.select_for_update(of=("self",)).select_related("plan", "workstream")
    return {row.pk: row for row in rows.filter(pk__in=set(keys)).order_by("pk")}


@dataclass(frozen=True)
class Latest:
    """What counts of a period, if anything does, and the highest number of its rows."""

    figure: Figure | None
    number: int


def latest_of(indicators: Iterable[int]) -> dict[tuple[int, Period], Latest]:
    """What counts of each period; figures of files that were taken back do not."""
    rows = Measurement.objects.filter(indicator__in=list(indicators)).in_order()
    found: dict[tuple[int, Period], Latest] = {}
    for row in rows.select_related("imported_by"):
        key = (row.indicator_id, Period(row.starts_on, row.ends_on))
        before = found[key].figure if key in found else None
        figure = before if row.is_taken_back else figure_in(row)
        found[key] = Latest(figure, row.number)
    return found


def definitions_of(indicators: Iterable[int]) -> dict[int, IndicatorDefinition]:
    """The definition in force of each indicator that has one."""
    rows = IndicatorDefinition.objects.filter(indicator__in=list(indicators))
    return {row.indicator_id: row for row in rows.order_by("version")}


def figure_in(row: Measurement) -> Figure:
    """What a stored row says."""
    names = (
        *("presence", "value", "numerator", "denominator"),
        *("certainty", "note", "source"),
    )
    return Figure(**{name: getattr(row, name) for name in names})


def check_entry(one: Entry, before: Latest | None, definition: IndicatorDefinition | None) -> None:
    """Refuse one entry that is no figure of its measure. Raises ``RuleBroken``."""
    if definition is None:
        raise RuleBroken(
            "How this measure is counted is not agreed yet. The programme office can say so."
        )
    if one.period.ends_on > dates.today():
        raise RuleBroken("This period has not ended.")
    stored = before.figure if before else None
    same = stored is not None and one.figure.says_the_same(stored)
    check_figure(
        one.figure,
        has_parts=definition.has_parts,
        is_percent=one.indicator.is_percent,
        is_correction=before is not None and not same,
        reason=one.reason,
    )


def add(
    one: Entry, *, number: int, by: User, imported_by: FigureImport | None = None
) -> Measurement:
    """Write one row. Called by services inside their transaction."""
    return Measurement.add(
        indicator=one.indicator,
        starts_on=one.period.starts_on,
        ends_on=one.period.ends_on,
        number=number,
        reason=one.reason.strip(),
        imported_by=imported_by,
        by=by,
        at=dates.now(),
        **asdict(one.figure),
    )


def _latest(
    indicator: Indicator, kind: ComparatorKind, place: str, period: Period
) -> ComparatorFigure | None:
    rows = indicator.comparators.filter(
        kind=kind, place=place, starts_on=period.starts_on, ends_on=period.ends_on
    )
    return rows.order_by("-number").first()


def add_elsewhere(
    *,
    indicator: Indicator,
    kind: ComparatorKind,
    place: str,
    period: Period,
    value: Decimal,
    source: str,
    by: User,
    imported_by: FigureImport | None = None,
) -> ComparatorFigure:
    """Write one row, or answer with the one that says the same. Called inside a transaction."""
    before = _latest(indicator, kind, place, period)
    if before is not None and before.value == value:
        return before
    return ComparatorFigure.add(
        indicator=indicator,
        kind=kind,
        place=place,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        number=before.number + 1 if before else 1,
        value=value,
        source=source,
        imported_by=imported_by,
        by=by,
        at=dates.now(),
    )
