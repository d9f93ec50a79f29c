"""Turns the refusals of services into pages, once for the whole site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hertsend.errors import NotAllowed


class Refusals:
    """Shows a ``NotAllowed`` as a page with its sentence (403) instead of an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to Django."""
        if not isinstance(exception, NotAllowed):
            return None
        return render(request, "403.html", {"sentence": exception.sentence}, status=403)
