"""What the API takes and answers about decisions and log actions: shapes only."""

from typing import Any

from rest_framework import serializers

from governance.enums import DecisionRequestState, LogShown, LogStanding, PromptKind
from governance.forms.decisions import LONGEST_REFERENCE
from governance.models.decisions import LONGEST_WORDS
from governance.models.groups import LONGEST_NAME
from governance.models.log import LONGEST_TASK
from governance.policies.decisions import DATA, DecisionWords, PromptWords, RequestWords
from hertsend.api.serializers import StrictSerializer, WordField
from plans.api.exception_shapes import version_read
from plans.api.fields import Typed
from plans.api.serializers import hideable

MOST_PROMPTS = 10


def typed(length: int = LONGEST_WORDS, **options: Any) -> Typed:
    """What a person types; whether it may be missing is for the rules to say."""
    return Typed(required=False, default="", max_length=length, **options)


class PromptInput(StrictSerializer):
    """One thing that prompted it."""

    kind = WordField(choices=PromptKind.choices)
    reference = serializers.CharField(
        max_length=LONGEST_REFERENCE,
        help_text="A measure's or milestone's key; of an exception its milestone's key; of a "
        "request for a date the milestone's key and its number, as PA1.2-3/1.",
    )
    what_it_showed = typed(help_text="Needed of a measure.")


class PromptedInput(StrictSerializer):
    """What prompted it."""

    prompts = PromptInput(many=True, required=False, default=list, max_length=MOST_PROMPTS)

    @property
    def prompted_by(self) -> tuple[PromptWords, ...]:
        """The prompts as the service takes them."""
        return tuple(PromptWords(**each) for each in self.validated_data["prompts"])


class DecisionRequestInput(PromptedInput):
    """A decision that a group is asked for."""

    group = serializers.CharField(max_length=100, help_text="The group's key.")
    question = typed(LONGEST_NAME)
    background = typed(help_text="For officers.")
    wanted_by = serializers.DateField(required=False, allow_null=True, default=None)

    @property
    def words(self) -> RequestWords:
        """The values as the service takes them."""
        given = self.validated_data
        return RequestWords(given["question"], given["background"], given["wanted_by"])


class WithdrawalInput(StrictSerializer):
    """Taking a request back."""

    reason = typed(500)


class DecisionTakenInput(PromptedInput):
    """A decision as it was taken."""

    title = typed(LONGEST_NAME)
    decided = typed()
    reasons = typed()
    meeting = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=32767,
        help_text="The number of the group's meeting; none between meetings.",
    )
    taken_on = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Between meetings: the day. In a meeting it is the meeting's.",
    )
    effective_on = serializers.DateField(required=False, allow_null=True, default=None)
    internal_note = typed()

    @property
    def words(self) -> DecisionWords:
        """The values as the service takes them."""
        given = self.validated_data
        return DecisionWords(**{name: given[name] for name in DecisionWords.__dataclass_fields__})


class FurtherDecisionTakenInput(DecisionTakenInput):
    """A decision in the place of an earlier one."""

    reason_for_change = typed()


class LogActionInput(PromptedInput):
    """An action for the log."""

    task = typed(LONGEST_TASK)
    owner = serializers.EmailField(help_text="The e-mail address of who does it.")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    meeting = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=32767
    )
    decision = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2_147_483_647,
        help_text="The number of the group's decision that it carries out.",
    )


class NoteInput(StrictSerializer):
    """An update of an action."""

    words = typed()


class ClosingInput(StrictSerializer):
    """Closing an action."""

    closing_note = typed()


class ChangeInput(StrictSerializer):
    """Another owner or another day."""

    owner = serializers.EmailField()
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = typed(500)
    base_version = version_read("The action's version when you read it.")


class RecordQuery(StrictSerializer):
    """The filter of decisions and requests."""

    group = serializers.CharField(required=False, max_length=100)
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class RequestQuery(RecordQuery):
    """The filters of requests."""

    state = serializers.ChoiceField(required=False, choices=DecisionRequestState.choices)


class LogQuery(RecordQuery):
    """The filters of the log."""

    state = serializers.ChoiceField(required=False, choices=LogShown.choices)
    mine = serializers.BooleanField(required=False, help_text="Only those that you own.")


