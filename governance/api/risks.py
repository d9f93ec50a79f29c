"""Risks as programs read them; a restricted one is not there for whom it does not name."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance.enums import MitigationState, ReviewStanding, RiskLevel, RiskState, Trend
from governance.models import Risk
from governance.models.risks import LONGEST_REASON, LONGEST_TEXT
from governance.permissions import risks as permissions
from governance.policies.risks import Score
from governance.selectors import risks as reads
from governance.selectors.risks import RiskLine
from governance.services import risks as services
from governance.services.risk_locking import require_reviewer
from hertsend import dates
from hertsend.accounts import access
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer, WordField
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import MonthField, Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.api.views import OfPlan
from plans.models import Plan


class ScoreSerializer(serializers.Serializer):
    """A score with its band."""

    likelihood = serializers.IntegerField(source="score.likelihood")
    impact = serializers.IntegerField(source="score.impact")
    score = serializers.IntegerField(source="value")
    band = serializers.CharField(source="band.name")


class OwedSerializer(serializers.Serializer):
    """The first month for which a review is missing."""

    month = MonthField()
    due_on = serializers.DateField()


class RiskSerializer(serializers.Serializer):
    """A risk as it is today."""

    key = serializers.CharField()
    event = serializers.CharField(source="risk.event")
    cause = serializers.CharField(source="risk.cause")
    effect = serializers.CharField(source="risk.effect")
    controls = serializers.CharField(source="risk.controls")
    gaps = serializers.CharField(source="risk.gaps")
    workstream = serializers.CharField(source="risk.workstream.key", default=None, allow_null=True)
    level = serializers.ChoiceField(choices=RiskLevel.choices, source="risk.level")
    owner = serializers.CharField(source="risk.owner.name")
    inherent = ScoreSerializer()
    current = ScoreSerializer()
    target = ScoreSerializer()
    trend = serializers.ChoiceField(choices=Trend.choices)
    reviewed_for = MonthField(allow_null=True)
    review = serializers.ChoiceField(choices=ReviewStanding.choices, source="standing")
    review_owed = OwedSerializer(source="owed", allow_null=True)
    open_mitigations = serializers.IntegerField()
    overdue_mitigations = serializers.IntegerField()
    seen_by = serializers.ListField(
        child=serializers.CharField(),
        source="risk.roles",
        help_text="The roles that see a restricted risk; empty for one that is not restricted.",
    )
    state = serializers.ChoiceField(choices=RiskState.choices, source="risk.state")
    closed_reason = serializers.CharField(source="risk.closed_reason")
    version = serializers.IntegerField(source="risk.version")


class ReviewSerializer(serializers.Serializer):
    """A review of a risk."""

    number = serializers.IntegerField(source="review.number")
    month = MonthField(source="review.period.month", default=None, allow_null=True)
    scored = ScoreSerializer()
    words = serializers.CharField(source="review.words")
    by = serializers.CharField(source="review.by.name")
    at = serializers.DateTimeField(source="review.at")


class MoveSerializer(serializers.Serializer):
    """A risk that was escalated or handed back."""

    from_level = serializers.ChoiceField(choices=RiskLevel.choices)
    to_level = serializers.ChoiceField(choices=RiskLevel.choices)
    reason = serializers.CharField()
    by = serializers.CharField(source="by.name")
    at = serializers.DateTimeField()


class MitigationSerializer(serializers.Serializer):
    """What is done against a risk."""

    number = serializers.IntegerField(source="mitigation.number")
    text = serializers.CharField(source="mitigation.text")
    owner = serializers.CharField(source="mitigation.owner.name")
    due_on = serializers.DateField(source="mitigation.due_on")
    state = serializers.ChoiceField(choices=MitigationState.choices, source="mitigation.state")
    ended_words = serializers.CharField(source="mitigation.ended_words")
    is_overdue = serializers.BooleanField()


class RiskDetailSerializer(RiskSerializer):
    """A risk with its reviews, moves, mitigations and links."""

    reviews = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()
    mitigations = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()
    measures = serializers.SerializerMethodField()

    @extend_schema_field(ReviewSerializer(many=True))
    def get_reviews(self, line: RiskLine) -> object:
        """Its reviews, the latest first."""
        bands = reads.bands_of(line.risk.plan, on=dates.today()).bands
        return ReviewSerializer(reads.reviews_of(line.risk, bands=bands), many=True).data

    @extend_schema_field(MoveSerializer(many=True))
    def get_moves(self, line: RiskLine) -> object:
        """Where it went, the latest first."""
        return MoveSerializer(reads.moves_of(line.risk), many=True).data

    @extend_schema_field(MitigationSerializer(many=True))
    def get_mitigations(self, line: RiskLine) -> object:
        """What is done against it."""
        found = reads.mitigations_of(line.risk, on=dates.today())
        return MitigationSerializer(found, many=True).data

    def get_actions(self, line: RiskLine) -> list[str]:
        """The keys of linked actions."""
        return [row.key for row in line.risk.actions.all()]

    def get_measures(self, line: RiskLine) -> list[str]:
        """The keys of linked measures."""
        return [row.key for row in line.risk.indicators.all()]


class ReviewInput(StrictSerializer):
    """A review: the score as it is now, and what was found."""

    likelihood = serializers.IntegerField(min_value=1, max_value=5)
    impact = serializers.IntegerField(min_value=1, max_value=5)
    words = Typed(max_length=LONGEST_TEXT)
    base_version = serializers.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, help_text="The risk's version when you read it."
    )


class MoveInput(StrictSerializer):
    """To where a risk goes, and why."""

    to_level = WordField(choices=RiskLevel.choices)
    reason = Typed(max_length=LONGEST_REASON)
    base_version = serializers.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, help_text="The risk's version when you read it."
    )


class BandSerializer(serializers.Serializer):
    """A band of scores, from its first to its last."""

    name = serializers.CharField()
    first = serializers.IntegerField()
    last = serializers.IntegerField()


class BandsSerializer(serializers.Serializer):
    """The bands in force; ``from_on`` is null for the usual ones, which nobody set.

    Why they were set is read by the programme office, on its page.
    """

    from_on = serializers.DateField(source="row.from_on", default=None, allow_null=True)
    bands = BandSerializer(many=True)


class OfRisks(OfPlan):
    """An endpoint of a plan's risks, for those who read them."""

    def readable_plan(self) -> Plan:
        """The plan. Raises ``NotAllowed`` for whoever reads the plan but not its risks."""
        plan = self.plan()
        permissions.require_risks(self.request.user, plan)
        return plan

    def lines(self, plan: Plan, **about: object) -> list[RiskLine]:  # type: ignore[override]
        """The plan's risks that the reader may see."""
        rows = permissions.visible_risks(self.request.user).filter(plan=plan, **about)
        return reads.risk_lines(rows, plan, on=dates.today())

    def risk(self) -> Risk:
        """The risk of the address; one that is not shown to the reader is not there."""
        plan = self.readable_plan()
        rows = permissions.visible_risks(self.request.user).filter(plan=plan)
        rows = rows.select_related("plan__partnership", "workstream", "owner")
        return get_object_or_404(rows, key=self.key())

    def shown(self, risk: Risk, *, code: int = status.HTTP_200_OK) -> Response:
        """The risk as it is now."""
        line = self.lines(risk.plan, pk=risk.pk)[0]
        return Response(RiskDetailSerializer(line).data, status=code)


