"""What changed between two moments, as programs read it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.selectors import comparison as comparing
from hertsend import dates
from hertsend.api.schema import answers
from hertsend.api.serializers import StrictSerializer
from hertsend.errors import RuleBroken
from plans.api.serializers import hideable
from plans.api.views import OfPlan
from plans.enums import Stage, Standing
from plans.models import ImpactRating

NAMES_AND_WORDS = ("agreed_by", "reason", "decision")


class SpanQuery(StrictSerializer):
    """The two moments that are compared."""

    since = serializers.CharField(
        required=False,
        help_text="A day gone by (2024-06-30) or a frozen month (2024-06); by default the moment at "
        "which the board's last pack was cut.",
    )
    until = serializers.CharField(required=False, help_text="The same; by default now.")


class MomentSerializer(serializers.Serializer):
    """As at when a plan is read."""

    as_at = serializers.CharField(
        source="parameter",
        help_text="Empty for now, and for the cut-off of a pack whose month was reopened.",
    )
    on = serializers.DateField(help_text="The day on which overdue is judged.")
    at = serializers.DateTimeField(allow_null=True, help_text="The last moment that counts.")
    words = serializers.CharField()


class StateSerializer(serializers.Serializer):
    """A milestone at one of the two moments."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    standing = serializers.ChoiceField(choices=Standing.choices)
    date_in_force = serializers.DateField(allow_null=True)
    forecast_on = serializers.DateField(allow_null=True)
    slip_in_days = serializers.IntegerField(source="slip", allow_null=True)
    days_overdue = serializers.IntegerField()


class DateMoveSerializer(serializers.Serializer):
    """A date that was agreed between the two moments; names and words only where they may be seen."""

    before = serializers.DateField(allow_null=True)
    agreed_on = serializers.DateField()
    at = serializers.DateTimeField()
    agreed_by = hideable(serializers.CharField)
    reason = hideable(serializers.CharField)
    decision = hideable(serializers.CharField)

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The move, without what the reader may not see."""
        shown = super().to_representation(row)
        return {
            name: value for name, value in shown.items() if name not in NAMES_AND_WORDS or value
        }


class ChangedSerializer(serializers.Serializer):
    """A milestone then and now."""

    key = serializers.CharField(source="now.key")
    text = serializers.CharField(source="now.text")
    then = StateSerializer()
    now = StateSerializer()
    dates_agreed = DateMoveSerializer(many=True, source="moves")


class ChangeGroupSerializer(serializers.Serializer):
    """The milestones of which one thing changed."""

    change = serializers.CharField(source="key")
    title = serializers.CharField()
    count = serializers.IntegerField()
    milestones = ChangedSerializer(many=True, source="lines")


class ImpactChangeSerializer(serializers.Serializer):
    """An action whose confirmed impact is another; null where none was confirmed."""

    action = serializers.CharField(source="action_key")
    then = serializers.IntegerField(allow_null=True, help_text="A level from 0 to 4.")
    now = serializers.IntegerField(allow_null=True)


class OtherChangeSerializer(serializers.Serializer):
    """A change of something else: milestones that are new, whole actions, assurance of areas."""

    count = serializers.IntegerField()
    words = serializers.CharField()
    milestones = serializers.ListField(child=serializers.CharField(), source="keys")
    actions = serializers.ListField(child=serializers.CharField())


class ChangesSerializer(serializers.Serializer):
    """Two moments of a plan compared; what came and went in between is not counted."""

    since = MomentSerializer()
    until = MomentSerializer()
    headline = serializers.CharField(source="sentence.headline")
    rest = serializers.CharField(source="sentence.rest")
    changes = ChangeGroupSerializer(many=True, source="groups")
    impact = ImpactChangeSerializer(many=True)
    others = OtherChangeSerializer(many=True)


class ChangesOfPlan(OfPlan):
    """What changed in a plan."""

    parameters = frozenset(SpanQuery().fields)

    @extend_schema(
        operation_id="changes_read",
        parameters=[SpanQuery],
        responses=answers(200, ChangesSerializer, 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """Compare two moments: dates moved, ratings changed, completed, overdue, signed off, returned."""
        row = self.plan()
        query = SpanQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = {"since": "", "until": ""} | query.validated_data
        span = comparing.span_of(row, **asked, today=dates.today())
        if span is None:
            raise RuleBroken({"since": ["No month is frozen yet. Give a day to compare with."]})
        found = comparing.comparison(
            row,
            *span,
            visible=permissions.visible_words(request.user, row),
            visible_of_impact=self.visible(ImpactRating, row),
        )
        return Response(ChangesSerializer(found).data)
