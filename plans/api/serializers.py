"""What the API answers: shapes only. Fields that the reader may not see are absent, never null."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hertsend.accounts.models import Partnership, Post
from plans.api.fields import MonthField, WordOrNull
from plans.enums import (
    AreaKind,
    MilestoneKind,
    PeriodState,
    Precision,
    Rating,
    Stage,
    StageAct,
    Standing,
)
from plans.models import Action, Area, Plan, ReportingPeriod, Workstream


class VisibleRecord(serializers.Serializer):
    """A record of which a reader gets the fields in ``context[name_of_visible]`` and no others.

    A field that nobody listed in ``plans.permissions`` is shown to nobody.
    """

    name_of_visible = "visible"

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The record, reduced to what the reader may see."""
        visible = self.context[self.name_of_visible]
        shown = super().to_representation(row)
        return {name: value for name, value in shown.items() if name in visible}


def hideable(field: type[serializers.Field], **options: Any) -> serializers.Field:
    """A field that is absent for some readers."""
    return field(required=False, **options)


class PartnershipSerializer(serializers.ModelSerializer):
    """The local area partnership."""

    class Meta:
        model = Partnership
        fields = ["slug", "name", "place"]


class PlanSerializer(serializers.ModelSerializer):
    """A published plan."""

    partnership = PartnershipSerializer()

    class Meta:
        model = Plan
        fields = ["slug", "title", "subtitle", "published", "published_text", "partnership"]


class PeriodSerializer(serializers.ModelSerializer):
    """A month that is being reported, or was."""

    month = MonthField()
    state = serializers.ChoiceField(choices=PeriodState.choices)

    class Meta:
        model = ReportingPeriod
        fields = ["month", "state", "opens_on", "due_on", "freezes_on"]


class PlanDetailSerializer(PlanSerializer):
    """A plan with the months that take updates now, earliest first."""

    periods_accepting_updates = serializers.SerializerMethodField()

    class Meta(PlanSerializer.Meta):
        fields = [*PlanSerializer.Meta.fields, "periods_accepting_updates"]

    @extend_schema_field(PeriodSerializer(many=True))
    def get_periods_accepting_updates(self, plan: Plan) -> Any:
        """The due and the open month."""
        return PeriodSerializer(plan.periods.accepting_updates(), many=True).data


class PostSerializer(serializers.ModelSerializer):
    """A post that the plan names."""

    class Meta:
        model = Post
        fields = ["key", "title", "organisation"]


def keys(**options: Any) -> serializers.Field:
    """The keys of related rows."""
    return serializers.SlugRelatedField(slug_field="key", read_only=True, **options)


class AreaSerializer(serializers.ModelSerializer):
    """A priority action or an area for improvement."""

    kind = serializers.ChoiceField(choices=AreaKind.choices)
    number = serializers.IntegerField()
    responsible_bodies = serializers.ListField(child=serializers.CharField())
    accountable = serializers.SerializerMethodField()
    workstreams = keys(many=True)

    class Meta:
        model = Area
        fields = [
            "key",
            "kind",
            "number",
            "short_name",
            "statement",
            "responsible_bodies",
            "accountable",
            "workstreams",
        ]

    @extend_schema_field(PostSerializer(many=True))
    def get_accountable(self, area: Area) -> Any:
        """The posts that the plan makes accountable, in its order."""
        posts = [each.post for each in area.accountabilities.all()]
        return PostSerializer(posts, many=True).data


class WorkstreamSerializer(serializers.ModelSerializer):
    """A section of the plan that one group delivers."""

    areas = keys(many=True)

    class Meta:
        model = Workstream
        fields = ["key", "name", "areas"]


class ActionSerializer(serializers.ModelSerializer):
    """A numbered row of the plan, in its published words."""

    workstream = keys()
    areas = keys(many=True)
    impacts = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Action
        fields = [
            "key",
            "number",
            "workstream",
            "areas",
            "text",
            "meaning_for_families",
            "impacts",
        ]


class LeadSerializer(serializers.Serializer):
    """A post that leads a milestone."""

    key = serializers.CharField()
    title = serializers.CharField()


