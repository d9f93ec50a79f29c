"""Asking for an address as somebody, and what the answer amounts to."""

import re
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.access.routes import Route
from tests.access.stage import Stage, clock

JSON = {"data": "{}", "content_type": "application/json"}
SIGN_IN = "/account/login/"
ADMIN_SIGN_IN = "/admin/login/"
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)
NOT_ABOUT_ANYBODY = ("axes_", "django_session")
REFUSALS = {"401", "403", "404", "405", "login"}

KEYS = {"plans:action-detail": "action", "plans-api:action-detail": "action"}
NUMBERS = {
    "accounts:holding-end": "holding",
    "accounts:post-fill": "post",
    "accounts:role-end": "role",
    "plans:judgement-decide": "judgement",
}
OF_PACKAGES: dict[str, object] = {
    "app_label": "accounts",
    "content_type_id": 1,
    "key": "abc",
    "object_id": 1,
    "pk": 1,
    "provider_id": "organisation",
    "uidb36": "1",
    "url": "nothing-of-that-name",
}
"""Values for the addresses of packages, whose objects are not the plan's."""


@dataclass(frozen=True)
class Answer:
    """What came back: "login" for the way to the sign-in page, else the status; and what was written."""

    word: str
    response: HttpResponse
    written: tuple[str, ...]

    @property
    def is_refusal(self) -> bool:
        """Whether nothing was shown or done."""
        return self.word in REFUSALS


def ask(stage: Stage, actor: str, method: str, url: str) -> Answer:
    """Ask as somebody, on the stage's day, and roll back what came of it."""
    written: list[str] = []

    def note(execute, sql, params, many, context):
        if (match := WRITES.match(sql)) and not match[1].startswith(NOT_ABOUT_ANYBODY):
            written.append(match[1])
        return execute(sql, params, many, context)

    with clock(), transaction.atomic():
        with connection.execute_wrapper(note):
            form = JSON if method == "POST" and url.startswith("/api/") else {}
            response = getattr(stage.client(actor), method.lower())(url, **form)
        transaction.set_rollback(True)
    return Answer(word_of(response), response, tuple(written))


def word_of(response: HttpResponse) -> str:
    """The cell of the table of expectations."""
    where = response.headers.get("Location", "")
    leads_to_sign_in = where.split("?")[0] in {SIGN_IN, ADMIN_SIGN_IN}
    return (
        "login" if response.status_code == 302 and leads_to_sign_in else str(response.status_code)
    )


def url_of(route: Route, values: dict[str, object]) -> str:
    """The address of a route for an object of the stage."""
    if not route.is_named:
        return _written_out(route)
    return reverse(
        route.name, kwargs={name: _value(route, name, values) for name in route.parameters}
    )


def _value(route: Route, name: str, values: dict[str, object]) -> object:
    if route.is_of_package:
        return OF_PACKAGES[name]
    if name == "key":
        return values[KEYS.get(route.name, "milestone")]
    if name == "pk":
        return values[NUMBERS.get(route.name, "person")]
    return values[name]


def _written_out(route: Route) -> str:
    """The address of a package's nameless route: its pattern with the values in their place."""
    plain = re.sub(r"[\^$]|\\Z", "", route.name)
    return re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)", _filled, plain)


def _filled(match: re.Match[str]) -> str:
    return str(OF_PACKAGES[match[1] or match[2]])
