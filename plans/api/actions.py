"""Signatures under whole actions, and the queue of what waits, by the API."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from plans import permissions, selectors
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.inputs import ActionReopeningInput, SignatureInput
from plans.api.signing_shapes import (
    ActionSignOffSerializer,
    SheetSerializer,
    WaitingSerializer,
)
from plans.api.views import OfPlan
from plans.models import Action, ActionSignOff
from plans.services import action_sign_off, sheets


class SignOffQueue(OfPlan):
    """What waits for a signature."""

    @extend_schema(
        operation_id="sign_off_queue", responses=answers(200, page_of(WaitingSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the proposals that wait: yours to sign first, each the longest waiting first."""
        row = self.plan()
        access.require(request.user, Permission.READ_RETURNS, partnership_id=row.partnership_id)
        queue = selectors.sign_off_queue(row, reader=request.user, on=dates.today())
        return self.page([*queue.mine, *queue.others], WaitingSerializer)


class OfSignedAction(OfPlan):
    """An endpoint at which a joint chair decides on an action."""

    parameters = frozenset()

    def subject(self) -> Action:
        """The action of the address; who may not decide on it is refused before anything else."""
        rows = self.rows(Action, self.plan()).select_related("plan", "workstream")
        action = get_object_or_404(rows.prefetch_related("areas"), key=self.key())
        access.require(
            self.request.user,
            Permission.SIGN_OFF_MILESTONE,
            **permissions.scope_of_action(action),
        )
        return action

    def body(self, shape: type) -> dict[str, Any]:
        """What was sent."""
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def shown(self, signed: ActionSignOff, action: Action) -> Response:
        """The act that was recorded."""
        context = {"visible_of_action_sign_offs": self.visible(ActionSignOff, action.plan)}
        answer = ActionSignOffSerializer(signed, context=context).data
        return Response(answer, status=status.HTTP_201_CREATED)


class ActionSignature(OfSignedAction):
    """Signing a whole action off."""

    @extend_schema(operation_id="actions_sheet", responses=answers(200, SheetSerializer, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show an accountable joint chair exactly what is signed, with its fingerprint."""
        sheet = sheets.show_action(action=self.subject(), by=request.user)
        return Response(SheetSerializer(sheet).data)

    @extend_schema(
        operation_id="actions_sign_off",
        request=SignatureInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, ActionSignOffSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Sign exactly what was shown; 409 when anything of it changed since."""
        action = self.subject()
        signed = action_sign_off.sign_action(
            action=action,
            submission_key=submission_key(request),
            by=request.user,
            **self.body(SignatureInput),
        )
        return self.shown(signed, action)


class ActionReopening(OfSignedAction):
    """Reopening a whole action."""

    @extend_schema(
        operation_id="actions_reopen",
        request=ActionReopeningInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, ActionSignOffSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Take the signature under an action back, with a reason."""
        action = self.subject()
        reopened = action_sign_off.reopen_action(
            action=action,
            submission_key=submission_key(request),
            by=request.user,
            **self.body(ActionReopeningInput),
        )
        return self.shown(reopened, action)
