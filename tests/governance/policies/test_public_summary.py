"""What may be public: the decision in force, plain words, small numbers, and what blocks publication."""

import datetime as dt

import pytest

from governance.models import public_summary as columns
from governance.policies import plain_english, small_numbers
from governance.policies import public_summary as rules
from governance.policies.public_summary import Decision
from hertsend.errors import RuleBroken

TODAY = dt.date(2024, 9, 3)
DAY = dt.timedelta(days=1)


def broken(check) -> list[str]:
    """The fields beside which a check says something."""
    try:
        check()
    except RuleBroken as error:
        return sorted(error.errors)
    return []


@pytest.mark.parametrize(
    ("decisions", "is_on"),
    [
        ([], None),
        ([(1, True, TODAY + DAY)], None),
        ([(1, True, TODAY)], True),
        ([(1, True, TODAY - DAY), (2, False, TODAY)], False),
        ([(1, True, TODAY - DAY), (2, False, TODAY + DAY)], True),
        ([(1, True, TODAY), (2, False, TODAY - DAY)], False),
    ],
)
def test_the_last_decision_whose_day_has_come_counts(decisions, is_on):
    rows = [Decision(number, on, from_on, 5) for number, on, from_on in decisions]
    found = rules.in_force(rows, on=TODAY)
    assert (found.is_on if found else None) == is_on


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"from_on": TODAY - DAY}, ["from_on"]),
        ({"threshold": 2}, ["threshold"]),
        ({"threshold": 21}, ["threshold"]),
        ({"reason": " "}, ["reason"]),
    ],
)
def test_a_decision_holds_from_today_and_has_a_reason(changed, fields):
    given = {"from_on": TODAY, "threshold": 5, "reason": "Agreed.", "on": TODAY} | changed
    assert broken(lambda: rules.check_setting(**given)) == fields


def test_rule_and_constraint_know_the_same_thresholds():
    assert (rules.LOWEST_THRESHOLD, rules.HIGHEST_THRESHOLD) == (
        columns.LOWEST_THRESHOLD,
        columns.HIGHEST_THRESHOLD,
    )


@pytest.mark.parametrize("missing", ["progress", "meaning", "next_step"])
def test_an_area_needs_all_three_sentences(missing):
    words = {"progress": "A.", "meaning": "B.", "next_step": "C."}
    rules.check_sentences(**words)
    assert broken(lambda: rules.check_sentences(**words | {missing: " "})) == [missing]


@pytest.mark.parametrize(
    ("is_draft", "writers", "is_refused"),
    [(True, {1}, False), (True, {1, 3}, True), (False, {1}, True)],
)
def test_another_person_approves_a_draft(is_draft, writers, is_refused):
    given = {"is_draft": is_draft, "writers": writers, "approver": 3}
    assert broken(lambda: rules.check_summary_approval(**given)) == [""] * is_refused


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"is_on": False}, [""]),
        ({"is_frozen": False}, [""]),
        ({"missing": ["PA1"]}, [""]),
        ({"number": 2}, ["correction"]),
        ({"number": 2, "correction": "A date was wrong."}, []),
    ],
)
def test_what_blocks_a_publication(changed, fields):
    given = {"is_on": True, "is_frozen": True, "missing": [], "number": 1, "correction": ""}
    assert broken(lambda: rules.check_publication(**given | changed)) == fields


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("table", 2),
        ("made", 1),
        ("tree", 1),
        ("families", 3),
        ("waited", 2),
        ("walked", 1),
        ("education", 4),
        ("the", 1),
        ("rhythm", 1),
        ("shh", 1),
    ],
)
def test_syllables(word, count):
    assert plain_english.syllables_of(word) == count


def test_the_grade_follows_the_formula():
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert plain_english.grade_of("The cat sat on the mat.") == pytest.approx(-1.45)
    assert plain_english.reading_age_of("The cat sat on the mat.") == 5
    assert plain_english.grade_of("") == 0


@pytest.mark.parametrize(
    ("text", "is_hard"),
    [
        ("We hired two more people. Waits are shorter.", False),
        (
            (
                "Operationalisation of multidisciplinary quality assurance methodologies necessitates "
                "considerable organisational transformation."
            ),
            True,
        ),
    ],
)
def test_hard_texts_are_told(text, is_hard):
    check = plain_english.check_of(text, terms=())
    assert (check.is_hard, check.is_plain) == (is_hard, not is_hard)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We meet in May.", ()),
        ("The ICB meets.", ("ICB",)),
        ("The ICB meets. ICBs are boards.", ("ICB",)),
        ("The integrated care board (ICB) meets; the ICB decides.", ()),
        ("The ICB (integrated care board) meets.", ()),
        ("Each EHCP is read.", ()),
        ("All EHCPs are read.", ()),
        ("The DfE asked.", ("DfE",)),
        ("A. B. asked", ()),
    ],
)
def test_abbreviations_that_nobody_explains(text, found):
    assert plain_english.unexplained_in(text, terms=["EHCP"]) == found


@pytest.mark.parametrize(
    ("term", "text", "is_there"),
    [("ICB", "The ICB.", True), ("ICB", "ICBs", True), ("ICB", "ICBX", False)],
)
def test_a_term_stands_alone(term, text, is_there):
    assert plain_english.occurs(term, text) is is_there


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3 children wait.", "fewer than 5 children wait."),
        ("Three children wait.", "Fewer than 5 children wait."),
        ("Only two of our families came.", "Only fewer than 5 of our families came."),
        ("5 children wait.", "5 children wait."),
        ("13 children wait.", "13 children wait."),
        ("1,234 children wait.", "1,234 children wait."),
        ("0 children wait.", "0 children wait."),
        ("1 in 4 families wait.", "1 in 4 families wait."),
        ("We meet every 3 weeks.", "We meet every 3 weeks."),
        ("On 4 May we met.", "On 4 May we met."),
        ("4 new appeals", "fewer than 5 new appeals"),
        ("One child moved and 20 pupils stayed.", "Fewer than 5 child moved and 20 pupils stayed."),
    ],
)
def test_small_numbers_of_people_are_not_shown(text, shown):
    assert small_numbers.without_small_numbers(text, threshold=5) == shown


def test_small_numbers_are_pointed_at_by_the_own_threshold():
    text = "3 children and 8 families came."
    assert small_numbers.small_numbers_in(text, threshold=5) == ("3",)
    assert small_numbers.small_numbers_in(text, threshold=10) == ("3", "8")


@pytest.mark.parametrize(
    ("total", "part", "shown"),
    [
        (20, 10, (20, 10)),
        (20, 0, (20, 0)),
        (20, 20, (20, 20)),
        (20, 3, (20, None)),
        (20, 17, (20, None)),
        (4, 2, (None, None)),
        (0, 0, (0, 0)),
        (9, 5, (9, None)),
    ],
)
def test_a_count_that_could_be_reckoned_is_not_shown_either(total, part, shown):
    assert small_numbers.shown_counts(total=total, part=part, threshold=5) == shown
