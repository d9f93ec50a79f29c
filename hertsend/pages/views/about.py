"""Pages about the site: what the words mean, accessibility, privacy."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.definitions import RATING_DEFINITIONS, STAGE_MEANINGS


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """The full definitions of stages and ratings."""
    context = {"definitions": RATING_DEFINITIONS, "stages": STAGE_MEANINGS}
    return render(request, "pages/ratings.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and what is known not to be."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and why."""
    return render(request, "pages/privacy.html")
