"""What every endpoint refuses before it does anything: strangers, ended tokens, wrong bodies."""

import datetime as dt

import pytest
from django.test import Client, override_settings
from knox.models import AuthToken
from rest_framework.test import APIClient

from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import tokens
from hertsend.records.bases import save_audited
from plans.models import MilestoneUpdate
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.plans.api.calls import milestone_address, words

PLANS = "/api/v1/plans/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENDED = "This token is not valid, or it has ended."


def with_token(person: User) -> APIClient:
    """A program that holds a new token of the person."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {tokens.create(by=person)}")
    return client


def refusal(answer) -> tuple[int, str]:
    """The status and the sentence of a refusal."""
    return answer.status_code, answer.json()["message"]


class TestToken:
    """Authorization: Token …"""

    def test_a_token_acts_for_its_person(self, world):
        lead = world.people[Role.WORKSTREAM_LEAD]
        answer = with_token(lead).post(milestone_address(world, "updates"), words())
        assert answer.status_code == 201
        assert MilestoneUpdate.objects.get().by == lead
        assert world.milestone().history.latest().history_user == lead

    def test_a_token_needs_no_csrf_token_and_opens_no_page(self, world):
        client = with_token(world.people[Role.WORKSTREAM_LEAD])
        client.handler.enforce_csrf_checks = True
        assert client.post(milestone_address(world, "updates"), words()).status_code == 201
        assert client.get("/admin/").status_code == 302

    def test_a_token_ends_with_the_last_role(self, world):
        person = world.person(Role.BOARD_MEMBER)
        client = with_token(person)
        assert client.get(PLANS).status_code == 200
        second = world.person(Role.ADVISER)
        row = RoleAssignment.objects.get(user=person)
        row.ends_on = TODAY
        save_audited(row, by=second, reason="Left the board")
        assert client.get(PLANS).status_code == 200, "the last day still counts"
        with at(TODAY + dt.timedelta(days=1)):
            assert refusal(client.get(PLANS)) == (401, ENDED)

    def test_another_role_keeps_the_token_alive(self, world):
        person = world.person(Role.BOARD_MEMBER, ends_on=TODAY - dt.timedelta(days=1))
        with pytest.raises(Exception, match="no role now"):
            tokens.create(by=person)
        make.RoleAssignmentFactory(
            user=person, partnership=world.partnership, role=Role.ADVISER, starts_on=TODAY
        )
        assert with_token(person).get(PLANS).status_code == 200

    def test_a_token_of_a_deactivated_person_is_refused(self, world):
        person = world.person(Role.BOARD_MEMBER)
        client = with_token(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        assert refusal(client.get(PLANS)) == (401, ENDED)

    def test_a_token_that_expired_is_refused(self, world):
        client = with_token(world.people[Role.BOARD_MEMBER])
        AuthToken.objects.update(expiry=dt.datetime(2024, 9, 1, tzinfo=dt.UTC))
        assert refusal(client.get(PLANS)) == (401, ENDED)

    def test_a_revoked_token_is_refused_at_once(self, world):
        person = world.people[Role.BOARD_MEMBER]
        client = with_token(person)
        (token,) = tokens.listed(by=person)
        assert tokens.revoke(reference=token.reference, by=person)
        assert refusal(client.get(PLANS)) == (401, ENDED)

    @pytest.mark.parametrize(
        "header",
        [
            "Token",
            "Token ",
            "Token a b",
            "Token abc",
            f"Token {'0' * 64}",
            "Token \xff\xfe",
            "token x",
        ],
    )
    def test_what_is_no_token_is_refused(self, world, header):
        answer = APIClient().get(PLANS, HTTP_AUTHORIZATION=header)
        assert (answer.status_code, answer.json()["fields"]) == (401, {})
        assert answer.headers["WWW-Authenticate"] == "Token"

    def test_right_beginning_and_wrong_end_is_refused(self, world):
        text = tokens.create(by=world.people[Role.BOARD_MEMBER])
        for wrong in (text[:-1] + ("0" if text[-1] != "0" else "1"), text[:-1] + "z", text + "0"):
            answer = APIClient().get(PLANS, HTTP_AUTHORIZATION=f"Token {wrong}")
            assert refusal(answer) == (401, ENDED)


class TestSession:
    """The browser's own sign-in."""

    def test_reading_needs_only_the_session(self, world, as_role):
        answer = as_role(Role.BOARD_MEMBER).get(PLANS)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(("given", "status"), [("", 403), ("a" * 32, 201)])
    def test_writing_needs_the_csrf_token_too(self, world, given, status):
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.people[Role.WORKSTREAM_LEAD], backend=BACKEND)
        client.cookies["csrftoken"] = "a" * 32
        answer = client.post(
            milestone_address(world, "updates"),
            words(),
            content_type="application/json",
            headers={"X-CSRFToken": given},
        )
        assert answer.status_code == status
        assert MilestoneUpdate.objects.exists() == (status == 201)

    def test_a_person_without_a_role_reads_nothing(self, world):
        client = Client()
        client.force_login(world.stranger, backend=BACKEND)
        for path in (PLANS, "/api/v1/schema/"):
            assert client.get(path).status_code == 403
        assert refusal(client.get(PLANS)) == (403, "You hold no role in a partnership now.")

    def test_a_stranger_is_asked_to_sign_in(self, world):
        answer = Client().get(PLANS)
        assert answer.json() == {
            "code": "not_authenticated",
            "message": "Authentication credentials were not provided.",
            "fields": {},
        }
        assert answer.status_code == 401
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert Client().get("/api/v1/schema/").status_code == 401


