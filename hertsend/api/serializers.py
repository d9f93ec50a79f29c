"""Shapes that every endpoint shares: strict input, and the format of refusals."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

NO_SUCH_FIELD = "There is no field of this name."


class StrictSerializer(serializers.Serializer):
    """Input whose unknown fields are refused by name, together with what else is wrong."""

    def to_internal_value(self, data: Any) -> Any:
        """Answer the values. Raises ``ValidationError`` naming every field that is wrong."""
        unknown = set(data) - set(self.fields) if isinstance(data, Mapping) else set()
        errors: dict[str, Any] = {str(name): [NO_SUCH_FIELD] for name in sorted(unknown, key=str)}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError(errors | error.detail) from error
        if errors:
            raise ValidationError(errors)
        return values


class WordField(serializers.ChoiceField):
    """One of a few words in the schema; any other word is left to the rules to refuse.

    So that a form and the API refuse it with the same sentence.
    """

    def to_internal_value(self, data: Any) -> str:
        """Answer the word as it came. Raises ``ValidationError`` for what is no text."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return str(data)


class RefusalSerializer(serializers.Serializer):
    """What every refusal looks like."""

    code = serializers.CharField(help_text="A stable word for programs.")
    message = serializers.CharField(help_text="A sentence for people.")
    fields_ = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Sentences by the field that they are about.",
    )

    def get_fields(self) -> dict[str, Any]:
        """The field ``fields`` cannot be declared by that name: the framework has it."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared


class ConflictSerializer(RefusalSerializer):
    """Somebody else was first: what is stored now, and what was sent."""

    current = serializers.DictField(help_text="What is stored now, as far as you may see it.")
    submitted = serializers.DictField(help_text="What you sent; nothing of it was stored.")
