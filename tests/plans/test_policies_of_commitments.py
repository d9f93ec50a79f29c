"""What a rule owes: the window of each occurrence, how it stands, and what may be recorded."""

import datetime as dt

import pytest

from hertsend.errors import RuleBroken
from plans import policies
from plans.enums import OccurrenceState
from plans.policies import Rule, Window


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def spans(rule: Rule, until: str) -> list[str]:
    """The windows that have begun, each as "from/to"."""
    return [f"{each.starts_on}/{each.ends_on}" for each in policies.windows(rule, until=day(until))]


@pytest.mark.parametrize(
    ("rule", "until", "expected"),
    [
        (
            Rule("weekly", day("2024-09-30")),
            "2024-10-15",
            ["2024-09-30/2024-10-06", "2024-10-07/2024-10-13", "2024-10-14/2024-10-20"],
        ),
        (  # Over the change of clocks a week has seven days.
            Rule("weekly", day("2024-10-21")),
            "2024-10-28",
            ["2024-10-21/2024-10-27", "2024-10-28/2024-11-03"],
        ),
        (
            Rule("three_weekly", day("2024-01-08"), ends_on=day("2024-02-20")),
            "2024-12-31",
            ["2024-01-08/2024-01-28", "2024-01-29/2024-02-18", "2024-02-19/2024-02-20"],
        ),
        (  # A first day at the end of a month shifts nothing; a leap day is in its month.
            Rule("monthly", day("2024-01-31")),
            "2024-03-01",
            ["2024-01-31/2024-01-31", "2024-02-01/2024-02-29", "2024-03-01/2024-03-31"],
        ),
        (
            Rule("two_monthly", day("2023-12-10")),
            "2024-03-31",
            ["2023-12-10/2024-01-31", "2024-02-01/2024-03-31"],
        ),
        (
            Rule("quarterly", day("2024-04-30")),
            "2024-10-15",
            ["2024-04-30/2024-06-30", "2024-07-01/2024-09-30", "2024-10-01/2024-12-31"],
        ),
        (
            Rule("quarterly", day("2023-11-01")),
            "2024-05-01",
            ["2023-11-01/2024-01-31", "2024-02-01/2024-04-30", "2024-05-01/2024-07-31"],
        ),
        (
            Rule("termly", day("2024-02-05")),
            "2024-09-01",
            ["2024-02-05/2024-03-31", "2024-04-01/2024-08-31", "2024-09-01/2024-12-31"],
        ),
        (
            Rule("yearly", day("2024-01-01"), months=(2, 3)),
            "2025-02-10",
            [
                "2024-02-01/2024-02-29",
                "2024-03-01/2024-03-31",
                "2025-02-01/2025-02-28",
            ],
        ),
        (  # What lay before the first day is not owed.
            Rule("yearly", day("2024-03-15"), months=(2, 3)),
            "2025-03-01",
            ["2024-03-15/2024-03-31", "2025-02-01/2025-02-28", "2025-03-01/2025-03-31"],
        ),
        (Rule("monthly", day("2024-11-01")), "2024-10-15", []),
        (Rule("monthly", day("2024-09-01"), ends_on=day("2024-09-10")), "2025-01-01",
         ["2024-09-01/2024-09-10"]),
    ],
)  # fmt: skip
def test_windows_of_a_rule(rule, until, expected):
    assert spans(rule, until) == expected


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        (Rule("monthly", day("2024-09-15")), "2024-10-15", ("2024-11-01", "2024-11-30")),
        (Rule("monthly", day("2024-09-15")), "2024-09-01", ("2024-09-15", "2024-09-30")),
        (
            Rule("quarterly", day("2024-09-01"), ends_on=day("2024-12-24")),
            "2024-10-15",
            ("2024-12-01", "2024-12-24"),
        ),
        (Rule("quarterly", day("2024-09-01"), ends_on=day("2024-11-30")), "2024-10-15", None),
        (Rule("yearly", day("2024-10-31"), months=(10,)), "2024-10-31", ("2025-10-01", "2025-10-31")),
    ],
)  # fmt: skip
def test_what_comes_next(rule, after, expected):
    found = policies.next_window(rule, after=day(after))
    assert (found and (str(found.starts_on), str(found.ends_on))) == expected


def test_a_later_rule_ends_the_one_before_and_the_end_ends_all():
    monthly = Rule("monthly", day("2024-01-01"))
    quarterly = Rule("quarterly", day("2024-04-01"))
    rules = [
        (monthly, monthly.first_on),
        (quarterly, quarterly.first_on),
        (None, day("2024-10-01")),
    ]
    found = policies.owed(rules, until=day("2024-12-31"))
    assert [str(each.starts_on) for each in found] == [
        *("2024-01-01", "2024-02-01", "2024-03-01"),
        *("2024-04-01", "2024-07-01"),
    ]


