"""On which day a group meets, what follows on what, and what minutes need, in the office's words."""

import datetime as dt

import pytest

from governance.enums import AgendaKind, MeetingMark, MeetingState, Rhythm
from governance.policies import Span
from governance.policies import meetings as rules
from governance.policies.meetings import LAST, DayRule
from hertsend import dates
from hertsend.errors import RuleBroken
from tests.plans.rules import faults

MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4
FIRST = dt.date(2024, 10, 1)
STATES = list(MeetingState)


@pytest.mark.parametrize(
    ("rule", "month", "day"),
    [
        pytest.param(DayRule(THURSDAY, 3), "2024-10", "2024-10-17", id="third Thursday"),
        pytest.param(DayRule(TUESDAY, 1), "2024-10", "2024-10-01", id="the first day itself"),
        pytest.param(DayRule(MONDAY, 1), "2024-10", "2024-10-07", id="first Monday"),
        pytest.param(DayRule(FRIDAY, LAST), "2024-11", "2024-11-29", id="last Friday"),
        pytest.param(DayRule(THURSDAY, LAST), "2024-10", "2024-10-31", id="last day of the month"),
        pytest.param(DayRule(THURSDAY, LAST), "2024-02", "2024-02-29", id="leap day"),
        pytest.param(DayRule(MONDAY, 1), "2024-05", "2024-05-07", id="bank holiday: a day later"),
        pytest.param(
            DayRule(FRIDAY, LAST), "2024-03", "2024-04-02", id="Good Friday: after Easter"
        ),
        pytest.param(DayRule(THURSDAY, 4), "2024-12", "2024-12-27", id="Boxing Day: a day later"),
    ],
)
def test_the_day_of_a_month(rule, month, day):
    assert rule.in_month(dt.date.fromisoformat(f"{month}-01")).isoformat() == day


@pytest.mark.parametrize(
    ("rhythm", "spans", "months"),
    [
        pytest.param(Rhythm.MONTHLY, [], "10 11 12 01 02 03 04 05 06 07 08 09", id="monthly"),
        pytest.param(Rhythm.TWO_MONTHLY, [], "10 12 02 04 06 08", id="every two months"),
        pytest.param(Rhythm.QUARTERLY, [], "10 01 04 07", id="quarterly"),
        pytest.param(
            None,
            [Span(Rhythm.QUARTERLY, dt.date(2024, 9, 1))],
            "10 01 04 07",
            id="the report of September goes to October's meeting",
        ),
        pytest.param(
            None,
            [
                Span(Rhythm.MONTHLY, dt.date(2024, 1, 1)),
                Span(Rhythm.QUARTERLY, dt.date(2025, 1, 1)),
            ],
            "10 11 12 01 02 05 08",
            id="monthly until the report of January",
        ),
    ],
)
def test_the_months_of_a_year(rhythm, spans, months):
    found = rules.months_with_meetings(FIRST, rhythm=rhythm, spans=spans)

    assert [f"{month:%m}" for month in found] == months.split()


def test_a_rule_that_not_every_month_has():
    assert faults(rules.check_rule, weekday=5, week=5) == {
        "weekday": ["Select a day from Monday to Friday."],
        "week": ["Select which week of the month."],
    }
    assert faults(rules.check_rule, weekday=MONDAY, week=LAST) == {}


def test_every_state_and_every_standing_item_is_spoken_of():
    assert set(rules.TRANSITIONS) == set(MeetingState)
    assert [item.kind for item in rules.STANDING_ITEMS] == [
        kind for kind in AgendaKind if kind != AgendaKind.OWN
    ]


ALLOWED = {
    ("planned", "agenda_out"),
    ("planned", "cancelled"),
    ("agenda_out", "held"),
    ("agenda_out", "cancelled"),
    ("held", "minutes_agreed"),
}


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_what_follows_on_what(old, new):
    if (old, new) in ALLOWED:
        rules.check_step(old, new)
    else:
        with pytest.raises(RuleBroken, match=f"This meeting is “{old.label.lower()}”"):
            rules.check_step(old, new)


@pytest.mark.parametrize(
    ("check", "states"),
    [
        (rules.check_is_ahead, {"planned", "agenda_out"}),
        (rules.check_is_open, {"planned", "agenda_out", "held"}),
        (rules.check_takes_minutes, {"held"}),
    ],
)
@pytest.mark.parametrize("state", STATES)
def test_what_each_state_takes(check, states, state):
    if state in states:
        check(state)
    else:
        with pytest.raises(RuleBroken):
            check(state)


