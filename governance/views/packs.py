"""The packs of a plan, and one pack: shown from what was stored and from nothing else."""

import logging
from io import BytesIO

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance import selectors
from governance.boardpack import files, snapshot
from governance.boardpack import render as layout
from governance.boardpack.arranging import as_preview
from governance.boardpack.content import PackContent, UnreadablePack, digest, to_json
from governance.enums import PackState
from governance.forms import from_parameter
from governance.models import PackRun
from governance.permissions import packs as rights
from governance.permissions.records import groups_read
from governance.selectors import pack_pages as reads
from governance.services import deliveries
from governance.views.context import table_link
from hertsend.files.answering import as_attachment
from plans.models import Plan
from plans.views.context import plan_or_404

logger = logging.getLogger(__name__)

NOT_WHAT_WAS_STORED = 500
MONTHS_A_PAGE = 12


@require_safe
def pack_list(request: HttpRequest, plan: str) -> HttpResponse:
    """The packs that the reader may open, a year at a time; those being made, for their makers."""
    row = plan_or_404(request, plan)
    does = rights.does_in_packs(request.user, row)
    runs = rights.runs_in_preparation if does["previews"] else rights.visible_runs
    own = runs(request.user).filter(period__plan=row)
    months = reads.months_with_packs(own)
    page = Paginator(months, MONTHS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": row,
        "page": page,
        "months": reads.months_of_packs(own.filter(period__in=[month.pk for month in page])),
        "sentence": selectors.months_of(row).first_freeze(),
    }
    return render(request, "governance/pack_list.html", context | does)


@require_safe
def pack_detail(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """One pack as it was assembled; refused if what is stored does not fit its SHA-256.

    Opening an issued one for the first time is noted beside the e-mail that told of it.
    """
    row = plan_or_404(request, plan)
    run = run_or_404(request, row, month=month, edition=edition, revision=revision)
    content = _opened(request, run)
    if content is None:
        return _unreadable(request, run)
    page = layout.page(content)
    later = reads.later_run(run, among=rights.visible_runs(request.user))
    context = {
        "plan": row,
        "run": run,
        "pack": run.pack,
        "later": later,
        # As at a month everything is read as it stands in the last version for that month.
        "table": "" if later else table_link(row, as_at=f"{run.period.month:%Y-%m}"),
        "page": page,
        "glossary_terms": page.glossary_terms,
        "opened_groups": set(groups_read(request.user, row).values_list("key", flat=True)),
    }
    does = rights.does_in_packs(request.user, row)
    return render(request, "governance/pack_detail.html", context | does)


@require_safe
def pack_file(
    request: HttpRequest, plan: str, month: str, *, edition: str, revision: int, kind: str
) -> HttpResponseBase:
    """The same pack as a file, for whoever may open its page; refused where that is refused."""
    row = plan_or_404(request, plan)
    run = run_or_404(request, row, month=month, edition=edition, revision=revision)
    content = _opened(request, run)
    if content is None:
        return _unreadable(request, run)
    is_preview = run.state != PackState.ISSUED
    # Not the digest of what is stored: the office's foreword and order are in the file too.
    sha256 = digest(to_json(content))
    file = files.file_of(content, sha256=sha256, kind=kind, is_preview=is_preview)
    return as_attachment(
        BytesIO(file.body), name=file.name, media_type=file.media_type, size=len(file.body)
    )


def _opened(request: HttpRequest, run: PackRun) -> PackContent | None:
    """What the pack shows, its first opening noted; None where what is stored does not fit its digest.

    A pack that is not issued says so, on paper on each page.
    """
    try:
        content = snapshot.shown(run)
    except UnreadablePack:
        logger.exception("Pack %s cannot be shown.", run.pack_id)
        return None
    if run.state != PackState.ISSUED:
        return as_preview(content)
    deliveries.note_opening(run=run, by=request.user)
    return content


def run_or_404(
    request: HttpRequest, plan: Plan, *, month: str, edition: str, revision: int
) -> PackRun:
    """The run of a pack that the reader may open, with its content."""
    first = from_parameter(month)
    if first is None:
        raise Http404("There is no such month.")
    runs = rights.visible_runs(request.user).select_related(
        "period__plan__partnership", "pack__period__plan", "foreword_by", "returned_by"
    )
    return get_object_or_404(
        runs, period__plan=plan, period__month=first, edition=edition, revision=revision
    )


def _unreadable(request: HttpRequest, run: PackRun) -> HttpResponse:
    """What is stored is not what was assembled, so nothing of it is shown."""
    context = {"plan": run.period.plan, "pack": run.pack}
    return render(request, "governance/pack_unreadable.html", context, status=NOT_WHAT_WAS_STORED)
