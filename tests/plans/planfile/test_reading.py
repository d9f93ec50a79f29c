"""From a file to a document, or to the list of all its faults with their places."""

import json
import os
from pathlib import Path

import pytest

from plans.planfile import reading
from plans.planfile.faults import BadPlanFile, Fault, words_of
from tests.plans.planfile.documents import FIXTURE, milestone, real, small, text_of


def faults_of(document) -> list[str]:
    """The faults of a document as they are told, which stand in a file of its own."""
    with pytest.raises(BadPlanFile) as refused:
        reading.parsed_document(text_of(document).encode())
    return [str(fault) for fault in refused.value.faults]


def line_of(document, words: str) -> int:
    """The first line of the document's file with these words."""
    lines = text_of(document).splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_the_first_plan_and_the_small_one_have_no_fault():
    assert reading.read(FIXTURE) == real()
    assert reading.parsed_document(text_of(small()).encode()) == small()


def test_a_byte_order_mark_is_passed_over():
    content = b"\xef\xbb\xbf" + text_of(small()).encode()
    assert reading.parsed_document(content) == small()


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    for path, words in (
        (tmp_path / "none.json", "the file: It cannot be read: No such file or directory."),
        (tmp_path, "the file: It cannot be read: Is a directory."),
    ):
        with pytest.raises(BadPlanFile) as refused:
            reading.read(path)
        assert [str(fault) for fault in refused.value.faults] == [words]


def test_a_large_file_is_refused_without_reading_it(tmp_path, monkeypatch):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(200 * reading.MEGABYTE)

    def opened(*args, **kwargs):
        raise AssertionError("The file was opened.")

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(BadPlanFile) as refused:
        reading.read(path)
    assert refused.value.errors == {"the file": ["It is larger than 5 MB, so it is not read."]}


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "plan.json"
    content = text_of(small()).encode()
    path.write_bytes(content.ljust(reading.LARGEST))
    assert reading.read(path) == small()
    path.write_bytes(content.ljust(reading.LARGEST + 1))
    with pytest.raises(BadPlanFile):
        reading.read(path)


def test_an_endless_file_is_read_no_further_than_allowed():
    with pytest.raises(BadPlanFile) as refused:
        reading.read(Path(os.devnull).with_name("zero"))
    assert refused.value.errors == {"the file": ["It is larger than 5 MB, so it is not read."]}


def test_what_is_not_utf_8_is_refused_with_its_line():
    with pytest.raises(BadPlanFile) as refused:
        reading.parsed_document(b'{\n"a": "\xe9"}')
    assert refused.value.faults == [Fault("This is not text in UTF-8.", line=2)]


@pytest.mark.parametrize("document", [[], "plan", 1, None])
def test_what_is_no_object_is_refused(document):
    assert faults_of(document) == ["line 1: Must be an object."]


def test_a_missing_key_has_the_place_of_what_should_hold_it():
    document = small()
    del document["indicators"]
    del document["areas"][1]["statement"]
    place = line_of(document, '"AI1"') - 1
    assert faults_of(document) == [
        "line 1: The key “indicators” is missing.",
        f"line {place}, areas[1]: The key “statement” is missing.",
    ]


def test_unknown_keys_are_refused_anywhere():
    document = small()
    document["extra"] = 1
    milestone(document)["owner"] = "me"
    assert faults_of(document) == [
        f"line {line_of(document, 'owner')}, actions[0].milestones[0].owner: This key is unknown.",
        f"line {line_of(document, 'extra')}, extra: This key is unknown.",
    ]


def test_a_key_twice_in_an_object_is_refused():
    text = text_of(small()).replace('"number": 1,', '"number": 1,\n      "number": 2,', 1)
    with pytest.raises(BadPlanFile) as refused:
        reading.parsed_document(text.encode())
    assert [fault.sentence for fault in refused.value.faults] == ["This key stands here twice."]
    assert refused.value.faults[0].path == ("areas", 0, "number")


def changed(path: str, value):
    """The small document with one value set; ``path`` is written as faults write it."""
    document = small()
    holder, parts = document, path.replace("[", ".").replace("]", "").split(".")
    steps = [int(part) if part.isdigit() else part for part in parts]
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return document


