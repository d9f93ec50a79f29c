"""Grant, refusal, withdrawal, change and a second request at one moment: exactly one comes first."""

from typing import Any

import pytest

from tests.races.databases import POSTGRESQL, SQLITE, configured
from tests.races.site import PATIENCE, Site

HERE = configured()
BOTH = [SQLITE, POSTGRESQL] if HERE == POSTGRESQL else [SQLITE]
DECIDING = "tests.races.deciding"
ENDS = {"grant": "granted", "refuse": "refused", "withdraw": "withdrawn", "change": "withdrawn"}
FIRST, SECOND = "2024-12-20", "2025-03-28"

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def faults(told: dict[str, str], stored: dict[str, Any]) -> list[str]:
    """What is wrong with one race: what each was told, against what is stored."""
    ended = [name for name in ENDS if told[name] == "done"]
    if len(ended) != 1:
        return [f"{len(ended)} ended the first request: {told}"]
    first = ENDS[ended[0]]
    asked_again = ended[0] == "change" or told["again"] == "done"
    expected = {
        "states": [first, *(["open"] if asked_again else [])],
        "versions": [2, *([1] if asked_again else [])],
        "agreed": [FIRST] if first == "granted" else [],
    }
    found = [] if stored == expected else [f"{stored} is stored, not {expected}"]
    if ended[0] == "change" and told["again"] == "done":
        found.append("two requests took the place of the first")
    return found


def race(site: Site, plan: str, *, rounds: int, unchecked: bool = False) -> dict[str, list[str]]:
    """The faults of each of so many races, by milestone."""
    assert site.ask(DECIDING, "ask", plan, str(rounds)) == {"asked": rounds}
    names = [*ENDS, "again"]
    more = ["unchecked"] if unchecked else []
    people = [site.start(DECIDING, "act", plan, name, *more) for name in names]
    told = []
    try:
        for _ in range(rounds):
            for each in people:
                assert each.stdout.readline() == "ready\n", each.communicate()[1]
            for each in people:
                each.stdin.write("go\n")
                each.stdin.flush()
            said = [each.stdout.readline().strip() for each in people]
            told.append(dict(zip(names, said, strict=True)))
        assert [each.wait(PATIENCE) for each in people] == [0] * len(people)
    finally:
        for each in people:
            each.kill()
            each.communicate()
    stored = site.ask(DECIDING, "stored", plan)
    assert len(stored) == rounds
    return {
        key: wrong
        for said, (key, rows) in zip(told, sorted(stored.items()), strict=True)
        if (wrong := faults(said, rows))
    }


def test_one_comes_first_and_the_others_are_told(site_of):
    site, world = site_of(HERE)
    assert race(site, world["plan"], rounds=12) == {}


def test_without_the_check_the_same_race_is_noticed(site_of):
    """Where a grant came first, a constraint of the database still stops the others."""
    site, world = site_of(HERE)
    assert len(race(site, world["plan"], rounds=10, unchecked=True)) > 2


@pytest.mark.races
@pytest.mark.parametrize("kind", BOTH)
def test_a_hundred_times_on_every_database(site_of, kind):
    site, world = site_of(kind)
    assert race(site, world["plan"], rounds=100) == {}


NOBODY = dict.fromkeys([*ENDS, "again"], "conflict")
GRANTED = {"states": ["granted"], "versions": [2], "agreed": [FIRST]}


@pytest.mark.parametrize(
    ("told", "stored", "is_sound"),
    [
        ({"grant": "done"}, GRANTED, True),
        ({"refuse": "done"}, {"states": ["refused"], "versions": [2], "agreed": []}, True),
        (
            {"withdraw": "done", "again": "done"},
            {"states": ["withdrawn", "open"], "versions": [2, 1], "agreed": []},
            True,
        ),
        (
            {"change": "done"},
            {"states": ["withdrawn", "open"], "versions": [2, 1], "agreed": []},
            True,
        ),
        ({}, {"states": ["open"], "versions": [1], "agreed": []}, False),
        ({"grant": "done", "refuse": "done"}, GRANTED, False),
        ({"grant": "done"}, GRANTED | {"agreed": []}, False),
        ({"grant": "done"}, GRANTED | {"agreed": [FIRST, SECOND]}, False),
        ({"refuse": "done"}, GRANTED, False),
        (
            {"change": "done", "again": "done"},
            {"states": ["withdrawn", "open"], "versions": [2, 1], "agreed": []},
            False,
        ),
    ],
)
def test_the_judge_knows_sound_races_from_others(told, stored, is_sound):
    assert (faults(NOBODY | told, stored) == []) is is_sound
