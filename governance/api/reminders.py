"""The endpoint that reminds the leads of a return."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.api.return_acts import ActingOnReturn
from governance.services import reminders
from hertsend.api.schema import answers
from hertsend.api.serializers import StrictSerializer
from plans.api.acts import IDEMPOTENCY_KEY


class ReminderInput(StrictSerializer):
    """Nothing but the wish."""


class ReminderSerializer(serializers.Serializer):
    """A reminder of a return to one person."""

    to = serializers.CharField(source="person.name")
    day = serializers.DateField()
    by = serializers.CharField(source="by.name")
    at = serializers.DateTimeField()


class ReturnRemind(ActingOnReturn):
    """Reminding the leads of a return."""

    @extend_schema(
        operation_id="returns_remind",
        request=ReminderInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, ReminderSerializer(many=True), 404, 409),
    )
    def post(self, request: Request, plan: str, month: str, workstream: str) -> Response:
        """Send a reminder to each lead who had none today, and say to whom it goes."""
        row, period, stream = self.of_address()
        permissions.require_chasing(request.user, row)
        self.body(ReminderInput)
        sent = reminders.remind_now(
            workstream=stream, period=period, submission_key=self.key_sent(), by=request.user
        )
        return Response(ReminderSerializer(sent, many=True).data, status=status.HTTP_201_CREATED)
