"""The stocktake of a plan between two moments, as programs read it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.api.changes import SpanQuery
from governance.enums import AssuranceLevel
from governance.selectors import comparison as comparing
from governance.stocktake.build import build
from hertsend import dates
from hertsend.api.schema import answers
from hertsend.errors import RuleBroken
from plans.api.fields import MonthField
from plans.api.views import OfPlan
from plans.enums import Standing


class StocktakeQuery(SpanQuery):
    """The span of a stocktake, and its area."""

    area = serializers.CharField(
        required=False, help_text="An area's key; by default all of the plan."
    )


class OfMilestoneSerializer(serializers.Serializer):
    """What is told of one milestone; words are empty where the reader may not see them."""

    key = serializers.CharField()
    text = serializers.CharField()


class StocktakeCountSerializer(serializers.Serializer):
    """How many milestones were what, at the start and at the end."""

    label = serializers.CharField()
    then = serializers.IntegerField()
    now = serializers.IntegerField()


class StocktakeCompletedSerializer(OfMilestoneSerializer):
    """A milestone that was completed in between."""

    date_in_force = serializers.DateField(source="in_force", allow_null=True)
    completed_on = serializers.DateField(allow_null=True)


class StocktakeSignedSerializer(OfMilestoneSerializer):
    """A milestone, or a whole action, that was signed off in between."""

    signed_at = serializers.DateTimeField(allow_null=True)
    signed_by = serializers.CharField()
    role = serializers.CharField()
    evidence = serializers.ListField(
        child=serializers.CharField(), help_text="The titles of what stood for it at the end."
    )


class StocktakeOverdueSerializer(OfMilestoneSerializer):
    """A milestone that is overdue at the end."""

    date_in_force = serializers.DateField(source="in_force", allow_null=True)
    days_overdue = serializers.IntegerField(source="days")
    standing = serializers.ChoiceField(choices=Standing.choices)
    what_happened = serializers.CharField()
    what_is_next = serializers.CharField()


class StocktakeSlippedSerializer(OfMilestoneSerializer):
    """An open milestone that is later than published at the end."""

    published_on = serializers.DateField(source="published", allow_null=True)
    agreed_on = serializers.DateField(source="agreed", allow_null=True)
    forecast_on = serializers.DateField(source="forecast", allow_null=True)
    slip_in_days = serializers.IntegerField(source="slip")
    slip_in_days_at_start = serializers.IntegerField(source="slip_then", allow_null=True)


class StocktakeMovedSerializer(OfMilestoneSerializer):
    """A date that was agreed in between."""

    before = serializers.DateField(allow_null=True)
    agreed_on = serializers.DateField()
    at = serializers.DateTimeField()
    agreed_by = serializers.CharField()
    reason = serializers.CharField()
    decision = serializers.CharField()


class StocktakeExceptionSerializer(OfMilestoneSerializer):
    """An exception that was open at some time in between, with what was reported of it last."""

    overdue_since = serializers.DateField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_because = serializers.CharField(source="closure")
    cause = serializers.CharField()
    effect_on_families = serializers.CharField()
    what_is_being_done = serializers.CharField()
    done_by = serializers.DateField(allow_null=True)
    asked_of_board = serializers.CharField()


class StocktakeEvidenceSerializer(serializers.Serializer):
    """A piece of evidence added in between that stood at the end."""

    about = serializers.CharField(help_text="The key of a milestone, or of an action.")
    kind_of_evidence = serializers.CharField(source="kind")
    title = serializers.CharField()
    dated_on = serializers.DateField()
    what_it_shows = serializers.CharField()


class StocktakeImpactSerializer(serializers.Serializer):
    """The confirmed impact of an action at the start and at the end."""

    action = serializers.CharField()
    then = serializers.IntegerField(allow_null=True, help_text="A level from 0 to 4.")
    now = serializers.IntegerField(allow_null=True)
    words = serializers.CharField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class StocktakeJudgementSerializer(serializers.Serializer):
    """One of the judgements at the start and at the end, null where there was none."""

    of = serializers.CharField(source="kind.value", help_text="Delivery, Impact or Assurance.")
    area = serializers.CharField(help_text="Of assurance, which is rated for each area.")
    then = serializers.CharField(allow_null=True)
    now = serializers.CharField(allow_null=True)


class StocktakeAssuranceSerializer(serializers.Serializer):
    """A rating of assurance that was in force at the start, or given in between."""

    area = serializers.CharField()
    level = serializers.ChoiceField(choices=AssuranceLevel.choices)
    at = serializers.DateTimeField()
    reasons = serializers.CharField()
    by = serializers.CharField()


class StocktakeAgainSerializer(serializers.Serializer):
    """An occurrence of what comes again that became done or missed in between."""

    commitment = serializers.CharField(source="key")
    title = serializers.CharField()
    place = serializers.CharField()
    owner = serializers.CharField()
    when = serializers.CharField()
    is_done = serializers.BooleanField()
    is_recorded = serializers.BooleanField(source="said")
    done_on = serializers.DateField(allow_null=True)
    days_late = serializers.IntegerField()
    note = serializers.CharField()
    evidence = serializers.CharField()


class StocktakeDecisionSerializer(serializers.Serializer):
    """What was decided about a milestone or a whole action."""

    at = serializers.DateTimeField()
    what = serializers.CharField()
    about = serializers.CharField(source="key")
    words = serializers.CharField()
    by = serializers.CharField()


class StocktakeSaidSerializer(serializers.Serializer):
    """What families were told of a milestone for a month."""

    month = MonthField()
    milestone = serializers.CharField(source="key")
    sentence = serializers.CharField()
    at = serializers.DateTimeField()


class StocktakePartSerializer(serializers.Serializer):
    """One area, or several whose milestones are the same."""

    areas = serializers.ListField(child=serializers.CharField(), source="keys")
    sentence = serializers.CharField()
    milestones = serializers.IntegerField(source="total")
    standing_at_start = serializers.ChoiceField(choices=Standing.choices, source="standing_then")
    standing_at_end = serializers.ChoiceField(choices=Standing.choices, source="standing_now")
    judgements = StocktakeJudgementSerializer(many=True, source="judged")
    counts = StocktakeCountSerializer(many=True)
    completed = StocktakeCompletedSerializer(many=True)
    signed_off = StocktakeSignedSerializer(many=True, source="signed")
    actions_signed_off = StocktakeSignedSerializer(many=True, source="signed_actions")
    overdue = StocktakeOverdueSerializer(many=True)
    slipped = StocktakeSlippedSerializer(many=True)
    dates_agreed = StocktakeMovedSerializer(many=True, source="moved")
    exceptions = StocktakeExceptionSerializer(many=True, source="spells")
    evidence = StocktakeEvidenceSerializer(many=True)
    impact = StocktakeImpactSerializer(many=True)
    assurance = StocktakeAssuranceSerializer(many=True)
    comes_again = StocktakeAgainSerializer(many=True, source="again")
    decisions = StocktakeDecisionSerializer(many=True)
    told_to_families = StocktakeSaidSerializer(many=True, source="said")


class StocktakeSerializer(serializers.Serializer):
    """A whole stocktake; its parts add up to the plan."""

    title = serializers.CharField(source="cover.title")
    since = serializers.CharField(source="cover.since", help_text="As in the address.")
    until = serializers.CharField(source="cover.until", help_text="Empty for now.")
    start = serializers.CharField(source="cover.since_words")
    end = serializers.CharField(source="cover.until_words")
    headline = serializers.CharField()
    parts = StocktakePartSerializer(many=True, source="areas")
    comes_again = StocktakeAgainSerializer(
        many=True, source="again", help_text="What the plan as a whole promises again and again."
    )


class StocktakeOfPlan(OfPlan):
    """The stocktake of a plan."""

    parameters = frozenset(StocktakeQuery().fields)

    @extend_schema(
        operation_id="stocktake_read",
        parameters=[StocktakeQuery],
        responses=answers(200, StocktakeSerializer, 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """Take stock by area: what was completed, is late, was agreed, shown, decided and said."""
        row = self.plan()
        permissions.require_board_papers(request.user, row)
        query = StocktakeQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked: dict[str, Any] = {"since": "", "until": "", "area": ""} | query.validated_data
        today = dates.today()
        span = comparing.span_of(row, asked["since"], asked["until"], today=today)
        if span is None:
            raise RuleBroken({"since": ["No month is frozen yet. Give a day to begin with."]})
        found = build(row, *span, reader=request.user, made_on=today, area=asked["area"])
        return Response(StocktakeSerializer(found).data)
