"""The registry of what waits for people, and the ladders by which it is told."""

import datetime as dt

import pytest

from hertsend.jobs import matters
from hertsend.jobs.matters import Group, Matter, Step, Urgency

TUESDAY = dt.date(2024, 10, 15)
LATE = Group("Overdue", "overdue milestone", "overdue milestones", Urgency.LATE)
SOON = Group("Due soon", "milestone due soon", "milestones due soon", Urgency.SOON)


def days(number: int) -> dt.date:
    return TUESDAY + dt.timedelta(days=number)


def matter(sentence: str = "PA1.1-1", *, group: Group = LATE, day: int = 0, told: int | None = 0):
    return Matter(
        group=group,
        sentence=sentence,
        detail="Due",
        path="/",
        action="Update",
        day=days(day),
        step=None if told is None else Step(days(told), "new"),
    )


# --- what is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rung", "last_digest", "is_told"),
    [
        (0, None, True),
        (0, -1, True),
        (0, -30, True),
        (0, 0, False),
        (-3, -4, True),
        (-3, -3, False),
        (-3, -1, False),
        (None, None, False),
        (None, -30, False),
    ],
)
def test_it_is_told_when_a_rung_was_reached_since_the_last_digest(rung, last_digest, is_told):
    after = None if last_digest is None else days(last_digest)
    assert matter(told=rung).is_told(after=after) is is_told


def test_the_most_pressing_group_comes_first_and_in_it_the_earliest_day():
    first, second, third = matter("B", day=-9), matter("A", day=-1), matter("C", group=SOON)
    assert sorted([third, second, first], key=lambda each: each.order) == [first, second, third]


# --- the registry ---------------------------------------------------------------------------------


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(matters, "_sources", {})


def ask(found: dict):
    """A source that notes what it was asked."""

    def source(question):
        asked.append(question)
        return found

    asked: list[matters.Asked] = []
    source.asked = asked
    return source


def test_each_source_is_asked_and_their_matters_stand_together(empty):
    first, second = ask({1: [matter("A")], 2: [matter("B")], 3: []}), ask({1: [matter("C")]})
    assert matters.source("tests.second")(second) is second
    matters.source("tests.first")(first)
    assert matters.source_names() == ("tests.first", "tests.second")
    question = matters.Asked("plan", on=days(0), held_on=days(1), held={1: "rights"})
    found = matters.collect(question)
    assert found == {1: [matter("A"), matter("C")], 2: [matter("B")]}
    assert first.asked == second.asked == [question]


def test_a_name_belongs_to_one_source(empty):
    first = ask({})
    matters.source("tests.source")(first)
    matters.source("tests.source")(first)
    with pytest.raises(ValueError, match="registered already"):
        matters.source("tests.source")(ask({}))
    assert matters.source_names() == ("tests.source",)


# --- ladders --------------------------------------------------------------------------------------


def test_the_last_step_that_has_come_counts():
    steps = [Step(days(0), "second"), Step(days(-2), "first"), Step(days(5), "third")]
    names = {
        number: step and step.name
        for number in (-3, -2, -1, 0, 4, 5, 99)
        for step in [matters.last_reached(steps, on=days(number))]
    }
    assert names == {
        -3: None,
        -2: "first",
        -1: "first",
        0: "second",
        4: "second",
        5: "third",
        99: "third",
    }
    assert matters.last_reached([], on=days(0)) is None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        # (days after Tuesday 15 October on which it was asked, then on which it is told)
        (0, [1, 6, 13, 20]),  # Wednesday; Mondays from the 21st
        (2, [3, 6, 13, 20]),  # Friday, three days before a Monday
        (3, [4, 13, 20]),  # Saturday: the next Monday would crowd it
        (5, [6, 13, 20]),  # Monday itself
    ],
)
def test_a_request_is_told_the_next_morning_and_then_on_mondays(asked, told):
    def rung(number: int) -> Step | None:
        return matters.asked_on(days(asked), on=days(number))

    assert rung(asked) is None
    assert [
        number for number in range(asked, 22) if (step := rung(number)) and step.day == days(number)
    ] == told
    assert [rung(told[0]).name, rung(told[1]).name] == ["new", "weekly"]