class MilestoneSerializer(serializers.Serializer):
    """A milestone as it stands now (a ``plans.selectors.MilestoneLine``)."""

    WORDS: ClassVar[frozenset[str]] = frozenset(
        {"what_happened", "what_is_next", "reason_for_rating", "sentence_for_families"}
    )

    key = serializers.CharField()
    text = serializers.CharField()
    action = serializers.CharField(source="action_key")
    workstream = serializers.CharField(source="workstream_key")
    areas = serializers.ListField(child=serializers.CharField(), source="area_keys")
    leads = serializers.SerializerMethodField()
    leads_inherited = serializers.BooleanField()
    kind = serializers.ChoiceField(choices=MilestoneKind.choices)
    precision = serializers.ChoiceField(choices=Precision.choices)
    due_text = serializers.CharField(help_text="The date in the plan's own words.")
    due_on = serializers.DateField(allow_null=True, help_text="As published; it never moves.")
    agreed_on = serializers.DateField(allow_null=True)
    forecast_on = serializers.DateField(allow_null=True)
    date_in_force = serializers.DateField(allow_null=True)
    moves = serializers.IntegerField(help_text="How often the date was moved by agreement.")
    agreed_by = hideable(
        serializers.CharField, help_text="Who agreed the date in force; empty where nobody did."
    )
    slip_in_days = serializers.IntegerField(source="slip", allow_null=True)
    has_no_agreed_date = serializers.BooleanField()
    window_passed = serializers.BooleanField()
    stage = serializers.ChoiceField(choices=Stage.choices)
    standing = serializers.ChoiceField(
        choices=Standing.choices, help_text="What pages show: the rating, or what stands for it."
    )
    rating = WordOrNull(
        choices=Rating.choices,
        allow_null=True,
        help_text="The rating of a month that is still current; older ones never count.",
    )
    rating_month = MonthField(allow_null=True)
    is_overdue = serializers.BooleanField()
    days_overdue = serializers.IntegerField()
    has_exception = serializers.BooleanField()
    completed_on = serializers.DateField(allow_null=True)
    last_updated_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(
        help_text="Send it back as base_version. It is that of now, whatever as_at asks for."
    )
    what_happened = hideable(serializers.CharField)
    what_is_next = hideable(serializers.CharField)
    reason_for_rating = hideable(serializers.CharField)
    sentence_for_families = hideable(serializers.CharField)

    @extend_schema_field(LeadSerializer(many=True))
    def get_leads(self, line: Any) -> list[dict[str, str]]:
        """The leading posts, in the plan's order."""
        return [
            {"key": key, "title": title}
            for key, title in zip(line.lead_keys, line.leads, strict=True)
        ]

    def to_representation(self, line: Any) -> dict[str, Any]:
        """The line; words only where the reader may see them."""
        hidden = self.WORDS - self.context["visible"]
        if "people" not in self.context["visible"]:
            hidden |= {"agreed_by"}
        shown = super().to_representation(line)
        return {name: value for name, value in shown.items() if name not in hidden}


class ActionDetailSerializer(ActionSerializer):
    """An action with its milestones."""

    milestones = serializers.SerializerMethodField()

    class Meta(ActionSerializer.Meta):
        fields = [*ActionSerializer.Meta.fields, "milestones"]

    @extend_schema_field(MilestoneSerializer(many=True))
    def get_milestones(self, _action: Action) -> Any:
        """The lines that the view read."""
        return MilestoneSerializer(self.context["lines"], many=True, context=self.context).data


class UpdateSerializer(VisibleRecord):
    """What was reported of a milestone for a month."""

    period = MonthField(source="period.month")
    stage = serializers.ChoiceField(choices=Stage.choices)
    rating = serializers.ChoiceField(choices=Rating.choices)
    best_rating = hideable(
        serializers.ChoiceField,
        choices=Rating.choices,
        help_text="The best rating that the dates allowed.",
    )
    reason_for_rating = hideable(serializers.CharField)
    what_happened = hideable(serializers.CharField)
    what_is_next = hideable(serializers.CharField)
    forecast_on = serializers.DateField(allow_null=True)
    internal_note = hideable(serializers.CharField)
    sentence_for_families = serializers.CharField()
    by = hideable(serializers.CharField, source="by.name")
    on_behalf_of = hideable(
        serializers.CharField, source="on_behalf_of.title", allow_null=True, default=None
    )
    at = serializers.DateTimeField()
    base_version = hideable(serializers.IntegerField)
    version = serializers.IntegerField(help_text="The milestone's version after this update.")


