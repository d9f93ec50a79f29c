"""A document as rows, and back."""

import datetime as dt

import pytest

from plans.planfile.rows import Kind, document_of, rows_of
from plans.planfile.writing import text_of
from tests.plans.planfile import documents
from tests.plans.planfile.documents import FIXTURE, real, small


@pytest.mark.parametrize("document", [small(), real()], ids=["small", "real"])
def test_rows_give_the_document_back(document):
    assert document_of(rows_of(document)) == document


def test_the_text_of_the_first_plan_is_its_file():
    assert text_of(document_of(rows_of(real()))) == FIXTURE.read_text(encoding="utf-8")


def test_the_text_does_not_depend_on_the_order_of_keys():
    turned = {key: small()[key] for key in reversed(small())}
    turned["plan"] = {key: turned["plan"][key] for key in reversed(turned["plan"])}
    assert text_of(turned) == text_of(small()) == documents.text_of(small())


def test_a_milestone_is_a_row_with_days_and_references():
    rows = rows_of(small())
    assert rows[Kind.MILESTONE]["PA1.1-2"] == {
        "action": "PA1.1",
        "position": 2,
        "text": "Review progress.",
        "due_text": "from September 2024",
        "due_on": None,
        "precision": "ongoing",
        "kind": "impact_review",
        "window_from": dt.date(2024, 9, 1),
        "window_to": None,
        "window_text": "from September",
        "leads": ["director"],
        "leads_inherited": True,
        "note": "A start is no deadline.",
    }


def test_every_kind_of_note_is_a_judgement():
    judgements = rows_of(small())[Kind.JUDGEMENT]
    assert {key: (row["place"], row["position"]) for key, row in judgements.items()} == {
        "notes.cover": ("plan.published", 1),
        "notes.row": ("PA1.1", 2),
        "groups.board": ("Board", 3),
        "indicators.waits": ("Waits", 4),
        "PA1.1": ("PA1.1", 5),
        "PA1.1-2": ("PA1.1-2", 6),
    }


def test_what_only_some_plans_have_may_be_left_out():
    document = small()
    del document["notes"], document["topics"], document["partnership"]["parent_carer_forum"]
    for key in ("subtitle", "inspection", "vision", "monitoring", "reporting", "signatories"):
        del document["plan"][key]
    assert document_of(rows_of(document)) == document


def test_lists_of_areas_have_the_order_of_the_areas():
    document = small()
    document["workstreams"][1]["areas"] = ["AI1", "PA1"]
    assert document_of(rows_of(document)) == small()