def test_an_occurrence_that_the_end_cuts_short_is_not_owed():
    monthly = Rule("monthly", day("2024-01-01"))
    rules = [(monthly, monthly.first_on), (None, day("2024-02-20"))]
    assert [str(each.starts_on) for each in policies.owed(rules, until=day("2024-03-31"))] == [
        "2024-01-01"
    ]


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ((), ["2024-03-01/2024-05-31", "2024-06-11/2024-08-31"]),
        (
            ("2024-06-01",),
            ["2024-03-01/2024-05-31", "2024-06-01/2024-08-31", "2024-06-11/2024-08-31"],
        ),
        (("2024-03-01",), ["2024-03-01/2024-05-31", "2024-06-11/2024-08-31"]),
        (("2024-06-11",), ["2024-03-01/2024-05-31", "2024-06-11/2024-08-31"]),
    ],
)
def test_what_was_recorded_stands_though_a_later_rule_cuts_it_short(recorded, expected):
    first, second = Rule("quarterly", day("2024-03-01")), Rule("quarterly", day("2024-06-11"))
    found = policies.owed(
        [(first, first.first_on), (second, second.first_on)],
        until=day("2024-08-15"),
        recorded={day(each) for each in recorded},
    )
    assert [f"{each.starts_on}/{each.ends_on}" for each in found] == expected


def test_what_was_recorded_stands_though_the_end_cuts_it_short():
    monthly = Rule("monthly", day("2024-01-01"))
    rules = [(monthly, monthly.first_on), (None, day("2024-02-20"))]
    found = policies.owed(rules, until=day("2024-03-31"), recorded={day("2024-02-01")})
    assert [str(each.starts_on) for each in found] == ["2024-01-01", "2024-02-01"]


def test_a_rule_confirmed_again_after_its_end_owes_each_window_once():
    monthly = Rule("monthly", day("2024-01-01"))
    rules = [(monthly, monthly.first_on), (None, day("2024-02-20")), (monthly, monthly.first_on)]
    assert policies.owed(rules, until=day("2024-02-28")) == policies.windows(
        monthly, until=day("2024-02-28")
    )


JUNE_TO_AUGUST = (
    "June to August 2024 is recorded already and would be lost. Let the new rule begin "
)
QUARTERLY = Rule("quarterly", day("2024-03-01"))


@pytest.mark.parametrize(
    ("new", "recorded", "refused"),
    [
        (Rule("quarterly", day("2024-06-11")), "2024-06-01", True),
        (Rule("quarterly", day("2024-08-31")), "2024-06-01", True),
        (Rule("quarterly", day("2024-09-01")), "2024-06-01", False),
        (Rule("monthly", day("2024-06-01")), "2024-06-01", True),
        (Rule("quarterly", day("2024-06-01")), "2024-06-01", False),
        (QUARTERLY, "2024-06-01", False),
        (Rule("quarterly", day("2024-03-01"), ends_on=day("2024-07-31")), "2024-06-01", False),
        (Rule("quarterly", day("2024-03-01"), ends_on=day("2024-05-31")), "2024-06-01", True),
        (Rule("quarterly", day("2024-01-15")), "2024-06-01", True),
        (Rule("quarterly", day("2024-06-11")), "2024-03-01", False),
        (Rule("quarterly", day("2024-06-11")), None, False),
    ],
)
def test_a_new_rule_loses_nothing_that_was_recorded(new, recorded, refused):
    def check():
        policies.check_records_kept(
            [(QUARTERLY, QUARTERLY.first_on)],
            new,
            recorded={day(recorded)} if recorded else set(),
            until=day("2024-09-03"),
        )

    if not refused:
        check()
        return
    with pytest.raises(RuleBroken) as refusal:
        check()
    assert refusal.value.errors == {"first_on": [f"{JUNE_TO_AUGUST}on 1 September 2024 or later."]}


def test_a_rule_confirmed_anew_from_the_same_day_stands_in_for_the_first():
    wrong, right = Rule("weekly", day("2024-01-01")), Rule("monthly", day("2024-01-01"))
    rules = [(wrong, wrong.first_on), (right, right.first_on)]
    assert policies.owed(rules, until=day("2024-01-31")) == policies.windows(
        right, until=day("2024-01-31")
    )


SEPTEMBER = Window(day("2024-09-01"), day("2024-09-30"))


@pytest.mark.parametrize(
    ("outcome", "on", "state"),
    [
        ("", "2024-08-31", OccurrenceState.NOT_DUE),
        ("", "2024-09-01", OccurrenceState.DUE),
        ("", "2024-09-30", OccurrenceState.DUE),
        ("", "2024-10-01", OccurrenceState.MISSED),
        ("done", "2024-09-05", OccurrenceState.DONE),
        ("done", "2024-12-01", OccurrenceState.DONE),
        ("missed", "2024-09-05", OccurrenceState.MISSED),
    ],
)
def test_silence_is_never_counted_as_done(outcome, on, state):
    assert policies.occurrence_state(SEPTEMBER, outcome=outcome, on=day(on)) == state


