"""The register of risks: list, matrix, CSV; one risk with all that became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import permissions
from governance.boardpack.drawings import Drawing, draw_matrix
from governance.enums import PromptKind, RiskLevel, RiskScore
from governance.forms.risks import RiskFilterForm
from governance.models import Risk
from governance.permissions import risks
from governance.policies.risks import Score, is_escalation, levels_next_to
from governance.selectors import risks as reads
from governance.selectors.register import CSV_HEADINGS, Wanted, csv_row, matching
from governance.selectors.risks import BandsInForce, Cell, RiskLine
from governance.views.raising import led_to
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Role
from hertsend.records.exports import csv_text
from plans.models import Plan
from plans.views.context import crumbs, key_or_404, plan_or_404

PAGE_SIZE = 25
HISTORY_SIZE = 25
OF_CELL = ("likelihood", "impact")


def readable_plan(request: HttpRequest, slug: str) -> Plan:
    """The plan, for whoever reads its risks. Raises ``NotAllowed`` for other readers of the plan."""
    plan = plan_or_404(request, slug)
    risks.require_risks(request.user, plan)
    return plan


def risk_or_404(request: HttpRequest, slug: str, key: str) -> Risk:
    """The risk of that number; one that is not shown to the reader is not there."""
    plan = readable_plan(request, slug)
    rows = risks.visible_risks(request.user).filter(plan=plan)
    rows = rows.select_related("plan__partnership", "workstream", "owner")
    return get_object_or_404(rows, key=key_or_404(key))


@dataclass(frozen=True)
class Register:
    """The risks that fit the filters, and those that fit all but the cell of the matrix."""

    plan: Plan
    form: RiskFilterForm
    bands: BandsInForce
    total: int
    before_cell: list[RiskLine]
    lines: list[RiskLine]
    which: str


def _register(request: HttpRequest, plan: Plan) -> Register:
    on = dates.today()
    bands = reads.bands_of(plan, on=on)
    form = RiskFilterForm(
        request.GET,
        streams=plan.workstreams.all(),
        bands=[band.name for band in bands.bands],
        auto_id="filter_%s",
    )
    form.is_valid()
    asked = form.cleaned_data
    lines = reads.risk_lines(risks.visible_risks(request.user).filter(plan=plan), plan, on=on)
    wanted = Wanted(
        words=asked.get("q", ""),
        workstream=asked.get("workstream", ""),
        level=asked.get("level", ""),
        band=asked.get("band", ""),
        review=asked.get("review", ""),
        owner_id=request.user.pk if asked.get("owner") == "me" else None,
        state=asked.get("state", ""),
        which=asked.get("score") or RiskScore.CURRENT,
    )
    found = matching(lines, wanted)
    cell = _cell_asked(asked)
    return Register(
        plan=plan,
        form=form,
        bands=bands,
        total=len(lines),
        before_cell=found,
        lines=[each for each in found if cell in (None, each.scored(wanted.which).score)],
        which=wanted.which,
    )


def _cell_asked(asked: dict[str, Any]) -> Score | None:
    likelihood, impact = asked.get("likelihood"), asked.get("impact")
    return Score(likelihood, impact) if likelihood and impact else None


@require_safe
def risk_list(request: HttpRequest, plan: str) -> HttpResponse:
    """The register: the matrix, which is a filter, and the risks that fit."""
    row = readable_plan(request, plan)
    register = _register(request, row)
    here = reverse("governance:risk-list", args=[row.slug])
    chosen = _cell_asked(register.form.cleaned_data)
    cells = reads.matrix_of(register.before_cell, which=register.which, bands=register.bands.bands)
    context = {
        "plan": row,
        "register": register,
        "form": register.form,
        "page": Paginator(register.lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "unreviewed": sum(line.is_unreviewed for line in register.before_cell),
        "matrix": _drawing(request, here, cells, register, chosen),
        "rows": [_row(request, here, cells_of_row, chosen) for cells_of_row in cells],
        "which": RiskScore(register.which).label.lower(),
        "active": _active(request, register.form, here, chosen),
        "here": here,
        "export": f"{reverse('governance:risk-export', args=[row.slug])}?{request.GET.urlencode()}",
        "raises": risks.raises_risks(request.user, row),
        "sets_bands": risks.sets_risk_bands(request.user, row),
        "crumbs": crumbs(row, ("Risks", "")),
    }
    return render(request, "governance/risk_list.html", context)


def _cell_url(request: HttpRequest, here: str, score: Score) -> str:
    """The list with this cell as a filter beside the others."""
    kept = _kept(request, *OF_CELL)
    return f"{here}?{urlencode(kept | {'likelihood': score.likelihood, 'impact': score.impact})}"


def _kept(request: HttpRequest, *without: str) -> dict[str, Any]:
    """The filters of the address but for some, and without the page."""
    return {
        name: value
        for name, value in request.GET.items()
        if value and name not in {*without, "page"}
    }


def _row(
    request: HttpRequest, here: str, cells: Sequence[Cell], chosen: Score | None
) -> dict[str, Any]:
    """A row of the table that says the same as the drawing."""
    return {
        "likelihood": cells[0].score.likelihood,
        "cells": [
            {
                "cell": cell,
                "href": _cell_url(request, here, cell.score) if cell.count else "",
                "is_chosen": cell.score == chosen,
            }
            for cell in cells
        ],
    }


def _drawing(
    request: HttpRequest,
    here: str,
    cells: Sequence[Sequence[Cell]],
    register: Register,
    chosen: Score | None,
) -> Drawing:
    flat = [cell for row in cells for cell in row]
    hrefs = {cell.score: _cell_url(request, here, cell.score) for cell in flat if cell.count}
    which = RiskScore(register.which).label.lower()
    return draw_matrix(flat, hrefs=hrefs, chosen=chosen, which=which)


def _active(
    request: HttpRequest, form: RiskFilterForm, here: str, chosen: Score | None
) -> list[dict[str, str]]:
    """The filters in use, each with the address of the same list without it."""
    found = []
    for name, value in form.cleaned_data.items():
        if not value or name in OF_CELL:
            continue
        choices = dict(getattr(form.fields[name], "choices", ()))
        words = f"{form.fields[name].label}: {choices.get(value, value)}"
        rest = urlencode(_kept(request, name))
        found.append({"label": words, "remove_url": f"{here}?{rest}"})
    if chosen is not None:
        words = f"Likelihood {chosen.likelihood}, impact {chosen.impact}"
        found.append(
            {"label": words, "remove_url": f"{here}?{urlencode(_kept(request, *OF_CELL))}"}
        )
    return found


@require_safe
def risk_export(request: HttpRequest, plan: str) -> HttpResponse:
    """Exactly the risks of the list, on all its pages, as CSV."""
    row = readable_plan(request, plan)
    lines = _register(request, row).lines
    response = HttpResponse(
        csv_text(CSV_HEADINGS, (csv_row(line) for line in lines)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-risks.csv"'
    return response


@require_safe
def risk_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One risk: what it is, how it is scored, what is done, and how it came here."""
    risk = risk_or_404(request, plan, key)
    on = dates.today()
    bands = reads.bands_of(risk.plan, on=on).bands
    own = risks.visible_risks(request.user).filter(pk=risk.pk)
    line = reads.risk_lines(own, risk.plan, on=on)[0]
    trail = reads.history_of(risk, with_names=permissions.reads_people(request.user, risk.plan))
    context = {
        "plan": risk.plan,
        "risk": risk,
        "line": line,
        "owed": reads.owed_in_words(line),
        "roles": [Role(role).label for role in risk.roles],
        "reviews": reads.reviews_of(risk, bands=bands),
        "moves": reads.moves_of(risk),
        "mitigations": reads.mitigations_of(risk, on=on),
        "actions": risk.actions.select_related("plan"),
        "indicators": risk.indicators.select_related("plan"),
        "prompts_as": f"risk={risk.key}",
        "page": Paginator(trail, HISTORY_SIZE).get_page(request.GET.get("page")),
        "crumbs": _crumbs(risk.plan, (risk.key, "")),
    }
    led = led_to(request, risk.plan, PromptKind.RISK, [risk])
    context |= led | {"prompted": led["prompted"].get(risk.pk, [])}
    return render(request, "governance/risk_detail.html", context | _acts(request, risk))


