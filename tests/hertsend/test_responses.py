"""What every answer carries: security headers, no trace in caches, health, and a log without secrets."""

import pytest
from django.test import Client

from hertsend.accounts.models import User
from hertsend.logs import without_secrets

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def signed_in(db) -> Client:
    client = Client()
    person = User.objects.create_user("alex@example.org", name="Alex (test)")
    client.force_login(person, backend=BACKEND)
    return client


def test_an_answer_carries_the_policies(client):
    headers = client.get("/healthz").headers

    policy = headers["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";")} == {
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    }
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("host", ["evil.example.org", "evil.example.org:80", "a b", "127.0.0.1@x"])
def test_a_host_that_is_not_ours_is_refused_with_a_page(client, db, host):
    answer = client.get("/account/login/", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil.example.org" not in answer.content.decode()
    assert "<h1" in answer.content.decode()


def test_what_a_person_was_shown_is_kept_by_nobody(signed_in):
    response = signed_in.get("/healthz")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert {"Cookie", "Authorization"} <= set(response.headers["Vary"].split(", "))


def test_an_answer_to_a_token_is_kept_by_nobody(client, db):
    response = client.get("/healthz", headers={"Authorization": "Token of-nobody"})

    assert response.headers["Cache-Control"] == "private, no-store"


def test_an_answer_for_everybody_is_not_marked_as_private_to_a_person(client):
    response = client.get("/healthz")

    assert (
        response.headers["Cache-Control"]
        == "max-age=0, no-cache, no-store, must-revalidate, private"
    )
    assert "Authorization" not in response.headers.get("Vary", "")


def test_the_process_answers_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_site_is_ready_when_its_tables_are_there(client, db):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok"})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_read_only(client, db, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("event", "logged"),
    [
        ({"password": "hunter2", "email": "a@example.org"}, {"password": "[removed]", "email": "a@example.org"}),
        ({"headers": {"Authorization": "Token x", "Accept": "*/*"}}, {"headers": {"Authorization": "[removed]", "Accept": "*/*"}}),
        ({"request": "GET /plans/?q=a+child"}, {"request": "GET /plans/"}),
        ({"request": "GET /plans/p/meetings/feed/3-abc.ics"}, {"request": "GET /plans/p/meetings/feed/[removed]"}),
        ({"request": "GET /account/password/reset/key/3-abc/"}, {"request": "GET /account/password/reset/key/[removed]/"}),
        ({"event": "down: redis://user:hunter2@host:6379/0"}, {"event": "down: redis://user:[removed]@host:6379/0"}),
        ({"sessionid": "x", "csrftoken": "y", "code": 200}, {"sessionid": "[removed]", "csrftoken": "[removed]", "code": 200}),
        ({"event": "saved", "milestone": "PA1.2-3"}, {"event": "saved", "milestone": "PA1.2-3"}),
    ],
)  # fmt: skip
def test_a_log_line_holds_no_secret_and_keeps_the_rest(event, logged):
    assert without_secrets(None, "info", event) == logged
