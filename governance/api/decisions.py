"""Decisions through the interface: the same rows, fields, rules and sentences as on the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.api import record_shapes as shapes
from governance.models import Decision, DecisionRequest, Group, Meeting
from governance.permissions import records as rights
from governance.permissions.records import Reader
from governance.selectors import decisions as reads
from governance.selectors.because_of_data import data_report
from governance.services import decisions
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.errors import RuleBroken
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.views import OfPlan
from plans.models import Plan


class OfRecords(OfPlan):
    """An endpoint of the records of a plan's groups."""

    parameters = frozenset()

    def reader(self, plan: Plan) -> Reader:
        """Who asks, as a reader of records."""
        return Reader.of(self.request.user, plan)

    def group(self, plan: Plan) -> Group:
        """The group of the address."""
        rows = permissions.visible_groups(self.request.user).select_related("plan__partnership")
        return get_object_or_404(rows, plan=plan, key=self.key())

    def record(self, model: Any) -> Any:
        """The decision, request or log action of the address, if the reader may see it."""
        rows = rights.visible_records(self.request.user, model)
        return get_object_or_404(
            rows.select_related("group__plan__partnership"),
            group__plan=self.plan(),
            group__key=self.key(),
            number=self.kwargs["number"],
        )

    def read(self, shape: Any) -> Any:
        """The body, in its shape. Raises ``ValidationError``."""
        body = shape(data=self.request.data)
        body.is_valid(raise_exception=True)
        return body

    def asked(self, query: Any) -> dict[str, Any]:
        """The parameters of the address. Raises ``ValidationError``."""
        found = query(data=self.request.query_params.dict())
        found.is_valid(raise_exception=True)
        return found.validated_data

    def meeting(self, group: Group, number: int | None) -> Meeting | None:
        """The past meeting of a group that is named, None for none. Raises ``RuleBroken``."""
        if number is None:
            return None
        found = reads.past_meetings(group, at=dates.now()).filter(number=number).first()
        if found is None:
            raise RuleBroken({"meeting": ["Name a meeting of this group that has begun."]})
        return found

    def answered(self, line: Any, serializer: Any) -> Response:
        """A record as it is stored now."""
        return Response(serializer(line).data, status=status.HTTP_201_CREATED)


class OfDecisions(OfRecords):
    """An endpoint that moves decisions."""

    def given(self, group: Group, body: Any) -> dict[str, Any]:
        """What every way of taking a decision is given."""
        return {
            "words": body.words,
            "meeting": self.meeting(group, body.validated_data["meeting"]),
            "taken_on": body.validated_data["taken_on"],
            "prompts": body.prompted_by,
            "submission_key": submission_key(self.request),
            "by": self.request.user,
        }

    def decided(self, row: Decision) -> Response:
        """The decision that was taken."""
        reader = self.reader(row.group.plan)
        (line,) = reads.decision_lines(reader.decisions.filter(pk=row.pk), reader)
        return self.answered(line, shapes.DecisionSerializer)


