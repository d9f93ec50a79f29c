"""Packs as programs read them, and each step on their way: thin doors, each to one service."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance.boardpack.arranging import LEAVABLE, MOVABLE
from governance.enums import DeliveryState, Edition, PackState
from governance.forms import from_parameter
from governance.models import PackRun
from governance.permissions import packs as rights
from governance.policies.packs import LONGEST_FOREWORD, LONGEST_REASON
from governance.selectors import pack_pages as reads
from governance.services import deliveries, pack_runs, packs
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer, WordField
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import MonthField, Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.api.views import OfPlan
from plans.models import Plan


class PackSerializer(serializers.Serializer):
    """A pack on its way; readers who prepare none see issued ones only."""

    month = MonthField(source="period.month")
    edition = serializers.ChoiceField(choices=Edition.choices)
    revision = serializers.IntegerField()
    state = serializers.ChoiceField(choices=PackState.choices)
    cut_off = serializers.DateTimeField(source="pack.cut_off", default=None, allow_null=True)
    sha256 = serializers.CharField(source="pack.sha256", default="")
    shown_sha256 = serializers.CharField(
        help_text="Of all that readers are shown, with foreword and order: from the release on."
    )
    reason = serializers.CharField(source="pack.reason", default="")
    foreword = serializers.CharField()
    order = serializers.ListField(child=serializers.CharField())
    left_out = serializers.ListField(child=serializers.CharField())
    rendered_at = serializers.DateTimeField(allow_null=True)
    released_at = serializers.DateTimeField(allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    page = serializers.CharField(source="pack_url")
    version = serializers.IntegerField()


class DeliverySerializer(serializers.Serializer):
    """What became of telling one person of an issued pack."""

    id = serializers.IntegerField(source="delivery.pk")
    person = serializers.CharField(source="delivery.person.name")
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    sent_at = serializers.DateTimeField(
        source="delivery.message.sent_at", default=None, allow_null=True
    )
    opened_at = serializers.DateTimeField(source="delivery.opened_at", allow_null=True)
    may_send_again = serializers.BooleanField()


class PackStepInput(StrictSerializer):
    """A step on exactly what was read."""

    base_version = serializers.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, help_text="The pack's version when you read it."
    )


class PackReasonInput(PackStepInput):
    """A step with its reason."""

    reason = Typed(max_length=LONGEST_REASON)


class PackPrepareInput(PackStepInput):
    """The office's words and order; what is not sent is empty or as usual."""

    foreword = Typed(required=False, default="", max_length=LONGEST_FOREWORD)
    order = serializers.ListField(
        child=WordField(choices=list(MOVABLE.items())), required=False, default=list
    )
    left_out = serializers.ListField(
        child=WordField(choices=list(LEAVABLE.items())), required=False, default=list
    )


class SendAgainInput(StrictSerializer):
    """No words are needed."""


class OfPacks(OfPlan):
    """An endpoint about the packs of a plan."""

    def runs(self, plan: Plan) -> Any:
        """The packs that the reader may open; for those who prepare packs, all that are made."""
        user = self.request.user
        does = rights.does_in_packs(user, plan)
        rows = rights.runs_in_preparation if does["previews"] else rights.visible_runs
        return rows(user).filter(period__plan=plan)

    def run(self) -> PackRun:
        """The pack of the address."""
        asked, plan = self.kwargs, self.plan()
        first = from_parameter(asked["month"])
        if first is None:
            raise Http404("There is no such month.")
        rows = self.runs(plan).select_related("period__plan", "pack").defer("pack__content")
        return get_object_or_404(
            rows, period__month=first, edition=asked["edition"], revision=asked["revision"]
        )


class PackList(OfPacks):
    """The packs of a plan."""

    @extend_schema(operation_id="packs_list", responses=answers(200, page_of(PackSerializer), 404))
    def get(self, request: Request, plan: str) -> Response:
        """List the packs that you may open, the latest month first."""
        return self.page(reads.in_order(self.runs(self.plan())), PackSerializer)


