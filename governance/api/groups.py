"""Groups as programs read them: place, members, terms of reference, and what is missing."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.enums import GroupTier
from governance.selectors import groups
from hertsend import dates
from hertsend.api.schema import answers, page_of
from hertsend.files.answering import as_download
from plans.api.serializers import hideable
from plans.api.views import OfPlan
from plans.models import Plan


class SeatSerializer(serializers.Serializer):
    """Somebody who sits in a group; ``who`` is absent for readers who see no names."""

    who = hideable(serializers.CharField)
    capacity = serializers.CharField()
    organisation = serializers.CharField()
    sector = serializers.CharField()
    workstream = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The seat, without a name where none may be shown."""
        shown = super().to_representation(row)
        return shown if row.who else {key: value for key, value in shown.items() if key != "who"}


class TermsSerializer(serializers.Serializer):
    """Approved terms of reference: a link, or a file with its name."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    link = serializers.CharField()
    file = serializers.CharField(source="file.name", default="")
    approved_on = serializers.DateField()
    review_on = serializers.DateField()


class GroupSerializer(serializers.Serializer):
    """A group as it is today."""

    key = serializers.CharField()
    name = serializers.CharField()
    tier = serializers.ChoiceField(choices=GroupTier.choices, source="group.tier")
    reports_to = serializers.ListField(child=serializers.CharField(), source="above_keys")
    workstreams = serializers.ListField(child=serializers.CharField())
    members = SeatSerializer(many=True, source="seats")
    terms_of_reference = TermsSerializer(source="terms", allow_null=True)
    missing = serializers.ListField(child=serializers.CharField(), source="gaps")
    ended_on = serializers.DateField(allow_null=True, source="group.ended_on")


class OfGroups(OfPlan):
    """An endpoint of a plan's groups."""

    def reader(self, plan: Plan) -> dict[str, Any]:
        """As at today, and whether this reader sees names."""
        return {
            "on": dates.today(),
            "with_names": permissions.reads_people(self.request.user, plan),
        }


class GroupList(OfGroups):
    """The groups of a plan."""

    @extend_schema(
        operation_id="groups_list", responses=answers(200, page_of(GroupSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the groups that exist today, in the plan's order."""
        row = self.plan()
        return self.page(groups.groups_of(row, **self.reader(row)), GroupSerializer)


class GroupDetail(OfGroups):
    """One group."""

    parameters = frozenset()

    @extend_schema(operation_id="groups_read", responses=answers(200, GroupSerializer, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a group, also after its end."""
        row = self.plan()
        rows = permissions.visible_groups(request.user).filter(plan=row)
        line = groups.group_line(get_object_or_404(rows, key=self.key()), **self.reader(row))
        return Response(GroupSerializer(line).data)


class TermsFile(OfGroups):
    """The file of terms of reference."""

    parameters = frozenset()

    @extend_schema(
        operation_id="groups_terms_file", responses=answers(200, OpenApiTypes.BINARY, 404)
    )
    def get(self, request: Request, plan: str, key: str, number: int) -> HttpResponseBase:
        """Hand out terms of reference that are kept as a file, to be saved."""
        rows = permissions.visible_terms(request.user).select_related("file")
        rows = rows.filter(group__plan=self.plan(), group__key=self.key(), file__isnull=False)
        return as_download(get_object_or_404(rows, number=number).file)