class RiskList(OfRisks):
    """The risks of a plan."""

    @extend_schema(operation_id="risks_list", responses=answers(200, page_of(RiskSerializer), 404))
    def get(self, request: Request, plan: str) -> Response:
        """List the risks that you may see, open ones first, the highest current score first."""
        return self.page(self.lines(self.readable_plan()), RiskSerializer)


class RiskBandsInForce(OfRisks):
    """The bands of risk scores."""

    parameters = frozenset()

    @extend_schema(operation_id="risk_bands_read", responses=answers(200, BandsSerializer, 404))
    def get(self, request: Request, plan: str) -> Response:
        """Show the bands of scores in force today: the partnership's own, or the usual ones."""
        found = reads.bands_of(self.readable_plan(), on=dates.today())
        return Response(BandsSerializer(found).data)


class RiskDetail(OfRisks):
    """One risk."""

    parameters = frozenset()

    @extend_schema(operation_id="risks_read", responses=answers(200, RiskDetailSerializer, 404))
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a risk with its reviews, moves, mitigations and links."""
        return self.shown(self.risk())


class RiskReviews(OfRisks):
    """Reviewing a risk."""

    parameters = frozenset()

    @extend_schema(
        operation_id="risks_review",
        request=ReviewInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RiskDetailSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Score a risk anew for the month that is reported on, also when nothing changed."""
        risk = self.risk()
        require_reviewer(request.user, risk)
        body = ReviewInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        services.review_risk(
            risk=risk,
            score=Score(given["likelihood"], given["impact"]),
            words=given["words"],
            base_version=given["base_version"],
            submission_key=submission_key(request),
            by=request.user,
        )
        return self.shown(risk, code=status.HTTP_201_CREATED)


class RiskMoves(OfRisks):
    """Escalating a risk, or handing it back."""

    parameters = frozenset()

    @extend_schema(
        operation_id="risks_move",
        request=MoveInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RiskDetailSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Bring a risk to the next level or hand it back, with the reason."""
        risk = self.risk()
        permissions.require_mover(access.of(request.user), risk, person_id=request.user.pk)
        body = MoveInput(data=request.data)
        body.is_valid(raise_exception=True)
        services.move_risk(
            risk=risk,
            submission_key=submission_key(request),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(risk, code=status.HTTP_201_CREATED)