class DecisionList(OfRecords):
    """The decisions of a plan's groups."""

    parameters = frozenset(shapes.RecordQuery().fields)

    @extend_schema(
        operation_id="decisions_list",
        parameters=[shapes.RecordQuery],
        responses=answers(200, page_of(shapes.DecisionSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the decisions that you may read, latest first."""
        reader, asked = self.reader(self.plan()), self.asked(shapes.RecordQuery)
        rows = reader.decisions
        if "group" in asked:
            rows = rows.filter(group__key=asked["group"])
        return self.page(reads.decision_lines(rows, reader), shapes.DecisionSerializer)


class DecisionDetail(OfRecords):
    """One decision."""

    @extend_schema(
        operation_id="decisions_read", responses=answers(200, shapes.DecisionSerializer, 404)
    )
    def get(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Show a decision."""
        row = self.record(Decision)
        reader = self.reader(row.group.plan)
        (line,) = reads.decision_lines(reader.decisions.filter(pk=row.pk), reader)
        return Response(shapes.DecisionSerializer(line).data)


class DecisionTake(OfDecisions):
    """Taking a decision that nobody had asked for here."""

    @extend_schema(
        operation_id="decisions_take",
        request=shapes.DecisionTakenInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, shapes.DecisionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Record a decision of a group that you chair."""
        group = self.group(self.plan())
        rights.require_chair(request.user, group)
        body = self.read(shapes.DecisionTakenInput)
        return self.decided(decisions.take(group=group, **self.given(group, body)))


class DecisionSupersede(OfDecisions):
    """Superseding a decision."""

    @extend_schema(
        operation_id="decisions_supersede",
        request=shapes.FurtherDecisionTakenInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, shapes.DecisionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Put a further decision in its place; the earlier one stays on record."""
        row = self.record(Decision)
        rights.require_chair(request.user, row.group)
        body = self.read(shapes.FurtherDecisionTakenInput)
        further = decisions.supersede(
            decision=row,
            reason_for_change=body.validated_data["reason_for_change"],
            **self.given(row.group, body),
        )
        return self.decided(further)


class RequestList(OfRecords):
    """The requests for decisions of a plan's groups."""

    parameters = frozenset(shapes.RequestQuery().fields)

    @extend_schema(
        operation_id="decision_requests_list",
        parameters=[shapes.RequestQuery],
        responses=answers(200, page_of(shapes.DecisionRequestSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the requests that you may read, latest first."""
        reader, asked = self.reader(self.plan()), self.asked(shapes.RequestQuery)
        rows = reader.requests
        if "group" in asked:
            rows = rows.filter(group__key=asked["group"])
        if "state" in asked:
            rows = rows.filter(state=asked["state"])
        return self.page(reads.request_lines(rows, reader), shapes.DecisionRequestSerializer)

    @extend_schema(
        operation_id="decision_requests_create",
        request=shapes.DecisionRequestInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, shapes.DecisionRequestSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str) -> Response:
        """Ask a group for a decision."""
        row = self.plan()
        access.require(request.user, Permission.ASK_FOR_DECISION, partnership_id=row.partnership_id)
        body = self.read(shapes.DecisionRequestInput)
        rows = permissions.visible_groups(request.user).filter(plan=row)
        group = rows.filter(key=body.validated_data["group"]).first()
        if group is None:
            raise RuleBroken({"group": ["The plan has no group of this key."]})
        asked = decisions.ask(
            group=group,
            words=body.words,
            prompts=body.prompted_by,
            submission_key=submission_key(request),
            by=request.user,
        )
        return self.shown(asked)

    def shown(self, row: DecisionRequest) -> Response:
        """The request as it is stored now."""
        reader = self.reader(row.group.plan)
        (line,) = reads.request_lines(reader.requests.filter(pk=row.pk), reader)
        return self.answered(line, shapes.DecisionRequestSerializer)


class RequestDetail(OfRecords):
    """One request for a decision."""

    @extend_schema(
        operation_id="decision_requests_read",
        responses=answers(200, shapes.DecisionRequestSerializer, 404),
    )
    def get(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Show a request."""
        row = self.record(DecisionRequest)
        reader = self.reader(row.group.plan)
        (line,) = reads.request_lines(reader.requests.filter(pk=row.pk), reader)
        return Response(shapes.DecisionRequestSerializer(line).data)


class RequestTake(OfDecisions):
    """Taking the decision that was asked for."""

    @extend_schema(
        operation_id="decision_requests_take",
        request=shapes.DecisionTakenInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, shapes.DecisionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Decide on a request to a group that you chair; 409 when it was decided meanwhile."""
        row = self.record(DecisionRequest)
        rights.require_chair(request.user, row.group)
        body = self.read(shapes.DecisionTakenInput)
        return self.decided(decisions.decide(request=row, **self.given(row.group, body)))


class RequestWithdraw(OfRecords):
    """Withdrawing a request."""

    @extend_schema(
        operation_id="decision_requests_withdraw",
        request=shapes.WithdrawalInput,
        responses=answers(201, shapes.DecisionRequestSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Take a request back, with the reason."""
        row = self.record(DecisionRequest)
        rights.require_withdrawer(request.user, row)
        body = self.read(shapes.WithdrawalInput)
        decisions.withdraw(request=row, by=request.user, **body.validated_data)
        reader = self.reader(row.group.plan)
        (line,) = reads.request_lines(reader.requests.filter(pk=row.pk), reader)
        return self.answered(line, shapes.DecisionRequestSerializer)


class BecauseOfData(OfRecords):
    """Decisions and actions taken because of data."""

    parameters = frozenset(shapes.DataQuery().fields)

    @extend_schema(
        operation_id="because_of_data_read",
        parameters=[shapes.DataQuery],
        responses=answers(200, shapes.DataReportSerializer, 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """Show what data led to in a span of days, with what prompted each of them."""
        reader, asked = self.reader(self.plan()), self.asked(shapes.DataQuery)
        report = data_report(reader, on=dates.today(), **asked)
        return Response(shapes.DataReportSerializer(report).data)
