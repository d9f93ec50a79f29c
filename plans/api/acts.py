"""The endpoints that move a milestone: thin doors, each to one service."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from hertsend.errors import RuleBroken
from plans import permissions, selectors
from plans.api import serializers
from plans.api.inputs import DecisionInput, ProposalInput, SignatureInput, UpdateInput
from plans.api.signing_shapes import AskedSerializer, SheetSerializer
from plans.api.views import OfMilestone
from plans.models import Milestone, MilestoneUpdate, Plan, ReportingPeriod, StageChange
from plans.services import milestones, sheets

IDEMPOTENCY_KEY = OpenApiParameter(
    name="Idempotency-Key",
    location=OpenApiParameter.HEADER,
    description="The same key again gives the same answer again, and nothing is stored twice.",
)


class Acting(OfMilestone):
    """An endpoint that changes a milestone."""

    parameters = frozenset()

    def read(self, shape: type[StrictSerializer], permission: Permission) -> tuple[Milestone, Any]:
        """The milestone and the body; who may not act is refused before the body is looked at."""
        milestone = self.milestone()
        access.require(self.request.user, permission, **permissions.scope_of(milestone))
        body = shape(data=self.request.data)
        body.is_valid(raise_exception=True)
        return milestone, body

    def carry_out(
        self,
        shape: type[StrictSerializer],
        permission: Permission,
        act: Callable[..., StageChange],
    ) -> Response:
        """Have a service move the milestone by what the body says, and answer the act."""
        milestone, body = self.read(shape, permission)
        change = act(
            milestone=milestone,
            submission_key=submission_key(self.request),
            by=self.request.user,
            **body.validated_data,
        )
        return self.shown(change, milestone.plan)

    def shown(self, change: StageChange, plan: Plan) -> Response:
        """The act that was recorded."""
        context = {"visible_of_stage_changes": self.visible(StageChange, plan)}
        answer = serializers.StageChangeSerializer(change, context=context).data
        return Response(answer, status=status.HTTP_201_CREATED)


class UpdateList(Acting):
    """The updates of a milestone."""

    parameters = frozenset({"page", "page_size"})

    @extend_schema(
        operation_id="updates_list",
        responses=answers(200, page_of(serializers.UpdateSerializer), 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """List what was reported of a milestone, latest first."""
        row = self.milestone()
        rows = permissions.visible_to(request.user, MilestoneUpdate).filter(milestone=row)
        return self.page(
            rows.select_related("period", "by", "on_behalf_of"),
            serializers.UpdateSerializer,
            visible=self.visible(MilestoneUpdate, row.plan),
        )

    @extend_schema(
        operation_id="updates_create",
        request=UpdateInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.UpdateSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Report a milestone for a month; 409 when somebody else was first."""
        milestone, body = self.read(UpdateInput, Permission.UPDATE_MILESTONE)
        update = milestones.record_update(
            milestone=milestone,
            period=period_named(milestone.plan, body.validated_data.get("period")),
            words=body.words,
            base_version=body.validated_data["base_version"],
            submission_key=submission_key(request, body.validated_data),
            by=request.user,
        )
        context = {"visible": self.visible(MilestoneUpdate, milestone.plan)}
        answer = serializers.UpdateSerializer(update, context=context).data
        return Response(answer, status=status.HTTP_201_CREATED)


def period_named(plan: Plan, month: Any) -> ReportingPeriod:
    """The month that was named, else the earliest that is not frozen."""
    period = selectors.period_of_month(plan, month) if month else selectors.default_period(plan)
    if period is None and month:
        raise RuleBroken({"period": [f"This plan does not report on {month:%B %Y}."]})
    if period is None:
        raise RuleBroken({"period": ["No month takes updates now."]})
    return period


def submission_key(request: Request, given: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The key of the header or of the body; both may be sent when they agree."""
    in_header = request.headers.get("Idempotency-Key", "")
    in_body = given.get("submission_key", "")
    if in_header and in_body and in_header != in_body:
        raise RuleBroken(
            {
                "submission_key": [
                    "The header Idempotency-Key says something else. Send one of them."
                ]
            }
        )
    return in_header or in_body


class ProposeComplete(Acting):
    """Proposing a milestone complete."""

    @extend_schema(
        operation_id="milestones_propose_complete",
        request=ProposalInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.StageChangeSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Say that a milestone is done, with what shows it."""
        milestone, body = self.read(ProposalInput, Permission.UPDATE_MILESTONE)
        change = milestones.propose_complete(
            milestone=milestone,
            words=body.validated_data["words"],
            evidence=body.pieces,
            base_version=body.validated_data["base_version"],
            submission_key=submission_key(request),
            by=request.user,
        )
        return self.shown(change, milestone.plan)


class SignOff(Acting):
    """Signing a milestone off."""

    @extend_schema(operation_id="milestones_sheet", responses=answers(200, SheetSerializer, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show an accountable joint chair exactly what is signed, with its fingerprint."""
        milestone = self.milestone()
        access.require(
            request.user, Permission.SIGN_OFF_MILESTONE, **permissions.scope_of(milestone)
        )
        sheet = sheets.show(milestone=milestone, by=request.user)
        return Response(SheetSerializer(sheet).data)

    @extend_schema(
        operation_id="milestones_sign_off",
        request=SignatureInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.StageChangeSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Sign exactly what was shown; 409 when anything of it changed since."""
        return self.carry_out(SignatureInput, Permission.SIGN_OFF_MILESTONE, milestones.sign_off)


class ReturnProposal(Acting):
    """Returning a proposal."""

    @extend_schema(
        operation_id="milestones_return",
        request=DecisionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.StageChangeSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Send a proposal back with a reason."""
        return self.carry_out(
            DecisionInput, Permission.SIGN_OFF_MILESTONE, milestones.return_proposal
        )


class TakeBack(Acting):
    """Taking a proposal back."""

    @extend_schema(
        operation_id="milestones_take_back",
        request=DecisionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.StageChangeSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Take a proposal back before it is decided, with a reason."""
        return self.carry_out(DecisionInput, Permission.UPDATE_MILESTONE, milestones.take_back)


class Reopen(Acting):
    """Reopening a milestone."""

    @extend_schema(
        operation_id="milestones_reopen",
        request=DecisionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.StageChangeSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Take a signature back with a reason."""
        return self.carry_out(DecisionInput, Permission.SIGN_OFF_MILESTONE, milestones.reopen)


class AskToReview(Acting):
    """Asking for a signature."""

    @extend_schema(
        operation_id="milestones_ask_to_review",
        request=None,
        responses=answers(201, AskedSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Ask the joint chairs who can sign to look at a proposal; twice is once."""
        milestone = self.milestone()
        sheets.ask_to_review(milestone=milestone, by=request.user)
        people = selectors.people_who_can_sign(milestone, on=dates.today())
        answer = AskedSerializer({"asked": [person.name for person in people]}).data
        return Response(answer, status=status.HTTP_201_CREATED)


class Withdraw(Acting):
    """Withdrawing a milestone."""

    @extend_schema(
        operation_id="milestones_withdraw",
        request=DecisionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.StageChangeSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Withdraw a milestone by a decision of the board, with its reason."""
        return self.carry_out(DecisionInput, Permission.WITHDRAW_MILESTONE, milestones.withdraw)
