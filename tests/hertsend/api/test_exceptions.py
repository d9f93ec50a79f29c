"""Every refusal has one format, whoever raised it."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.test import APIRequestFactory

from hertsend import dates
from hertsend.api.exceptions import handler
from hertsend.api.views import ApiView
from hertsend.errors import Conflict, NotAllowed, RuleBroken

TYPED = {"what_happened": "Mine."}
NOT_HERE = "There is nothing here, or you may not see it."
NOT_UNDERSTOOD = "This was not understood. The fields say what to put right."


def answer_to(error: Exception, body: object = TYPED):
    """What an endpoint that raises ``error`` answers to ``body``."""

    class Raising(ApiView):
        authentication_classes = ()
        permission_classes = ()

        def post(self, request):
            raise error

    request = APIRequestFactory().post("/", json.dumps(body), content_type="application/json")
    response = Raising.as_view()(request)
    response.render()
    return response


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (NotAllowed("Not yours."), 403, ("not_allowed", "Not yours.", {})),
        (
            RuleBroken({"stage": ["Select a stage."], "rating": ["Select a rating."]}),
            400,
            (
                "rule_broken",
                "Select a stage. Select a rating.",
                {"stage": ["Select a stage."], "rating": ["Select a rating."]},
            ),
        ),
        (RuleBroken("Nothing to sign."), 400, ("rule_broken", "Nothing to sign.", {})),
        (
            RuleBroken({"": ["Of all."], "reason": ["Enter why."]}),
            400,
            ("rule_broken", "Of all. Enter why.", {"reason": ["Enter why."]}),
        ),
        (Http404("Plan 12 of Elsewhere"), 404, ("not_found", NOT_HERE, {})),
        (exceptions.NotFound("Invalid page."), 404, ("not_found", NOT_HERE, {})),
        (
            ValidationError({"words": ["Too long."]}),
            400,
            ("invalid", NOT_UNDERSTOOD, {"words": ["Too long."]}),
        ),
        (ValidationError("Too long."), 400, ("invalid", "Too long.", {})),
        (ValidationError({"__all__": ["Both."]}), 400, ("invalid", "Both.", {})),
        (
            exceptions.ValidationError({"leads": [{}, {"key": ["Unknown."]}], "a": {"b": ["c"]}}),
            400,
            ("invalid", NOT_UNDERSTOOD, {"leads.1.key": ["Unknown."], "a.b": ["c"]}),
        ),
        (
            exceptions.ValidationError({"non_field_errors": ["Expected a dictionary."]}),
            400,
            ("invalid", "Expected a dictionary.", {}),
        ),
        (
            PermissionDenied("secret reason"),
            403,
            ("permission_denied", "You do not have permission to perform this action.", {}),
        ),
        (
            exceptions.MethodNotAllowed("POST"),
            405,
            ("method_not_allowed", 'Method "POST" not allowed.', {}),
        ),
        (
            exceptions.UnsupportedMediaType("text/csv"),
            415,
            ("unsupported_media_type", 'Unsupported media type "text/csv" in request.', {}),
        ),
        (
            exceptions.ParseError("JSON parse error"),
            400,
            ("parse_error", "JSON parse error", {}),
        ),
    ],
)
def test_a_refusal_has_a_code_a_sentence_and_fields(error, status, body):
    answer = answer_to(error)
    assert answer.status_code == status
    assert json.loads(answer.content) == dict(zip(("code", "message", "fields"), body, strict=True))


def test_a_conflict_carries_what_is_stored_and_what_was_sent():
    moment = dt.datetime(2024, 9, 3, 12, tzinfo=dates.LONDON)
    error = Conflict("Somebody was first.", current={"at": moment}, submitted={"rating": "red"})
    answer = answer_to(error)
    assert answer.status_code == 409
    assert json.loads(answer.content) == {
        "code": "conflict",
        "message": "Somebody was first.",
        "fields": {},
        "current": {"at": "2024-09-03T12:00:00+01:00"},
        "submitted": {"rating": "red"},
    }


@pytest.mark.parametrize(("body", "kept"), [(TYPED, TYPED), (["a"], {}), ("a", {})])
def test_a_conflict_without_words_gives_back_the_body(body, kept):
    answer = answer_to(Conflict("Somebody was first."), body)
    assert json.loads(answer.content)["submitted"] == kept


def test_waiting_is_told_in_the_header():
    answer = answer_to(exceptions.Throttled(wait=30.4))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "31"
    assert json.loads(answer.content)["code"] == "throttled"


def test_a_fault_of_ours_is_no_refusal():
    assert handler(KeyError("a"), {}) is None
    with pytest.raises(KeyError):
        answer_to(KeyError("a"))


@pytest.mark.parametrize("error", [NotAllowed("No."), exceptions.ParseError("No.")])
def test_no_refusal_is_kept_by_a_cache(error):
    assert answer_to(error).headers["Cache-Control"] == "private, no-store"