def _acts(request: HttpRequest, risk: Risk) -> dict[str, Any]:
    """What the reader may do with the risk."""
    held = access.of(request.user)
    is_open = risk.state == "open"
    return {
        "can_manage": is_open and risks.manages_risk(held, risk),
        "can_review": is_open and risks.reviews_risk(held, risk, person_id=request.user.pk),
        "can_move": bool(movable_to(request, risk)),
        "me": request.user.pk,
    }


def movable_to(request: HttpRequest, risk: Risk) -> list[tuple[str, str]]:
    """To where the reader may move the risk, in words."""
    held = access.of(request.user)
    if risk.state != "open":
        return []
    near = levels_next_to(risk.level, has_workstream=risk.workstream is not None)
    return [
        (level, _move_in_words(risk.level, level))
        for level in reversed(near)
        if risks.moves_risk(held, risk, level, person_id=request.user.pk)
    ]


def _move_in_words(from_level: str, to_level: RiskLevel) -> str:
    place = {
        RiskLevel.WORKSTREAM: "its workstream",
        RiskLevel.BOARD: "the board",
        RiskLevel.EXECUTIVE: "the Executive",
    }[to_level]
    verb = "Escalate it to" if is_escalation(from_level, to_level) else "Hand it back to"
    return f"{verb} {place}"


def _crumbs(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(plan, ("Risks", reverse("governance:risk-list", args=[plan.slug])), *more)
