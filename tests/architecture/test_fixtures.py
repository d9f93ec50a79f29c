"""Every plan file that is delivered is without faults, and what it makes is valid row by row."""

import json

import pytest
from django.core.exceptions import ValidationError

from hertsend.accounts.models import User
from plans.planfile.faults import BadPlanFile
from plans.planfile.reading import parsed_document, read
from plans.services.importing import import_plan
from tests.architecture.source import ROOT
from tests.architecture.test_models import AUDITED, our_models
from tests.factories.models import PlanFactory

PLAN_FILES = sorted(
    path for path in (ROOT / "fixtures").glob("*.json") if not path.name.endswith(".schema.json")
)

MAY_BE_EMPTY = {"content"}  # a section that the plan file has, but nothing in it


def invalid_rows() -> list[str]:
    """The rows that the database took, but whose fields or constraints do not hold."""
    found = []
    for label in sorted(AUDITED):
        for row in our_models()[label].objects.all():
            related = {each.name for each in row._meta.fields if each.is_relation}
            try:
                row.clean_fields(exclude=related | MAY_BE_EMPTY)
                row.clean()
            except ValidationError as error:
                found.append(f"{label} {row}: {error}")
    return found


@pytest.mark.parametrize("path", PLAN_FILES, ids=lambda path: path.name)
def test_a_plan_file_has_no_fault(path):
    assert read(path)["plan"]["slug"] == path.stem


@pytest.mark.slow
@pytest.mark.parametrize("path", PLAN_FILES, ids=lambda path: path.name)
def test_what_a_plan_file_makes_is_valid(db, path):
    import_plan(document=read(path), by=User.objects.system())

    assert our_models()["plans.Milestone"].objects.count() > 100
    assert invalid_rows() == []


def test_there_is_a_plan_file():
    assert [path.name for path in PLAN_FILES] == ["hertfordshire-2023.json"]


def test_a_fault_is_seen():
    document = json.loads(PLAN_FILES[0].read_text())
    document["plan"]["colour"] = "blue"

    with pytest.raises(BadPlanFile):
        parsed_document(json.dumps(document).encode())


def test_an_invalid_row_is_seen(db):
    # Both databases store an empty title; the model does not allow one.
    row = PlanFactory(title="")

    [fault] = invalid_rows()
    assert fault.startswith(f"plans.Plan {row}: ")
