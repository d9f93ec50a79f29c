"""The packs of a plan, and one pack: shown from what was stored and from nothing else."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance import permissions, selectors
from governance.boardpack import render as layout
from governance.boardpack import snapshot
from governance.boardpack.content import UnreadablePack
from governance.forms import from_parameter
from governance.views.context import plan_of_board

logger = logging.getLogger(__name__)

NOT_WHAT_WAS_STORED = 500


@require_safe
def pack_list(request: HttpRequest, plan: str) -> HttpResponse:
    """Every pack of the plan, latest month first."""
    row = plan_of_board(request, plan)
    packs = permissions.visible_packs(request.user).filter(period__plan=row)
    context = {
        "plan": row,
        "packs": packs.select_related("period__plan").defer("content"),
        "sentence": selectors.months_of(row).first_freeze(),
    }
    return render(request, "governance/pack_list.html", context)


@require_safe
def pack_detail(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """One pack as it was assembled; refused if what is stored does not fit its SHA-256."""
    row = plan_of_board(request, plan)
    first = from_parameter(month)
    if first is None:
        raise Http404("There is no such month.")
    pack = get_object_or_404(
        permissions.visible_packs(request.user).select_related("period__plan"),
        period__plan=row,
        period__month=first,
        edition=edition,
        revision=revision,
    )
    try:
        page = layout.page(snapshot.opened(pack))
    except UnreadablePack:
        logger.exception("Pack %s cannot be shown.", pack.pk)
        context = {"plan": row, "pack": pack}
        return render(
            request, "governance/pack_unreadable.html", context, status=NOT_WHAT_WAS_STORED
        )
    context = {"plan": row, "pack": pack, "page": page, "glossary_terms": page.glossary_terms}
    return render(request, "governance/pack_detail.html", context)
