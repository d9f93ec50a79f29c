"""Returns as programs read them: every expected one of a month, and one with its rows."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions, selectors
from governance.enums import ReturnAct, ReturnStanding
from governance.forms import from_parameter
from governance.selectors import ReturnLine
from hertsend import dates
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from hertsend.errors import RuleBroken
from plans.api.fields import MonthField
from plans.api.serializers import UpdateSerializer, hideable
from plans.api.views import OfPlan
from plans.enums import PeriodState, RowGroup, RowState
from plans.models import MilestoneUpdate, Plan, ReportingPeriod, UpdateDraft, Workstream
from plans.permissions import visible_to
from plans.policies import UpdateWords
from plans.selectors.rows import ReturnRow, shown_to_decide, shown_to_submit

WORDS = tuple(UpdateWords.__dataclass_fields__)


class StepSerializer(serializers.Serializer):
    """What was done with a return."""

    act = serializers.ChoiceField(choices=ReturnAct.choices)
    words = serializers.CharField()
    by = serializers.CharField(source="by.name")
    at = serializers.DateTimeField()


class ReturnSerializer(serializers.Serializer):
    """A workstream's return for a month; ``drafted`` only for those who may read drafts."""

    workstream = serializers.CharField(source="workstream.key")
    month = MonthField(source="period.month")
    state = serializers.ChoiceField(choices=ReturnStanding.choices, source="standing.value")
    version = serializers.IntegerField(help_text="Send it back as base_version.")
    due_on = serializers.DateField(source="period.due_on")
    freezes_on = serializers.DateField(source="period.freezes_on")
    asked = serializers.IntegerField(help_text="How many updates the month asks for, or has.")
    received = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    drafted = hideable(serializers.IntegerField, source="number_drafted")
    is_late = serializers.BooleanField()
    submitted_by = serializers.SerializerMethodField()
    submitted_at = serializers.SerializerMethodField()
    changed_since = serializers.SerializerMethodField()

    def get_received(self, line: ReturnLine) -> list[str]:
        """The milestones of which an update is recorded."""
        return [row.key for row in line.received]

    def get_missing(self, line: ReturnLine) -> list[str]:
        """The milestones that must be updated and of which nothing is recorded."""
        return [row.key for row in line.missing]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_submitted_by(self, line: ReturnLine) -> str | None:
        """Who handed it in last."""
        who = line.stored.submitted_by if line.stored else None
        return who.name if who else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_submitted_at(self, line: ReturnLine) -> Any:
        """When it was handed in last."""
        at = line.stored.submitted_at if line.stored else None
        return serializers.DateTimeField().to_representation(at) if at else None

    def get_changed_since(self, line: ReturnLine) -> list[str]:
        """The milestones of which an update came after the return was handed in."""
        return [row.key for row in line.changed_since]

    def to_representation(self, line: ReturnLine) -> dict[str, Any]:
        """The return, with the number of drafts only for those who may read them."""
        shown = super().to_representation(line)
        if not self.context["reads_drafts"]:
            del shown["drafted"]
        return shown


class DraftSerializer(serializers.Serializer):
    """What is typed for a row and not sent yet."""

    nothing_to_report = serializers.BooleanField()
    stage = serializers.CharField()
    rating = serializers.CharField()
    reason_for_rating = serializers.CharField()
    what_happened = serializers.CharField()
    what_is_next = serializers.CharField()
    forecast_on = serializers.DateField(allow_null=True)
    internal_note = serializers.CharField()
    sentence_for_families = serializers.CharField()
    saved_by = serializers.CharField(source="saved_by.name")
    saved_at = serializers.DateTimeField()


class RowSerializer(serializers.Serializer):
    """A milestone in a return."""

    milestone = serializers.CharField(source="key")
    group = serializers.ChoiceField(choices=RowGroup.choices)
    state = serializers.ChoiceField(choices=RowState.choices)
    is_expected = serializers.BooleanField()
    gaps = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="What keeps the row from being sent, by field.",
    )
    draft_version = serializers.IntegerField(help_text="Send it back as base_version.")
    milestone_version = serializers.IntegerField(source="line.version")
    draft = DraftSerializer(allow_null=True)
    update = serializers.SerializerMethodField()

    @extend_schema_field(UpdateSerializer(allow_null=True))
    def get_update(self, row: ReturnRow) -> Any:
        """The month's update that is recorded."""
        if row.reported is None:
            return None
        return UpdateSerializer(row.reported, context=self.context).data


