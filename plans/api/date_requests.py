"""The endpoints of requests for new dates."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer, WordField
from plans import permissions
from plans.api.acts import IDEMPOTENCY_KEY, Acting, submission_key
from plans.api.exception_shapes import version_read, words
from plans.api.views import OfPlan
from plans.enums import DateRequestState
from plans.models import DateChangeRequest, Milestone
from plans.policies import RequestWords
from plans.selectors.date_requests import RequestLine, requests_of
from plans.services import date_requests

MOST_AFFECTED = 50
OF_A_REQUEST = "The request's version when you read it."


class DateRequestInput(StrictSerializer):
    """A request for a new date."""

    asked_for_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = words()
    effect_on_others = words(help_text="“None” where there is none.")
    affected = serializers.ListField(
        child=serializers.CharField(max_length=30),
        required=False,
        default=list,
        max_length=MOST_AFFECTED,
        help_text="Keys of the plan's milestones on which it has an effect.",
    )
    base_version = version_read(
        "To ask: the number of the milestone's latest request when you read it, 0 for none. To "
        "change one: its version."
    )

    @property
    def words(self) -> RequestWords:
        """The values as the service takes them."""
        given: dict[str, Any] = self.validated_data
        return RequestWords(
            asked_for_on=given["asked_for_on"],
            reason=given["reason"],
            effect_on_others=given["effect_on_others"],
            affected=tuple(dict.fromkeys(given["affected"])),
        )


class DateDecisionInput(StrictSerializer):
    """A joint chair's decision."""

    becomes = WordField(
        choices=[each for each in DateRequestState.choices if each[0] in ("granted", "refused")]
    )
    decision = words()
    base_version = version_read(OF_A_REQUEST)


class DateWithdrawalInput(StrictSerializer):
    """Taking a request back."""

    base_version = version_read(OF_A_REQUEST)


class DateRequestQuery(StrictSerializer):
    """The filters of the list of requests."""

    state = serializers.ChoiceField(required=False, choices=DateRequestState.choices)
    as_at = serializers.CharField(
        required=False, help_text="A day gone by (2024-06-30) or a frozen month (2024-06)."
    )
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class DateRequestSerializer(serializers.Serializer):
    """A request for a new date, and what was decided."""

    NAMES = ("requested_by", "decided_by")

    milestone = serializers.CharField(source="key")
    number = serializers.IntegerField()
    asked_for_on = serializers.DateField()
    reason = serializers.CharField()
    effect_on_others = serializers.CharField()
    affected = serializers.ListField(child=serializers.CharField())
    requested_by = serializers.CharField(required=False)
    requested_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=DateRequestState.choices)
    decision = serializers.CharField()
    decided_by = serializers.CharField(required=False)
    decided_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="Send it back as base_version.")

    def to_representation(self, line: RequestLine) -> dict[str, Any]:
        """The request; names only where the reader may see them."""
        shown = super().to_representation(line)
        return {name: value for name, value in shown.items() if value or name not in self.NAMES}


class DateRequestList(OfPlan):
    """The requests of a plan."""

    parameters = frozenset(DateRequestQuery().fields)

    @extend_schema(
        operation_id="date_requests_list",
        parameters=[DateRequestQuery],
        responses=answers(200, page_of(DateRequestSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the requests for new dates, latest first."""
        of_plan = self.plan()
        permissions.require_officers_words(request.user, of_plan)
        query = DateRequestQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        found = requests_of(
            self.rows(Milestone, of_plan),
            at=self.moment(of_plan).at,
            visible=permissions.visible_exception_fields(request.user, of_plan),
        )
        state = query.validated_data.get("state")
        return self.page(
            [each for each in found if state in (None, each.state)], DateRequestSerializer
        )


class Requesting(Acting):
    """An endpoint that moves a request."""

    def own(self, milestone: Milestone) -> DateChangeRequest:
        """The request of the address' number, if the reader may see it."""
        rows = permissions.visible_to(self.request.user, DateChangeRequest)
        return get_object_or_404(rows, milestone=milestone, number=self.kwargs["number"])

    def answered(self, milestone: Milestone, done: DateChangeRequest) -> Response:
        """The request as it is stored now."""
        visible = permissions.visible_exception_fields(self.request.user, milestone.plan)
        own = permissions.visible_to(self.request.user, Milestone).filter(pk=milestone.pk)
        line = next(each for each in requests_of(own, visible=visible) if each.pk == done.pk)
        return Response(DateRequestSerializer(line).data, status=status.HTTP_201_CREATED)

    def sent(self, body: Any) -> dict[str, Any]:
        """What every service of requests is given."""
        return {
            "base_version": body.validated_data["base_version"],
            "submission_key": submission_key(self.request, {}),
            "by": self.request.user,
        }


class DateRequestCreate(Requesting):
    """Asking for a new date."""

    @extend_schema(
        operation_id="date_requests_create",
        request=DateRequestInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, DateRequestSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Ask for a new date; 409 while another request waits."""
        milestone, body = self.read(DateRequestInput, Permission.UPDATE_MILESTONE)
        done = date_requests.request_date(milestone=milestone, words=body.words, **self.sent(body))
        return self.answered(milestone, done)


class DateRequestChange(Requesting):
    """Changing an open request."""

    @extend_schema(
        operation_id="date_requests_change",
        request=DateRequestInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, DateRequestSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Put another request in the place of an open one; answers the new one."""
        milestone, body = self.read(DateRequestInput, Permission.UPDATE_MILESTONE)
        done = date_requests.change_request(
            request=self.own(milestone), words=body.words, **self.sent(body)
        )
        return self.answered(milestone, done)


class DateRequestDecide(Requesting):
    """Deciding a request."""

    @extend_schema(
        operation_id="date_requests_decide",
        request=DateDecisionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, DateRequestSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Grant or refuse exactly the request that was read; 409 when it changed since."""
        milestone, body = self.read(DateDecisionInput, Permission.DECIDE_DATE_CHANGE)
        done = date_requests.decide_request(
            request=self.own(milestone),
            becomes=body.validated_data["becomes"],
            decision=body.validated_data["decision"],
            **self.sent(body),
        )
        return self.answered(milestone, done)


class DateRequestWithdraw(Requesting):
    """Withdrawing a request."""

    @extend_schema(
        operation_id="date_requests_withdraw",
        request=DateWithdrawalInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, DateRequestSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Take an open request back."""
        milestone, body = self.read(DateWithdrawalInput, Permission.UPDATE_MILESTONE)
        done = date_requests.withdraw_request(request=self.own(milestone), **self.sent(body))
        return self.answered(milestone, done)
