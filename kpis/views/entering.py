"""The grid in which figures are entered: measures down, periods across, one form, all or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hertsend import dates
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from kpis import permissions, selectors
from kpis.enums import Certainty, Presence
from kpis.models import Indicator
from kpis.policies import periods
from kpis.policies.figures import Figure, Warnings, clean_number, warnings_of
from kpis.policies.periods import Period
from kpis.policies.wording import number_in_words
from kpis.selectors import MeasureLine
from kpis.services import figures
from kpis.services.writing import Entry
from kpis.views.context import crumbs, list_url
from plans.forms import new_submission_key
from plans.models import Plan
from plans.views.context import plan_or_404

CONFLICT_STATUS = 409
SHOWN = 4
WORDS = {
    "c": Presence.SUPPRESSED,
    "low": Presence.LOW,
    "z": Presence.NOT_APPLICABLE,
    "missing": Presence.MISSING,
}
WRITTEN = {presence: word for word, presence in WORDS.items()}


@dataclass
class Cell:
    """One figure of the grid: what is stored, what was typed, and what is said of it."""

    line: MeasureLine
    period: Period
    stored: Figure
    number: int
    name: str
    label: str
    typed: str
    part: str
    whole: str
    base: int = 0
    reason: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    current: str = ""

    @property
    def is_stored(self) -> bool:
        return self.number > 0


@require_http_methods(["GET", "POST"])
def figures_enter(request: HttpRequest, plan: str) -> HttpResponse:
    """Enter figures of the measures that are the reader's to enter."""
    row = plan_or_404(request, plan)
    if not permissions.may_enter_somewhere(request.user, partnership_id=row.partnership_id):
        raise NotAllowed(f"Your role does not let you {Permission.ENTER_FIGURES.label} here.")
    lines = _own(request, row)
    grid = [_cells(line, request.POST) for line in lines]
    cells = [cell for cells in grid for cell in cells]
    if request.method != "POST":
        return _page(request, row, lines, grid)
    try:
        entries = list(_entries(cells))
        asks = request.POST.get("confirmed") != "yes" and any(cell.warnings for cell in cells)
        if asks or any(cell.errors for cell in cells):
            return _page(request, row, lines, grid, asks=asks)
        made = figures.enter(
            plan=row,
            entries=entries,
            by=request.user,
            submission_key=request.POST.get("submission_key", "")[:64],
        )
    except RuleBroken as error:
        _mark(cells, error)
        return _page(request, row, lines, grid)
    except Conflict as error:
        _show_current(cells, error)
        return _page(request, row, lines, grid, conflict=error, status=CONFLICT_STATUS)
    count = len(made)
    told = "Nothing was new." if not count else f"Saved {count} figure{'s' if count != 1 else ''}."
    messages.success(request, told)
    return redirect(f"{reverse('kpis:figures-enter', args=[row.slug])}?{_kept(request)}")


def _kept(request: HttpRequest) -> str:
    asked = request.GET.get("measure", "")
    query = QueryDict(mutable=True)
    if asked:
        query["measure"] = asked
    return query.urlencode()


def _own(request: HttpRequest, plan: Plan) -> list[MeasureLine]:
    """The measures that the reader enters and whose counting is agreed."""
    rows = permissions.visible_to(request.user, Indicator).filter(plan=plan)
    if asked := request.GET.get("measure", ""):
        rows = rows.filter(key=asked[:100].replace("\x00", ""))
    lines = selectors.measure_lines(rows, on=dates.today(), with_others=False)
    return [
        line
        for line in lines
        if line.definition and permissions.may_enter(request.user, line.indicator)
    ]


