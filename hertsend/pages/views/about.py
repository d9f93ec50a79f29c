"""Pages about the site: what the words mean, accessibility, privacy."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.definitions import ASSURANCE_DEFINITIONS
from plans.definitions import IMPACT_DEFINITIONS, RATING_DEFINITIONS, STAGE_MEANINGS
from plans.policies import HELD_PERIODS


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """The full definitions of stages, ratings, impact and assurance."""
    context = {
        "definitions": RATING_DEFINITIONS,
        "stages": STAGE_MEANINGS,
        "impact_definitions": IMPACT_DEFINITIONS,
        "assurance_definitions": ASSURANCE_DEFINITIONS,
        "held_periods": HELD_PERIODS,
    }
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
