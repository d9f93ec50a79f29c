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

_OF_ACTION = (
    *("plans:action-detail", "plans:action-impact", "plans:impact-rate", "plans:impact-decide"),
    *("plans:impact-take-back", "plans-api:impact-take-back"),
    *("plans-api:action-detail", "plans-api:action-impact"),
    *("plans-api:impact-confirm", "plans-api:impact-return"),
    *("plans:action-sign-off", "plans:action-reopen", "plans:action-evidence-add"),
    *("plans-api:action-sign-off", "plans-api:action-reopen", "plans-api:action-evidence-list"),
)
_OF_COMMITMENT = (
    *("plans:commitment-detail", "plans:commitment-confirm", "plans:commitment-end"),
    *("plans:occurrence-record", "plans-api:commitment-detail", "plans-api:commitment-confirm"),
    *("plans-api:commitment-end", "plans-api:occurrence-record"),
)
_OF_AREA = (
    *("governance:assurance-rate", "governance-api:assurance-set"),
    *("governance:summary-write", "governance:summary-approve"),
)
KEYS = {
    **dict.fromkeys(_OF_ACTION, "action"),
    **dict.fromkeys(_OF_COMMITMENT, "commitment"),
    **dict.fromkeys(_OF_AREA, "area"),
    **dict.fromkeys(("governance-api:group-detail", "governance-api:terms-file"), "group"),
} | {
    f"governance:{name}": "group"
    for name in (
        "group-detail",
        "group-end",
        "group-place",
        "membership-add",
        "membership-end",
        "terms-add",
        "terms-file",
    )
}
KEYS |= {
    f"governance:{name}": "risk"
    for name in (
        *("risk-detail", "risk-change", "risk-review", "risk-move", "risk-close"),
        *("mitigation-add", "mitigation-change", "mitigation-end"),
    )
} | {f"governance-api:risk-{name}": "risk" for name in ("detail", "review", "move")}
_OF_MEETINGS = re.compile(
    r"governance(?:-api)?:(?:meeting|item|paper|interest|attendance)-(?!list|feed)"
)
_OF_RECORDS = re.compile(r"governance(?:-api)?:(?:decision|log)-")
KEYS |= {f"governance:barrier-{name}": "barrier" for name in ("assign", "answer", "close")}
KEYS |= dict.fromkeys(("governance:barrier-detail", "governance-api:barrier-detail"), "barrier")
KEYS |= {
    f"governance:{name}": "audit"
    for name in (
        *("audit-detail", "audit-change", "audit-cancel", "audit-report", "audit-file"),
        *("audit-tell", "finding-add"),
    )
} | {"governance-api:audit-detail": "audit"}
MEASURES = ("kpis:", "kpis-api:")
NUMBERS = {
    "accounts:deputy-end": "deputyship",
    "accounts:holding-end": "holding",
    "accounts:post-fill": "post",
    "accounts:role-end": "role",
    "governance:membership-end": "membership",
    "governance:interest-withdraw": "interest",
    "governance:paper-file": "paper",
    "governance:paper-withdraw": "paper",
    "governance-api:paper-file": "paper",
    "plans:judgement-decide": "judgement",
    "plans:evidence-file": "evidence",
    "plans:evidence-withdraw": "evidence",
    "plans-api:evidence-file": "evidence",
    "plans-api:evidence-withdraw": "evidence",
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
            if response.streaming:
                response.getvalue()  # read to its end, which closes it as a server would
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
        return values[_kind_of_key(route.name)]
    if name == "month" and "workstream" in values and "/returns/" in route.path:
        return values["open_month"]
    if name == "item" and ":feedback-" in route.name:
        return values["entry"]
    if name == "pk":
        return values[NUMBERS.get(route.name, "person")]
    return values[name]


def _kind_of_key(name: str) -> str:
    """Of what a route names the key."""
    if name.startswith(MEASURES):
        return "measure"
    if _OF_RECORDS.match(name):
        return "council"
    return "group" if _OF_MEETINGS.match(name) else KEYS.get(name, "milestone")


def _written_out(route: Route) -> str:
    """The address of a package's nameless route: its pattern with the values in their place."""
    plain = re.sub(r"[\^$]|\\Z", "", route.name)
    return re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)", _filled, plain)


def _filled(match: re.Match[str]) -> str:
    return str(OF_PACKAGES[match[1] or match[2]])
