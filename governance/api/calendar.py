"""The reporting calendar as programs read and keep it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance import selectors
from governance.forms import from_parameter
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import MonthField, Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.api.serializers import VisibleRecord, hideable
from plans.api.views import OfPlan
from plans.enums import PeriodState
from plans.models import PeriodUnfreezing, Plan, ReportingPeriod
from plans.policies import LONGEST_WORDS
from plans.services import calendar, periods


class ReopeningSerializer(VisibleRecord):
    """That a month was reopened after its freeze."""

    frozen_at = serializers.DateTimeField(help_text="The freeze that was undone.")
    at = serializers.DateTimeField()
    freezes_on = serializers.DateField()
    reason = hideable(serializers.CharField)
    role = hideable(serializers.CharField)
    by = hideable(serializers.CharField)


class CalendarMonthSerializer(serializers.Serializer):
    """A month of the reporting calendar."""

    month = MonthField(source="period.month")
    state = serializers.ChoiceField(choices=PeriodState.choices)
    opens_on = serializers.DateField(source="period.opens_on")
    due_on = serializers.DateField(source="period.due_on")
    freezes_on = serializers.DateField(source="period.freezes_on")
    frozen_at = serializers.DateTimeField(source="period.frozen_at", allow_null=True)
    carries_meeting = serializers.BooleanField(
        help_text="Whether its report goes to a meeting, in the Executive edition."
    )
    reopened = serializers.IntegerField(help_text="How often it was reopened after a freeze.")
    version = serializers.IntegerField(source="period.version")


class CalendarMonthDetailSerializer(CalendarMonthSerializer):
    """A month with its reopenings, earliest first."""

    reopenings = serializers.SerializerMethodField()

    @extend_schema_field(ReopeningSerializer(many=True))
    def get_reopenings(self, line: Any) -> Any:
        """Who reopened it, when and why, as far as the reader may see it."""
        rows = selectors.reopenings_of(line.period, visible=self.context["visible"])
        return ReopeningSerializer(rows, many=True, context=self.context).data


def _base_version() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, help_text="The month's version when you read it."
    )


class DaysInput(StrictSerializer):
    """Other days for a month that has not opened."""

    due_on = serializers.DateField()
    freezes_on = serializers.DateField()
    reason = Typed(max_length=LONGEST_WORDS)
    base_version = _base_version()


class ReopenInput(StrictSerializer):
    """The day until which a frozen month takes updates again."""

    freezes_on = serializers.DateField()
    reason = Typed(max_length=LONGEST_WORDS)
    base_version = _base_version()


class CalendarList(OfPlan):
    """The months of a plan."""

    @extend_schema(
        operation_id="calendar_list",
        responses=answers(200, page_of(CalendarMonthSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the months: those that run and those to come, then those gone by."""
        found = selectors.calendar_of(self.plan())
        return self.page([*found.ahead, *found.closed], CalendarMonthSerializer)


class OfMonth(OfPlan):
    """An endpoint of one month."""

    parameters = frozenset()

    def period(self) -> ReportingPeriod:
        """The month of the address; not-yours and not-there answer alike."""
        month = from_parameter(self.kwargs["month"])
        if month is None:
            raise Http404
        plan = self.plan()
        return get_object_or_404(self.rows(ReportingPeriod, plan), month=month)

    def shown(self, period: ReportingPeriod, *, code: int = status.HTTP_200_OK) -> Response:
        """The month as it stands now, for this reader."""
        plan: Plan = period.plan
        line = selectors.calendar_of(plan).of(period.month)
        context = {"visible": self.visible(PeriodUnfreezing, plan)}
        return Response(CalendarMonthDetailSerializer(line, context=context).data, status=code)

    def read(self, shape: type[StrictSerializer]) -> tuple[ReportingPeriod, dict[str, Any]]:
        """The month and the body; who may not act is refused before the body is looked at."""
        period = self.period()
        access.require(
            self.request.user,
            Permission.MANAGE_PERIODS,
            partnership_id=period.plan.partnership_id,
        )
        body = shape(data=self.request.data)
        body.is_valid(raise_exception=True)
        return period, body.validated_data


class CalendarMonth(OfMonth):
    """One month."""

    @extend_schema(
        operation_id="calendar_read", responses=answers(200, CalendarMonthDetailSerializer, 404)
    )
    def get(self, request: Request, plan: str, month: str) -> Response:
        """Show a month with its reopenings."""
        return self.shown(self.period())


class ChangeDays(OfMonth):
    """Changing the days of a month."""

    @extend_schema(
        operation_id="calendar_change_days",
        request=DaysInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(200, CalendarMonthDetailSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, month: str) -> Response:
        """Give a month that has not opened other days; 409 when somebody else was first."""
        period, typed = self.read(DaysInput)
        key = submission_key(request, {})
        return self.shown(
            calendar.set_days(period=period, submission_key=key, by=request.user, **typed)
        )


class Reopen(OfMonth):
    """Reopening a month."""

    @extend_schema(
        operation_id="calendar_reopen",
        request=ReopenInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, CalendarMonthDetailSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, month: str) -> Response:
        """Take the last frozen month back to due; what was issued of it stays as it was."""
        period, typed = self.read(ReopenInput)
        key = submission_key(request, {})
        row = periods.unfreeze(period=period, submission_key=key, by=request.user, **typed)
        return self.shown(row.period, code=status.HTTP_201_CREATED)
