"""Barriers as tables: what one says, who answers, when it is late."""

import datetime as dt

import pytest

from governance.policies import barriers as rules
from hertsend.errors import NotAllowed, RuleBroken
from tests.factories.world import TODAY
from tests.governance.barriers import words


@pytest.mark.parametrize("name", ["title", "effect", "help_wanted"])
def test_it_says_what_it_is_what_it_does_and_what_would_help(name):
    with pytest.raises(RuleBroken) as caught:
        rules.check_barrier(words(**{name: " "}), on=TODAY)
    assert list(caught.value.errors) == [name]


def test_help_is_needed_today_or_later():
    rules.check_barrier(words(needed_by=TODAY), on=TODAY)
    with pytest.raises(RuleBroken, match="today or later"):
        rules.check_barrier(words(needed_by=TODAY - dt.timedelta(days=1)), on=TODAY)


def test_nobody_answers_their_own():
    given = {"state": "open", "answer": "So.", "raised_by_id": 1}
    rules.check_answer(**given, answered_by_id=2)
    with pytest.raises(NotAllowed, match="somebody else answers"):
        rules.check_answer(**given, answered_by_id=1)


def test_what_is_closed_stays_closed():
    with pytest.raises(RuleBroken, match="closed"):
        rules.check_answer(state="closed", answer="So.", raised_by_id=1, answered_by_id=2)
    with pytest.raises(RuleBroken, match="closed"):
        rules.check_close(state="closed", outcome="So.")
    with pytest.raises(RuleBroken, match="closed"):
        rules.check_owner_change(state="closed", reason="So.")


def test_words_are_needed_at_each_step():
    for call in (
        lambda: rules.check_answer(state="open", answer=" ", raised_by_id=1, answered_by_id=2),
        lambda: rules.check_close(state="answered", outcome=" "),
        lambda: rules.check_owner_change(state="open", reason=" "),
    ):
        with pytest.raises(RuleBroken, match="Enter"):
            call()


@pytest.mark.parametrize(
    ("state", "days", "late"),
    [("open", -1, True), ("open", 0, False), ("answered", -1, False), ("closed", -1, False)],
)
def test_it_is_late_once_its_day_has_gone_by_without_an_answer(state, days, late):
    day = TODAY + dt.timedelta(days=days)
    assert rules.is_late(state=state, needed_by=day, on=TODAY) is late