def _cells(line: MeasureLine, sent: QueryDict) -> list[Cell]:
    """The latest periods that have ended, with what is stored and what was typed."""
    stored = {point.period: point for point in line.points}
    found = []
    for period in periods.due_periods(line.kind, line.frequency, on=dates.today(), count=SHOWN):
        point = stored.get(period)
        figure = point.figure if point and point.rows else Figure(presence=Presence.MISSING)
        number = point.rows if point else 0
        name = f"{line.key}.{period.ends_on:%Y-%m}"
        start = _as_typed(figure) if number else ("", "", "")
        value, part, whole = (
            sent.get(f"{name}.{field}", begun)[:40]
            for field, begun in zip(("value", "part", "whole"), start, strict=True)
        )
        found.append(
            Cell(
                line=line,
                period=period,
                stored=figure,
                number=number,
                name=name,
                label=periods.label(period, line.kind),
                typed=value,
                part=part,
                whole=whole,
                base=_base(sent.get(f"{name}.base", ""), number),
                reason=sent.get(f"{name}.reason", "")[:4000],
            )
        )
    return found


def _base(sent: str, number: int) -> int:
    """The number of the row that stood there when the page was opened."""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else number


def _as_typed(figure: Figure) -> tuple[str, str, str]:
    if figure.presence != Presence.GIVEN:
        return WRITTEN[Presence(figure.presence)], "", ""
    return tuple(  # type: ignore[return-value]
        "" if number is None else f"{number.normalize():f}"
        for number in (figure.value, figure.numerator, figure.denominator)
    )


def _entries(cells: list[Cell]) -> Iterator[Entry]:
    """What was typed as entries; a cell that cannot be read, or is odd, is told so."""
    for cell in cells:
        if (cell.typed, cell.part, cell.whole) == ("", "", "") and not cell.is_stored:
            continue
        if (cell.typed, cell.part, cell.whole) == _as_typed(cell.stored) and cell.is_stored:
            continue
        try:
            figure = _typed_figure(cell)
        except ValueError:
            cell.errors = ("Enter a number, or c, low, z or missing.",)
            continue
        cell.warnings = tuple(warnings_of(figure.number, _known(cell.line)))
        yield Entry(
            indicator=cell.line.indicator,
            period=cell.period,
            figure=figure,
            base_number=cell.base,
            reason=cell.reason,
            name=cell.name,
        )


def _typed_figure(cell: Cell) -> Figure:
    definition = cell.line.definition
    source = definition.source if definition else ""
    word = cell.typed.strip().lower()
    if word in WORDS:
        return Figure(presence=WORDS[word], source=source)
    return Figure(
        value=_number(cell.typed),
        numerator=_number(cell.part),
        denominator=_number(cell.whole),
        certainty=Certainty.PROVISIONAL,
        source=source,
    )


def _number(text: str) -> Decimal | None:
    return clean_number(text) if text.strip() else None


def _known(line: MeasureLine) -> Warnings:
    row = line.indicator
    last = line.points[-1].limits if line.points and len(line.points) > SHOWN else None
    return Warnings(
        plausible_low=row.plausible_low,
        plausible_high=row.plausible_high,
        lower=last.lower if last else None,
        upper=last.upper if last else None,
    )


def _mark(cells: list[Cell], error: RuleBroken) -> None:
    for cell in cells:
        cell.errors = tuple(error.errors.get(cell.name, ()))


def _show_current(cells: list[Cell], error: Conflict) -> None:
    """What is stored now beside what was typed; sent again, the form knows of it."""
    for cell in cells:
        cell.base = cell.number
        if cell.name in error.current:
            now = error.current[cell.name]
            cell.current = "nothing" if now is None else number_in_words(now)


def _page(
    request: HttpRequest,
    plan: Plan,
    lines: list[MeasureLine],
    grid: list[list[Cell]],
    *,
    asks: bool = False,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    faults = [
        {"name": f"{cell.line.indicator.name}, {cell.label}", "id": f"id_{cell.name}", "text": text}
        for cells in grid
        for cell in cells
        for text in cell.errors
    ]
    context = {
        "plan": plan,
        "rows": [{"line": line, "cells": cells} for line, cells in zip(lines, grid, strict=True)],
        "faults": faults,
        "has_errors": bool(faults),
        "asks": asks,
        "conflict": conflict,
        "submission_key": new_submission_key(),
        "back": list_url(plan),
        "crumbs": crumbs(plan, ("Enter figures", "")),
    }
    return render(request, "kpis/figures_enter.html", context, status=status)
