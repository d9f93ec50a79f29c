"""What the public was shown, as programs of signed-in people read it."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.permissions import families as permissions
from hertsend.api.schema import answers, page_of
from plans.api.fields import MonthField
from plans.api.views import OfPlan


class SummaryPublicationSerializer(serializers.Serializer):
    """A version of a month's public summary, kept as it was published."""

    month = MonthField(source="period.month")
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    correction = serializers.CharField()
    content = serializers.DictField()
    sha256 = serializers.CharField()


class SummaryList(OfPlan):
    """Every version of every month of the public summary."""

    @extend_schema(
        operation_id="public_summaries_list",
        responses=answers(200, page_of(SummaryPublicationSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List what the public was shown, the latest month and version first."""
        row = self.plan()
        rows = permissions.visible_summary_publications(request.user).filter(period__plan=row)
        return self.page(rows.select_related("period"), SummaryPublicationSerializer)