class ReturnDetailSerializer(ReturnSerializer):
    """A return with its rows and acts; the two fingerprints stand for exactly what is shown."""

    rows = serializers.SerializerMethodField()
    steps = StepSerializer(many=True)
    shown_to_submit = serializers.SerializerMethodField()
    shown_to_decide = serializers.SerializerMethodField()

    @extend_schema_field(RowSerializer(many=True))
    def get_rows(self, line: ReturnLine) -> Any:
        """Every milestone of the workstream."""
        return RowSerializer(line.rows, many=True, context=self.context).data

    def get_shown_to_submit(self, line: ReturnLine) -> str:
        """Send it back as ``shown`` to submit."""
        return shown_to_submit(line.rows)

    def get_shown_to_decide(self, line: ReturnLine) -> str:
        """Send it back as ``shown`` to accept or send back."""
        return shown_to_decide(line.rows)


class MonthQuery(StrictSerializer):
    """Which month's returns; by default the earliest that is not frozen."""

    month = MonthField(required=False)
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class OfReturns(OfPlan):
    """An endpoint of a plan's returns."""

    def lines(self, period: ReportingPeriod, streams: Any, plan: Plan) -> list[ReturnLine]:
        """The returns of a month as this reader may see them."""
        return selectors.returns_of(
            period,
            workstreams=streams,
            on=dates.today(),
            visible=self.visible(MilestoneUpdate, plan),
            drafts=visible_to(self.request.user, UpdateDraft),
        )


class ReturnList(OfReturns):
    """The returns of a month."""

    parameters = frozenset(MonthQuery().fields)

    @extend_schema(
        operation_id="returns_list",
        parameters=[MonthQuery],
        responses=answers(200, page_of(ReturnSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List every expected return of a month, in the order of the workstreams."""
        row = self.plan()
        permissions.require_returns(request.user, row)
        query = MonthQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        period = _asked(row, query.validated_data.get("month"))
        return self.page(
            self.lines(period, row.workstreams.select_related("plan"), row),
            ReturnSerializer,
            reads_drafts=permissions.reads_all_drafts(request.user, row),
        )


def _asked(plan: Plan, month: Any) -> ReportingPeriod:
    """The month that was named, else the one that is reported now."""
    if month is None:
        period = selectors.default_month(plan)
    else:
        opened = plan.periods.exclude(state=PeriodState.SCHEDULED)
        period = opened.filter(month=month).first()
    if period is None:
        raise RuleBroken({"month": ["There are no returns of this month yet."]})
    return period


class OfReturn(OfReturns):
    """An endpoint of one return, for those who may read its drafts."""

    parameters = frozenset()

    def of_address(self) -> tuple[Plan, ReportingPeriod, Workstream]:
        """The plan, month and workstream of the address; ``NotAllowed`` for other readers."""
        row = self.plan()
        month = from_parameter(self.kwargs["month"])
        if month is None or "\x00" in self.kwargs["workstream"]:
            raise Http404
        period = get_object_or_404(row.periods.exclude(state=PeriodState.SCHEDULED), month=month)
        streams = row.workstreams.select_related("plan")
        stream = get_object_or_404(streams, key=self.kwargs["workstream"])
        permissions.require_drafts(self.request.user, stream)
        return row, period, stream

    def shown(self, plan: Plan, period: ReportingPeriod, stream: Workstream) -> Response:
        """The return as it stands now."""
        (line,) = self.lines(period, [stream], plan)
        context = {"reads_drafts": True, "visible": self.visible(MilestoneUpdate, plan)}
        return Response(ReturnDetailSerializer(line, context=context).data)


class ReturnDetail(OfReturn):
    """One return."""

    @extend_schema(operation_id="returns_read", responses=answers(200, ReturnDetailSerializer, 404))
    def get(self, request: Request, plan: str, month: str, workstream: str) -> Response:
        """Show a return with its rows, drafts and acts."""
        return self.shown(*self.of_address())
