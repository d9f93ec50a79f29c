"""Assurance as programs read and write it."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions, selectors
from governance.enums import AssuranceLevel
from governance.models.assurance import LONGEST_REASONS
from governance.selectors import AssuranceLine
from governance.services.assurance import set_assurance
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.api.serializers import hideable
from plans.api.views import OfPlan
from plans.models import Area


class AssuranceRatingSerializer(serializers.Serializer):
    """A rating of assurance; reasons and name are absent for some readers."""

    number = serializers.IntegerField()
    level = serializers.ChoiceField(choices=AssuranceLevel.choices)
    label = serializers.CharField()
    at = serializers.DateTimeField()
    reasons = hideable(serializers.CharField)
    by = hideable(serializers.CharField)

    def to_representation(self, line: AssuranceLine) -> dict[str, Any]:
        """The rating, reduced to what the reader may see."""
        hidden = {"reasons", "by"} - self.context["visible"]
        shown = super().to_representation(line)
        return {name: value for name, value in shown.items() if name not in hidden}


class AreaAssuranceSerializer(serializers.Serializer):
    """An area with the rating in force and those before it."""

    area = serializers.CharField(source="area.key")
    current = AssuranceRatingSerializer(allow_null=True)
    history = AssuranceRatingSerializer(many=True)


class AssuranceInput(StrictSerializer):
    """A rating of assurance with its reasons."""

    level = serializers.ChoiceField(choices=AssuranceLevel.choices)
    reasons = Typed(max_length=LONGEST_REASONS)
    base_number = serializers.IntegerField(
        min_value=0,
        max_value=HIGHEST_VERSION,
        help_text="The number of the rating in force when you read it, 0 for none.",
    )


class AssuranceList(OfPlan):
    """The assurance of every area of a plan."""

    parameters = frozenset({"as_at", "page", "page_size"})

    @extend_schema(
        operation_id="assurance_list",
        responses=answers(200, page_of(AreaAssuranceSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the areas with their assurance, now or as at a moment, in the plan's order."""
        row = self.plan()
        visible = permissions.visible_of_assurance(request.user, row)
        found = selectors.assurance_of(row, at=self.moment(row).at, visible=visible)
        return self.page(found, AreaAssuranceSerializer, visible=visible)


class AssuranceOfArea(OfPlan):
    """Rating the assurance of an area."""

    parameters = frozenset()

    @extend_schema(
        operation_id="assurance_set",
        request=AssuranceInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, AssuranceRatingSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Rate the assurance of an area; the earlier ratings stay."""
        row = self.plan()
        area = get_object_or_404(self.rows(Area, row), key=self.key())
        access.require(request.user, Permission.SET_ASSURANCE, partnership_id=row.partnership_id)
        body = AssuranceInput(data=request.data)
        body.is_valid(raise_exception=True)
        set_assurance(
            area=area,
            submission_key=submission_key(request, {}),
            by=request.user,
            **body.validated_data,
        )
        visible = permissions.visible_of_assurance(request.user, row)
        rated = selectors.assurance_in_force(row, visible=visible)
        answer = AssuranceRatingSerializer(rated[area.key].current, context={"visible": visible})
        return Response(answer.data, status=status.HTTP_201_CREATED)
