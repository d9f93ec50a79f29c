"""Two people at one return at the same moment: one legal state, and nothing that was typed is lost."""

import json
from typing import Any

import pytest

from tests.races.databases import POSTGRESQL, SQLITE, configured
from tests.races.site import PATIENCE, Site

HERE = configured()
BOTH = [SQLITE, POSTGRESQL] if HERE == POSTGRESQL else [SQLITE]
RETURNING = "tests.races.returning"
DONE, CONFLICT, REFUSED = "done", "conflict", "refused"
FEW, MANY = 10, 100

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

Told, Kept = dict[str, dict[str, str]], dict[str, Any]


def winner(told: Told) -> list[str]:
    """Who was told that it is done."""
    return [name for name, answer in told.items() if answer["end"] == DONE]


def faults_of_saving(told: Told, kept: Kept) -> list[str]:
    """One is stored; the other has their own words back, and the stored ones beside them."""
    if len(winner(told)) != 1:
        return [f"{len(winner(told))} saved the same row: {told}"]
    (first,) = winner(told)
    (second,) = set(told) - {first}
    own = {name: f"By {name.removesuffix(' saves')}." for name in told}
    expected = {"end": CONFLICT, "mine": own[second], "theirs": own[first]}
    found = [] if told[second] == expected else [f"{second} was told {told[second]}"]
    if (kept["draft"], kept["saved"], kept["updates"]) != (own[first], 1, []):
        found.append(f"{kept} is kept")
    return found


def faults_of_submitting(told: Told, kept: Kept) -> list[str]:
    """It was handed in once, and each draft was sent once."""
    found = [] if len(winner(told)) == 1 else [f"{len(winner(told))} submitted: {told}"]
    ends = [answer["end"] for answer in told.values()]
    if sorted(ends) != [CONFLICT, DONE]:
        found.append(f"they were told {ends}")
    expected = ("submitted", 1, ["submitted"], "", ["Work began."])
    return found + differing(kept, expected)


def faults_of_deciding(told: Told, kept: Kept) -> list[str]:
    """One decision stands; the other was told that something changed, or that it is too late."""
    if len(winner(told)) != 1:
        return [f"{len(winner(told))} decided: {told}"]
    (first,) = winner(told)
    becomes = {"accepts": "accepted", "sends back": "sent_back"}[first]
    return differing(kept, (becomes, 2, ["submitted", becomes], "", ["Work began."]))


def faults_of_freezing(told: Told, kept: Kept) -> list[str]:
    """It came before the freeze, whole; or it did not come, and the draft is still there."""
    found = [] if told["freezes"]["end"] == DONE and kept["frozen"] else ["it is not frozen"]
    if kept["after_freeze"]:
        found.append("an update came after the freeze")
    came = ("submitted", 1, ["submitted"], "", ["Work began."])
    stayed = ("draft", 0, [], "Work began.", [])
    ends = {DONE: came, REFUSED: stayed, CONFLICT: stayed}
    return found + differing(kept, ends[told["first submits"]["end"]])


def differing(kept: Kept, expected: tuple[Any, ...]) -> list[str]:
    """How what is kept differs from what was to be expected."""
    names = ("state", "version", "acts", "draft", "updates")
    stored = tuple(kept[name] for name in names)
    return [] if stored == expected else [f"{stored} is kept, not {expected}"]


RACES = {
    "two save the same row": (
        "opened",
        ["first saves", "second saves"],
        faults_of_saving,
    ),
    "two submit": ("drafted", ["first submits", "second submits"], faults_of_submitting),
    "one sends back, one accepts": ("submitted", ["sends back", "accepts"], faults_of_deciding),
    "one submits while it is frozen": (
        "drafted",
        ["freezes", "first submits"],
        faults_of_freezing,
    ),
}


