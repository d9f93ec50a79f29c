"""You said, we did: what may be done when, what an entry needs, and what looks like personal data."""

import datetime as dt

import pytest

from governance.enums import FeedbackAct, FeedbackState
from governance.policies import feedback as rules
from governance.policies import quarters
from governance.policies.personal_data import (
    check_personal_data,
    is_nhs_number,
    personal_data_in,
)
from hertsend.errors import RuleBroken

TODAY = dt.date(2024, 9, 3)
DRAFT, APPROVED, PUBLISHED, WITHDRAWN = FeedbackState


@pytest.mark.parametrize(
    ("act", "state", "after"),
    [
        (FeedbackAct.WRITE, DRAFT, DRAFT),
        (FeedbackAct.WRITE, APPROVED, DRAFT),
        (FeedbackAct.WRITE, PUBLISHED, DRAFT),
        (FeedbackAct.WRITE, WITHDRAWN, None),
        (FeedbackAct.APPROVE, DRAFT, APPROVED),
        (FeedbackAct.APPROVE, APPROVED, None),
        (FeedbackAct.APPROVE, PUBLISHED, None),
        (FeedbackAct.APPROVE, WITHDRAWN, None),
        (FeedbackAct.PUBLISH, DRAFT, None),
        (FeedbackAct.PUBLISH, APPROVED, PUBLISHED),
        (FeedbackAct.PUBLISH, PUBLISHED, None),
        (FeedbackAct.PUBLISH, WITHDRAWN, None),
        (FeedbackAct.WITHDRAW, DRAFT, WITHDRAWN),
        (FeedbackAct.WITHDRAW, APPROVED, WITHDRAWN),
        (FeedbackAct.WITHDRAW, PUBLISHED, WITHDRAWN),
        (FeedbackAct.WITHDRAW, WITHDRAWN, None),
    ],
)
def test_what_may_be_done_in_which_state(act, state, after):
    assert rules.is_possible(act, state) is (after is not None)
    if after is None:
        with pytest.raises(RuleBroken, match=rules.WHY_NOT[act][:20]):
            rules.state_after(act, state)
    else:
        assert rules.state_after(act, state) == after


def test_every_act_has_its_rule_and_its_sentence():
    assert set(rules.FEEDBACK_ACTS) == set(rules.WHY_NOT) == set(FeedbackAct)


SAID = {"theme": "Waiting", "source": "Survey", "said": "Too long.", "said_on": TODAY}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"theme": " "}, ["theme"]),
        ({"source": ""}, ["source"]),
        ({"said": "\n"}, ["said"]),
        ({"said_on": TODAY + dt.timedelta(days=1)}, ["said_on"]),
        ({"theme": "", "said": ""}, ["said", "theme"]),
    ],
)
def test_what_was_said_needs_theme_source_day_and_words(changed, fields):
    assert broken(lambda: rules.check_said(**(SAID | changed), on=TODAY)) == fields


@pytest.mark.parametrize(
    ("will_do", "done", "difference", "fields"),
    [
        ("Hire.", "", "", []),
        ("Hire.", "Hired.", "", []),
        ("Hire.", "Hired.", "Shorter.", []),
        (" ", "", "", ["will_do"]),
        ("Hire.", " ", "Shorter.", ["done"]),
    ],
)
def test_an_answer_says_what_will_be_done(will_do, done, difference, fields):
    given = {"will_do": will_do, "done": done, "difference": difference}
    assert broken(lambda: rules.check_answer(**given)) == fields


@pytest.mark.parametrize(
    ("will_do", "writers", "fields"),
    [("Hire.", {1, 2}, []), ("", {1}, [""]), ("Hire.", {1, 3}, [""])],
)
def test_nobody_approves_what_they_wrote(will_do, writers, fields):
    given = {"will_do": will_do, "writers": writers, "approver": 3}
    assert broken(lambda: rules.check_approval(**given)) == fields


@pytest.mark.parametrize(
    ("quarter", "is_refused"),
    [
        (dt.date(2024, 7, 1), False),
        (dt.date(2024, 4, 1), False),
        (dt.date(2024, 1, 1), True),
        (dt.date(2024, 10, 1), True),
    ],
)
def test_pages_of_this_quarter_and_the_one_before_take_more(quarter, is_refused):
    assert broken(lambda: rules.check_quarter(quarter, on=TODAY)) == ["quarter"] * is_refused


