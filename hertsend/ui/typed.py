"""Words that arrive after the session ended: kept for who typed them, until they sign in again.

A signed cookie, which outlives the session, says who was signed in at this browser last. So nobody
who signs in later at the same browser is shown what somebody else typed, and signing out forgets it.
Words are kept by the page on which they were typed: two tabs that ended lose nothing.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

KEPT = "typed_words"
AUTHOR = "typed_by"
MOST_KEPT = 5
SECRETS = "password"
BACK = "Your words are back. They are not saved yet: look them over, then save."
ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponse])
_signer = Signer(salt="typed-by")


def words_come_back(view: ViewT) -> ViewT:
    """Mark a view that, when read, shows the words that were sent to its own address."""
    view.words_come_back = True  # type: ignore[attr-defined]
    return view


def name_author(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser remember who is signed in; after signing out, nobody."""
    if not request.session.accessed or not response.get("Content-Type", "").startswith("text/html"):
        return
    if request.user.is_authenticated:
        value = _signer.sign(str(request.user.pk))
        if request.COOKIES.get(AUTHOR) != value:
            response.set_cookie(
                AUTHOR, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )


def forget_author(response: HttpResponse) -> None:
    """What signing out does: words that are sent from here from now on are nobody's."""
    response.delete_cookie(AUTHOR, samesite="Lax")


def page_of(request: HttpRequest) -> str:
    """The address of the page on which a form stood that was sent and not stored."""
    view = request.resolver_match.func if request.resolver_match else None
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    if getattr(view, "words_come_back", False) or not came_from or not is_ours:
        return request.get_full_path()
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def keep(request: HttpRequest, *, page: str) -> bool:
    """Keep a form that was sent without a session; False where nobody knows whose words it holds."""
    author = _author_of(request)
    if not author:
        return False
    sent = request.POST.copy()
    for name in [each for each in sent if each == "csrfmiddlewaretoken" or SECRETS in each]:
        del sent[name]
    kept = request.session.get(KEPT, {})
    kept[page.partition("?")[0]] = {"by": author, "sent": sent.urlencode()}
    request.session[KEPT] = dict(list(kept.items())[-MOST_KEPT:])
    return True


def take_back(request: HttpRequest) -> QueryDict | None:
    """What this person sent from this page when they had been signed out; once."""
    if request.method != "GET" or request.path not in request.session.get(KEPT, {}):
        return None
    kept = request.session[KEPT].pop(request.path)
    request.session.modified = True
    return QueryDict(kept["sent"]) if kept["by"] == str(request.user.pk) else None


def sentences(sent: QueryDict) -> list[tuple[str, str]]:
    """The sentences of a form that was sent, each with its field's name in words; no secrets."""
    return [
        (name.replace("_", " ").capitalize(), words)
        for name, words in sent.items()
        if " " in words.strip() and SECRETS not in name
    ]


def _author_of(request: HttpRequest) -> str:
    try:
        return _signer.unsign(request.COOKIES.get(AUTHOR, ""))
    except BadSignature:
        return ""
