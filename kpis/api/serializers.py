"""Measures as programs read and write them."""

from typing import Any

from rest_framework import serializers

from hertsend.api.serializers import StrictSerializer, WordField
from kpis.enums import Assurance, Certainty, Presence, SpecialCause, Status, Variation
from kpis.selectors import telling

DECIMAL = {"max_digits": 18, "decimal_places": 6, "allow_null": True, "coerce_to_string": False}


class MeasureSerializer(serializers.Serializer):
    """A measure and how it stands."""

    key = serializers.CharField()
    name = serializers.CharField(source="indicator.name")
    workstream = serializers.CharField(source="indicator.workstream.key")
    unit = serializers.CharField(source="indicator.unit")
    direction = serializers.CharField(source="indicator.direction")
    plan_says = serializers.SerializerMethodField()
    target_word = serializers.CharField(source="promise.word")
    target_low = serializers.DecimalField(**DECIMAL, source="promise.target.low")
    target_high = serializers.DecimalField(**DECIMAL, source="promise.target.high")
    target_due_on = serializers.DateField(source="indicator.target_due_on", allow_null=True)
    target_due_text = serializers.CharField(source="indicator.target_due_text")
    legal_standard = serializers.DecimalField(**DECIMAL, source="promise.standard")
    latest = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=Status.choices)
    change = serializers.ChoiceField(choices=Variation.choices, source="variation")
    no_limits_because = serializers.SerializerMethodField()
    assurance = serializers.SerializerMethodField()
    to_legal_standard = serializers.DecimalField(**DECIMAL, source="short_of_law")
    is_old = serializers.BooleanField()
    delivery_on_track_and_not_moving = serializers.BooleanField(source="contradicts")
    actions = serializers.SerializerMethodField()

    def get_plan_says(self, line: Any) -> str:
        return telling.promise_line(line)

    def get_latest(self, line: Any) -> dict | None:
        return PointSerializer(line.latest).data if line.latest else None

    def get_no_limits_because(self, line: Any) -> str:
        return line.refusal[1] if line.refusal else ""

    def get_assurance(self, line: Any) -> str:
        return line.spc.assurance.value if line.spc else Assurance.NONE.value

    def get_actions(self, line: Any) -> list[str]:
        return [action.key for action in line.indicator.actions.all()]


class PointSerializer(serializers.Serializer):
    """One period of a measure."""

    period = serializers.CharField(source="label")
    starts_on = serializers.DateField(source="period.starts_on")
    ends_on = serializers.DateField(source="period.ends_on")
    presence = serializers.ChoiceField(choices=Presence.choices, source="figure.presence")
    value = serializers.DecimalField(**DECIMAL, source="number")
    numerator = serializers.DecimalField(**DECIMAL, source="figure.numerator")
    denominator = serializers.DecimalField(**DECIMAL, source="figure.denominator")
    certainty = serializers.ChoiceField(choices=Certainty.choices, source="figure.certainty")
    expected = serializers.DecimalField(**DECIMAL)
    number = serializers.IntegerField(
        source="rows",
        help_text="How many rows there are of this period; `base_number` of a correction.",
    )


class DrawnPointSerializer(PointSerializer):
    """A period with its limits and its signal, where limits are drawn."""

    mean = serializers.FloatField(source="limits.mean", allow_null=True)
    lower_limit = serializers.FloatField(source="limits.lower", allow_null=True)
    upper_limit = serializers.FloatField(source="limits.upper", allow_null=True)
    signal = serializers.ChoiceField(choices=SpecialCause.choices, source="cause")


class MeasureDetailSerializer(MeasureSerializer):
    """A measure with every period; without limits where they are refused."""

    points = serializers.SerializerMethodField()

    def get_points(self, line: Any) -> list[dict]:
        shape = DrawnPointSerializer if line.spc else PointSerializer
        return shape(line.points, many=True).data


class FigureInput(StrictSerializer):
    """A figure of one period."""

    period = serializers.CharField(
        max_length=40, help_text="As words: “2024-09”, “2023/24”, “Q3 2024”."
    )
    presence = WordField(choices=Presence.choices, default=Presence.GIVEN)
    value = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True, default=None)
    numerator = serializers.DecimalField(
        max_digits=18, decimal_places=6, allow_null=True, default=None
    )
    denominator = serializers.DecimalField(
        max_digits=18, decimal_places=6, allow_null=True, default=None
    )
    certainty = WordField(choices=Certainty.choices, default=Certainty.PROVISIONAL)
    note = serializers.CharField(max_length=4000, allow_blank=True, default="")
    base_number = serializers.IntegerField(min_value=0, default=0)
    reason = serializers.CharField(max_length=4000, allow_blank=True, default="")


class FiguresInput(StrictSerializer):
    """Figures that are stored all or none."""

    figures = FigureInput(many=True, allow_empty=False)
