"""Recurring commitments as programs read and write them."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from hertsend.errors import RuleBroken
from plans import permissions, selectors
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import Typed
from plans.api.inputs import HIGHEST_VERSION, LONGEST_LINK
from plans.api.serializers import hideable
from plans.api.views import OfPlan
from plans.enums import CommitmentState, Frequency, OccurrenceOutcome, OccurrenceState
from plans.models import Evidence, OccurrenceRecord, Plan, RecurringCommitment
from plans.models.progress import LONGEST_WORDS
from plans.selectors import Occurrence
from plans.services import commitments

LATEST_OCCURRENCES = 60


class OccurrenceSerializer(serializers.Serializer):
    """One occurrence; note, link and name are absent for some readers."""

    window_from = serializers.DateField(source="window.starts_on")
    window_to = serializers.DateField(source="window.ends_on")
    state = serializers.ChoiceField(choices=OccurrenceState.choices)
    number = serializers.IntegerField(help_text="Of its latest record, 0 without one.")
    done_on = serializers.DateField(allow_null=True)
    days_late = serializers.IntegerField()
    recorded_at = serializers.DateTimeField(allow_null=True)
    note = hideable(serializers.CharField)
    link = hideable(serializers.CharField)
    by = hideable(serializers.CharField)

    def to_representation(self, occurrence: Occurrence) -> dict[str, Any]:
        """The occurrence, reduced to what the reader may see."""
        hidden = {"note", "link", "by"} - self.context["visible"]
        shown = super().to_representation(occurrence)
        return {name: value for name, value in shown.items() if name not in hidden}


class CommitmentSerializer(serializers.Serializer):
    """A promise that comes again, as at a moment."""

    key = serializers.CharField()
    title = serializers.CharField()
    quote = serializers.CharField(help_text="In the plan's own words.")
    source = serializers.CharField(help_text="Where in the plan they stand.")
    action = serializers.CharField(source="action_key", allow_blank=True)
    milestone = serializers.CharField(source="milestone_key", allow_blank=True)
    stated = serializers.CharField(help_text="The plan's words of how it comes again.")
    state = serializers.ChoiceField(choices=CommitmentState.choices)
    rule = serializers.CharField(
        allow_blank=True, help_text="As the programme office confirmed it."
    )
    owner = serializers.CharField(source="owner_key", allow_blank=True)
    version = serializers.IntegerField(help_text="Send it back as base_version.")
    occurrences = serializers.SerializerMethodField(
        help_text="Those that have begun, latest first."
    )
    coming = OccurrenceSerializer(allow_null=True)

    @extend_schema_field(OccurrenceSerializer(many=True))
    def get_occurrences(self, line: Any) -> Any:
        """As many of the latest as one answer holds."""
        rows = line.occurrences[:LATEST_OCCURRENCES]
        return OccurrenceSerializer(rows, many=True, context=self.context).data


class RuleInput(StrictSerializer):
    """The rule by which a commitment comes again."""

    frequency = serializers.ChoiceField(choices=Frequency.choices)
    months = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=12),
        required=False,
        default=list,
        max_length=12,
        help_text="Of what comes every year: each of these months owes one.",
    )
    first_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)
    owner = serializers.CharField(help_text="The key of the post that answers for it.")
    words = Typed(required=False, default="", max_length=LONGEST_WORDS)
    base_version = serializers.IntegerField(min_value=0, max_value=HIGHEST_VERSION)


class EndInput(StrictSerializer):
    """Why a commitment ends."""

    words = Typed(max_length=LONGEST_WORDS)
    base_version = serializers.IntegerField(min_value=0, max_value=HIGHEST_VERSION)


class OccurrenceInput(StrictSerializer):
    """What happened in one occurrence."""

    window_from = serializers.DateField()
    outcome = serializers.ChoiceField(choices=OccurrenceOutcome.choices)
    done_on = serializers.DateField(required=False, allow_null=True, default=None)
    note = Typed(required=False, default="", max_length=LONGEST_WORDS)
    link = serializers.URLField(
        required=False, default="", allow_blank=True, max_length=LONGEST_LINK
    )
    evidence = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=HIGHEST_VERSION
    )
    base_number = serializers.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, help_text="The occurrence's number as you read it."
    )


class CommitmentList(OfPlan):
    """The recurring commitments of a plan."""

    parameters = frozenset({"as_at", "page", "page_size"})

    @extend_schema(
        operation_id="commitments_list",
        responses=answers(200, page_of(CommitmentSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the commitments, now or as at a moment, in the plan's order."""
        row = self.plan()
        moment = self.moment(row)
        visible = self.visible(OccurrenceRecord, row)
        lines = selectors.commitments_of(row, at=moment.at, on=moment.on, visible=visible)
        return self.page(lines, CommitmentSerializer, visible=visible)


