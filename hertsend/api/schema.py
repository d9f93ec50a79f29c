"""How the schema describes what every endpoint may answer."""

import json
from typing import Any

import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from hertsend.api.serializers import ConflictSerializer, RefusalSerializer

EVERYWHERE = (400, 401, 403)
"""Unknown parameter or wrong input; no or ended sign-in; no role, or not your part of the plan."""


class WithoutAliases(yaml.SafeDumper):
    """Writes a value again where it occurs again, so that each place reads by itself."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def published() -> str:
    """The schema as it stands in docs/reference/, made from the endpoints themselves."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    # Through JSON, which leaves nothing but plain values.
    plain = json.loads(OpenApiJsonRenderer().render(schema, renderer_context={}))
    return yaml.dump(plain, Dumper=WithoutAliases, sort_keys=False, allow_unicode=True)


def answers(code: int, serializer: Any, *more: int) -> dict[int, Any]:
    """The answer of an endpoint, and its refusals: those of ``EVERYWHERE`` and ``more``."""
    refusals = dict.fromkeys(sorted({*EVERYWHERE, *more}), RefusalSerializer)
    if 409 in refusals:
        refusals[409] = ConflictSerializer
    return {code: serializer} | refusals


def page_of(serializer: type[serializers.Serializer]) -> Any:
    """The shape of one page of a list."""
    return inline_serializer(
        name=f"{serializer.__name__.removesuffix('Serializer')}Page",
        fields={
            "count": serializers.IntegerField(help_text="How many rows there are on all pages."),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": serializer(many=True),
        },
    )
