"""The night flags what is overdue while leads propose it complete: nobody waits for ever."""

import json

import pytest

from tests.races.databases import configured
from tests.races.site import OVERDUE, PATIENCE, Site

# Only PostgreSQL has locks of rows to wait for; on SQLite one writer follows the other.
pytestmark = [pytest.mark.slow, pytest.mark.races, pytest.mark.enable_socket]


def at_once(site: Site, plan: str, *acts: str) -> list[dict]:
    """Let one process for each act begin at the same moment; what each of them answered."""
    started = [site.start("tests.races.commands", "act", plan, what) for what in acts]
    for process in started:
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    try:
        told = [process.communicate(timeout=PATIENCE) for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0] * len(acts), told
    return [json.loads(answer.splitlines()[-1]) for answer, _ in told]


def test_one_spell_is_opened_for_each_and_ends_with_the_proposal(site_of):
    site, world = site_of(configured())
    first, second = at_once(site, world["plan"], "flag", "flag")
    late = sorted(f"LATE-{number}" for number in range(OVERDUE))
    assert sorted(first["opened"] + second["opened"]) == late
    assert site.command("spells", world["plan"]) == {"all": OVERDUE, "open": OVERDUE}
    answers = at_once(site, world["plan"], "flag", "propose", "flag")
    assert answers == [{"opened": []}, {"proposed": OVERDUE}, {"opened": []}]
    assert site.command("spells", world["plan"]) == {"all": OVERDUE, "open": 0}
