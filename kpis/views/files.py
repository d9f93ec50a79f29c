"""Importing figures by file: read, say what the columns are, look at every row, store, take back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from kpis import permissions
from kpis.enums import ImportState
from kpis.files.mapping import Mapping, places_in, series_in
from kpis.files.preview import Outcome
from kpis.files.reading import LARGEST, BadFile, Cells, read_cells
from kpis.forms import ColumnsForm, NamesForm, StoreForm, TakeBackForm, UploadForm
from kpis.models import FigureImport, FigureSource, Indicator
from kpis.services import files
from kpis.views.context import crumbs, tell
from plans.models import Plan
from plans.views.context import plan_or_404

MOST_SHOWN = 200
MOST_NAMES = 150
CONFLICT_STATUS = 409


def _plan(request: HttpRequest, slug: str) -> Plan:
    """The plan, if the reader enters any figure of it."""
    plan = plan_or_404(request, slug)
    if not permissions.may_enter_somewhere(request.user, partnership_id=plan.partnership_id):
        raise NotAllowed(f"Your role does not let you {Permission.ENTER_FIGURES.label} here.")
    return plan


def _file(request: HttpRequest, plan: Plan, file: int) -> FigureImport:
    rows = permissions.visible_to(request.user, FigureImport)
    return get_object_or_404(
        rows.select_related("source__plan", "read_by"), source__plan=plan, pk=file
    )


def _crumbs(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(plan, ("Files", reverse("kpis:file-list", args=[plan.slug])), *more)


def _url(name: str, file: FigureImport) -> str:
    return reverse(f"kpis:{name}", args=[file.source.plan.slug, file.pk])


def _says_what_cannot_be_read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer for a kept file whose table cannot be read with its page and what to do."""

    @wraps(view)
    def answer(request: HttpRequest, plan: str, file: int) -> HttpResponse:
        try:
            return view(request, plan, file)
        except BadFile as error:
            row = _plan(request, plan)
            found = _file(request, row, file)
            context = {
                "plan": row,
                "file": found,
                "unreadable": error.sentence,
                "crumbs": _crumbs(row, (found.file_name, "")),
            }
            return render(request, "kpis/file_detail.html", context)

    return answer


@require_http_methods(["GET", "POST"])
def file_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Every file that was read, and a form for the next."""
    row = _plan(request, plan)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        content = given.read(LARGEST + 1)
        try:
            taken = files.take_in(
                plan=row,
                source=form.cleaned_data["source"],
                file_name=given.name or "",
                content=content,
                cells=read_cells(content, sheet=form.cleaned_data["sheet"]),
                by=request.user,
            )
        except RuleBroken as error:
            tell(form, error)
        else:
            known = Mapping.of(taken.mapping)
            fits = taken.mapping and known.fits(files.table_in(file=taken).headings)
            return redirect(_url("file-detail" if fits else "file-columns", taken))
    sources = permissions.visible_to(request.user, FigureSource).filter(plan=row)
    rows = permissions.visible_to(request.user, FigureImport).filter(source__plan=row)
    context = {
        "plan": row,
        "form": form,
        "sources": list(sources.values_list("name", flat=True)),
        "files": rows.select_related("source", "read_by")[:MOST_SHOWN],
        "crumbs": crumbs(row, ("Files", "")),
    }
    return render(request, "kpis/file_list.html", context)


def _open(request: HttpRequest, plan: str, file: int) -> tuple[Plan, FigureImport, Cells]:
    """A file that was read and not stored, with its table."""
    row = _plan(request, plan)
    found = _file(request, row, file)
    if found.state != ImportState.READ or not hasattr(found, "table"):
        raise Http404
    return row, found, files.table_in(file=found)


@require_http_methods(["GET", "POST"])
@_says_what_cannot_be_read
def file_columns(request: HttpRequest, plan: str, file: int) -> HttpResponse:
    """Say which column is what."""
    row, found, table = _open(request, plan, file)
    known = Mapping.of(found.mapping)
    measures = permissions.visible_to(request.user, Indicator).filter(plan=row)
    form = ColumnsForm(
        request.POST or None,
        headings=[name for name in table.headings if name],
        measures=[(one.key, one.name) for one in measures],
        initial=known.stored | {"measure": list(known.measure)},
    )
    if request.method == "POST" and form.is_valid():
        mapping = form.mapping(before=known)
        try:
            files.set_mapping(file=found, mapping=mapping, by=request.user)
        except (RuleBroken, Conflict) as error:
            form.add_error(None, error.sentence)
        else:
            needs_names = bool(mapping.measure or mapping.place)
            return redirect(_url("file-names" if needs_names else "file-detail", found))
    context = {
        "plan": row,
        "file": found,
        "form": form,
        "title": "What each column is",
        "head": table.headings,
        "sample": [cells for _, cells in table.rows[:5]],
        "crumbs": _crumbs(row, (found.file_name, "")),
    }
    return render(request, "kpis/file_step.html", context)


@require_http_methods(["GET", "POST"])
@_says_what_cannot_be_read
def file_names(request: HttpRequest, plan: str, file: int) -> HttpResponse:
    """Say which of the file's names is which measure, and which places are whose."""
    row, found, table = _open(request, plan, file)
    known = Mapping.of(found.mapping)
    measures = permissions.visible_to(request.user, Indicator).filter(plan=row)
    series = series_in(table, known) if known.measure else {}
    form = NamesForm(
        request.POST or None,
        series=dict(list(series.items())[:MOST_NAMES]),
        places=dict(list(places_in(table, known).items())[:MOST_NAMES]),
        measures=[(one.key, one.name) for one in measures],
        before=known,
    )
    if request.method == "POST" and form.is_valid():
        try:
            files.set_mapping(file=found, mapping=form.mapping(before=known), by=request.user)
        except Conflict as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(_url("file-detail", found))
    context = {
        "plan": row,
        "file": found,
        "form": form,
        "title": "Which name is which",
        "too_many": len(series) > MOST_NAMES,
        "crumbs": _crumbs(row, (found.file_name, "")),
    }
    return render(request, "kpis/file_step.html", context)


@require_http_methods(["GET", "POST"])
@_says_what_cannot_be_read
def file_detail(request: HttpRequest, plan: str, file: int) -> HttpResponse:
    """Every row of a file with what becomes of it, and the button that stores or takes back."""
    row = _plan(request, plan)
    found = _file(request, row, file)
    is_open = found.state == ImportState.READ and hasattr(found, "table")
    form: Any = (StoreForm if is_open else TakeBackForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = files.store if is_open else files.take_back
        try:
            act(file=found, reason=form.cleaned_data["reason"], by=request.user)
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(
                request, "Stored." if is_open else "Taken back. Its rows stay to be seen."
            )
            return redirect(_url("file-detail", found))
    seen = files.preview_of(file=found, by=request.user) if is_open else None
    context = {
        "plan": row,
        "file": found,
        "form": form if is_open or found.state == ImportState.STORED else None,
        "is_open": is_open,
        "preview": seen,
        "counts": [(outcome, len(seen.of(outcome))) for outcome in Outcome] if seen else [],
        "lines": _shown(seen) if seen else [],
        "written": found.measurements.count() + found.comparators.count(),
        "crumbs": _crumbs(row, (found.file_name, "")),
    }
    return render(request, "kpis/file_detail.html", context)


def _shown(seen: Any) -> list:
    """The rows of the preview, those that need a look first."""
    order = (Outcome.REJECTED, Outcome.REVISED, Outcome.NEW, Outcome.SAME, Outcome.LEFT_OUT)
    return [line for outcome in order for line in seen.of(outcome)][:MOST_SHOWN]
