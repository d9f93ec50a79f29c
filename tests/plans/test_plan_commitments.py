"""Every promise of the plan that comes again is held, in its words, with no more of a rule than they say."""

import pytest

from tests.plans import plan_commitment_checks as checks
from tests.plans import plan_source


@pytest.fixture(scope="module")
def text():
    return plan_source.read()


@pytest.fixture
def document():
    return plan_source.read_plan_file()


def test_quotations_are_verbatim(document, text):
    assert checks.check_quotes(document, text) == []


def test_quotations_stand_where_they_are_said_to_stand(document):
    assert checks.check_sources(document) == []


def test_rules_say_what_their_words_say(document):
    assert checks.check_rules(document) == []


def test_milestones_whose_date_comes_again_are_commitments(document):
    assert checks.check_recurring_milestones(document) == []
    assert {"AI1.7-3", "AI2.4-4"} <= {one["source"] for one in document["commitments"]}


def test_no_word_of_rhythm_is_left_out(document, text):
    assert checks.check_nothing_is_left_out(document, text) == []


def of(document, key):
    (found,) = (one for one in document["commitments"] if one["key"] == key)
    return found


def test_what_they_look_for_is_seen_when_it_is_damaged(document, text):
    of(document, "you-said-we-did")["quote"] = "a page, updated monthly on the Local Offer"
    of(document, "learning-week")["rule"]["from"] = "2024-10-01"
    of(document, "data-to-schools")["rule"]["frequency"] = "monthly"
    document["commitments"].remove(of(document, "audits-of-annual-reviews"))
    document["commitments"].remove(of(document, "part-time-timetable-meetings"))
    assert checks.check_quotes(document, text) == [
        "you-said-we-did: the quote is not in the source"
    ]
    assert checks.check_sources(document) == ["you-said-we-did: the quote is not in PA2.3-5"]
    assert checks.check_rules(document) == [
        "learning-week: its first day is not that of its milestone",
        "data-to-schools: its words say no frequency",
    ]
    assert checks.check_recurring_milestones(document) == ["AI1.7-3: “Quarterly” has no commitment"]
    left = " ".join(checks.check_nothing_is_left_out(document, text))
    assert "overseen by weekly chaired meetings" in left
