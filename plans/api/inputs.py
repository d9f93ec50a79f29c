"""What the API takes: shapes only. Every rule is in ``plans.policies`` and asked by the services."""

from typing import Any

from rest_framework import serializers

from hertsend.api.serializers import StrictSerializer, WordField
from hertsend.records.submissions import LONGEST_KEY
from plans.api.fields import MonthField, Typed
from plans.enums import Rating, Stage, Standing
from plans.models.progress import LONGEST_SENTENCE, LONGEST_WORDS
from plans.policies import UpdateWords

HIGHEST_VERSION = 2_147_483_647
LONGEST_LINK = 500


def base_version() -> serializers.IntegerField:
    """The version of the milestone that the sender had before them."""
    return serializers.IntegerField(
        min_value=0,
        max_value=HIGHEST_VERSION,
        help_text="The milestone's version when you read it.",
    )


class UpdateInput(StrictSerializer):
    """An update of a milestone for a month."""

    period = MonthField(
        required=False, help_text="The month reported on; by default the earliest not frozen."
    )
    stage = WordField(choices=Stage.choices)
    rating = WordField(choices=Rating.choices)
    what_happened = Typed(max_length=LONGEST_WORDS)
    what_is_next = Typed(required=False, max_length=LONGEST_WORDS)
    forecast_on = serializers.DateField(required=False, allow_null=True)
    reason_for_rating = Typed(
        required=False,
        max_length=LONGEST_WORDS,
        help_text="Needed where the rating is better than the dates allow.",
    )
    internal_note = Typed(required=False, max_length=LONGEST_WORDS)
    sentence_for_families = Typed(required=False, max_length=LONGEST_SENTENCE)
    base_version = base_version()
    submission_key = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_KEY,
        help_text="The same key again gives the same answer again; or send it as Idempotency-Key.",
    )

    @property
    def words(self) -> UpdateWords:
        """The values as the service takes them."""
        given: dict[str, Any] = self.validated_data
        return UpdateWords(
            **{name: given[name] for name in UpdateWords.__dataclass_fields__ if name in given}
        )


class ProposalInput(StrictSerializer):
    """A proposal that a milestone is complete, with a note or a link that shows it."""

    words = Typed(required=False, default="", max_length=LONGEST_WORDS)
    evidence_link = serializers.URLField(
        required=False, default="", allow_blank=True, max_length=LONGEST_LINK
    )
    evidence_shareable = serializers.BooleanField(required=False, default=False)
    base_version = base_version()


class SignatureInput(StrictSerializer):
    """A signature under exactly what was shown."""

    fingerprint = serializers.CharField(
        max_length=64, help_text="From the milestone as you read it, for those who may sign."
    )


class DecisionInput(StrictSerializer):
    """A decision with its reason."""

    words = Typed(max_length=LONGEST_WORDS)
    base_version = base_version()


class MilestoneQuery(StrictSerializer):
    """The filters of the list of milestones; those given must all hold."""

    workstream = serializers.CharField(required=False, help_text="A workstream's key, encoded.")
    area = serializers.CharField(required=False, help_text="An area's key.")
    lead = serializers.CharField(required=False, help_text="A post's key.")
    stage = serializers.ChoiceField(required=False, choices=Stage.choices)
    rating = serializers.ChoiceField(
        required=False, choices=Rating.choices, help_text="As answered in the field rating."
    )
    standing = serializers.ChoiceField(required=False, choices=Standing.choices)
    overdue = serializers.BooleanField(required=False)
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)