def race(
    site: Site, plan: str, name: str, *, rounds: int, unchecked: bool = False
) -> tuple[list[list[str]], set[str]]:
    """The faults of each round, and who came first in any."""
    until, acts, judge = RACES[name]
    partnership = str(site.ask(RETURNING, "prepare", plan, str(rounds), until)["partnership"])
    more = ["unchecked"] if unchecked else []
    people = [site.start(RETURNING, "act", partnership, each, *more) for each in acts]
    told = []
    try:
        for _ in range(rounds):
            for each in people:
                assert each.stdout.readline() == "ready\n", each.communicate()[1]
            for each in people:
                each.stdin.write("go\n")
                each.stdin.flush()
            said = [json.loads(each.stdout.readline()) for each in people]
            told.append(dict(zip(acts, said, strict=True)))
        assert [each.wait(PATIENCE) for each in people] == [0] * len(people)
    finally:
        for each in people:
            each.kill()
            each.communicate()
    kept = site.ask(RETURNING, "stored", partnership)
    found = [judge(*each) for each in zip(told, kept, strict=True)]
    return found, {name for each in told for name in winner(each)}


@pytest.mark.parametrize("name", RACES)
def test_each_ends_in_one_legal_state(site_of, name):
    site, world = site_of(HERE)
    found, first = race(site, world["plan"], name, rounds=FEW)
    assert found == [[]] * FEW
    assert first


@pytest.mark.parametrize("name", RACES)
def test_without_the_checks_the_same_race_is_noticed(site_of, name):
    site, world = site_of(HERE)
    found, _ = race(site, world["plan"], name, rounds=FEW, unchecked=True)
    assert any(found)


@pytest.mark.races
@pytest.mark.parametrize("name", RACES)
@pytest.mark.parametrize("kind", BOTH)
def test_a_hundred_times_on_every_database(site_of, kind, name):
    site, world = site_of(kind)
    found, _ = race(site, world["plan"], name, rounds=MANY)
    assert found == [[]] * MANY


def kept(**changes: Any) -> Kept:
    """A return that was handed in, unless said otherwise."""
    return {
        "state": "submitted",
        "version": 1,
        "acts": ["submitted"],
        "draft": "",
        "saved": 2,
        "updates": ["Work began."],
        "frozen": False,
        "after_freeze": 0,
    } | changes


def ends(first: str, second: str, acts: list[str], **more: str) -> Told:
    """What both were told."""
    return {acts[0]: {"end": first}, acts[1]: {"end": second} | more}


SAVES = RACES["two save the same row"][1]
SUBMITS = RACES["two submit"][1]
FREEZES = RACES["one submits while it is frozen"][1]
LOST = {"mine": "By second.", "theirs": "By first."}
DRAFT = {"draft": "By first.", "saved": 1, "updates": []}
STAYED = {"state": "draft", "version": 0, "acts": [], "draft": "Work began.", "updates": []}


@pytest.mark.parametrize(
    ("judge", "told", "stored", "is_sound"),
    [
        (faults_of_saving, ends(DONE, CONFLICT, SAVES, **LOST), DRAFT, True),
        (faults_of_saving, ends(DONE, DONE, SAVES), DRAFT, False),
        (faults_of_saving, ends(DONE, CONFLICT, SAVES), DRAFT, False),
        (
            faults_of_saving,
            ends(DONE, CONFLICT, SAVES, **LOST),
            DRAFT | {"draft": "By second."},
            False,
        ),
        (faults_of_submitting, ends(DONE, CONFLICT, SUBMITS), {}, True),
        (faults_of_submitting, ends(DONE, DONE, SUBMITS), {}, False),
        (faults_of_submitting, ends(CONFLICT, CONFLICT, SUBMITS), STAYED, False),
        (
            faults_of_submitting,
            ends(DONE, CONFLICT, SUBMITS),
            {"updates": ["Work began."] * 2},
            False,
        ),
        (faults_of_freezing, ends(DONE, DONE, FREEZES), {"frozen": True}, True),
        (faults_of_freezing, ends(DONE, REFUSED, FREEZES), STAYED | {"frozen": True}, True),
        (
            faults_of_freezing,
            ends(DONE, DONE, FREEZES),
            {"frozen": True, "after_freeze": 1},
            False,
        ),
        (
            faults_of_freezing,
            ends(DONE, REFUSED, FREEZES),
            STAYED | {"frozen": True, "draft": ""},
            False,
        ),
    ],
)
def test_the_judge_knows_sound_races_from_others(judge, told, stored, is_sound):
    assert (judge(told, kept(**stored)) == []) is is_sound