class TestBody:
    """JSON, of a bounded size and depth."""

    @pytest.fixture
    def send(self, world, as_role):
        def sending(body, content_type="application/json", **headers):
            return as_role(Role.WORKSTREAM_LEAD).generic(
                "POST", milestone_address(world, "updates"), body, content_type, **headers
            )

        return sending

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b"", "invalid"),
            (b"{", "parse_error"),
            (b'{"rating": NaN}', "parse_error"),
            (b"\xff\xfe", "parse_error"),
            (b"[" * 100_000, "parse_error"),
            (b"1" * 5000, "parse_error"),
            (b"[]", "invalid"),
            (b"null", "invalid"),
            (b'"text"', "invalid"),
            (b'{"what_happened": "\\ud800"}', "invalid"),
            (b'{"base_version": 1e400}', "invalid"),
            (b'{"base_version": 99999999999999999999}', "invalid"),
        ],
    )
    def test_what_is_no_json_object_is_refused(self, world, send, body, code):
        answer = send(body)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
        assert world.milestone().version == 0

    @pytest.mark.parametrize(
        "content_type", ["application/x-www-form-urlencoded", "text/plain", "application/xml"]
    )
    def test_only_json_is_read(self, send, content_type):
        answer = send(b"rating=red", content_type)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")

    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
    @pytest.mark.parametrize(("length", "status"), [(1000, 400), (1001, 413)])
    def test_a_body_is_refused_before_it_is_read_when_it_is_too_large(self, send, length, status):
        answer = send(b'{"a": "' + b"x" * (length - 9) + b'"}')
        assert answer.status_code == status

    def test_another_method_by_header_is_not_taken(self, world, send):
        answer = send(b"{}", HTTP_X_HTTP_METHOD_OVERRIDE="DELETE")
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid"


@pytest.mark.parametrize("query", ["?format=api", "?fields=password", "?ordering=by__password"])
def test_parameters_without_meaning_are_refused(world, api_as, query):
    answer = api_as(Role.BOARD_MEMBER).get(PLANS + query)
    assert answer.status_code in {400, 404}
    assert answer.json()["code"] in {"invalid", "not_found"}
