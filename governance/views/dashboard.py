"""The board's dashboard: a month, compared with another; each number leads to what it counts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import permissions, selectors
from governance.boardpack.drawings import draw_burn_up, draw_stages
from governance.enums import Edition
from governance.forms import MonthForm, as_parameter, from_parameter
from governance.models import BoardPack
from governance.permissions.packs import visible_packs
from governance.selectors import Dashboard, Months, StreamRow
from governance.views.context import ShortList, plan_of_board, table_link
from hertsend import dates
from plans.enums import Standing
from plans.models import Plan, ReportingPeriod
from plans.selectors import Moment
from plans.selectors.moments import PARAMETER
from plans.views.moments import as_at_context, moment_asked

TableLink = Callable[..., str]

FIGURE_FILTERS: dict[str, dict[str, str]] = {
    "overdue": {"overdue": "on"},
    "off-track": {"rating": "red"},
    "no-update": {"rating": "no_update"},
    "awaiting": {"stage": "proposed_complete"},
}
"""The filters of the live table that give exactly what a figure counts."""

FIGURE_ANCHORS = {"off-track": "#needs-board"}


@require_safe
def dashboard(request: HttpRequest, plan: str) -> HttpResponse:
    """The latest closed month, or the month or day that the address asks for."""
    row = plan_of_board(request, plan)
    moment = moment_asked(request, row)
    months = selectors.months_of(row)
    board = _board(request, row, months, moment)
    shown = as_at_context(request, row, moment, instead_of="month")
    if board is None:
        shown |= {"plan": row, "sentence": months.first_freeze(), "running": _running(row, months)}
        return render(request, "governance/dashboard_empty.html", shown)
    shown |= _context(row, months, board, moment) | {"pack": _pack(request, board)}
    return render(request, "governance/dashboard.html", shown)


def _pack(request: HttpRequest, board: Dashboard) -> BoardPack | None:
    """The newest pack of the month that the reader may open."""
    packs = visible_packs(request.user).filter(edition=Edition.BOARD, period=board.reading.period)
    return packs.select_related("period__plan").defer("content").order_by("-revision").first()


def _board(request: HttpRequest, plan: Plan, months: Months, moment: Moment) -> Dashboard | None:
    """What the address asks for; None before the first freeze."""
    visible = permissions.visible_words(request.user, plan)
    asked = from_parameter(request.GET.get("compare", ""))
    if moment.is_past and moment.period is None:
        earlier = months.before(dates.first_of(moment.on), asked=asked, at=moment.at)
        return selectors.dashboard_as_at(plan, moment, visible=visible, compare_with=earlier)
    period = moment.period or _chosen(request, months)
    if period is None:
        return None
    earlier = months.before(period.month, asked=asked)
    return selectors.dashboard(plan, period, visible=visible, compare_with=earlier)


def _chosen(request: HttpRequest, months: Months) -> ReportingPeriod | None:
    """The month of the address, else the latest closed; None before the first freeze."""
    if text := request.GET.get("month", ""):
        month = from_parameter(text)
        period = months.of(month) if month else None
        if period is None:
            raise Http404("There is no such month.")
        return period
    return next(iter(months.closed), None)


def _context(plan: Plan, months: Months, board: Dashboard, as_at: Moment) -> dict[str, Any]:
    reading = board.reading
    initial = {"month": as_parameter(reading.month)} if reading.period else {}
    if board.before:
        initial["compare"] = as_parameter(board.before.month)
    table = _table(plan, board, as_at)
    return {
        "plan": plan,
        "board": board,
        "form": MonthForm(
            months=months.offered if reading.period else (),
            earlier=months.earlier(reading.month, at=None if reading.period else reading.at),
            as_at="" if reading.period else as_at.parameter,
            initial=initial,
            auto_id="choose_%s",
        ),
        "running": _running(plan, months, besides=reading.period),
        "figures": [(figure, _figure_link(table, figure.key)) for figure in board.headline_figures],
        "stage_chart": draw_stages(board.streams, month=reading.label),
        "burn_up_chart": draw_burn_up(board.burn_up, sentence=board.burn_up_words),
        "streams": [_stream(table, board, row) for row in [*board.streams, board.all_streams]],
        "standings": [
            standing for standing in board.all_streams.standings if _shown(board, standing)
        ],
        "lists": {
            name: ShortList(getattr(board, name))
            for name in ("overdue", "slipped", "undated", "due_soon", "awaiting", "signed_off")
        }
        | {
            "cases": ShortList(board.heard.cases),
            "requests": ShortList(board.heard.requests),
            "refused": ShortList(board.heard.refused),
        },
        "all_undated_url": table(due="none"),
        "due_soon_url": table(due="30"),
        "show_all_keys": True,
    }


def _running(
    plan: Plan, months: Months, *, besides: ReportingPeriod | None = None
) -> list[dict[str, str]]:
    """Links to the months that still take updates."""
    here = reverse("governance:dashboard", args=[plan.slug])
    return [
        {"label": f"{row.label} so far", "url": f"{here}?month={as_parameter(row.month)}"}
        for row in months.running
        if row != besides
    ]


def _table(plan: Plan, board: Dashboard, as_at: Moment) -> TableLink:
    """The address of the table that shows what is counted here, filtered; "" where none does.

    A closed month that was not asked for as at its freeze leads to the lists on the page instead:
    its milestones are opened as they are today.
    """
    if as_at.is_past:
        return partial(table_link, plan, **{PARAMETER: as_at.parameter})
    return partial(table_link, plan) if board.reading.is_live else lambda **_filters: ""


def _figure_link(table: TableLink, key: str) -> str:
    """The table, where it counts the same; else the list on the page."""
    found = table(**FIGURE_FILTERS[key]) if key in FIGURE_FILTERS else ""
    return found or FIGURE_ANCHORS.get(key, f"#{key}")


def _shown(board: Dashboard, standing: Standing) -> bool:
    """No column for what no milestone is, unless it can be everyone's from one month to the next."""
    rare = (Standing.EMBEDDED, Standing.WITHDRAWN)
    return standing not in rare or bool(board.all_streams.standings[standing])


def _stream(table: TableLink, board: Dashboard, row: StreamRow) -> dict[str, Any]:
    """A row of the table by workstream: each count with its link where there is one."""
    where = {"workstream": row.key} if row.key else {}

    def link(**filters: str) -> str:
        return table(**where, **filters)

    return {
        "row": row,
        "url": link() if row.key else "",
        "cells": [
            {"standing": standing, "count": count, "url": link(rating=standing.value)}
            for standing, count in row.standings.items()
            if _shown(board, standing)
        ],
        "overdue_url": link(overdue="on"),
        "total_url": link(),
        "stages": list(row.stages.items()),
    }
