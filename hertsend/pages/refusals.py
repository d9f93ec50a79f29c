"""Turns the refusals of services into pages, once for the whole site."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hertsend.errors import NotAllowed

SECRETS = "password"


class SignInFirst(LoginRequiredMiddleware):
    """Leads whoever is not signed in to the sign-in page; words typed into a form are shown to keep.

    A session may end while somebody types. What they send then has passed the check of its token,
    so nobody else's words can be put on the page; views without that check keep to the plain way.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """Answer somebody without a session."""
        to_sign_in = super().handle_no_permission(request, view_func)
        typed = [] if getattr(view_func, "csrf_exempt", False) else typed_words(request)
        if not typed:
            return to_sign_in
        context = {"typed": typed, "sign_in_url": to_sign_in.url}
        page = render(request, "account/signed_out.html", context, status=403)
        page.headers["Cache-Control"] = "private, no-store"
        return page


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """The sentences of a form that was sent, each with its field's name in words; no secrets."""
    return [
        (name.replace("_", " ").capitalize(), words)
        for name, words in request.POST.items()
        if " " in words.strip() and SECRETS not in name
    ]


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
