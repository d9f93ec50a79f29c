"""What the API answers about evidence, sheets and signatures; fields that may not be seen are absent."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from hertsend.accounts.roles import Role
from plans.api.serializers import VisibleRecord, hideable
from plans.enums import ActionAct, EvidenceKind, MediaType
from plans.models import Evidence


class FileSerializer(serializers.Serializer):
    """A file that was handed in."""

    name = serializers.CharField()
    media_type = serializers.ChoiceField(choices=MediaType.choices)
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField(help_text="The digest of its bytes.")


class EvidenceSerializer(VisibleRecord):
    """A piece of evidence of a milestone or of an action's impact."""

    name_of_visible = "visible_of_evidence"

    kind = serializers.ChoiceField(choices=EvidenceKind.choices)
    title = serializers.CharField()
    dated_on = serializers.DateField()
    what_it_shows = serializers.CharField()
    link = serializers.CharField(help_text="Empty where it is a file.")
    file = FileSerializer(allow_null=True)
    is_shareable = serializers.BooleanField(help_text="Whether families may see it.")
    added_by = hideable(serializers.CharField, source="added_by.name")
    added_at = serializers.DateTimeField()
    withdrawn_at = hideable(serializers.DateTimeField, allow_null=True)
    withdrawn_by = hideable(
        serializers.CharField, source="withdrawn_by.name", allow_null=True, default=None
    )
    withdrawn_reason = hideable(serializers.CharField)

    def get_fields(self) -> dict[str, Any]:
        """The columns, with the number of the row and where its file is handed out before them."""
        return {
            "id": serializers.IntegerField(help_text="Its number in addresses."),
            "file_url": serializers.SerializerMethodField(),
        } | super().get_fields()

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_file_url(self, piece: Evidence) -> str | None:
        """Where the file is handed out; null for a link."""
        if piece.file_id is None:
            return None
        return reverse("plans-api:evidence-file", args=[piece.action.plan.slug, piece.pk])

    def to_representation(self, piece: Any) -> dict[str, Any]:
        """The piece, reduced to what the reader may see."""
        return {"id": piece.pk, "file_url": self.get_file_url(piece)} | super().to_representation(
            piece
        )


class SheetLineSerializer(serializers.Serializer):
    """One labelled fact."""

    label = serializers.CharField()
    text = serializers.CharField()


class SheetEvidenceSerializer(serializers.Serializer):
    """One piece of evidence in words."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    kind = serializers.CharField()
    shows = serializers.CharField()
    dated = serializers.CharField()
    source = serializers.CharField()


class SheetSerializer(serializers.Serializer):
    """Exactly what is signed."""

    fingerprint = serializers.CharField(help_text="Send it back to sign.")
    key = serializers.CharField()
    lines = SheetLineSerializer(many=True)
    milestones = SheetLineSerializer(many=True)
    evidence = SheetEvidenceSerializer(many=True)
    closing = SheetLineSerializer(many=True)


class AskedSerializer(serializers.Serializer):
    """Who was asked for a signature."""

    asked = serializers.ListField(child=serializers.CharField())


class WaitingSerializer(serializers.Serializer):
    """A proposal that waits for a signature."""

    milestone = serializers.CharField(source="milestone.key")
    text = serializers.CharField(source="milestone.text")
    proposed_on = serializers.DateField()
    days = serializers.IntegerField(help_text="How long it has waited.")
    pieces = serializers.IntegerField(help_text="How many pieces of evidence it has.")
    yours_to_sign = serializers.BooleanField(source="is_readers")
    who_can = serializers.ListField(child=serializers.CharField())
    asked_by = serializers.ListField(child=serializers.CharField())
    changed_since_you_looked = serializers.ListField(
        child=serializers.CharField(), source="changed"
    )


class ActionSignOffSerializer(VisibleRecord):
    """A signature under an action, or its reopening."""

    name_of_visible = "visible_of_action_sign_offs"

    act = serializers.ChoiceField(choices=ActionAct.choices)
    number = serializers.IntegerField()
    fingerprint = hideable(serializers.CharField)
    role = hideable(serializers.ChoiceField, choices=Role.choices)
    words = hideable(serializers.CharField)
    by = hideable(serializers.CharField, source="by.name")
    at = serializers.DateTimeField()
