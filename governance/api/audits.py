"""The assurance programme as programs read it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.enums import AuditKind, AuditStanding, FindingKind
from governance.permissions import audits as permissions
from governance.policies.audits import financial_year
from governance.selectors import audits as reads
from governance.selectors.audits import AuditLine
from hertsend import dates
from hertsend.api.schema import answers, page_of
from hertsend.errors import RuleBroken
from plans.api.views import OfPlan
from plans.models import Plan


class AuditSerializer(serializers.Serializer):
    """An audit or quality check as it is today."""

    key = serializers.CharField()
    title = serializers.CharField(source="audit.title")
    kind = serializers.ChoiceField(choices=AuditKind.choices, source="audit.kind")
    focus = serializers.CharField(source="audit.focus")
    auditor = serializers.CharField(source="audit.auditor")
    is_multi_agency = serializers.BooleanField(source="audit.is_multi_agency")
    workstream = serializers.CharField(source="audit.workstream.key", default=None, allow_null=True)
    financial_year = serializers.CharField(source="year.label")
    planned_on = serializers.DateField(source="audit.planned_on")
    standing = serializers.ChoiceField(choices=AuditStanding.choices)
    done_on = serializers.DateField(source="audit.done_on", allow_null=True)
    summary = serializers.CharField(source="audit.summary")
    report_link = serializers.CharField(source="audit.report_link")
    report_file = serializers.CharField(
        source="audit.report_file.name", default=None, allow_null=True
    )
    cancelled_reason = serializers.CharField(source="audit.cancelled_reason")
    reported_to = serializers.CharField(
        source="audit.reported_to.key", default=None, allow_null=True
    )
    reported_on = serializers.DateField(source="audit.reported_on", allow_null=True)
    number_of_findings = serializers.IntegerField(source="findings")
    version = serializers.IntegerField(source="audit.version")


class FindingSerializer(serializers.Serializer):
    """One thing that an audit found."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FindingKind.choices)
    text = serializers.CharField()


class AuditDetailSerializer(AuditSerializer):
    """An audit with its findings."""

    findings = serializers.SerializerMethodField()

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, line: AuditLine) -> object:
        """What it found, in the order in which it was noted."""
        return FindingSerializer(line.audit.findings.all(), many=True).data


class OfAudits(OfPlan):
    """An endpoint of a plan's audits, for those who read them."""

    def readable_plan(self) -> Plan:
        """The plan. Raises ``NotAllowed`` for whoever reads the plan but not its audits."""
        plan = self.plan()
        permissions.require_audits(self.request.user, plan)
        return plan


class AuditList(OfAudits):
    """The audits of a plan."""

    parameters = frozenset({"year", "page", "page_size"})

    @extend_schema(
        operation_id="audits_list",
        parameters=[
            OpenApiParameter("year", str, description="The year in which a financial year begins.")
        ],
        responses=answers(200, page_of(AuditSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the audits of all years or of one, in the order of their days."""
        row = self.readable_plan()
        rows = permissions.visible_audits(request.user).filter(plan=row)
        asked = request.query_params.get("year", "")
        if not asked:
            return self.page(reads.audit_lines(rows, on=dates.today()), AuditSerializer)
        year = financial_year(asked)
        if year is None:
            raise RuleBroken({"year": ["Give the year in which it begins, such as 2024."]})
        return self.page(reads.programme_of(rows, year, on=dates.today()).lines, AuditSerializer)


class AuditDetail(OfAudits):
    """One audit."""

    parameters = frozenset()

    @extend_schema(operation_id="audits_read", responses=answers(200, AuditDetailSerializer, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show an audit with its findings."""
        row = self.readable_plan()
        rows = permissions.visible_audits(request.user).filter(plan=row)
        found = get_object_or_404(rows, key=self.key())
        line = reads.audit_lines(rows.filter(pk=found.pk), on=dates.today())[0]
        return Response(AuditDetailSerializer(line).data)