@pytest.mark.parametrize(
    ("done_on", "days"),
    [(None, 0), ("2024-09-30", 0), ("2024-10-01", 1), ("2024-10-31", 31)],
)
def test_done_late_is_counted_in_days(done_on, days):
    assert policies.days_late(SEPTEMBER, done_on=done_on and day(done_on)) == days


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("weekly", day("2024-10-01")), "Every week, from 1 October 2024"),
        (
            Rule("three_weekly", day("2024-01-08"), ends_on=day("2024-06-30")),
            "Every three weeks, from 8 January 2024 to 30 June 2024",
        ),
        (
            Rule("yearly", day("2024-02-01"), months=(2, 3)),
            "Every year in February and March, from 1 February 2024",
        ),
        (
            Rule("yearly", day("2024-02-01"), months=(2, 3, 10)),
            "Every year in February, March and October, from 1 February 2024",
        ),
    ],
)
def test_a_rule_in_words(rule, words):
    assert policies.rule_in_words(rule) == words


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (SEPTEMBER, "September 2024"),
        (Window(day("2024-07-01"), day("2024-09-30")), "July to September 2024"),
        (Window(day("2023-12-01"), day("2024-01-31")), "December 2023 to January 2024"),
        (Window(day("2024-10-07"), day("2024-10-13")), "7 to 13 October 2024"),
        (Window(day("2024-04-30"), day("2024-06-30")), "30 April to 30 June 2024"),
        (Window(day("2023-12-31"), day("2024-01-06")), "31 December 2023 to 6 January 2024"),
        (Window(day("2024-10-31"), day("2024-10-31")), "31 October 2024"),
    ],
)
def test_a_window_in_words(window, words):
    assert policies.window_in_words(window) == words


GOOD = {
    "frequency": "monthly",
    "months": [],
    "first_on": day("2024-01-31"),
    "ends_on": None,
    "has_owner": True,
}


def test_a_rule_by_which_can_be_counted():
    assert policies.check_rule(**GOOD) == Rule("monthly", day("2024-01-31"))
    yearly = GOOD | {"frequency": "yearly", "months": [3, 2, 3], "ends_on": day("2025-12-31")}
    assert policies.check_rule(**yearly) == Rule(
        "yearly", day("2024-01-31"), (2, 3), day("2025-12-31")
    )


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"frequency": ""}, {"frequency": ["Select how often it comes again."]}),
        ({"first_on": None}, {"first_on": ["Enter the day from which the first one counts."]}),
        ({"first_on": day("1999-01-01")}, {"first_on": ["Enter a day from 2020 to 2100."]}),
        (
            {"ends_on": day("2024-01-30")},
            {"ends_on": ["The last day must not be before the first."]},
        ),
        ({"has_owner": False}, {"owner": ["Select the post that answers for it."]}),
        (
            {"frequency": "yearly"},
            {"months": ["Select the months of the year in which it is due."]},
        ),
        ({"months": [2]}, {"months": ["Months are only for what comes every year."]}),
        (
            {"frequency": "yearly", "months": [13]},
            {"months": ["Give months as numbers from 1 to 12."]},
        ),
    ],
)
def test_a_rule_by_which_nothing_can_be_counted(changed, errors):
    with pytest.raises(RuleBroken) as refused:
        policies.check_rule(**(GOOD | changed))
    assert refused.value.errors == errors


RECORD = {
    "window": SEPTEMBER,
    "outcome": "done",
    "done_on": day("2024-09-12"),
    "note": "Minutes.",
    "has_evidence": False,
    "on": day("2024-10-15"),
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"note": "", "has_evidence": True},
        {"done_on": day("2024-10-15")},
        {"outcome": "missed", "done_on": None},
        {"on": day("2024-09-12")},
    ],
)
def test_what_may_be_recorded(changed):
    policies.check_occurrence(**(RECORD | changed))


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"outcome": ""}, {"outcome", "done_on"}),
        ({"note": " "}, {"note"}),
        ({"done_on": None}, {"done_on"}),
        ({"done_on": day("2024-10-16")}, {"done_on"}),
        ({"done_on": day("2024-08-31")}, {"done_on"}),
        ({"outcome": "missed"}, {"done_on"}),
        ({"outcome": "missed", "done_on": None, "note": "", "has_evidence": True}, {"note"}),
        ({"on": day("2024-08-31"), "done_on": None, "outcome": "missed"}, {"window_from"}),
    ],
)
def test_what_may_not_be_recorded(changed, errors):
    with pytest.raises(RuleBroken) as refused:
        policies.check_occurrence(**(RECORD | changed))
    assert set(refused.value.errors) == errors
