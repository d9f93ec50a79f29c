"""The page /ui/: every component in every state, with invented values, for whoever builds or checks a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hertsend.ui import samples


@require_safe
def component_gallery(request: HttpRequest) -> HttpResponse:
    """All components; a reader needs no role for it, as nothing on it is anybody's."""
    return render(request, "ui/gallery.html", samples.gallery_context(request.GET.get("page")))