FORM = "does not have the form that is asked for"
PRECISION = (
    "Does not fit the milestone's precision: only “day” has a due_on, only “none” has an empty "
    "due_text, and neither has a window."
)
FIRST = "actions[0].milestones[0]"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("format", 2, "Must be 1."),
        ("delivery_partners", "all", "Must be a list."),
        ("areas[0].number", "1", "Must be a whole number."),
        ("areas[0].number", 0, "Must be at least 1."),
        ("areas[0].number", 1000, "Must be at most 999."),
        ("areas[0].kind", "goal", "Must be one of priority_action, area_for_improvement."),
        ("areas[0].statement", "", "Must not be empty."),
        ("areas[0].short_name", "x" * 101, "Must have at most 100 characters."),
        ("workstreams[0].areas", [], "Must not be empty."),
        ("workstreams[0].areas", ["PA1", "PA1"], "Holds the same entry twice."),
        ("partnership.parent_carer_forum", {"short_name": "BP"}, "The key “name” is missing."),
        (f"{FIRST}.leads_inherited", "no", "Must be true or false."),
        (f"{FIRST}.due_on", "2024-09-31", "“2024-09-31” is a day that does not exist."),
        (f"{FIRST}.due_on", "2023-02-29", "“2023-02-29” is a day that does not exist."),
        (f"{FIRST}.due_on", "9999-12-31", "9999-12-31 is not between 2000 and 2100."),
        (f"{FIRST}.due_on", "1999-12-31", "1999-12-31 is not between 2000 and 2100."),
        (
            "actions[0].milestones[1].window",
            {"to": "2101-01-01"},
            "2101-01-01 is not between 2000 and 2100.",
        ),
        ("plan.published", "0023-12", "0023-12 is not between 2000 and 2100."),
        (f"{FIRST}.due_on", None, PRECISION),
        (f"{FIRST}.precision", "month", PRECISION),
        (f"{FIRST}.window", {"from": "2024-01-01"}, PRECISION),
        (f"{FIRST}.precision", "none", PRECISION),
        ("actions[0].milestones[1].due_on", "2024-09-01", PRECISION),
        ("actions[0].milestones[1].due_text", "", PRECISION),
        ("actions[0].milestones[1].window", {}, "Must not be empty."),
        (
            "actions[0].milestones[1].window",
            {"from": "2024-09-02", "to": "2024-09-01"},
            "2024-09-01 is before the first day, 2024-09-02.",
        ),
        ("plan.inspection.to", "2023-07-09", "2023-07-09 is before the first day, 2023-07-10."),
        ("plan.inspection.to", "2023-06-31", "“2023-06-31” is a day that does not exist."),
        ("plan.published", "2023-02-30", "“2023-02-30” is a day that does not exist."),
        (
            "plan.published",
            "12/2023",
            (
                f"“12/2023” {FORM} (When it was published, only as precise as the plan says: YYYY, "
                "YYYY-MM or YYYY-MM-DD)."
            ),
        ),
        ("plan.partnership", "other", "Must be the key of the partnership, “barset”."),
        ("outcomes[1].key", "happy", "The key “happy” is used above already."),
        ("glossary[1].term", "SEND", "The key “SEND” is used above already."),
        ("delivery_partners[1]", "Barset Council", "“Barset Council” is named above already."),
        ("ambitions[0].areas", ["PA2"], "“PA2” is not defined in “areas”."),
        ("areas[0].accountable", ["nurse", "x"], "“x” is not defined in “leads”."),
        ("workstreams[0].areas", ["PA1", "PA9"], "“PA9” is not defined in “areas”."),
        ("actions[1].workstream", "PA9", "“PA9” is not defined in “workstreams”."),
        ("actions[1].areas", ["PA9"], "“PA9” is not defined in “areas”."),
        ("groups[1].reports_to", ["executive"], "“executive” is not defined in “groups”."),
        ("groups[0].workstreams", ["AI9"], "“AI9” is not defined in “workstreams”."),
        ("commitments[1].key", "meetings", "The key “meetings” is used above already."),
        ("commitments[1].owner", "x", "“x” is not defined in “leads”."),
        ("commitments[0].source", "PA1.1-9", "“PA1.1-9” is no place of this file."),
        ("commitments[0].source", "plan.dreams", "“plan.dreams” is no place of this file."),
        ("commitments[0].rule.months", [9], "Months are only for what comes every year."),
        ("commitments[1].rule.to", "2024-08-31", "2024-08-31 is before the first day, 2024-09-01."),
        ("commitments[1].rule.from", "1924-09-01", "1924-09-01 is not between 2000 and 2100."),
        ("commitments[1].rule.months", [13], "Must be at most 12."),
        ("indicators[0].actions", ["PA1.2"], "“PA1.2” is not defined in “actions”."),
        ("indicators[0].workstream", "PA9", "“PA9” is not defined in “workstreams”."),
        ("indicators[0].topics", ["hope"], "“hope” is not defined in “topics”."),
        (
            "indicators[0].target",
            {"text": "x", "low": 13.5, "high": 12},
            "12 is less than the low end, 13.5.",
        ),
        (
            "indicators[1].target.window",
            {"from": "2025-04-30", "to": "2025-04-01"},
            "2025-04-01 is before the first day, 2025-04-30.",
        ),
        (
            "indicators[0].target.due_on",
            "2125-03-31",
            "2125-03-31 is not between 2000 and 2100.",
        ),
        (
            "indicators[0].target",
            {"text": "x", "value": 1, "low": 1, "high": 2},
            "Give either one value, or both the low and the high one.",
        ),
        (
            "indicators[0].target",
            {"text": "x", "low": 1},
            "Give either one value, or both the low and the high one.",
        ),
        (
            "indicators[0].baseline",
            {"text": "x", "high": 1},
            "Give either one value, or both the low and the high one.",
        ),
        (
            "indicators[0].baseline",
            {"text": "x", "low": 1},
            "Give either one value, or both the low and the high one.",
        ),
        (
            "actions[1].milestones[0].key",
            "AI1.1-2",
            "Must be “AI1.1-1”: the action's key and the position.",
        ),
        (
            "actions[1].milestones[0].leads_inherited",
            True,
            "There is no lead that it could have inherited.",
        ),
        (
            "actions[0].leads",
            ["director", "nurse"],
            "Must be the leads of its milestones, each once: nurse, director.",
        ),
        ("actions[1].leads", ["nurse"], "Must be the leads of its milestones, each once: none."),
        ("notes[0].about", "cover", "“cover” is no place of this file."),
        ("notes[0].about", "plan.cover", "“plan.cover” is no place of this file."),
        ("notes[0].about", "areas.PA2", "“areas.PA2” is no place of this file."),
        ("notes[0].about", "PA1.2", "“PA1.2” is no place of this file."),
        (
            "areas[0].statement",
            "a\x00b",
            "Holds a control character; only line breaks and tabs are taken over.",
        ),
    ],
)
def test_each_fault_is_told_with_its_place(path, value, sentence):
    told = faults_of(changed(path, value))
    assert [one.partition(": ")[2] for one in told] == [sentence]
    [place] = [one.partition(": ")[0] for one in told]
    line, _, where = place.partition(", ")
    assert where.startswith(path.rpartition(".")[0] if sentence == PRECISION else path)
    assert line.removeprefix("line ").isdigit()


