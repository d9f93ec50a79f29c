"""The board's dashboard: a month, compared with another; each number leads to what it counts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import permissions, selectors
from governance.boardpack.drawings import draw_burn_up, draw_stages
from governance.enums import Edition
from governance.forms import MonthForm, as_parameter, from_parameter
from governance.selectors import Dashboard, Months, StreamRow
from governance.views.context import ShortList, plan_of_board, table_link
from plans.enums import Standing
from plans.models import Plan, ReportingPeriod

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
    """The latest closed month, or the one that the address asks for."""
    row = plan_of_board(request, plan)
    months = selectors.months_of(row)
    period = _chosen(request, months)
    if period is None:
        context = {"plan": row, "sentence": months.first_freeze(), "running": _running(row, months)}
        return render(request, "governance/dashboard_empty.html", context)
    asked = from_parameter(request.GET.get("compare", ""))
    board = selectors.dashboard(
        row,
        period,
        visible=permissions.visible_words(request.user, row),
        compare_with=months.before(period.month, asked=asked),
    )
    return render(request, "governance/dashboard.html", _context(row, months, board))


def _chosen(request: HttpRequest, months: Months) -> ReportingPeriod | None:
    """The month of the address, else the latest closed; None before the first freeze."""
    if text := request.GET.get("month", ""):
        month = from_parameter(text)
        period = months.of(month) if month else None
        if period is None:
            raise Http404("There is no such month.")
        return period
    return next(iter(months.closed), None)


def _context(plan: Plan, months: Months, board: Dashboard) -> dict[str, Any]:
    month = board.reading.month
    initial = {"month": as_parameter(month)}
    if board.before:
        initial["compare"] = as_parameter(board.before.month)
    return {
        "plan": plan,
        "board": board,
        "form": MonthForm(
            months=months.offered,
            earlier=[row for row in months.closed if row.month < month],
            initial=initial,
            auto_id="choose_%s",
        ),
        "running": _running(plan, months, besides=board.reading.period),
        "pack": selectors.latest_pack(period=board.reading.period, edition=Edition.BOARD),
        "figures": [
            (figure, _figure_link(plan, board, figure.key)) for figure in board.headline_figures
        ],
        "stage_chart": draw_stages(board.streams, month=board.reading.label),
        "burn_up_chart": draw_burn_up(board.burn_up, sentence=board.burn_up_words),
        "streams": [_stream(plan, board, row) for row in [*board.streams, board.all_streams]],
        "standings": [
            standing for standing in board.all_streams.standings if _shown(board, standing)
        ],
        "lists": {
            name: ShortList(getattr(board, name))
            for name in ("needs_board", "overdue", "slipped", "undated", "due_soon", "awaiting")
        },
        "all_undated_url": table_link(plan, due="none") if board.reading.is_live else "",
        "due_soon_url": table_link(plan, due="30") if board.reading.is_live else "",
        "show_key": True,
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


def _figure_link(plan: Plan, board: Dashboard, key: str) -> str:
    """The live table, where it counts the same; else the list on the page."""
    if board.reading.is_live and key in FIGURE_FILTERS:
        return table_link(plan, **FIGURE_FILTERS[key])
    return FIGURE_ANCHORS.get(key, f"#{key}")


def _shown(board: Dashboard, standing: Standing) -> bool:
    """No column for what no milestone is, unless it can be everyone's from one month to the next."""
    rare = (Standing.EMBEDDED, Standing.WITHDRAWN)
    return standing not in rare or bool(board.all_streams.standings[standing])


def _stream(plan: Plan, board: Dashboard, row: StreamRow) -> dict[str, Any]:
    """A row of the table by workstream: each count with its link while the month is live."""
    where = {"workstream": row.key} if row.key else {}

    def link(**filters: str) -> str:
        return table_link(plan, **where, **filters) if board.reading.is_live else ""

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
