"""The plan file holds every measurable promise, word for word and number for number.

Checked against the plan's own text and against a second reading, made by eye and from scratch
(``data/expected-indicators.csv``).
"""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.plans.plan_source import SOURCE, read_plan_file

READING = Path(__file__).parent / "data" / "expected-indicators.csv"
INDICATORS = read_plan_file()["indicators"]
MARKS = re.compile(r"<[^>]+>|\*\*")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def flat(text: str) -> str:
    """The words with one space between them, without the marks of tables and bold type."""
    return " ".join(MARKS.sub(" ", text).split())


@pytest.fixture(scope="module")
def source() -> str:
    return flat(SOURCE.read_text(encoding="utf-8"))


def bounds(part: dict | None) -> tuple[str, str]:
    """The number or the range of a baseline or target, as it would be typed."""
    held = part or {}
    low, high = held.get("value", held.get("low", "")), held.get("value", held.get("high", ""))
    return str(low), str(high)


def row_of(indicator: dict) -> dict[str, str]:
    baseline, target = indicator.get("baseline", {}), indicator.get("target", {})
    return {
        "key": indicator["key"],
        "direction": indicator["direction"],
        "baseline_low": bounds(baseline)[0],
        "baseline_high": bounds(baseline)[1],
        "baseline_period": baseline.get("period", ""),
        "target_low": bounds(target)[0],
        "target_high": bounds(target)[1],
        "due_on": target.get("due_on", ""),
        "due_text": target.get("due_text", ""),
        "standard": str(indicator.get("standard", {}).get("value", "")),
        "actions": " ".join(indicator["actions"]),
    }


def test_the_plan_file_says_what_a_second_reading_found():
    with READING.open(encoding="utf-8", newline="") as file:
        expected = {row["key"]: row for row in csv.DictReader(file)}

    assert {one["key"]: row_of(one) for one in INDICATORS} == expected


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one["key"])
def test_every_word_that_is_said_to_be_the_plans_is_in_the_plan(indicator, source):
    words = [quote["text"] for quote in indicator["quotes"]]
    words += [indicator[part]["text"] for part in ("baseline", "target") if part in indicator]

    assert [text for text in words if flat(text) not in source] == []


def test_a_word_that_is_not_the_plans_is_seen(source):
    assert flat("Improve timeliness of new EHCPs to 65% within 20 weeks") not in source


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one["key"])
def test_every_action_that_states_it_is_quoted(indicator):
    quoted = {quote["source"] for quote in indicator["quotes"]}

    assert set(indicator["actions"]) == quoted - {"Monitoring Progress"}


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one["key"])
def test_every_number_stands_in_its_words_or_shows_its_arithmetic(indicator):
    for part in ("baseline", "target"):
        held = indicator.get(part, {})
        numbers = {held[name] for name in ("value", "low", "high") if name in held}
        if "arithmetic" in held:
            left, right = held["arithmetic"].split(" = ")
            first, second = (Decimal(each) for each in left.split(" × "))
            assert first * second == Decimal(right) == Decimal(str(held["value"]))
            assert first == Decimal(str(indicator["baseline"]["value"]))
        else:
            words = {"three": 3, "six": 6}
            said = {float(each) for each in NUMBER.findall(held.get("text", ""))}
            said |= {float(words[each]) for each in words if each in held.get("text", "")}
            assert {float(each) for each in numbers} <= said


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one["key"])
def test_a_day_stands_only_where_the_plan_gives_one(indicator):
    target = indicator.get("target", {})
    gives_day = bool(re.match(r"\d{1,2}(st|nd|rd|th) ", target.get("due_text", "")))

    assert ("due_on" in target) == gives_day
    assert not ({"due_on", "window"} <= set(target))


def test_april_2025_is_taken_from_the_head_of_the_list_only_by_its_own_points():
    head = "target date is April 2025 if not otherwise specified"
    heads = {one["key"] for one in INDICATORS for quote in one["quotes"] if quote["text"] == head}
    dated = {
        one["key"] for one in INDICATORS if one.get("target", {}).get("due_text") == "April 2025"
    }

    # Part time timetables say "by April 2025" in their own action.
    assert dated - heads == {"part-time-timetables"}
    assert all("PA2.2" in one["actions"] for one in INDICATORS if one["key"] in heads)


def test_no_percentage_of_a_measurable_list_is_left_out(source):
    """Every "n%" of the plan stands in a quotation."""
    quoted = " ".join(quote["text"] for one in INDICATORS for quote in one["quotes"])

    assert set(re.findall(r"\d+%", source)) == set(re.findall(r"\d+%", quoted))
