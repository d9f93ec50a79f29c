"""Two or three at one decision, risk, meeting or entry: one comes first, the others are told."""

from typing import Any

import pytest

from tests.races.databases import POSTGRESQL, SQLITE, configured
from tests.races.site import PATIENCE, Site

HERE = configured()
BOTH = [SQLITE, POSTGRESQL] if HERE == POSTGRESQL else [SQLITE]
GOVERNING = "tests.races.governing"
EXPECTED: dict[str, dict[str, list[Any]]] = {
    "decision": {
        "decide": ["decided", 1],
        "decide too": ["decided", 1],
        "withdraw": ["withdrawn", 0],
    },
    "risk": {"escalate": ["executive", 2, 3], "hand back": ["workstream", 2, 3]},
    "meeting": {"move": ["planned", 1, 2], "cancel": ["cancelled", 0, 2]},
    "feedback": {
        "approve": ["approved", "Hire two.", 2],
        "approve too": ["approved", "Hire two.", 2],
        "rewrite": ["draft", "Hire three.", 2],
    },
}
"""What is stored after each of the acts, if it came first and nothing came after it."""

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def faults(kind: str, told: dict[str, str], stored: list[Any]) -> list[str]:
    """What is wrong with one race: what each was told, against what is stored."""
    done = [name for name in told if told[name] == "done"]
    others = {said for name, said in told.items() if name not in done}
    if len(done) != 1 or others != {"conflict"}:
        return [f"not one came first, with the others overtaken: {told}"]
    expected = EXPECTED[kind][done[0]]
    return [] if stored == expected else [f"{stored} is stored after {done[0]}, not {expected}"]


def race(
    site: Site, plan: str, kind: str, *, rounds: int, unchecked: bool = False
) -> dict[int, list[str]]:
    """The faults of each of so many races, by the place of its row."""
    assert site.ask(GOVERNING, "prepare", plan, str(rounds)) == {"prepared": rounds}
    more = ["unchecked"] if unchecked else []
    names = list(EXPECTED[kind])
    people = [site.start(GOVERNING, "act", plan, kind, name, *more) for name in names]
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
    rows = site.ask(GOVERNING, "stored", plan, kind)
    assert len(rows) == rounds
    pairs = enumerate(zip(told, rows, strict=True))
    return {place: wrong for place, (said, row) in pairs if (wrong := faults(kind, said, row))}


@pytest.mark.parametrize("kind", EXPECTED)
def test_one_comes_first_and_the_others_are_told(site_of, kind):
    site, world = site_of(HERE)
    assert race(site, world["plan"], kind, rounds=10) == {}


@pytest.mark.parametrize("kind", EXPECTED)
def test_without_the_check_the_same_race_is_noticed(site_of, kind):
    site, world = site_of(HERE)
    assert len(race(site, world["plan"], kind, rounds=10, unchecked=True)) > 2


@pytest.mark.races
@pytest.mark.parametrize("kind", EXPECTED)
@pytest.mark.parametrize("database", BOTH)
def test_fifty_times_on_every_database(site_of, kind, database):
    site, world = site_of(database)
    assert race(site, world["plan"], kind, rounds=50) == {}


OVERTAKEN = {"escalate": "conflict", "hand back": "conflict"}


@pytest.mark.parametrize(
    ("told", "stored", "is_sound"),
    [
        ({"escalate": "done"}, ["executive", 2, 3], True),
        ({"hand back": "done"}, ["workstream", 2, 3], True),
        ({"escalate": "done"}, ["workstream", 2, 3], False),
        ({"escalate": "done"}, ["executive", 3, 4], False),
        ({"escalate": "done", "hand back": "done"}, ["executive", 3, 4], False),
        ({"escalate": "done", "hand back": "refused: no"}, ["executive", 2, 3], False),
        ({}, ["board", 1, 2], False),
    ],
)
def test_the_judge_knows_sound_races_from_others(told, stored, is_sound):
    assert (faults("risk", OVERTAKEN | told, stored) == []) is is_sound
