"""The plan file holds the whole published plan, and nothing besides: proof from the text itself.

Nothing here is shared with what wrote the plan file. The checks are tried on damaged copies too,
so that a check that stops seeing anything fails.
"""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.plans import plan_checks, plan_source, plan_table_checks

ROOT = Path(__file__).resolve().parents[2]
PLAN_FILE = ROOT / "fixtures" / "hertfordshire-2023.json"
EXPECTED = Path(__file__).parent / "data" / "expected-milestones.csv"
SOURCE_SHA256 = "eac6426538baffa5f568ea8d9b2ad2dfbf2da30a5a7d0479cb8998e1f3b6db53"


@pytest.fixture(scope="module")
def text():
    return plan_source.read()


@pytest.fixture(scope="module")
def source(text):
    return plan_source.actions(text)


@pytest.fixture
def document():
    return json.loads(PLAN_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def expected():
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- The source and its reader -----------------------------------------------------------------


def test_the_source_is_the_text_that_was_published():
    assert hashlib.sha256(plan_source.SOURCE.read_bytes()).hexdigest() == SOURCE_SHA256


def test_reader_finds_every_table_and_row(text):
    assert [len(table.rows) for table in plan_source.tables(text)] == [
        *(2, 2, 2),  # ambitions, families' priorities, signatories
        6,  # links of the ambitions
        2,  # areas for priority action
        *(1, 8, 1, 13),  # each priority action's box and its rows
        *(30, 19, 19, 10),  # rows of the Improvement Plan
        2,  # glossary
    ]


def test_reader_leaves_no_line_with_a_tab_unread(text):
    read = {row.line for table in plan_source.tables(text) for row in table.rows}
    unread = [
        line
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line and number not in read
    ]
    assert Counter(line_kind(line) for line in unread) == {"contents": 11, "header": 38, "rule": 4}


def line_kind(line):
    if plan_source.CONTENTS_LINE.match(line):
        return "contents"
    if line.startswith(plan_source.HEADER_STARTS):
        return "header"
    return "rule" if set(line) <= {"-", "\t"} else line


def test_reader_joins_a_row_over_a_page_break(source):
    assert source["AI1.9"].text("dates") == (
        "30th Sept 2023 - ongoing Ongoing, timeline for each pathway, dependent on mapping work "
        "Recruitment from 30th November 2023 31st December 2023- January 2024 To be determined "
        "based on NHSE peer reviews and capacity of UKAS to complete accreditation (anticipate "
        "April 2025. 30th April 2024"
    )


@pytest.mark.parametrize(
    ("cell", "expected_words"),
    [
        ("<p>31 st Jan 24</p> <p>30 th June 24</p>", ["31st", "Jan", "24", "30th", "June", "24"]),
        ('<ul style="list-style-type: none"> - Timeliness - Quality', ["Timeliness", "Quality"]),
        ("-Timeliness -Quality", ["Timeliness", "Quality"]),
        ("• one\n- two", ["one", "two"]),
        ("40% - as now • then – there", ["40%", "-", "as", "now", "then", "–", "there"]),
    ],
)
def test_words_drop_tags_and_bullets_and_keep_dashes(cell, expected_words):
    assert plan_source.words(cell) == expected_words


@pytest.mark.parametrize(
    ("cell", "expected_dates"),
    [
        ("31 st Sept 2024 November 2024", ["31st Sept 2024", "November 2024"]),
        ("8th January to 30th June 2024", ["8th January", "30th June 2024"]),
        ("Website now live, 2023/24", ["2023/24"]),
        ("Recruitment ongoing in 2023 - 31 st March 24", ["2023", "31st March 24"]),
        ("Quarterly", []),
    ],
)
def test_dates_are_found_as_they_are_written(cell, expected_dates):
    assert plan_source.dates(cell) == expected_dates


@pytest.mark.parametrize(
    ("due_text", "days"),
    [
        ("31st Jan 24", ["2024-01-31"]),
        ("30 th Sept 2024", ["2024-09-30"]),
        ("29 th Feb 24", ["2024-02-29"]),
        ("31st Sept 2024", []),
        ("November 2024", []),
    ],
)
def test_days_of_a_due_text(due_text, days):
    assert plan_checks.days_in(due_text) == days


# --- The plan file -----------------------------------------------------------------------------


def test_every_date_of_the_date_columns_is_in_a_due_text_and_no_other(document, source):
    assert plan_checks.check_dates(document, source) == []


def test_due_dates_are_days_that_the_due_texts_give(document):
    assert plan_checks.check_due_on(document) == []


def test_every_word_of_the_action_tables_is_carried_once(document, source):
    assert plan_checks.check_action_words(document, source) == []


def test_every_word_of_the_lead_cells_is_carried_by_a_post(document, source):
    assert plan_checks.check_lead_words(document, source) == []


def test_keys_are_the_plan_s_numbers(document, source):
    assert list(source) == plan_checks.EXPECTED_ACTION_KEYS
    assert plan_checks.check_keys(document) == []


def test_reviews_of_impact_are_those_that_say_so(document):
    assert plan_checks.check_kinds(document) == []


def test_every_reference_resolves_and_every_lead_is_named(document):
    assert plan_table_checks.check_references(document) == []


TEXT_CHECKS = [
    plan_table_checks.check_family_priorities,
    plan_table_checks.check_signatories,
    plan_table_checks.check_ambitions,
    plan_table_checks.check_ambition_links,
    plan_table_checks.check_areas,
    plan_table_checks.check_glossary,
    plan_table_checks.check_lists,
    plan_table_checks.check_prose,
]


@pytest.mark.parametrize("check", TEXT_CHECKS, ids=lambda check: check.__name__)
def test_every_other_table_and_quotation_is_carried(check, document, text):
    assert check(document, text) == []


def test_milestones_are_those_of_an_independent_reading(document, expected):
    assert plan_checks.check_against_reading(document, expected) == []


# --- The checks see damage ---------------------------------------------------------------------


def milestone(document, key):
    return next(one for one in plan_checks.milestones(document) if one["key"] == key)


def action(document, key):
    return next(one for one in document["actions"] if one["key"] == key)


def test_control_a_word_is_removed(document, source):
    damaged = milestone(document, "PA1.4-1")
    damaged["text"] = damaged["text"].replace("surveys, ", "")
    assert plan_checks.check_action_words(document, source) == [
        "PA1.4 milestones: 'surveys,' is missing 1 times"
    ]


def test_control_a_word_is_doubled(document, source):
    damaged = action(document, "AI3.3")
    damaged["impacts"][0] = damaged["impacts"][0].replace("practice.", "practice. practice.")
    assert plan_checks.check_action_words(document, source) == [
        "AI3.3 impacts: 'practice.' is there 1 times too often"
    ]


def test_control_a_word_moves_to_another_action(document, source):
    action(document, "AI3.3")["text"] += " quickly"
    action(document, "AI5.2")["text"] = action(document, "AI5.2")["text"].replace("acronyms ", "")
    assert plan_checks.check_action_words(document, source) == [
        "AI3.3 action: 'quickly' is there 1 times too often",
        "AI5.2 action: 'acronyms' is missing 1 times",
    ]


def test_control_shared_words_need_a_note(document, source):
    for key in ("AI1.8-1", "AI1.8-2"):
        milestone(document, key)["note"] = "As published."
    problems = plan_checks.check_action_words(document, source)
    assert len(problems) == len(set(milestone(document, "AI1.8-1")["text"].split()))
    assert "AI1.8 milestones: 'Workforce' is there 1 times too often" in problems


def test_control_a_shared_date_needs_a_note(document, source):
    for one in action(document, "AI2.1")["milestones"]:
        one["note"] = "As published."
    assert plan_checks.check_dates(document, source) == [
        "AI2.1: 30th April 2024 is shared by milestones without a note"
    ]


def test_control_the_action_s_own_words_need_a_note(document, source):
    assert plan_checks.check_action_words(document, source) == []
    milestone(document, "AI5.5-1")["note"] = "As published."
    problems = plan_checks.check_action_words(document, source)
    assert problems[0] == "AI5.5 milestones: 'We' is there 1 times too often"


def test_control_a_date_is_moved_to_another_action(document, source):
    damaged = milestone(document, "PA2.2-6")
    damaged["due_text"], damaged["due_on"] = "31st July 2024", "2024-07-31"
    assert plan_checks.check_dates(document, source) == [
        "PA2.2: 30th July 2024 is in the date cell 1 times more",
        "PA2.2: 31st July 2024 is not in the date cell",
    ]
    assert plan_checks.check_due_on(document) == []


def test_control_a_due_date_is_moved(document, expected):
    milestone(document, "AI1.10-3")["due_on"] = "2024-09-29"
    assert plan_checks.check_due_on(document) == [
        "AI1.10-3: 2024-09-29 is not a day of '30th Sept 24'"
    ]
    assert plan_checks.check_against_reading(document, expected) == [
        "AI1.10-3 due_on: '2024-09-29', read '2024-09-30'"
    ]


def test_control_a_day_is_invented(document):
    milestone(document, "AI1.5-1")["due_on"] = "2024-09-30"
    milestone(document, "AI2.4-4").update(precision="day", due_on=None)
    assert plan_checks.check_due_on(document) == [
        "AI1.5-1: precision invalid, due on 2024-09-30",
        "AI2.4-4: precision day, due on None",
    ]


def test_control_two_dates_are_swapped_within_an_action(document, source, expected):
    first, second = milestone(document, "PA1.6-1"), milestone(document, "PA1.6-2")
    for name in ("due_text", "due_on"):
        first[name], second[name] = second[name], first[name]
    # The dates of the action are all there: only a reading of the pairs can see this.
    assert plan_checks.check_dates(document, source) == []
    assert plan_checks.check_against_reading(document, expected) == [
        "PA1.6-1 due_text: '30th Sept 24', read '31st Dec 24'",
        "PA1.6-1 due_on: '2024-09-30', read '2024-12-31'",
        "PA1.6-2 due_text: '31st Dec 24', read '30th Sept 24'",
        "PA1.6-2 due_on: '2024-12-31', read '2024-09-30'",
    ]


def test_control_a_lead_is_swapped(document, source, expected):
    [school_planning] = milestone(document, "AI3.5-5")["leads"]
    milestone(document, "AI3.2-1")["leads"] = [school_planning]
    assert plan_checks.check_against_reading(document, expected) == [
        "AI3.2-1 leads: 'Head of School Planning', read 'Head of Virtual School'"
    ]
    action(document, "AI3.3")["leads"] = [school_planning]
    assert plan_checks.check_lead_words(document, source) == [
        "AI3.3 leads: 'Head of Access, Inclusion and Alternative Provision' is not "
        f"{[school_planning]}"
    ]


def test_control_a_milestone_is_lost(document, expected):
    del action(document, "AI3.1")["milestones"][3]
    assert plan_checks.check_keys(document) == [
        "AI3.1: milestones are ['AI3.1-1', 'AI3.1-2', 'AI3.1-3', 'AI3.1-5']"
    ]
    assert plan_checks.check_against_reading(document, expected) == [
        "AI3.1-4: not in the plan file"
    ]


def test_control_a_kind_is_wrong(document):
    milestone(document, "PA1.2-4")["kind"] = "delivery"
    milestone(document, "AI3.4-2")["kind"] = "impact_review"
    assert [problem.split(" for ")[0] for problem in plan_checks.check_kinds(document)] == [
        "PA1.2-4: kind delivery",
        "AI3.4-2: kind impact_review",
    ]


def test_control_references_dangle_and_keys_repeat(document):
    document["leads"].append(document["leads"][0] | {"key": "lead-of-nothing", "post": "Nobody"})
    milestone(document, "AI1.6-1")["leads"] = ["no-such-lead"]
    document["areas"].append(document["areas"][0])
    assert plan_table_checks.check_references(document) == [
        "areas: PA1 twice",
        "AI1.6-1: no-such-lead is not among leads",
        "leads: lead-of-nothing is named nowhere",
    ]
