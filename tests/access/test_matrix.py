"""Who gets which answer at every address: held against a table that people have read.

A cell of ``expectations.csv`` is the status of the answer, or "login" for the way to the sign-in
page. ``own`` is the actor's part of the plan (for those who have one: workstream and area PA1),
``other`` another workstream's. A name that ends in ``*`` stands for all addresses of a package.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from tests.access.asking import Answer, ask, url_of
from tests.access.routes import Route, all_routes
from tests.access.stage import ACTORS, Stage, clock

pytestmark = pytest.mark.embedded

TABLE = Path(__file__).with_name("expectations.csv")
METHODS = ("GET", "POST")
VARY = {
    "action",
    "delivery",
    "edition",
    "item",
    "key",
    "meeting",
    "month",
    "number",
    "pk",
    "plan",
    "quarter",
    "reference",
    "revision",
    "workstream",
}
OF_NOBODY = {"anonymous", "deactivated"}
ONCE_ONLY = re.compile(
    r'(name="csrfmiddlewaretoken" value|nonce|name="submission_key" value)="[^"]*"'
    r"|/plans/[\w-]+/|/people/[\w/-]*"
)


@cache
def expectations() -> dict[tuple[str, str, str], dict[str, str]]:
    """The rows by route, method and object."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["route", "method", "object", *ACTORS]
    return {
        (row["route"], row["method"], row["object"]): {actor: row[actor] for actor in ACTORS}
        for row in rows
    }


def row_of(route: Route, method: str, thing: str) -> str:
    """The name under which a route stands in the table: its own, or that of its package."""
    groups = {name for name, _, _ in expectations() if name.endswith("*")}
    if (route.name, method, thing) in expectations():
        return route.name
    return next((each for each in groups if route.name.startswith(each[:-1])), route.name)


def things_of(route: Route) -> tuple[str, ...]:
    """Whether another workstream's object makes a difference at this address."""
    is_of_one = bool({"key", "workstream"} & route.parameters) and not route.is_of_package
    return ("own", "other") if is_of_one else ("own",)


CELLS = [(route, method) for route in all_routes() for method in METHODS]


def test_every_address_has_a_row_and_every_row_an_address():
    needed = {
        (row_of(route, method, thing), method, thing)
        for route, method in CELLS
        for thing in things_of(route)
    }

    assert needed - set(expectations()) == set(), "Say in expectations.csv who gets which answer"
    assert set(expectations()) - needed == set(), "Take the row out: the address is gone"


def test_an_address_without_a_row_is_seen():
    route = Route("plans:risk-list", "plans/<slug:plan>/risks/", frozenset({"plan"}))

    assert (row_of(route, "GET", "own"), "GET", "own") not in expectations()


KEPT_WHEN_SHOWN = {"plans_signaturesheet", "plans_sheetreading", "governance_delivery"}
"""What a joint chair was shown before signing, and when a pack was first opened, is on record."""


PUBLIC = "/public/"
"""What everyone may read, whoever they are: it says nothing of who asked, and may be kept."""


def _unsafe_in_public(response) -> list[str]:
    headers = response.headers
    sound = {
        "Content-Security-Policy": "default-src 'self'" in headers["Content-Security-Policy"],
        "X-Content-Type-Options": headers.get("X-Content-Type-Options") == "nosniff",
        "X-Frame-Options": headers.get("X-Frame-Options") == "DENY",
        "Cache-Control": headers.get("Cache-Control") == "public, max-age=300",
        "Vary": "Vary" not in headers,
        "Set-Cookie": not response.cookies,
    }
    return [name for name, is_sound in sound.items() if not is_sound]


def unsafe(answer: Answer, actor: str) -> list[str]:
    """What is missing in the headers of an answer."""
    headers = answer.response.headers
    policy = headers.get("Content-Security-Policy", "")
    shows_nothing = actor in OF_NOBODY or answer.word == "login"
    if answer.response.request["PATH_INFO"].startswith(PUBLIC) and answer.word == "200":
        return _unsafe_in_public(answer.response)
    sound = {
        "Content-Security-Policy": "unsafe-" not in policy
        and ("default-src 'self'" in policy or policy.startswith("sandbox; default-src 'none';")),
        "Content-Security-Policy: frame-ancestors": "frame-ancestors 'none'" in policy,
        "X-Content-Type-Options": headers.get("X-Content-Type-Options") == "nosniff",
        "X-Frame-Options": headers.get("X-Frame-Options") == "DENY",
        "Referrer-Policy": headers.get("Referrer-Policy") == "same-origin",
        "Cache-Control": shows_nothing or headers.get("Cache-Control") == "private, no-store",
    }
    return [name for name, is_sound in sound.items() if not is_sound]


