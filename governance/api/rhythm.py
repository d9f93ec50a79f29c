"""The rhythm of the executive's meetings as programs read and decide it."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions, selectors
from governance.enums import Rhythm
from governance.services import rhythm
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers
from hertsend.api.serializers import StrictSerializer, WordField
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import MonthField, Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.api.serializers import VisibleRecord, hideable
from plans.api.views import OfPlan
from plans.models import Plan
from plans.policies import LONGEST_WORDS

SHOWN = frozenset({"number", "rhythm", "from_month", "at"})


class RhythmDecisionSerializer(VisibleRecord):
    """A decision: which rhythm, from which month, who and why."""

    number = serializers.IntegerField()
    rhythm = serializers.ChoiceField(choices=Rhythm.choices)
    from_month = MonthField()
    reason = hideable(serializers.CharField)
    by = hideable(serializers.CharField)
    at = serializers.DateTimeField()


class PromiseSerializer(serializers.Serializer):
    """What the plan says of the rhythm."""

    rhythm = serializers.ChoiceField(choices=Rhythm.choices)
    from_month = MonthField()
    assessed_after = serializers.IntegerField(help_text="Months; 0 where the plan says nothing.")
    quote = serializers.CharField()


class RhythmSerializer(serializers.Serializer):
    """The rhythm in force, the plan's word, and every decision, earliest first."""

    in_force = serializers.ChoiceField(choices=Rhythm.choices)
    is_assessment_due = serializers.BooleanField()
    promise = PromiseSerializer()
    decisions = RhythmDecisionSerializer(many=True)


class RhythmInput(StrictSerializer):
    """A decision on the rhythm."""

    rhythm = WordField(choices=Rhythm.choices)
    from_month = MonthField()
    reason = Typed(max_length=LONGEST_WORDS)
    base_number = serializers.IntegerField(
        min_value=0,
        max_value=HIGHEST_VERSION,
        help_text="How many decisions there were when you read them.",
    )


class RhythmOfPlan(OfPlan):
    """How often the executive meets."""

    parameters = frozenset()

    def shown(self, plan: Plan, *, code: int = status.HTTP_200_OK) -> Response:
        """The rhythm as it stands now, for this reader."""
        seen = permissions.fields_of_rhythm(self.request.user, plan)
        found = selectors.rhythm_of(plan, visible=seen)
        today = dates.today()
        values = {
            "in_force": found.of(dates.first_of(today)),
            "is_assessment_due": selectors.assessment_due(plan, today) is not None,
            "promise": found.promise,
            "decisions": found.decisions,
        }
        context = {"visible": SHOWN | seen}
        return Response(RhythmSerializer(values, context=context).data, status=code)

    @extend_schema(operation_id="rhythm_read", responses=answers(200, RhythmSerializer, 404))
    def get(self, request: Request, plan: str) -> Response:
        """Show the rhythm, the plan's words and every decision."""
        row = self.plan()
        permissions.require_board_papers(request.user, row)
        return self.shown(row)

    @extend_schema(
        operation_id="rhythm_decide",
        request=RhythmInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RhythmSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str) -> Response:
        """Decide the rhythm from a month on; 409 when it was decided since."""
        row = self.plan()
        access.require(request.user, Permission.DECIDE_RHYTHM, partnership_id=row.partnership_id)
        body = RhythmInput(data=request.data)
        body.is_valid(raise_exception=True)
        rhythm.decide_rhythm(
            plan=row,
            submission_key=submission_key(request, {}),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(row, code=status.HTTP_201_CREATED)
