"""The endpoints that fill a return, hand it in and decide on it: thin doors, each to one service."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.api.returns import OfReturn, ReturnDetailSerializer
from governance.services import returns
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers
from hertsend.api.serializers import StrictSerializer, WordField
from hertsend.errors import RuleBroken
from plans.api.acts import IDEMPOTENCY_KEY
from plans.api.fields import Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.enums import Rating, Stage
from plans.models import Milestone, Workstream
from plans.permissions import scope_of_workstream, visible_to
from plans.policies import LONGEST_SENTENCE, LONGEST_WORDS, UpdateWords
from plans.services import drafts

ANSWERS = answers(200, ReturnDetailSerializer, 404, 409)


def version(words: str) -> serializers.IntegerField:
    """A version that the sender had before them."""
    return serializers.IntegerField(min_value=0, max_value=HIGHEST_VERSION, help_text=words)


class DraftInput(StrictSerializer):
    """A row of a return, complete or not."""

    stage = WordField(choices=Stage.choices, required=False)
    rating = WordField(choices=Rating.choices, required=False)
    what_happened = Typed(required=False, max_length=LONGEST_WORDS)
    what_is_next = Typed(required=False, max_length=LONGEST_WORDS)
    forecast_on = serializers.DateField(required=False, allow_null=True)
    reason_for_rating = Typed(required=False, max_length=LONGEST_WORDS)
    internal_note = Typed(required=False, max_length=LONGEST_WORDS)
    sentence_for_families = Typed(required=False, max_length=LONGEST_SENTENCE)
    base_version = version("The row's draft_version when you read it.")
    milestone_version = version("The row's milestone_version when you read it.")

    @property
    def words(self) -> UpdateWords:
        """The values as the service takes them; what is not sent is empty."""
        empty = {"stage": "", "rating": "", "what_happened": ""}
        given = {
            name: self.validated_data[name]
            for name in UpdateWords.__dataclass_fields__
            if name in self.validated_data
        }
        return UpdateWords(**(empty | given))


class DiscardInput(StrictSerializer):
    """Throwing a row's draft away."""

    base_version = version("The row's draft_version when you read it.")


class NothingInput(StrictSerializer):
    """The milestones of which there is nothing to report, and those for which that is taken back."""

    confirmed = serializers.ListField(child=serializers.CharField(), required=False, default=list)
    withdrawn = serializers.ListField(child=serializers.CharField(), required=False, default=list)


class ShownInput(StrictSerializer):
    """An act on exactly what was shown."""

    base_version = version("The return's version when you read it.")
    shown = serializers.CharField(
        max_length=64, help_text="shown_to_submit or shown_to_decide, as you read it."
    )


class SendBackInput(ShownInput):
    """Sending a return back."""

    comment = Typed(max_length=LONGEST_WORDS)


class ActingOnReturn(OfReturn):
    """An endpoint that changes a return."""

    def body(self, shape: type[StrictSerializer]) -> Any:
        """The body, once it is known that the person may act at all."""
        body = shape(data=self.request.data)
        body.is_valid(raise_exception=True)
        return body

    def key_sent(self) -> str:
        """The key that makes sending it again harmless."""
        return self.request.headers.get("Idempotency-Key", "")

    def milestones(self, stream: Workstream, keys: list[str], field: str) -> list[Milestone]:
        """Milestones of the workstream by their keys. Raises ``RuleBroken`` naming unknown ones."""
        rows = visible_to(self.request.user, Milestone).filter(action__workstream=stream)
        found = {row.key: row for row in rows.filter(key__in=[key for key in keys if key])}
        unknown = [key for key in keys if key not in found]
        if unknown:
            raise RuleBroken({field: [f"This return has no milestone “{key}”." for key in unknown]})
        return list(found.values())


