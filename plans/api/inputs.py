"""What the API takes: shapes only. Every rule is in ``plans.policies`` and asked by the services."""

from typing import Any

from rest_framework import serializers

from hertsend.api.serializers import StrictSerializer, WordField
from hertsend.files import store
from hertsend.records.submissions import LONGEST_KEY
from plans.api.fields import MonthField, Typed
from plans.enums import EvidenceKind, Rating, Stage, Standing
from plans.models.evidence import LONGEST_LINK, LONGEST_SHOWING, LONGEST_TITLE
from plans.models.progress import LONGEST_SENTENCE, LONGEST_WORDS
from plans.policies import EvidenceWords, UpdateWords

HIGHEST_VERSION = 2_147_483_647


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


class EvidenceInput(StrictSerializer):
    """A piece of evidence that is a link."""

    kind = WordField(choices=EvidenceKind.choices)
    title = Typed(max_length=LONGEST_TITLE)
    dated_on = serializers.DateField(help_text="The date of the evidence, today or before.")
    what_it_shows = Typed(max_length=LONGEST_SHOWING)
    link = Typed(required=False, default="", max_length=LONGEST_LINK)
    is_shareable = serializers.BooleanField(
        required=False, default=False, help_text="Whether families may see it."
    )

    @property
    def words(self) -> EvidenceWords:
        """The values as the service takes them."""
        return EvidenceWords(**self.validated_data)


class EvidenceWithFileInput(EvidenceInput):
    """A piece of evidence, with a link or (as multipart/form-data) a file, never both."""

    file = serializers.FileField(
        required=False, allow_empty_file=True, help_text="Up to 20 MB; its type is found in it."
    )

    @property
    def words(self) -> EvidenceWords:
        """The values as the service takes them; a file is judged and put in its place first."""
        given = dict(self.validated_data)
        handed = given.pop("file", None)
        return EvidenceWords(**given, file=store.receive(handed) if handed else None)


class EvidenceWithdrawalInput(StrictSerializer):
    """Taking a piece of evidence back."""

    reason = Typed(max_length=LONGEST_SHOWING)


class ProposalInput(StrictSerializer):
    """A proposal that a milestone is complete, with links that show it; files are added before."""

    words = Typed(required=False, default="", max_length=LONGEST_WORDS)
    evidence = EvidenceInput(many=True, required=False, default=list)
    base_version = base_version()

    @property
    def pieces(self) -> list[EvidenceWords]:
        """The evidence as the service takes it."""
        return [EvidenceWords(**piece) for piece in self.validated_data["evidence"]]


class SignatureInput(StrictSerializer):
    """A signature under exactly what was shown."""

    fingerprint = serializers.CharField(
        max_length=64, help_text="From the milestone as you read it, for those who may sign."
    )


class DecisionInput(StrictSerializer):
    """A decision with its reason."""

    words = Typed(max_length=LONGEST_WORDS)
    base_version = base_version()


class ActionReopeningInput(StrictSerializer):
    """Taking the signature under an action back."""

    words = Typed(max_length=LONGEST_WORDS)
    base_number = serializers.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, help_text="The number of the signature you read."
    )


class AsAtQuery(StrictSerializer):
    """As at when something is read."""

    as_at = serializers.CharField(
        required=False,
        help_text="A day gone by (2024-06-30), read as at its end in Europe/London, or a frozen "
        "month (2024-06), read as at its freeze. Without it, how it stands now.",
    )


class MilestoneQuery(AsAtQuery):
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
