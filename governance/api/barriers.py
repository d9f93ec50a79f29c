"""Barriers as programs read them."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.risks import OfRisks
from governance.enums import BarrierState
from governance.permissions import barriers as permissions
from governance.selectors import barriers as reads
from hertsend import dates
from hertsend.api.schema import answers, page_of


class BarrierSerializer(serializers.Serializer):
    """A barrier as it is today."""

    key = serializers.CharField()
    workstream = serializers.CharField(source="barrier.workstream.key")
    title = serializers.CharField(source="barrier.title")
    effect = serializers.CharField(source="barrier.effect")
    help_wanted = serializers.CharField(source="barrier.help_wanted")
    owner = serializers.CharField(source="barrier.owner.name")
    needed_by = serializers.DateField(source="barrier.needed_by")
    raised_by = serializers.CharField(source="barrier.raised_by.name")
    raised_at = serializers.DateTimeField(source="barrier.raised_at")
    state = serializers.ChoiceField(choices=BarrierState.choices, source="barrier.state")
    is_late = serializers.BooleanField()
    answer = serializers.CharField(source="barrier.answer")
    answered_by = serializers.CharField(
        source="barrier.answered_by.name", default=None, allow_null=True
    )
    answered_at = serializers.DateTimeField(source="barrier.answered_at", allow_null=True)
    outcome = serializers.CharField(source="barrier.outcome")
    version = serializers.IntegerField(source="barrier.version")


class BarrierList(OfRisks):
    """The barriers of a plan."""

    @extend_schema(
        operation_id="barriers_list", responses=answers(200, page_of(BarrierSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the barriers that workstreams raised, those that wait for help first."""
        row = self.readable_plan()
        rows = permissions.visible_barriers(request.user).filter(plan=row)
        return self.page(reads.barrier_lines(rows, on=dates.today()), BarrierSerializer)


class BarrierDetail(OfRisks):
    """One barrier."""

    parameters = frozenset()

    @extend_schema(operation_id="barriers_read", responses=answers(200, BarrierSerializer, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a barrier with its answer."""
        row = self.readable_plan()
        rows = permissions.visible_barriers(request.user).filter(plan=row)
        found = get_object_or_404(rows, key=self.key())
        line = reads.barrier_lines(rows.filter(pk=found.pk), on=dates.today())[0]
        return Response(BarrierSerializer(line).data)