def test_a_withdrawal_needs_a_reason():
    assert broken(lambda: rules.check_withdrawal(" ")) == ["reason"]
    assert broken(lambda: rules.check_withdrawal("Told twice.")) == []


def broken(check) -> list[str]:
    """The fields beside which a check says something."""
    try:
        check()
    except RuleBroken as error:
        return sorted(error.errors)
    return []


@pytest.mark.parametrize(
    ("day", "first", "word", "label"),
    [
        (dt.date(2024, 1, 1), dt.date(2024, 1, 1), "2024-q1", "January to March 2024"),
        (dt.date(2024, 6, 30), dt.date(2024, 4, 1), "2024-q2", "April to June 2024"),
        (dt.date(2024, 9, 3), dt.date(2024, 7, 1), "2024-q3", "July to September 2024"),
        (dt.date(2024, 12, 31), dt.date(2024, 10, 1), "2024-q4", "October to December 2024"),
    ],
)
def test_quarters(day, first, word, label):
    quarter = quarters.quarter_of(day)
    assert (quarter, quarters.word_of(quarter), quarters.label_of(quarter)) == (first, word, label)
    assert quarters.quarter_named(word) == first


@pytest.mark.parametrize(
    "word", ["", "2024", "2024-q5", "2024-q0", "0000-q1", "x2024-q1", "2024-Q1"]
)
def test_words_that_name_no_quarter(word):
    assert quarters.quarter_named(word) is None


def test_the_quarter_before_is_in_the_year_before():
    assert quarters.quarter_before(dt.date(2024, 1, 1)) == dt.date(2023, 10, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We wait 18 months for an assessment.", []),
        ("Write to jo.bell@example.org please.", [("jo.bell@example.org", "an e-mail address")]),
        ("Call 01992 555 123 after school", [("01992 555 123", "a telephone number")]),
        ("My mobile is 07700900123.", [("07700900123", "a telephone number")]),
        ("+44 7700 900 123", [("+44 7700 900 123", "a telephone number")]),
        ("NHS number 943 476 5919", [("943 476 5919", "an NHS number")]),
        ("Her number is 9434765919.", [("9434765919", "an NHS number")]),
        ("Reference 943 476 5918", []),
        ("Sean O’Brien-Hart (3.4.2012)", [("3.4.2012", "a date of birth")]),
        ("Sam Green (12/03/2015) has no school.", [("12/03/2015", "a date of birth")]),
        ("Sam Green, 12 March 2015, has no school.", [("12 March 2015", "a date of birth")]),
        ("Sam was born 12th of March, 2015", [("12th of March, 2015", "a date of birth")]),
        ("DOB: 2015-03-12", [("2015-03-12", "a date of birth")]),
        ("Date of birth March 12, 2015", [("March 12, 2015", "a date of birth")]),
        ("The form was sent on 12/03/2024 and nobody answered.", []),
        ("Parent Carer Forum, 12 March 2024", []),
        ("Survey of County Council, 12 March 2024", []),
        ("The wait is 0 to 12 weeks in 2024 and 2025.", []),
        (
            "Ring 07700 900123 or a@b.org.",
            [("07700 900123", "a telephone number"), ("a@b.org", "an e-mail address")],
        ),
    ],
)
def test_what_looks_like_personal_data(text, found):
    assert [(each.words, each.looks_like) for each in personal_data_in(text)] == found


@pytest.mark.parametrize(
    ("words", "is_number"),
    [
        ("943 476 5919", True),
        ("401 023 2137", True),
        ("943 476 5918", False),
        ("0000000000", False),
    ],
)
def test_the_check_digit_of_an_nhs_number(words, is_number):
    assert is_nhs_number(words) is is_number


def test_it_is_told_beside_its_field_until_somebody_looked_again():
    texts = {"said": "Ring 07700 900123.", "theme": "Waiting"}
    with pytest.raises(RuleBroken) as refused:
        check_personal_data(texts, is_checked=False)
    assert refused.value.errors == {
        "said": [
            (
                "“07700 900123” looks like a telephone number. "
                "Take it out, or tick the box at the end if it identifies nobody."
            )
        ]
    }
    check_personal_data(texts, is_checked=True)
    check_personal_data({"theme": "Waiting"}, is_checked=False)
