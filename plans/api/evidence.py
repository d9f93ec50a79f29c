"""Evidence by the API: listed, added as link or file, withdrawn, and its file handed out."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.parsers import JSONParser
from hertsend.api.schema import answers, page_of
from hertsend.files import store
from hertsend.files.answering import as_attachment
from plans import permissions
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.inputs import EvidenceWithdrawalInput, EvidenceWithFileInput
from plans.api.signing_shapes import EvidenceSerializer
from plans.api.views import OfMilestone, OfPlan
from plans.models import Action, Evidence, Plan
from plans.services import evidence as services

EVIDENCE_PAGE = page_of(EvidenceSerializer)


class OfEvidence(OfPlan):
    """An endpoint about pieces of evidence."""

    parser_classes = (JSONParser, MultiPartParser)

    def pieces(self) -> QuerySet[Evidence]:
        """Those that the reader may see, with what answers need."""
        rows = permissions.visible_to(self.request.user, Evidence)
        return rows.select_related("action__plan", "file", "added_by", "withdrawn_by")

    def one(self) -> Evidence:
        """The piece of the address."""
        rows = self.pieces().select_related("action__workstream", "milestone")
        return get_object_or_404(
            rows.prefetch_related("action__areas"), action__plan=self.plan(), pk=self.kwargs["pk"]
        )

    def listed(self, rows: QuerySet[Evidence], plan: Plan) -> Response:
        """A page of pieces."""
        visible = self.visible(Evidence, plan)
        return self.page(rows, EvidenceSerializer, visible_of_evidence=visible)

    def shown(self, piece: Evidence, plan: Plan, code: int) -> Response:
        """One piece."""
        context = {"visible_of_evidence": self.visible(Evidence, plan)}
        return Response(EvidenceSerializer(piece, context=context).data, status=code)

    def added(
        self, request: Request, plan: Plan, service: Callable[..., Evidence], **whose: Any
    ) -> Response:
        """Read the body, keep the piece, and answer it."""
        body = EvidenceWithFileInput(data=request.data)
        body.is_valid(raise_exception=True)
        piece = service(
            words=body.words, by=request.user, submission_key=submission_key(request), **whose
        )
        return self.shown(piece, plan, status.HTTP_201_CREATED)


class MilestoneEvidence(OfEvidence, OfMilestone):
    """The evidence of a milestone."""

    @extend_schema(operation_id="evidence_list", responses=answers(200, EVIDENCE_PAGE, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """List the evidence of a milestone, in the order in which it was added."""
        row = self.milestone()
        return self.listed(self.pieces().filter(milestone=row), row.plan)

    @extend_schema(
        operation_id="evidence_create",
        request=EvidenceWithFileInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, EvidenceSerializer, 404, 409, 413),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Add a piece of evidence to a milestone: a link, or a file as multipart/form-data."""
        row = self.milestone()
        access.require(request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
        return self.added(request, row.plan, services.add_to_milestone, milestone=row)


class ActionEvidence(OfEvidence):
    """The evidence of the difference that an action makes."""

    def subject(self) -> Action:
        """The action of the address, with what rights ask for."""
        rows = self.rows(Action, self.plan()).select_related("plan", "workstream")
        return get_object_or_404(rows.prefetch_related("areas"), key=self.key())

    @extend_schema(
        operation_id="action_evidence_list",
        responses=answers(200, EVIDENCE_PAGE, 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """List the evidence of an action's impact, in the order in which it was added."""
        row = self.subject()
        return self.listed(self.pieces().filter(action=row, milestone=None), row.plan)

    @extend_schema(
        operation_id="action_evidence_create",
        request=EvidenceWithFileInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, EvidenceSerializer, 404, 409, 413),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Add a piece of evidence of an action's impact."""
        row = self.subject()
        access.require(
            request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(row)
        )
        return self.added(request, row.plan, services.add_to_action, action=row)


class EvidenceWithdrawal(OfEvidence):
    """Taking a piece of evidence back."""

    parameters = frozenset()
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="evidence_withdraw",
        request=EvidenceWithdrawalInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(200, EvidenceSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, pk: int) -> Response:
        """Withdraw a piece of evidence with a reason; it stays on record."""
        piece = self.one()
        access.require(
            request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(piece.action)
        )
        body = EvidenceWithdrawalInput(data=request.data)
        body.is_valid(raise_exception=True)
        done = services.withdraw(
            evidence=piece,
            by=request.user,
            submission_key=submission_key(request),
            **body.validated_data,
        )
        return self.shown(done, piece.action.plan, status.HTTP_200_OK)


class EvidenceFile(OfEvidence):
    """The file of a piece of evidence."""

    parameters = frozenset()

    @extend_schema(operation_id="evidence_file", responses=answers(200, OpenApiTypes.BINARY, 404))
    def get(self, request: Request, plan: str, pk: int) -> HttpResponseBase:
        """Hand out the file, to be saved."""
        piece = self.one()
        if piece.file is None:
            raise Http404
        try:
            return as_attachment(
                store.opened(piece.file.sha256),
                name=piece.file.name,
                media_type=piece.file.media_type,
                size=piece.file.size,
            )
        except store.FileIsGone:
            raise Http404 from None
