"""What waits for the reader in a plan: the same matters as on home and in the daily digest."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend import dates
from hertsend.api.schema import answers, page_of
from plans import selectors
from plans.api.views import OfPlan


class MatterSerializer(serializers.Serializer):
    """One thing that waits for the reader."""

    group = serializers.CharField(source="matter.group.heading")
    sentence = serializers.CharField(source="matter.sentence")
    detail = serializers.CharField(
        source="matter.detail", help_text="Since when it waits, or until when."
    )
    day = serializers.DateField(source="matter.day")
    action = serializers.CharField(source="matter.action")
    path = serializers.CharField(
        source="matter.path", help_text="The page of this site on which it is done."
    )


class WaitingOfPlan(OfPlan):
    """What waits for the reader."""

    @extend_schema(
        operation_id="waiting_list", responses=answers(200, page_of(MatterSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List what waits for you in this plan, most pressing first."""
        on = dates.today()
        waiting = selectors.waiting_for(request.user, plans=[self.plan()], on=on, held_on=on)
        return self.page(waiting.entries, MatterSerializer)
