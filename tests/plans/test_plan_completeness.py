"""The plan file holds the whole published plan, and nothing besides: proof from the text itself.

Nothing here is shared with what wrote the plan file. That the checks see damage is shown in
`test_plan_checks.py`.
"""

import hashlib
from collections import Counter

import pytest

from tests.plans import plan_checks, plan_source, plan_table_checks

SOURCE_SHA256 = "eac6426538baffa5f568ea8d9b2ad2dfbf2da30a5a7d0479cb8998e1f3b6db53"


@pytest.fixture(scope="module")
def text():
    return plan_source.read()


@pytest.fixture(scope="module")
def source(text):
    return plan_source.actions(text)


@pytest.fixture(scope="module")
def document():
    return plan_source.read_plan_file()


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
    assert Counter(line_kind(line) for line in unread) == {"contents": 11, "header": 35, "rule": 4}


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


@pytest.mark.parametrize("check", plan_table_checks.TEXT_CHECKS, ids=lambda check: check.__name__)
def test_every_other_table_and_quotation_is_carried(check, document, text):
    assert check(document, text) == []


def test_milestones_are_those_of_an_independent_reading(document):
    reading = plan_source.read_reading()
    assert plan_checks.check_against_reading(document, reading) == []
