"""One format for every refusal: a stable code, a sentence, and sentences by field.

``{"code": "rule_broken", "message": "…", "fields": {"stage": ["…"]}}``; a conflict also carries
``current`` (what is stored now) and ``submitted`` (what was sent), so that nothing typed is lost.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.serializers import DateTimeField
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from hertsend.errors import Conflict, NotAllowed, RuleBroken

NOT_HERE = "There is nothing here, or you may not see it."
NOT_UNDERSTOOD = "This was not understood. The fields say what to put right."
TOO_LARGE = "The body is too large."
BELONGS_TO_NO_FIELD = frozenset({"", "__all__", api_settings.NON_FIELD_ERRORS_KEY})


def handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer a refusal in the one format; None, so a 500 that is logged, for what is no refusal."""
    answer = _of_ours(error, context) or _of_frameworks(error)
    if answer is not None:
        set_rollback()
    return answer


def _of_ours(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """A refusal by a service."""
    if isinstance(error, NotAllowed):
        return _answer(status.HTTP_403_FORBIDDEN, "not_allowed", error.sentence)
    if isinstance(error, RuleBroken):
        return _answer(
            status.HTTP_400_BAD_REQUEST, "rule_broken", error.sentence, fields=error.errors
        )
    if isinstance(error, Conflict):
        typed = context["request"].data
        answer = _answer(status.HTTP_409_CONFLICT, "conflict", error.sentence)
        answer.data["current"] = {name: _as_shown(value) for name, value in error.current.items()}
        answer.data["submitted"] = error.submitted or (
            dict(typed) if isinstance(typed, Mapping) else {}
        )
        return answer
    return None


def _as_shown(value: Any) -> Any:
    """A moment in the time zone in which every answer gives it."""
    return DateTimeField().to_representation(value) if isinstance(value, dt.datetime) else value


def _of_frameworks(error: Exception) -> Response | None:
    """A refusal by Django or the REST framework."""
    if isinstance(error, Http404 | exceptions.NotFound):
        return _answer(status.HTTP_404_NOT_FOUND, "not_found", NOT_HERE)
    if isinstance(error, RequestDataTooBig):
        return _answer(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, "too_large", TOO_LARGE)
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(_by_field(error))
    if isinstance(error, exceptions.ValidationError):
        return _answer(
            error.status_code, "invalid", NOT_UNDERSTOOD, fields=_sentences(error.detail)
        )
    if isinstance(error, exceptions.APIException):
        return _told(error)
    return None


def _by_field(error: DjangoValidationError) -> Any:
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def _told(error: exceptions.APIException) -> Response:
    """Any other refusal of the framework, with the headers that belong to it."""
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return _answer(error.status_code, error.default_code, str(error.detail), headers=headers)


def _answer(
    code: int,
    name: str,
    message: str,
    *,
    fields: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The one format. Sentences that belong to no field become the message."""
    by_field = dict(fields or {})
    of_all = [text for key in BELONGS_TO_NO_FIELD for text in by_field.pop(key, [])]
    if of_all and not by_field:
        message = " ".join(of_all)
    return Response(
        {"code": name, "message": message, "fields": by_field},
        status=code,
        headers=dict(headers or {}),
    )


def _sentences(detail: Any, place: str = "") -> dict[str, list[str]]:
    """Flatten the framework's nested details: ``{"leads.0": ["…"]}``."""
    if isinstance(detail, Mapping):
        items = [(str(key), value) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(each, Mapping | list) for each in detail):
        items = [(str(index), value) for index, value in enumerate(detail)]
    else:
        return {place: [str(each) for each in (detail if isinstance(detail, list) else [detail])]}
    found: dict[str, list[str]] = {}
    for key, value in items:
        found |= _sentences(value, f"{place}.{key}" if place else key)
    return found
