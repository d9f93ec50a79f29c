"""What an import would create and change, and how it is told."""

import pytest

from plans.planfile.differences import compare
from plans.planfile.report import report
from plans.planfile.rows import Kind, document_of, rows_of
from tests.plans.planfile.documents import milestone, small

NOTHING = {kind: {} for kind in Kind}


def between(before, after):
    return compare(rows_of(before), rows_of(after))


def test_the_same_document_changes_nothing():
    differences = between(small(), small())
    assert differences.is_empty
    assert differences.missing == ()
    assert report(differences) == ["Nothing has changed."]


def test_a_first_import_creates_everything():
    differences = compare(NOTHING, rows_of(small()))
    assert report(differences) == [
        "Created: 1 partnership: barset",
        "Created: 1 plan: barset-2024",
        "Created: 2 posts: nurse, director",
        "Created: 2 areas: PA1, AI1",
        "Created: 1 ambition: tailoring",
        "Created: 2 workstreams: PA1, AI1",
        "Created: 2 actions: PA1.1, AI1.1",
        "Created: 3 milestones: PA1.1-1, PA1.1-2, AI1.1-1",
        "Created: 2 commitments: meetings, review-week",
        "Created: 2 glossary terms: SEND, ICB",
        (
            "Created: 13 sections: outcomes, family_priorities, groups, delivery_partners, "
            "indicators, inspection, vision, monitoring, reporting, signatories, topics, "
            "notes, leads"
        ),
        (
            "Created: 6 judgements: notes.cover, notes.row, groups.board, indicators.waits, PA1.1, "
            "PA1.1-2"
        ),
    ]
    assert not differences.corrections


def test_changed_fields_are_told_with_old_and_new_value():
    after = small()
    milestone(after).update(due_on="2024-02-29", due_text="29th February 2024")
    after["areas"][0]["short_name"] = "Leaders"
    after["actions"][0]["areas"] = ["PA1", "AI1"]
    after["groups"][0]["chairs"] = []
    after["groups"][1]["reports_to"] = []
    del after["plan"]["subtitle"]
    after["glossary"][1]["added"] = False
    differences = between(small(), after)
    assert report(differences) == [
        "Changed: plan barset-2024",
        "  subtitle: “A better start” → nothing",
        "Changed: area PA1",
        "  short_name: “Leadership” → “Leaders”",
        "Changed: action PA1.1",
        "  areas: “PA1” → “PA1”; “AI1”",
        "Changed: milestone PA1.1-1",
        "  due_text: “31st January 2024” → “29th February 2024”",
        "  due_on: 2024-01-31 → 2024-02-29",
        "Changed: glossary term ICB",
        "  added: yes → no",
        "Changed: section groups",
        "  content[board].chairs: name: “A. Person”, post: “Chair” → nothing",
        "  content[health].reports_to: “board” → nothing",
    ]


def test_only_published_dates_and_wording_need_a_reason():
    after = small()
    milestone(after).update(text="Agree them.", leads=["director", "nurse"], note="New.")
    after["actions"][0].update(leads=["director", "nurse"], impacts=[], number="1.2")
    after["plan"]["published"] = "2024-02"
    after["glossary"][0]["expansion"] = "other"
    corrections = between(small(), after).corrections
    assert {
        (one.kind, one.key): [each.field for each in one.corrections] for one in corrections
    } == {
        (Kind.PLAN, "barset-2024"): ["published"],
        (Kind.ACTION, "PA1.1"): ["impacts"],
        (Kind.MILESTONE, "PA1.1-1"): ["text"],
    }


def test_long_texts_are_told_from_where_they_part():
    before, after = small(), small()
    before["actions"][0]["text"] = "word " * 40 + "old" + " end" * 40
    after["actions"][0]["text"] = "word " * 40 + "new" + " end" * 40
    context = "word " * 6
    assert report(between(before, after)) == [
        "Changed: action PA1.1",
        f"  text: …{context}old{' end' * 16} en… → …{context}new{' end' * 16} en…",
    ]


def test_what_the_file_does_not_have_is_told_and_stays_after_the_rest():
    after = small()
    del after["areas"][0]
    for place in (after["ambitions"], after["workstreams"], after["actions"]):
        place[:] = [one for one in place if one["areas"] != ["PA1"]]
        for one in place:
            one["areas"] = ["AI1"]
    after["leads"] = after["leads"][:1]
    after["groups"] = after["groups"][1:]
    after["groups"][0]["reports_to"] = []
    after["commitments"] = []
    after["indicators"], after["glossary"] = [], after["glossary"][1:]
    del after["plan"]["vision"]
    del after["notes"][0]
    differences = between(small(), after)
    assert differences.missing == (
        (Kind.POST, "director"),
        (Kind.AREA, "PA1"),
        (Kind.AMBITION, "tailoring"),
        (Kind.WORKSTREAM, "PA1"),
        (Kind.ACTION, "PA1.1"),
        (Kind.MILESTONE, "PA1.1-1"),
        (Kind.MILESTONE, "PA1.1-2"),
        (Kind.COMMITMENT, "meetings"),
        (Kind.COMMITMENT, "review-week"),
        (Kind.GLOSSARY_TERM, "SEND"),
        (Kind.SECTION, "vision"),
        (Kind.SECTION, "groups.board"),
        (Kind.SECTION, "indicators.waits"),
        (Kind.SECTION, "indicators.complaints"),
        (Kind.SECTION, "notes.cover"),
    )
    kept = document_of(differences.rows)
    assert [area["key"] for area in kept["areas"]] == ["AI1", "PA1"]
    assert [group["key"] for group in kept["groups"]] == ["health", "board"]
    assert [note["key"] for note in kept["notes"]] == ["row", "cover"]
    assert kept["plan"]["vision"] == "Every child thrives."
    assert compare(differences.rows, rows_of(kept)).is_empty
    assert compare(differences.rows, rows_of(after)).is_empty
    lines = report(differences)
    assert "Not in the file, kept: area PA1" in lines
    assert lines[-1] == "Removed: nothing"


def test_a_note_that_the_file_drops_leaves_its_judgement():
    after = small()
    del milestone(after, "PA1.1-2")["note"]
    differences = between(small(), after)
    assert differences.missing == ((Kind.JUDGEMENT, "PA1.1-2"),)
    assert report(differences) == [
        "Changed: milestone PA1.1-2",
        "  note: “A start is no deadline.” → nothing",
        "Not in the file, kept: judgement PA1.1-2",
        "Removed: nothing",
    ]


def test_rows_that_only_move_are_counted():
    after = small()
    after["glossary"].reverse()
    after["outcomes"].reverse()
    assert report(between(small(), after)) == [
        "Changed: section outcomes",
        "  content: “happy”; “safe” → “safe”; “happy”",
        "Moved in the order: 2 glossary terms",
    ]


@pytest.mark.parametrize(
    ("name", "value", "is_correction"),
    [
        ("target", {"text": "11 weeks", "value": 11}, True),
        ("standard", {"text": "Within 11 weeks.", "value": 11, "source": "The law"}, True),
        ("name", "Waiting times", True),
        ("topics", [], False),
        ("note", "Weeks of seven days.", False),
    ],
)
def test_the_promise_of_a_measure_changes_only_by_a_correction(name, value, is_correction):
    after = small()
    after["indicators"][0][name] = value

    assert bool(between(small(), after).corrections) == is_correction


def test_a_new_measure_is_no_correction():
    before = small()
    del before["indicators"][0]

    assert not between(before, small()).corrections