@pytest.mark.parametrize("about", ["areas.AI1", "glossary.ICB", "PA1.1-2", "plan", "leads.nurse"])
def test_a_note_may_be_about_any_place(about):
    document = changed("notes[0].about", about)
    assert reading.parsed_document(text_of(document).encode()) == document


def test_half_a_character_is_refused_in_words_that_any_terminal_takes():
    document = changed("areas[0].statement", "a\ud800b")
    with pytest.raises(BadPlanFile) as refused:
        reading.parsed_document(json.dumps(document).encode())
    [fault] = refused.value.faults
    assert fault.sentence.startswith("Holds a control character")
    document = changed("areas[0].kind", "\ud800")
    with pytest.raises(BadPlanFile) as refused:
        reading.parsed_document(json.dumps(document).encode())
    assert all(str(fault).encode() for fault in refused.value.faults)


def test_the_key_of_a_second_milestone_and_area_must_be_new():
    document = small()
    document["areas"][1] |= {"kind": "priority_action"}
    document["actions"][1]["key"] = "PA1.1"
    document["actions"][1]["milestones"][0]["key"] = "PA1.1-1"
    sentences = [one.partition(": ")[2] for one in faults_of(document)]
    assert sentences == [
        "priority_action 1 stands above already.",
        "The key “PA1.1” is used above already.",
        "The key “PA1.1-1” is used above already.",
    ]


def test_a_key_of_a_partnership_must_fit_an_address():
    document = small()
    document["partnership"]["key"] = document["plan"]["partnership"] = "x" * 51
    assert [one.partition(": ")[2] for one in faults_of(document)] == [
        "Must have at most 50 characters."
    ]


def test_all_faults_of_a_file_are_told_at_once_in_its_order():
    document = small()
    document["plan"]["slug"] = "No Slug"
    document["areas"][0]["kind"] = "goal"
    milestone(document)["due_on"] = "2024-13-01"
    milestone(document)["leads"] = ["nobody"]
    document["groups"] = [7]
    told = faults_of(document)
    lines = [int(one.partition(",")[0].removeprefix("line ")) for one in told]
    assert lines == sorted(lines)
    assert [one.partition(", ")[2].partition(":")[0] for one in told] == [
        "plan.slug",
        "areas[0].kind",
        "actions[0].leads",
        "actions[0].milestones[0].due_on",
        "actions[0].milestones[0].leads[0]",
        "groups[0]",
    ]


def test_what_has_not_the_right_form_does_not_hide_other_faults():
    document = small()
    document["partnership"], document["plan"] = "Barset", 7
    del document["outcomes"][0]["key"], milestone(document)["key"]
    document["glossary"] = {}
    document["groups"][1]["reports_to"] = ["nobody"]
    assert [one.partition(", ")[2] for one in faults_of(document)] == [
        "partnership: Must be an object.",
        "plan: Must be an object.",
        "outcomes[0]: The key “key” is missing.",
        "actions[0].milestones[0].key: Must be “PA1.1-1”: the action's key and the position.",
        "actions[0].milestones[0]: The key “key” is missing.",
        "groups[1].reports_to[0]: “nobody” is not defined in “groups”.",
        "glossary: Must be a list.",
        "notes[0].about: “plan.published” is no place of this file.",
    ]


def test_places_in_words():
    assert words_of(("areas", 0, "number")) == "areas[0].number"
    assert words_of(()) == ""
