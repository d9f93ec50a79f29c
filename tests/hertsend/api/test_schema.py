"""The published schema is the one that the code makes."""

import json
from pathlib import Path

from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from hertsend.accounts.roles import Role
from hertsend.api.schema import published

PUBLISHED = Path(settings.BASE_DIR) / "docs" / "reference" / "api-schema.yaml"


def made_by_the_code() -> dict:
    """The schema as it is generated, without a warning."""
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, "A warning: see `manage.py spectacular --validate --fail-on-warn`."
    return schema


def test_the_published_schema_is_current():
    schema = made_by_the_code()
    validate_schema(schema)
    assert PUBLISHED.read_text(encoding="utf-8") == published(), (
        "The API changed. Look at the change, then publish it with `make docs`."
    )


def test_every_endpoint_documents_its_refusals():
    for path, operations in made_by_the_code()["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            expected = {"400", "401", "403", "404"} | ({"409"} if method == "post" else set())
            if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
                # What takes a file also says that it is too large.
                expected |= {"413"}
            documented = set(operation["responses"]) - {"200", "201"}
            assert documented == expected, f"{method} {path}"


def test_the_schema_is_served_to_people_with_a_role(world, api_as):
    answer = api_as(Role.ADVISER).get("/api/v1/schema/")
    assert answer.status_code == 200
    assert json.loads(answer.content)["paths"] == made_by_the_code()["paths"]
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store"
