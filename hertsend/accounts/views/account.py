"""One's own account, and the tokens by which programs act for oneself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hertsend import dates
from hertsend.accounts import access, permissions, selectors
from hertsend.accounts.services import tokens
from hertsend.errors import NotAllowed, RuleBroken

WITHOUT_ROLE = "You hold no role now, so a token would open nothing."


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Name, address, roles, posts, deputy, password and tokens of the reader."""
    today = dates.today()
    context = {
        "roles": selectors.roles_not_over(request.user),
        "holdings": selectors.holdings_not_over(request.user),
        "leads": bool(permissions.leads_in(request.user, on=today)),
        "deputies": selectors.deputies_of(request.user, on=today),
        "administrators": selectors.administrators_of(request.user),
    }
    return render(request, "accounts/my_account.html", context)


@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """The reader's own tokens."""
    _require_role(request)
    return _tokens_page(request)


@require_POST
def token_make(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once."""
    _require_role(request)
    try:
        text = tokens.create(by=request.user)
    except RuleBroken as error:
        messages.warning(request, error.sentence)
        return redirect("accounts:token-list")
    return _tokens_page(request, new_token=text)


@require_http_methods(["GET", "POST"])
def token_revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then end one of the reader's tokens."""
    token = next(
        (row for row in tokens.listed(by=request.user) if row.reference == reference), None
    )
    if token is None:
        raise Http404
    if request.method == "POST":
        tokens.revoke(reference=reference, by=request.user)
        messages.success(request, f"The token that begins with {token.begins} has ended.")
        return redirect("accounts:token-list")
    context = {"token": token, "crumbs": _crumbs("Revoke a token")}
    return render(request, "accounts/token_revoke.html", context)


def _require_role(request: HttpRequest) -> None:
    if not access.of(request.user).grants:
        raise NotAllowed(WITHOUT_ROLE)


def _tokens_page(request: HttpRequest, *, new_token: str = "") -> HttpResponse:
    context = {
        "tokens": tokens.listed(by=request.user),
        "new_token": new_token,
        "most": tokens.MOST_TOKENS,
        "crumbs": _crumbs("Tokens"),
    }
    return render(request, "accounts/token_list.html", context)


def _crumbs(last: str) -> list[dict[str, str]]:
    trail = [{"label": "My account", "url": reverse("accounts:my-account")}]
    if last != "Tokens":
        trail.append({"label": "Tokens", "url": reverse("accounts:token-list")})
    return [*trail, {"label": last, "url": ""}]


def not_here(_request: HttpRequest) -> HttpResponse:
    """Addresses at which the sign-in package would let people change their own e-mail address.

    An address is how a person is known, so an administrator changes it, with a reason.
    """
    raise Http404