def faults(answer: Answer, *, actor: str, method: str, expected: str) -> list[str]:
    """All that is wrong with an answer, in words."""
    found = [] if answer.word == expected else [f"{answer.word} instead of {expected}"]
    if answer.word.startswith("5"):
        found.append("a fault of ours")
    kept = set() if answer.is_refusal else KEPT_WHEN_SHOWN
    if (written := set(answer.written) - kept) and (method == "GET" or answer.is_refusal):
        found.append(f"wrote to {', '.join(sorted(written))}")
    return found + [f"header {name}" for name in unsafe(answer, actor)]


@pytest.mark.slow
@pytest.mark.parametrize("route", all_routes(), ids=lambda route: route.name)
def test_everyone_gets_the_answer_that_the_table_says(stage: Stage, route: Route):
    found = {}
    for thing in things_of(route):
        url = url_of(route, stage.objects[thing])
        for method in METHODS:
            expected = expectations()[(row_of(route, method, thing), method, thing)]
            for actor in ACTORS:
                answer = ask(stage, actor, method, url)
                wrong = faults(answer, actor=actor, method=method, expected=expected[actor])
                found |= {(method, thing, actor): wrong} if wrong else {}

    assert found == {}, f"{route.name} answers otherwise than expectations.csv says"


NESTED = [route for route in all_routes() if VARY & route.parameters and not route.is_of_package]
WHO_ASKS = ("administrator", "programme_office")


def plain(answer: Answer) -> str:
    """The words of an answer without what differs every time and without its own address."""
    return ONCE_ONLY.sub("", answer.response.content.decode())


@pytest.mark.slow
@pytest.mark.parametrize("route", NESTED, ids=lambda route: route.name)
def test_not_yours_and_not_there_answer_alike(stage: Stage, route: Route):
    """Each parameter is varied alone, the others staying the actor's own; and all together."""
    own, found = stage.objects["own"], {}
    groups = [{name} for name in route.parameters & VARY] + [route.parameters & VARY]
    for names in groups:
        changed = {name for each in names for name in _objects_of(each)}
        foreign, missing = (
            url_of(route, own | {name: stage.objects[whose][name] for name in changed})
            for whose in ("foreign", "missing")
        )
        if foreign == url_of(route, own):
            continue  # the other partnership happens to use the same word
        for actor in WHO_ASKS:
            for method in METHODS:
                found |= _difference(stage, actor, method, foreign, missing)

    assert found == {}, "Reach rows through visible_to(user): 404 for both, with the same words"


def _objects_of(parameter: str) -> set[str]:
    """The stage's objects that may stand for a parameter."""
    numbers = {"deputyship", "holding", "interest", "judgement", "paper", "person", "post", "role"}
    kinds = {
        "key": {"action", "area", "commitment", "measure", "milestone", "risk", "barrier", "audit"},
        "month": {"month", "open_month"},
        "pk": numbers,
    }
    return kinds.get(parameter, {parameter})


def _difference(stage: Stage, actor: str, method: str, foreign: str, missing: str) -> dict:
    one, two = ask(stage, actor, method, foreign), ask(stage, actor, method, missing)
    if one.word == two.word and plain(one) == plain(two):
        return {}
    return {(actor, method, foreign): f"{one.word}, but {two.word} where there is nothing"}


@pytest.mark.slow
def test_nothing_is_changed_without_the_token_of_the_page(stage: Stage):
    """A session alone is not enough to write: another site's form has no token."""
    answered = {}
    for route in all_routes():
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        browser.cookies = stage.client("administrator").cookies
        with clock():
            response = browser.post(url_of(route, stage.objects["own"]), {"a": "b"})
        answered[route.name] = response.status_code

    assert {name: status for name, status in answered.items() if status != 403} == {}


def test_the_guard_sees_what_is_wrong_with_an_answer(stage: Stage):
    answer = ask(stage, "board_member", "GET", "/")
    del answer.response.headers["X-Frame-Options"]
    answer.response.headers["Cache-Control"] = "public"
    answer.response.headers["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
    wrote = Answer("403", answer.response, ("plans_milestone",))

    assert faults(wrote, actor="board_member", method="POST", expected="404") == [
        "403 instead of 404",
        "wrote to plans_milestone",
        "header Content-Security-Policy",
        "header Content-Security-Policy: frame-ancestors",
        "header X-Frame-Options",
        "header Cache-Control",
    ]


def test_the_guard_sees_a_write(stage: Stage):
    """Making a token writes, for those who may."""
    assert ask(stage, "board_member", "POST", "/people/tokens/new/").written == ("knox_authtoken",)
    assert ask(stage, "nobody", "POST", "/people/tokens/new/").written == ()


def test_bodies_are_compared_by_their_words(stage: Stage):
    one = ask(stage, "adviser", "GET", "/plans/nowhere/")
    two = ask(stage, "adviser", "GET", "/plans/neither/")

    assert "nowhere" not in plain(one)
    assert plain(one) == plain(two)
    assert plain(one) != plain(ask(stage, "adviser", "GET", "/ratings/"))
