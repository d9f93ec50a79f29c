"""What the API takes and answers about exceptions: shapes only, the rules are ``plans.policies``."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hertsend.api.serializers import StrictSerializer, WordField
from plans.api.fields import MonthField, Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.enums import BoardAsk, DeepDiveState, EscalationState, Standing
from plans.models.progress import LONGEST_WORDS
from plans.policies import ReportWords

LONGEST_NAME = 200


def version_read(help_text: str) -> serializers.IntegerField:
    """The version of what the sender had before them."""
    return serializers.IntegerField(min_value=0, max_value=HIGHEST_VERSION, help_text=help_text)


def words(**options: Any) -> Typed:
    """What a person types; whether it may be missing is for the rules to say."""
    return Typed(required=False, default="", max_length=LONGEST_WORDS, **options)


class ReportInput(StrictSerializer):
    """An exception report for a month."""

    period = MonthField(
        required=False, help_text="The month reported on; by default the earliest not frozen."
    )
    cause = words()
    effect_on_families = words()
    what_is_being_done = words()
    done_by = serializers.DateField(required=False, allow_null=True, default=None)
    ask = WordField(choices=BoardAsk.choices, help_text="That nothing is asked is said too: none.")
    asked_of_board = words(help_text="Empty where nothing is asked.")
    base_version = version_read("The number of the month's report when you read it, 0 for none.")

    @property
    def words(self) -> ReportWords:
        """The values as the service takes them."""
        given: dict[str, Any] = self.validated_data
        return ReportWords(**{name: given[name] for name in ReportWords.__dataclass_fields__})


class WordsInput(StrictSerializer):
    """A question or an answer."""

    words = words()


class DeepDiveInput(StrictSerializer):
    """A deep dive that is asked for."""

    planned_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = words()


class DeepDiveEndInput(StrictSerializer):
    """What became of a deep dive."""

    becomes = WordField(choices=[each for each in DeepDiveState.choices if each[0] != "planned"])
    outcome = words()
    base_version = version_read("The deep dive's version when you read it.")


class EscalationInput(StrictSerializer):
    """An escalation to the Executive."""

    reason = words()


class ResponseInput(StrictSerializer):
    """The Executive's answer."""

    response = words()
    who_acts = Typed(required=False, default="", max_length=LONGEST_NAME)
    base_version = version_read("The escalation's version when you read it.")


class TakeBackInput(StrictSerializer):
    """Why an escalation is withdrawn."""

    words = words()
    base_version = version_read("The escalation's version when you read it.")


class ExceptionQuery(StrictSerializer):
    """The filters of the list of exceptions; those given must all hold."""

    workstream = serializers.CharField(required=False, help_text="A workstream's key, encoded.")
    area = serializers.CharField(required=False, help_text="An area's key.")
    reported = serializers.BooleanField(
        required=False, help_text="Whether there is a report for the month."
    )
    as_at = serializers.CharField(
        required=False, help_text="A day gone by (2024-06-30) or a frozen month (2024-06)."
    )
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class Named(serializers.Serializer):
    """A record whose name of a person is absent for who may not see it."""

    by = serializers.CharField(required=False)

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The record; without the name where the reader may not see it."""
        shown: dict[str, Any] = super().to_representation(row)
        if not shown["by"]:
            del shown["by"]
        return shown


class SaidSerializer(Named):
    """Words of a person at a moment."""

    words = serializers.CharField()
    at = serializers.DateTimeField()


class ReportSerializer(Named):
    """What a lead said of an exception for a month."""

    period = MonthField(source="month")
    number = serializers.IntegerField(help_text="Send it back as base_version.")
    cause = serializers.CharField()
    effect_on_families = serializers.CharField()
    what_is_being_done = serializers.CharField()
    done_by = serializers.DateField()
    ask = serializers.ChoiceField(choices=BoardAsk.choices)
    asked_of_board = serializers.CharField()
    at = serializers.DateTimeField()


class QuestionSerializer(serializers.Serializer):
    """A question with its answers."""

    number = serializers.IntegerField()
    period = MonthField(
        source="month", allow_null=True, help_text="Of the report that was read; null without one."
    )
    asked = SaidSerializer()
    answers = SaidSerializer(many=True)
    is_waiting = serializers.BooleanField()


class DeepDiveSerializer(serializers.Serializer):
    """A deep dive."""

    number = serializers.IntegerField()
    planned_on = serializers.DateField()
    state = serializers.ChoiceField(choices=DeepDiveState.choices)
    asked = SaidSerializer()
    ended = SaidSerializer(allow_null=True)
    version = serializers.IntegerField(help_text="Send it back as base_version.")


class EscalationSerializer(serializers.Serializer):
    """An escalation to the Executive."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=EscalationState.choices)
    raised = SaidSerializer()
    ended = SaidSerializer(allow_null=True)
    who_acts = serializers.CharField()
    version = serializers.IntegerField(help_text="Send it back as base_version.")


class ExceptionFileSerializer(serializers.Serializer):
    """All that was said of a milestone's exceptions."""

    reports = ReportSerializer(many=True)
    questions = QuestionSerializer(many=True)
    deep_dives = DeepDiveSerializer(many=True)
    escalations = EscalationSerializer(many=True)


class ExceptionSerializer(serializers.Serializer):
    """A milestone that is overdue or off track, with its report for the month."""

    key = serializers.CharField(source="line.key")
    text = serializers.CharField(source="line.text")
    workstream = serializers.CharField(source="line.workstream_key")
    areas = serializers.ListField(child=serializers.CharField(), source="line.area_keys")
    standing = serializers.ChoiceField(choices=Standing.choices, source="line.standing")
    days_overdue = serializers.IntegerField(source="line.days_overdue")
    period = MonthField(source="month", allow_null=True, help_text="The month of the report.")
    report = ReportSerializer(allow_null=True, help_text="Null while it is missing.")
    questions_waiting = serializers.IntegerField(source="file.waiting")
    deep_dives_planned_on = serializers.SerializerMethodField()
    is_with_executive = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DateField()))
    def get_deep_dives_planned_on(self, row: Any) -> list[Any]:
        """The days of the deep dives still to come."""
        return [dive.planned_on for dive in row.file.planned_dives]

    def get_is_with_executive(self, row: Any) -> bool:
        """Whether an escalation waits for the Executive."""
        return row.file.open_escalation is not None
