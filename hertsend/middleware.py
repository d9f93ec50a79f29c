"""Middleware of our own: what a signed-in person was shown stays out of every cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

NOT_KEPT = "private, no-store"


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
