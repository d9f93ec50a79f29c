"""The stocktake of a plan between two moments, by area: the page, and the same as a Word document."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.forms.spans import StocktakeForm
from governance.policies.reviews import Review, reviews_of
from governance.selectors import comparison as comparing
from governance.stocktake import layout
from governance.stocktake.build import build
from governance.stocktake.content import Stocktake
from governance.stocktake.document import MEDIA_TYPE, document_of
from governance.views.context import plan_of_board
from hertsend import dates
from hertsend.errors import RuleBroken
from hertsend.ui.forms import MomentWidget
from plans.models import Plan
from plans.selectors import first_day_of
from plans.views.context import crumbs

BAD_REQUEST = 400


@require_safe
def stocktake(request: HttpRequest, plan: str) -> HttpResponse:
    """How the areas were and are, and what happened in between; refusals keep what was typed."""
    row = plan_of_board(request, plan)
    reviews = _reviews(row)
    asked = _asked(request, reviews)
    form = _form(row, asked)
    context: dict[str, Any] = {
        "plan": row,
        "form": form,
        "reviews": [_offer(row, review, asked) for review in reviews],
        "crumbs": crumbs(row, ("Stocktake", "")),
        "show_key": True,
    }
    try:
        found = _taken(request, row, asked)
    except RuleBroken as error:
        form.is_valid()
        for name, sentences in error.errors.items():
            form.add_error(name, sentences)
        return render(request, "governance/stocktake.html", context, status=BAD_REQUEST)
    if found is not None:
        context |= _shown(row, found, area=asked["area"])
    return render(request, "governance/stocktake.html", context)


@require_safe
def stocktake_document(request: HttpRequest, plan: str) -> HttpResponse:
    """The same stocktake as a Word document."""
    row = plan_of_board(request, plan)
    asked = _asked(request, _reviews(row))
    found = _taken(request, row, asked)
    if found is None:
        raise RuleBroken({"since": [NOTHING_YET]})
    response = HttpResponse(document_of(found), content_type=MEDIA_TYPE)
    parts = [row.slug, "stocktake", asked["area"], found.cover.since, found.cover.until or "today"]
    name = "-".join(part.replace("&", "-") for part in parts if part)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


NOTHING_YET = "There is nothing to take stock of yet. Choose a day gone by."


def _reviews(plan: Plan) -> list[Review]:
    return reviews_of(plan.published, first=first_day_of(plan), today=dates.today())


def _asked(request: HttpRequest, reviews: list[Review]) -> dict[str, str]:
    """The span and area of the address; without a span that of the last review that began."""
    read = MomentWidget().value_from_datadict
    since, until = (read(request.GET, {}, name) for name in ("since", "until"))
    if not since and not until and reviews:
        since, until = _span(reviews[-1])
    return {"since": since, "until": until, "area": request.GET.get("area", "")}


def _span(review: Review) -> tuple[str, str]:
    """A review's ends as they stand in an address."""
    return review.since.isoformat(), "" if review.is_running else review.until.isoformat()


def _form(plan: Plan, asked: dict[str, str]) -> StocktakeForm:
    months = [(f"{row.month:%Y-%m}", row.label) for row in plan.periods.closed()]
    return StocktakeForm(
        asked,
        months=months,
        areas=[(row.key, f"{row.key} {row.name}") for row in plan.areas.all()],
        latest=dates.today().isoformat(),
        nothing={"since": "The last board pack", "until": "Now"},
        auto_id="span_%s",
    )


def _taken(request: HttpRequest, plan: Plan, asked: dict[str, str]) -> Stocktake | None:
    """The stocktake; None where there is nothing to look back on."""
    today = dates.today()
    span = comparing.span_of(plan, asked["since"], asked["until"], today=today)
    if span is None:
        return None
    return build(plan, *span, reader=request.user, made_on=today, area=asked["area"])


def _offer(plan: Plan, review: Review, asked: dict[str, str]) -> dict[str, Any]:
    """A review as a link, and whether it is the one that is shown."""
    since, until = _span(review)
    query = {"since": since, "until": until, "area": asked["area"]}
    return {
        "label": f"{review.months} months{' so far' if review.is_running else ''}",
        "url": f"{reverse('governance:stocktake', args=[plan.slug])}?"
        + urlencode({name: value for name, value in query.items() if value}),
        "current": (since, until) == (asked["since"], asked["until"]),
    }


def _shown(plan: Plan, found: Stocktake, *, area: str) -> dict[str, Any]:
    """What the page shows of a stocktake, with the address of its document."""
    query = {"since": found.cover.since, "until": found.cover.until, "area": area}
    until = found.cover.until
    return {
        "found": found,
        "overviews": layout.overviews(found),
        "parts": [(part, layout.tables_of(part)) for part in found.areas],
        "end_query": f"?{urlencode({'as_at': until})}" if until else "",
        "document": f"{reverse('governance:stocktake-document', args=[plan.slug])}?"
        + urlencode({name: value for name, value in query.items() if value}),
    }