class StageChangeSerializer(VisibleRecord):
    """An act on the way to sign-off."""

    name_of_visible = "visible_of_stage_changes"

    act = serializers.ChoiceField(choices=StageAct.choices)
    from_stage = serializers.ChoiceField(choices=Stage.choices)
    to_stage = serializers.ChoiceField(choices=Stage.choices)
    words = hideable(serializers.CharField)
    evidence_link = hideable(serializers.CharField)
    evidence_shareable = hideable(serializers.BooleanField)
    fingerprint = hideable(
        serializers.CharField, help_text="Of a signature: the digest of exactly what was shown."
    )
    role = hideable(serializers.CharField, help_text="The role in which it was decided.")
    by = hideable(serializers.CharField, source="by.name")
    at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, change: Any) -> dict[str, Any]:
        """The act; a link that was marked as shareable is for everyone who reads the plan."""
        shown = super().to_representation(change)
        if change.evidence_shareable and change.evidence_link:
            shown["evidence_link"] = change.evidence_link
        return shown


class DateChangeSerializer(VisibleRecord):
    """A date that a joint chair agreed."""

    name_of_visible = "visible_of_date_changes"

    number = serializers.IntegerField()
    agreed_on = serializers.DateField()
    reason = hideable(serializers.CharField)
    decision = hideable(serializers.CharField)
    requested_by = hideable(serializers.CharField, source="requested_by.name")
    decided_by = hideable(serializers.CharField, source="decided_by.name")
    at = serializers.DateTimeField()


class WindowSerializer(serializers.Serializer):
    """The time that the plan's words mean."""

    start = serializers.DateField(source="window_from", allow_null=True)
    end = serializers.DateField(source="window_to", allow_null=True)
    words = serializers.CharField(source="window_text")


class RightsSerializer(serializers.Serializer):
    """What the reader's roles let them do with a milestone, whatever its stage."""

    update = serializers.BooleanField()
    sign_off = serializers.BooleanField()
    withdraw = serializers.BooleanField()


class MilestoneDetailSerializer(MilestoneSerializer):
    """A milestone with its acts and date changes, and what the reader may do."""

    window = serializers.SerializerMethodField(
        help_text="Bounds of the time that the plan's words mean, where they give no day."
    )
    you_may = serializers.SerializerMethodField()
    fingerprint = hideable(
        serializers.CharField, help_text="For those who may sign a proposal: send it back to sign."
    )
    stage_changes = serializers.SerializerMethodField()
    date_changes = serializers.SerializerMethodField()

    @extend_schema_field(WindowSerializer)
    def get_window(self, _line: Any) -> Any:
        """The bounds, each None where there is none."""
        return WindowSerializer(self.context["milestone"]).data

    @extend_schema_field(RightsSerializer)
    def get_you_may(self, _line: Any) -> Any:
        """The reader's rights here."""
        return RightsSerializer(self.context["rights"]).data

    @extend_schema_field(StageChangeSerializer(many=True))
    def get_stage_changes(self, _line: Any) -> Any:
        """The acts, latest first."""
        rows = self.context["stage_changes"]
        return StageChangeSerializer(rows, many=True, context=self.context).data

    @extend_schema_field(DateChangeSerializer(many=True))
    def get_date_changes(self, _line: Any) -> Any:
        """The agreed dates, latest first."""
        rows = self.context["date_changes"]
        return DateChangeSerializer(rows, many=True, context=self.context).data

    def to_representation(self, line: Any) -> dict[str, Any]:
        """The milestone; the fingerprint only for those who may sign."""
        shown = super().to_representation(line)
        if fingerprint := self.context["fingerprint"]:
            shown["fingerprint"] = fingerprint
        return shown