class OfCommitment(OfPlan):
    """An endpoint of one commitment."""

    parameters = frozenset()

    def commitment(self) -> RecurringCommitment:
        """The commitment of the address, with what rights ask for."""
        rows = permissions.visible_to(self.request.user, RecurringCommitment)
        rows = rows.select_related("plan", "action__plan", "action__workstream")
        return get_object_or_404(
            rows.prefetch_related("action__areas"), plan__slug=self.kwargs["plan"], key=self.key()
        )

    def shown(self, row: RecurringCommitment, code: int = status.HTTP_200_OK) -> Response:
        """The commitment as it is now."""
        visible = self.visible(OccurrenceRecord, row.plan)
        rows = permissions.visible_to(self.request.user, RecurringCommitment)
        fresh = rows.select_related("action__workstream", "milestone", "owner").get(pk=row.pk)
        line = selectors.commitment_line(fresh, on=dates.today(), visible=visible)
        answer = CommitmentSerializer(line, context={"visible": visible}).data
        return Response(answer, status=code)


class CommitmentDetail(OfCommitment):
    """One commitment."""

    @extend_schema(
        operation_id="commitments_read", responses=answers(200, CommitmentSerializer, 404)
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a commitment with its occurrences."""
        return self.shown(self.commitment())


class CommitmentConfirmation(OfCommitment):
    """Confirming how a commitment comes again."""

    @extend_schema(
        operation_id="commitments_confirm",
        request=RuleInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, CommitmentSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Confirm the rule; from then on it has occurrences."""
        row = self.commitment()
        _require_office(request, row.plan)
        body = RuleInput(data=request.data)
        body.is_valid(raise_exception=True)
        data = body.validated_data | {"owner": _owner(row.plan, body.validated_data["owner"])}
        commitments.confirm_commitment(
            commitment=row, submission_key=submission_key(request, {}), by=request.user, **data
        )
        return self.shown(row, status.HTTP_201_CREATED)


def _require_office(request: Request, plan: Plan) -> None:
    access.require(request.user, Permission.CONFIRM_COMMITMENT, partnership_id=plan.partnership_id)


def _owner(plan: Plan, key: str) -> Post:
    """The post that was named. Raises ``RuleBroken`` where the partnership has none of that key."""
    found = plan.partnership.posts.filter(key=key.replace("\x00", "")).first()
    if found is None:
        raise RuleBroken({"owner": [f"There is no post “{key}”."]})
    return found


class CommitmentEnd(OfCommitment):
    """Ending a commitment."""

    @extend_schema(
        operation_id="commitments_end",
        request=EndInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, CommitmentSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """End a commitment with its reason."""
        row = self.commitment()
        _require_office(request, row.plan)
        body = EndInput(data=request.data)
        body.is_valid(raise_exception=True)
        commitments.end_commitment(
            commitment=row,
            submission_key=submission_key(request, {}),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(row, status.HTTP_201_CREATED)


class OccurrenceRecording(OfCommitment):
    """Saying what happened in an occurrence."""

    @extend_schema(
        operation_id="commitments_record",
        request=OccurrenceInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, CommitmentSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Record one occurrence as done or missed; said again, the last word counts."""
        row = self.commitment()
        scope = permissions.scope_of_commitment(row)
        access.require(request.user, Permission.UPDATE_MILESTONE, **scope)
        body = OccurrenceInput(data=request.data)
        body.is_valid(raise_exception=True)
        data = body.validated_data
        commitments.record_occurrence(
            commitment=row,
            submission_key=submission_key(request, {}),
            by=request.user,
            **(data | {"evidence": _evidence(row, data["evidence"], by=request.user)}),
        )
        return self.shown(row, status.HTTP_201_CREATED)


def _evidence(row: RecurringCommitment, pk: int | None, *, by: User) -> Evidence | None:
    """The piece that was named. Raises ``RuleBroken`` where it is none of the commitment's action."""
    if pk is None:
        return None
    pieces = permissions.visible_to(by, Evidence)
    found = pieces.filter(action=row.action_id, pk=pk).first()
    if found is None:
        raise RuleBroken({"evidence": ["Choose evidence of its action that was not withdrawn."]})
    return found
