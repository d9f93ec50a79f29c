"""The assurance programme as tables: financial years, what is needed when, how an audit stands."""

import datetime as dt

import pytest

from governance.policies import audits as rules
from governance.policies.audits import FinancialYear, ReportWords
from hertsend.errors import RuleBroken
from tests.factories.world import TODAY
from tests.governance.audits import words

YESTERDAY, TOMORROW = (TODAY + dt.timedelta(days=days) for days in (-1, 1))


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (dt.date(2024, 3, 31), "2023/24"),
        (dt.date(2024, 4, 1), "2024/25"),
        (dt.date(2024, 12, 31), "2024/25"),
        (dt.date(2025, 3, 31), "2024/25"),
        (dt.date(1999, 4, 1), "1999/00"),
    ],
)
def test_a_financial_year_runs_from_april_to_march(day, label):
    year = rules.financial_year_of(day)
    assert year.label == label
    assert year.first_on <= day <= year.last_on


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024", FinancialYear(2024)), ("", None), ("24", None), ("abcd", None), ("9999", None)],
)
def test_a_year_of_an_address_is_read_or_none(text, year):
    assert rules.financial_year(text) == year


def broken(call, *args, **given):
    with pytest.raises(RuleBroken) as caught:
        call(*args, **given)
    return sorted(caught.value.errors)


@pytest.mark.parametrize("name", ["title", "focus", "auditor"])
def test_an_audit_says_what_it_is_what_it_looks_at_and_who_does_it(name):
    assert broken(rules.check_audit, words(**{name: " "})) == [name]


def test_it_is_of_a_known_kind_and_of_this_century():
    assert broken(rules.check_audit, words(kind="party")) == ["kind"]
    assert broken(rules.check_audit, words(planned_on=dt.date(1024, 9, 1))) == ["planned_on"]


def test_what_is_over_is_neither_changed_nor_cancelled():
    rules.check_change("planned", reason="So.")
    assert broken(rules.check_change, "planned", reason=" ") == ["reason"]
    for state in ("done", "cancelled"):
        assert broken(rules.check_change, state, reason="So.") == [""]


class TestReport:
    def check(self, state="planned", **changed):
        given = {"done_on": TODAY, "summary": "A quarter is good."} | changed
        rules.check_report(ReportWords(**given), state=state, on=TODAY)

    def test_it_may_have_a_link_a_file_or_neither(self):
        self.check()
        self.check(link="https://example.org/")
        self.check(file=object())

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"done_on": TOMORROW}, "done_on"),
            ({"summary": " "}, "summary"),
            ({"link": "https://example.org/", "file": object()}, "link"),
            ({"link": "ftp://example.org/"}, "link"),
            ({"state": "done"}, ""),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, changed, field):
        assert broken(self.check, **changed) == [field]


def test_findings_are_of_what_is_done_and_have_words():
    rules.check_finding(state="done", kind="works", text="So.")
    assert broken(rules.check_finding, state="done", kind="", text=" ") == ["kind", "text"]
    assert broken(rules.check_finding, state="planned", kind="works", text="So.") == [""]


class TestTelling:
    def check(self, **changed):
        given = {
            "state": "done",
            "done_on": YESTERDAY,
            "reported_on": TODAY,
            "was_told": False,
            "on": TODAY,
        }
        rules.check_told(**(given | changed))

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"state": "planned", "done_on": None}, ""),
            ({"was_told": True}, ""),
            ({"reported_on": TOMORROW}, "reported_on"),
            ({"reported_on": YESTERDAY - dt.timedelta(days=1)}, "reported_on"),
        ],
    )
    def test_once_and_after_it_was_done(self, changed, field):
        self.check()
        assert broken(self.check, **changed) == [field]


@pytest.mark.parametrize(
    ("state", "planned_on", "reported_on", "shown"),
    [
        ("planned", TOMORROW, None, "planned"),
        ("planned", TODAY, None, "planned"),
        ("planned", YESTERDAY, None, "overdue"),
        ("done", YESTERDAY, None, "not_reported"),
        ("done", YESTERDAY, TODAY, "reported"),
        ("cancelled", YESTERDAY, None, "cancelled"),
    ],
)
def test_an_audit_is_due_done_or_not_yet_reported(state, planned_on, reported_on, shown):
    found = rules.standing(state=state, planned_on=planned_on, reported_on=reported_on, on=TODAY)
    assert found == shown