class PackDetail(OfPacks):
    """One pack."""

    parameters = frozenset()

    @extend_schema(operation_id="packs_read", responses=answers(200, PackSerializer, 404))
    def get(self, request: Request, plan: str, **address: Any) -> Response:
        """Show how far a pack is; its content is read on its page."""
        return Response(PackSerializer(self.run()).data)


class Stepping(OfPacks):
    """An endpoint that takes a pack a step on its way."""

    parameters = frozenset()

    def step(
        self,
        shape: type[StrictSerializer],
        require: Callable[[Any, Plan], None],
        act: Callable[..., PackRun],
    ) -> Response:
        """Carry it out; who may not act is refused before the body is looked at."""
        run = self.run()
        require(self.request.user, run.period.plan)
        body = shape(data=self.request.data)
        body.is_valid(raise_exception=True)
        after = act(
            run=run,
            by=self.request.user,
            submission_key=submission_key(self.request),
            **body.validated_data,
        )
        return Response(PackSerializer(after).data, status=status.HTTP_201_CREATED)


def _described(name: str, shape: type[StrictSerializer]) -> Any:
    return extend_schema(
        operation_id=f"packs_{name}",
        request=shape,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, PackSerializer, 404, 409),
    )


class PackPrepare(Stepping):
    """The foreword, the order of sections, and what is left out."""

    @_described("prepare", PackPrepareInput)
    def post(self, request: Request, plan: str, **address: Any) -> Response:
        """Store the office's words and order, as long as the pack is not released."""
        return self.step(PackPrepareInput, rights.require_releasing, pack_runs.prepare)


class PackRelease(Stepping):
    """Releasing a pack."""

    @_described("release", PackStepInput)
    def post(self, request: Request, plan: str, **address: Any) -> Response:
        """Hand a pack to the joint chairs, once it was made in every format; takes some seconds."""
        return self.step(PackStepInput, rights.require_releasing, packs.release)


class PackReturn(Stepping):
    """Returning a pack to the office."""

    @_described("return", PackReasonInput)
    def post(self, request: Request, plan: str, **address: Any) -> Response:
        """Return a released pack with the reason."""
        return self.step(PackReasonInput, rights.require_issuing, pack_runs.send_back)


class PackIssue(Stepping):
    """Issuing a pack."""

    @_described("issue", PackStepInput)
    def post(self, request: Request, plan: str, **address: Any) -> Response:
        """Give a released pack to its readers; each is told by e-mail."""
        return self.step(PackStepInput, rights.require_issuing, pack_runs.issue)


class PackReissue(Stepping):
    """Correcting an issued pack."""

    @_described("reissue", PackReasonInput)
    def post(self, request: Request, plan: str, **address: Any) -> Response:
        """Have a further version made, which says why; the issued one stays."""
        return self.step(PackReasonInput, rights.require_releasing, pack_runs.reissue)


class DeliveryList(OfPacks):
    """Who was told of a pack."""

    @extend_schema(
        operation_id="packs_deliveries", responses=answers(200, page_of(DeliverySerializer), 404)
    )
    def get(self, request: Request, plan: str, **address: Any) -> Response:
        """List everyone who was told of a pack, with what became of the e-mail."""
        run = self.run()
        rights.require_releasing(request.user, run.period.plan)
        return self.page(reads.deliveries_of(run).lines, DeliverySerializer)


class DeliveryAgain(OfPacks):
    """Sending one e-mail again."""

    parameters = frozenset()

    @extend_schema(
        operation_id="packs_delivery_again",
        request=SendAgainInput,
        responses=answers(201, DeliverySerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, delivery: int, **address: Any) -> Response:
        """Send an e-mail again that failed, or of which nobody knows, because you decided so."""
        run = self.run()
        rights.require_releasing(request.user, run.period.plan)
        row = get_object_or_404(run.deliveries.all(), pk=delivery)
        body = SendAgainInput(data=request.data)
        body.is_valid(raise_exception=True)
        deliveries.send_again(delivery=row, by=request.user)
        lines = reads.deliveries_of(run).lines
        (line,) = (each for each in lines if each.delivery == row)
        return Response(DeliverySerializer(line).data, status=status.HTTP_201_CREATED)
