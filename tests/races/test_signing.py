"""Sign, return, edit, take back, withdraw and reopen at the same moment: one legal end each time."""

import json
import random
import subprocess
from collections import Counter
from collections.abc import Sequence

import pytest

from tests.races import judging_signatures
from tests.races.databases import POSTGRESQL, SQLITE, configured
from tests.races.site import PATIENCE, Site

HERE = configured()
ACTS = ("sign", "return", "edit", "take back", "withdraw", "reopen")
FIRST_COME = ("sign", "return", "edit", "take back", "withdraw")

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def heard(process: subprocess.Popen[str]) -> str:
    """The next line of somebody; what they complained of, if they are gone."""
    line = process.stdout.readline()
    assert line, process.communicate(timeout=PATIENCE)[1]
    return line


def say(process: subprocess.Popen[str], words: str) -> None:
    process.stdin.write(f"{words}\n")
    process.stdin.flush()


def race(
    site: Site,
    plan: str,
    *,
    rounds: int,
    checks: str,
    acts: Sequence[str] = ACTS,
    in_turn: bool = False,
) -> list[tuple]:
    """Each round: what was read, what came of each act, and what is stored.

    All have read before anybody acts; ``in_turn`` each then waits for the one before.
    """
    proposals = site.command("proposals", plan, str(rounds))
    people = {act: site.start("tests.races.signing", plan, act, checks) for act in acts}
    order = random.Random(rounds)
    outcomes = []
    try:
        for read in proposals:
            for process in people.values():
                say(process, json.dumps(read))
            assert {heard(process) for process in people.values()} == {"ready\n"}
            told, waiting = [], order.sample(acts, len(acts))
            for act in waiting:
                say(people[act], "go")
                if in_turn:
                    told.append(json.loads(heard(people[act])))
            outcomes.append(told or [json.loads(heard(people[act])) for act in waiting])
        for process in people.values():
            _, complaint = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, complaint
    finally:
        for process in people.values():
            process.kill()
    stored = site.command("signatures", plan)
    return [
        (read, done, stored[read["key"]]) for read, done in zip(proposals, outcomes, strict=True)
    ]


def check_sound(found: list[tuple]) -> Counter[str]:
    """No fault in any round; who came first how often."""
    faults = {
        read["key"]: wrong
        for read, outcomes, stored in found
        if (wrong := judging_signatures.faults(read, outcomes, stored))
    }
    assert faults == {}
    accepted = [
        {outcome["act"] for outcome in outcomes if outcome["accepted"]} for _, outcomes, _ in found
    ]
    assert all(len(each & set(FIRST_COME)) == 1 for each in accepted), "Exactly one comes first"
    assert all("reopen" not in each or "sign" in each for each in accepted)
    return Counter(act for each in accepted for act in each)


def test_one_of_them_comes_first_and_the_others_are_told(site_of):
    site, world = site_of(HERE)
    check_sound(race(site, world["plan"], rounds=25, checks="checked"))


def test_without_the_checks_the_same_race_is_found_out(site_of):
    site, world = site_of(HERE)
    # Two alone and in turn, so that in about half of the rounds the edit comes before the signature.
    found = race(
        site, world["plan"], rounds=25, checks="unchecked", acts=("sign", "edit"), in_turn=True
    )
    faults = Counter(
        fault
        for read, outcomes, stored in found
        for fault in judging_signatures.faults(read, outcomes, stored)
    )
    assert set(faults) == {
        "signed although something came in between",
        "the kept sheet has another fingerprint than the signature",
    }


@pytest.mark.races
@pytest.mark.parametrize(
    ("kind", "rounds"),
    [(SQLITE, 100), *([(POSTGRESQL, 500)] if HERE == POSTGRESQL else [])],
)
def test_hundreds_of_rounds_end_in_one_legal_state_each(site_of, kind, rounds):
    site, world = site_of(kind)
    first = check_sound(race(site, world["plan"], rounds=rounds, checks="checked"))
    assert set(first) >= set(FIRST_COME), f"Some never came first, so nothing was shown: {first}"
