"""Reading measures: the board's table, one measure, its chart and its figures as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hertsend import dates
from hertsend.charts import as_png
from hertsend.records.exports import csv_text
from kpis import permissions
from kpis.enums import Status, Variation
from kpis.forms import MeasureFilterForm
from kpis.models import Indicator, Measurement
from kpis.selectors import MeasureBoard, MeasureLine, drawings, measure_lines, table, telling
from kpis.selectors.board import COUNTED
from kpis.views.context import (
    board_of,
    crumbs,
    indicator_or_404,
    is_exact,
    line_of,
    list_url,
    measure_url,
)
from plans.views.context import plan_or_404

RECENT, MOST_PLACES = 24, 3
KEY = (
    (Variation.IMPROVING_HIGH, "Improving"),
    (Variation.WORSENING_LOW, "Getting worse"),
    (Variation.COMMON, "No change beyond chance"),
    (Variation.UNSUITABLE, "Not suitable for limits"),
)


@require_safe
def indicator_list(request: HttpRequest, plan: str) -> HttpResponse:
    """All measures by workstream: how each stands, moves, and is told of by the plan."""
    row = plan_or_404(request, plan)
    board = board_of(request, row)
    form = _filters(request, board)
    form.is_valid()
    found = {line.key for line in table.matching(board.lines, form.cleaned_data)}
    here = list_url(row)
    context = {
        "plan": row,
        "board": board,
        "form": form,
        "here": here,
        "figures": [
            {
                "status": status,
                "count": board.counts[status],
                "note": note,
                "url": f"{here}?show={'old' if status == Status.NO_DATA else status.value}",
            }
            for status, note in COUNTED
        ],
        "questions": _questions(board, here),
        "groups": [
            {"group": group, "rows": [_row(line) for line in group.lines if line.key in found]}
            for group in board.groups
        ],
        "is_filtered": len(found) < len(board.lines),
        "shown": len(found),
        "key": KEY,
        "export": f"{reverse('kpis:indicator-export', args=[row.slug])}?{request.GET.urlencode()}",
        "may_enter": permissions.may_enter_somewhere(
            request.user, partnership_id=row.partnership_id
        ),
        "show_key": True,
    }
    return render(request, "kpis/indicator_list.html", context)


def _filters(request: HttpRequest, board: MeasureBoard) -> MeasureFilterForm:
    streams = [(group.key, f"{group.key} {group.name}") for group in board.groups]
    tied = [(one.key, one.text) for one in board.outcomes if one.lines]
    return MeasureFilterForm(
        request.GET,
        areas=[("", "All workstreams"), *streams],
        outcomes=[("", "All outcomes"), *tied],
        auto_id="filter_%s",
    )


def _questions(board: MeasureBoard, here: str) -> list[dict[str, Any]]:
    """What a board asks of its measures, with the answers as links."""
    asked = (
        ("Which improve beyond chance?", "improving", board.improving),
        ("Which will not meet their target?", "will_miss", board.missing_targets),
        ("Which contradict the delivery rating?", "contradicts", board.contradicting),
        ("Which are out of date?", "old", board.old),
    )
    return [
        {"label": label, "url": f"{here}?show={show}", "count": len(lines)}
        for label, show, lines in asked
    ]


def _row(line: MeasureLine) -> dict[str, Any]:
    """A measure as the table shows it."""
    latest, unit = line.latest, line.indicator.unit
    change, note = telling.change_words(line)
    short = line.short_of_law
    return {
        "line": line,
        "url": line.indicator.get_absolute_url(),
        "says": telling.promise_line(line),
        "spark": drawings.draw_spark(line),
        "latest": telling.latest_words(line),
        "expected": telling.shown(latest.expected, unit)
        if latest and latest.expected is not None
        else "",
        "change": change,
        "change_note": note,
        "variation": line.variation.value,
        "law": "" if short is None else telling.distance(short, unit),
        "data_to": telling.age_words(line),
    }


@require_safe
def indicator_export(request: HttpRequest, plan: str) -> HttpResponse:
    """Exactly the rows of the table, in their order, as CSV."""
    row = plan_or_404(request, plan)
    board = board_of(request, row)
    form = _filters(request, board)
    form.is_valid()
    found = table.matching(board.lines, form.cleaned_data)
    text = csv_text(table.CSV_HEADINGS, (table.csv_row(line) for line in found))
    return _file(text, "text/csv; charset=utf-8", f"{row.slug}-measures.csv")


@require_safe
def indicator_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One measure: where it is, whether it really moves, what was promised, and every figure."""
    indicator = indicator_or_404(request, plan, key)
    trial = request.GET.get("limits") == "trial"
    line = line_of(request, indicator, trial=trial)
    bold, more = telling.headline(line)
    rows = [
        {"point": point, "reading": telling.figure_cells(point, line)}
        for point in reversed(line.points)
    ]
    context = {
        "plan": indicator.plan,
        "indicator": indicator,
        "line": line,
        "bold": bold,
        "more": more,
        "figures": _figures(line),
        "chart": drawings.draw_measure(line),
        "says": telling.chart_says(line),
        "trial": trial,
        "trial_possible": telling.trial_possible(line),
        "companions": _companions(request, indicator),
        "rows": rows[:RECENT],
        "older": rows[RECENT:],
        "elsewhere": table.elsewhere_rows(line),
        "promise": telling.promise_line(line),
        "exact": is_exact(request, indicator.plan),
        "people": permissions.reads_people(
            request.user, partnership_id=indicator.plan.partnership_id
        ),
        "corrections": _corrections(request, indicator),
        "steps": _steps(request, indicator),
        "acts": _acts(request, indicator),
        "crumbs": crumbs(
            indicator.plan,
            (
                indicator.workstream.key,
                f"{list_url(indicator.plan)}?area={indicator.workstream.key.replace('&', '%26')}",
            ),
            (indicator.name, ""),
        ),
        "show_key": True,
    }
    return render(request, "kpis/indicator_detail.html", context)