class DataQuery(StrictSerializer):
    """The span of the report, and the kind of data."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    prompted_by = serializers.ChoiceField(
        required=False, choices=[each for each in PromptKind.choices if each[0] in DATA]
    )


class Reduced(serializers.Serializer):
    """A record of which what the reader may not see is left out."""

    HIDEABLE: tuple[str, ...] = ()

    def to_representation(self, line: Any) -> dict[str, Any]:
        """The record without what is empty for this reader."""
        shown = super().to_representation(line)
        return {name: value for name, value in shown.items() if value or name not in self.HIDEABLE}


class PromptSerializer(Reduced):
    """What prompted it, as far as the reader may see it."""

    HIDEABLE = ("what_it_showed",)

    kind = serializers.ChoiceField(choices=PromptKind.choices)
    name = serializers.CharField()
    path = serializers.CharField(help_text="Its page on this site.")
    what_it_showed = hideable(serializers.CharField)


class DecisionSerializer(Reduced):
    """A decision of a group."""

    HIDEABLE = ("internal_note", "taken_by")

    group = serializers.CharField(source="group_key")
    number = serializers.IntegerField()
    title = serializers.CharField()
    decided = serializers.CharField()
    reasons = serializers.CharField()
    internal_note = hideable(serializers.CharField)
    meeting = serializers.CharField(help_text="Empty between meetings.")
    taken_on = serializers.DateField()
    effective_on = serializers.DateField()
    taken_by = hideable(serializers.CharField)
    is_superseded = serializers.BooleanField()
    reason_for_change = serializers.CharField(help_text="Where it supersedes an earlier decision.")
    supersedes = serializers.IntegerField(source="supersedes.number", default=None)
    superseded_by = serializers.IntegerField(source="superseding.number", default=None)
    request = serializers.IntegerField(source="request.number", default=None)
    prompts = PromptSerializer(many=True)


class DecisionRequestSerializer(Reduced):
    """A decision that a group is or was asked for."""

    HIDEABLE = ("background", "asked_by", "ended_by", "withdrawn_reason")

    group = serializers.CharField(source="group_key")
    number = serializers.IntegerField()
    question = serializers.CharField()
    background = hideable(serializers.CharField)
    wanted_by = serializers.DateField(allow_null=True)
    asked_by = hideable(serializers.CharField)
    asked_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=DecisionRequestState.choices)
    ended_by = hideable(serializers.CharField)
    ended_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = hideable(serializers.CharField)
    decision = serializers.IntegerField(source="decision.number", default=None)
    prompts = PromptSerializer(many=True)


class NoteSerializer(Reduced):
    """An update of a log action."""

    HIDEABLE = ("by",)

    number = serializers.IntegerField()
    words = serializers.CharField()
    by = hideable(serializers.CharField)
    at = serializers.DateTimeField()


class LogActionSerializer(Reduced):
    """An action of the log."""

    HIDEABLE = ("owner", "raised_by", "closed_by", "closing_note")

    group = serializers.CharField(source="group_key")
    number = serializers.IntegerField()
    task = serializers.CharField()
    owner = hideable(serializers.CharField)
    is_own = serializers.BooleanField()
    due_on = serializers.DateField()
    standing = serializers.ChoiceField(choices=LogStanding.choices)
    days_overdue = serializers.IntegerField()
    meeting = serializers.CharField(help_text="Empty where it was raised elsewhere.")
    decision = serializers.IntegerField(source="decision.number", default=None)
    raised_by = hideable(serializers.CharField)
    raised_at = serializers.DateTimeField()
    closed_by = hideable(serializers.CharField)
    closed_at = serializers.DateTimeField(allow_null=True)
    closing_note = hideable(serializers.CharField)
    version = serializers.IntegerField(help_text="Send it back as base_version.")
    updates = NoteSerializer(many=True, source="notes")
    prompts = PromptSerializer(many=True)


class DataRowSerializer(serializers.Serializer):
    """A decision or an action that data prompted."""

    what = serializers.CharField()
    group = serializers.CharField()
    number = serializers.IntegerField()
    on = serializers.DateField()
    title = serializers.CharField()
    decided = serializers.CharField(source="text")
    reasons = serializers.CharField(source="why")
    stands = serializers.CharField()
    prompts = PromptSerializer(many=True)
    path = serializers.CharField()


class DataReportSerializer(serializers.Serializer):
    """What was decided and done because of data in a span."""

    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    decisions = serializers.IntegerField(help_text="All of the span that you may read.")
    decisions_by_data = serializers.IntegerField()
    actions = serializers.IntegerField()
    actions_by_data = serializers.IntegerField()
    rows = DataRowSerializer(many=True)