class ReturnRow(ActingOnReturn):
    """One row of a return."""

    @extend_schema(
        operation_id="returns_save_row",
        request=DraftInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=ANSWERS,
    )
    def post(self, request: Request, plan: str, month: str, workstream: str, key: str) -> Response:
        """Keep what was typed for a milestone; 409 with both texts when somebody was first."""
        row, period, stream = self.of_address()
        milestone = self.of_key(stream)
        body = self.body(DraftInput)
        drafts.save(
            milestone=milestone,
            period=period,
            words=body.words,
            base_version=body.validated_data["base_version"],
            milestone_version=body.validated_data["milestone_version"],
            submission_key=self.key_sent(),
            by=request.user,
        )
        return self.shown(row, period, stream)

    def of_key(self, stream: Workstream) -> Milestone:
        """The milestone of the address, in this workstream."""
        rows = visible_to(self.request.user, Milestone).filter(action__workstream=stream)
        return get_object_or_404(rows, key=self.key())


class ReturnDiscard(ReturnRow):
    """The draft of one row."""

    @extend_schema(operation_id="returns_discard_row", request=DiscardInput, responses=ANSWERS)
    def post(self, request: Request, plan: str, month: str, workstream: str, key: str) -> Response:
        """Throw a draft away."""
        row, period, stream = self.of_address()
        milestone = self.of_key(stream)
        body = self.body(DiscardInput)
        drafts.discard(milestone=milestone, period=period, by=request.user, **body.validated_data)
        return self.shown(row, period, stream)


class ReturnNothing(ActingOnReturn):
    """What there is nothing to report of."""

    @extend_schema(operation_id="returns_nothing", request=NothingInput, responses=ANSWERS)
    def post(self, request: Request, plan: str, month: str, workstream: str) -> Response:
        """Say of milestones that need no update that there is nothing to report, or take it back."""
        row, period, stream = self.of_address()
        given = self.body(NothingInput).validated_data
        drafts.confirm_nothing(
            confirmed=self.milestones(stream, given["confirmed"], "confirmed"),
            withdrawn=self.milestones(stream, given["withdrawn"], "withdrawn"),
            period=period,
            by=request.user,
        )
        return self.shown(row, period, stream)


class ReturnSubmit(ActingOnReturn):
    """Handing a return in."""

    @extend_schema(
        operation_id="returns_submit",
        request=ShownInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=ANSWERS,
    )
    def post(self, request: Request, plan: str, month: str, workstream: str) -> Response:
        """Turn every draft into an update; 400 names every gap as ``<milestone>.<field>``."""
        row, period, stream = self.of_address()
        access.require(request.user, Permission.SUBMIT_RETURN, **scope_of_workstream(stream))
        returns.submit(
            workstream=stream,
            period=period,
            submission_key=self.key_sent(),
            by=request.user,
            **self.body(ShownInput).validated_data,
        )
        return self.shown(row, period, stream)


class ReturnAccept(ActingOnReturn):
    """Accepting a return."""

    service = staticmethod(returns.accept)
    shape: type[StrictSerializer] = ShownInput

    @extend_schema(
        operation_id="returns_accept",
        request=ShownInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=ANSWERS,
    )
    def post(self, request: Request, plan: str, month: str, workstream: str) -> Response:
        """Accept what was handed in, exactly as it was shown."""
        return self.decide()

    def decide(self) -> Response:
        """Carry the decision out."""
        row, period, stream = self.of_address()
        permissions.require_deciding(self.request.user, row)
        self.service(
            workstream=stream,
            period=period,
            submission_key=self.key_sent(),
            by=self.request.user,
            **self.body(self.shape).validated_data,
        )
        return self.shown(row, period, stream)


class ReturnSendBack(ReturnAccept):
    """Sending a return back."""

    service = staticmethod(returns.send_back)
    shape = SendBackInput

    @extend_schema(
        operation_id="returns_send_back",
        request=SendBackInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=ANSWERS,
    )
    def post(self, request: Request, plan: str, month: str, workstream: str) -> Response:
        """Send a return back with what should be put right."""
        return self.decide()