def _figures(line: MeasureLine) -> list[dict[str, str]]:
    """The numbers above the chart: the latest, what is promised, the law, and elsewhere."""
    row, latest = line.indicator, line.latest
    found = []
    if latest is not None:
        found.append(
            {
                "value": telling.latest_words(line),
                "label": f"latest, {latest.label}",
                "note": telling.latest_note(latest),
            }
        )
    target = telling.bounds_in_words(line.promise.target, row.unit)
    if target:
        found.append({"value": target, "label": line.promise.word, "note": telling.due_note(line)})
    if line.promise.standard is not None:
        found.append(
            {
                "value": telling.shown(line.promise.standard, row.unit),
                "label": "legal standard",
                "note": telling.law_note(line),
            }
        )
    found += [
        {"value": telling.shown(one.value, row.unit), "label": one.place, "note": one.label}
        for one in line.elsewhere[:MOST_PLACES]
    ]
    return found


def _companions(request: HttpRequest, indicator: Indicator) -> list[dict[str, str]]:
    """The measures to be read together with it, each with where it is."""
    beside = permissions.visible_to(request.user, Indicator).filter(
        pk__in=indicator.companions.values("pk")
    )
    lines = measure_lines(
        beside, on=dates.today(), exact=is_exact(request, indicator.plan), with_others=False
    )
    return [
        {
            "name": line.indicator.name,
            "url": line.indicator.get_absolute_url(),
            "words": telling.beside_words(line),
        }
        for line in lines
    ]


def _corrections(request: HttpRequest, indicator: Indicator) -> list[dict[str, Any]]:
    """Rows that were replaced, and those that replaced them, with the reasons."""
    if not is_exact(request, indicator.plan):
        return []
    rows = permissions.visible_to(request.user, Measurement).filter(indicator=indicator)
    corrected = rows.filter(number__gt=1).values("starts_on")
    found = list(
        rows.filter(starts_on__in=corrected).select_related("by").order_by("-ends_on", "number")
    )
    last = {(row.starts_on, row.ends_on): row.number for row in found}
    return [
        {
            "row": row,
            "words": telling.shown(row.figure, indicator.unit, presence=row.presence),
            "is_replaced": row.number < last[row.starts_on, row.ends_on],
        }
        for row in found
    ]


def _steps(request: HttpRequest, indicator: Indicator) -> list:
    if not is_exact(request, indicator.plan):
        return []
    return list(indicator.step_changes.select_related("proposed_by", "decided_by"))


def _acts(request: HttpRequest, indicator: Indicator) -> list[dict[str, str]]:
    """What the reader may do with it, as links."""
    found = []
    partnership = indicator.plan.partnership_id
    if permissions.may_enter(request.user, indicator):
        enter = reverse("kpis:figures-enter", args=[indicator.plan.slug])
        found.append({"label": "Enter figures", "url": f"{enter}?measure={indicator.key}"})
        found.append(
            {"label": "Propose a step change", "url": measure_url("step-propose", indicator)}
        )
    if permissions.may_manage(request.user, partnership_id=partnership):
        found.append(
            {"label": "Change how it is counted", "url": measure_url("definition-new", indicator)}
        )
        found.append(
            {"label": "Change how it is read", "url": measure_url("reading-edit", indicator)}
        )
    return found


@require_safe
def indicator_figures(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Every period of a measure as CSV: the numbers of its chart."""
    indicator = indicator_or_404(request, plan, key)
    line = line_of(request, indicator)
    rows = table.figure_rows(line)
    text = csv_text(table.figure_headings(line), rows)
    return _file(text, "text/csv; charset=utf-8", f"{indicator.key}.csv")


@require_safe
def indicator_drawing(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The chart as SVG, with its title on it."""
    indicator = indicator_or_404(request, plan, key)
    drawing = drawings.draw_copy(line_of(request, indicator))
    return _file(drawing, "image/svg+xml; charset=utf-8", f"{indicator.key}.svg")


@require_safe
def indicator_picture(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """The chart as PNG, for slides."""
    indicator = indicator_or_404(request, plan, key)
    picture = as_png(drawings.draw_copy(line_of(request, indicator)))
    return _file(picture, "image/png", f"{indicator.key}.png")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
