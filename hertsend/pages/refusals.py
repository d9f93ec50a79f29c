"""Turns the refusals of services into pages, once for the whole site."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.ui import typed


class SignInFirst(LoginRequiredMiddleware):
    """Leads whoever is not signed in to the sign-in page; words typed into a form are shown to keep.

    A session may end while somebody types. What they send then has passed the check of its token,
    so nobody else's words can be put on the page; views without that check keep to the plain way.
    Whoever was signed in at this browser gets the words back once they have signed in again.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """Answer somebody without a session."""
        is_checked = not getattr(view_func, "csrf_exempt", False)
        words = typed.sentences(request.POST) if is_checked else []
        if not words:
            return super().handle_no_permission(request, view_func)
        where = typed.page_of(request)
        to_sign_in = redirect_to_login(where, self.get_login_url(view_func))
        context = {
            "typed": words,
            "sign_in_url": to_sign_in.url,
            "comes_back": typed.keep(request, page=where),
        }
        page = render(request, "account/signed_out.html", context, status=403)
        page.headers["Cache-Control"] = "private, no-store"
        return page

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Remember who is signed in at this browser, until they sign out."""
        match = request.resolver_match
        if match and match.url_name == "account_logout" and request.method == "POST":
            typed.forget_author(response)
        else:
            typed.name_author(request, response)
        return response


class Refusals:
    """Shows a refusal as a page with its sentence instead of an error.

    ``NotAllowed`` is a 403. Views put a ``RuleBroken`` beside the fields of its form and show a
    ``Conflict`` with what is stored. One that comes this far is about the page's address, or of a
    form that has no page of its own: a 400 and a 409, with the words that were typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to Django."""
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"sentence": exception.sentence}, status=403)
        if isinstance(exception, RuleBroken) and request.method in ("GET", "HEAD"):
            context = {"sentence": exception.sentence}
            return render(request, "address_refused.html", context, status=400)
        if isinstance(exception, (Conflict, RuleBroken)):
            context = {
                "sentence": exception.sentence,
                "typed": typed.sentences(request.POST),
                "page": typed.page_of(request),
            }
            status = 409 if isinstance(exception, Conflict) else 400
            return render(request, "not_saved.html", context, status=status)
        return None
