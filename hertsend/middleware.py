"""Middleware of our own: what a person was shown stays out of caches, what is public may be kept."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

NOT_KEPT = "private, no-store"
KEPT_FOR_EVERYONE = "public, max-age=300"


def for_everyone(response: HttpResponse) -> HttpResponse:
    """Mark an answer that is the same for everybody: no cookie goes with it, and caches may keep it."""
    response.is_for_everyone = True  # type: ignore[attr-defined]
    return response


class PublicResponses:
    """Takes from public answers what tells one visitor from another.

    It stands before the session, which would else say that the answer varies with a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(response, "is_for_everyone", False):
            response.cookies.clear()
            del response.headers["Vary"]
            response.headers["Cache-Control"] = KEPT_FOR_EVERYONE
        return response


class PrivateResponses:
    """Marks every answer made for a person so that neither a shared computer nor a proxy keeps it.

    Otherwise the back button shows the last reader's page after they signed out. A request with an
    Authorization header is a person's too. Static files never come this far.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or "Authorization" in request.headers:
            response.headers["Cache-Control"] = NOT_KEPT
            patch_vary_headers(response, ["Cookie", "Authorization"])
        return response