@pytest.mark.parametrize("state", STATES)
def test_only_agreed_minutes_are_reopened(state):
    if state == "minutes_agreed":
        rules.check_may_reopen(state)
    else:
        with pytest.raises(RuleBroken, match="there is nothing to reopen"):
            rules.check_may_reopen(state)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dates.LONDON)


def test_nothing_is_held_before_it_began():
    starts = moment("2024-10-17T14:00")
    rules.check_may_hold(starts, at=starts)
    with pytest.raises(RuleBroken, match="It has not begun yet"):
        rules.check_may_hold(starts, at=starts - dt.timedelta(minutes=1))


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ("2024-10-17T16:00", None),
        ("2024-10-17T14:00", "The end must come after the start."),
        ("2024-10-18T02:01", "A meeting is at most 12 hours long."),
    ],
)
def test_from_when_to_when(ends, sentence):
    found = faults(rules.check_times, moment("2024-10-17T14:00"), moment(ends))

    assert found == ({"ends": [sentence]} if sentence else {})


def test_a_time_of_day_is_londons():
    summer, winter = (
        rules.moment_of(dt.date(2024, month, 1), dt.time(14)).astimezone(dt.UTC).hour
        for month in (7, 12)
    )
    assert (summer, winter) == (13, 14)


GOOD = {"title": "Waiting times", "duration": 10, "purpose": "decision"}
TIME = ["Enter a number of minutes from 1 to 480."]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, {}),
        ({"title": " "}, {"title": ["Enter what the item is called."]}),
        ({"duration": None}, {"duration": TIME}),
        ({"duration": 0}, {"duration": TIME}),
        ({"duration": 481}, {"duration": TIME}),
        ({"purpose": "fun"}, {"purpose": ["Select what the item is for."]}),
    ],
)
def test_what_an_item_needs(changed, found):
    assert faults(rules.check_item, **(GOOD | changed)) == found


@pytest.mark.parametrize(
    ("mark", "stand_in", "has_begun", "sentence"),
    [
        ("present", "", True, ""),
        ("present", "", False, "Nobody is present yet: the meeting has not begun."),
        ("apologies", "", False, ""),
        ("in_place", "B. Deputy", False, ""),
        ("in_place", " ", True, "Enter who came in their place."),
        ("noted_in_error", "", False, ""),
        (
            "present",
            "B. Deputy",
            True,
            "A name stands beside it. Select “Somebody came in their place”, or take it out.",
        ),
        ("late", "", True, "Select a mark from the list."),
    ],
)
def test_the_mark_of_one_person(mark, stand_in, has_begun, sentence):
    assert rules.check_mark(mark=mark, stand_in=stand_in, has_begun=has_begun) == sentence


def test_minutes_without_an_item_or_without_anybody():
    rules.check_minutes(without=[], present=1)
    with pytest.raises(RuleBroken, match="Nobody is noted as present"):
        rules.check_minutes(without=[], present=0)
    with pytest.raises(RuleBroken, match="There are no minutes yet of “Risks”, “Dashboard”"):
        rules.check_minutes(without=["Risks", "Dashboard"], present=1)


def test_each_item_begins_when_the_one_before_is_over():
    clocks = rules.starts_of(moment("2024-10-17T14:00"), [15, 20, 10])

    assert [f"{each:%H:%M}" for each in clocks] == ["14:00", "14:15", "14:35"]
    assert rules.starts_of(moment("2024-10-17T14:00"), []) == []


def test_items_run_through_the_night_on_which_the_clocks_change():
    clocks = rules.starts_of(moment("2024-10-26T23:30"), [150, 30])

    assert [f"{each:%H:%M}" for each in clocks] == ["23:30", "01:00"]


def test_fingerprints_tell_states_apart_and_keys_are_not_stored():
    assert rules.fingerprint_of([(1, "a")]) == rules.fingerprint_of([[1, "a"]])
    assert rules.fingerprint_of([(1, "a")]) != rules.fingerprint_of([(1, "b")])
    assert len(rules.digest_of("key")) == 64
    assert "key" not in rules.digest_of("key")


def test_every_mark_has_its_rule():
    assert {mark.value for mark in MeetingMark} == {
        "present",
        "apologies",
        "in_place",
        "noted_in_error",
    }
