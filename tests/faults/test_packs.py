"""A year of packs of many partnerships under every fault; and that the same test notices what is taken away."""

import datetime as dt
import json
import os
import sys
from collections import Counter

import pytest

from hertsend import dates
from tests.faults.judging import READERS, faults
from tests.faults.points import POINTS
from tests.faults.sink import STALL, WEIGHTS
from tests.faults.town import KILL, RESTART, Town
from tests.races.databases import POSTGRESQL, Database

PLACES, MONTHS = (
    int(os.environ.get("FAULT_PLACES", "20")),
    int(os.environ.get("FAULT_MONTHS", "12")),
)
JANUARY = dt.date(2024, 1, 1)

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A PostgreSQL database with tables and no rows."""
    folder = tmp_path_factory.mktemp("empty")
    database = Database(POSTGRESQL, folder).create()
    town = Town(database, folder)
    town.clock.set(dates.start_of(JANUARY))
    town.ask("migrate")
    town.sink.server_close()
    yield database
    database.drop()


@pytest.fixture
def town_without(empty, tmp_path):
    """Answer a town on a database of its own."""
    made = []

    def town(what: str = "", **other: bool) -> Town:
        made.append(empty.copy())
        folder = tmp_path / f"town-{len(made)}"
        folder.mkdir()
        return Town(made[-1], folder, without=what, **other)

    yield town
    for database in made:
        database.drop()


def live(town: Town, *, places: int, months: int) -> tuple[list[str], dict[str, list]]:
    """What was wrong after so many months of so many places, and what the office was told."""
    town.clock.set(dates.start_of(JANUARY))
    prepared = town.ask("prepare", str(places))
    told, every = [], []
    with town.living():
        for number in range(months):
            month = dt.date(2024, 1 + number, 1)
            every.append(f"{month:%Y-%m}")
            expected = {"frozen": places * len(every), "packs": places * len(every) * len(READERS)}
            told.append(town.live_through(month, **expected))
        stored = town.ask("stored", str(max(1, places * months * len(READERS) // 24)))
    found = faults(stored, town.sink.post.taken, months=every, **prepared)
    found += [words for page in told for words in page["silent"]]
    return found, {"told": told, "stored": stored}


def report(town: Town, lived: dict[str, list]) -> None:
    """Print the figures."""
    states = Counter(each["state"] for each in lived["stored"]["mails"])
    figures = {
        "packs": len(lived["stored"]["packs"]),
        "e-mails": dict(states),
        "unsent after 15 minutes": sum(each["unsent"] for each in lived["told"]),
        "sent again by the office": sum(each["again"] for each in lived["told"]),
        "killed at points": town.graves.died(),
        "processes that died": town.deaths,
        "redis": dict(Counter(town.redis_faults)),
        "mail server": town.sink.post.met,
    }
    sys.stdout.write(f"\n{json.dumps(figures)}\n")


def test_each_edition_of_each_month_is_issued_once_and_told_once(town_without):
    town = town_without()
    found, lived = live(town, places=PLACES, months=MONTHS)
    report(town, lived)
    assert found == []
    assert town.unheard == 0
    assert town.graves.waiting() == []
    assert town.graves.died() == MONTHS * len(POINTS)
    assert town.redis_faults == [(KILL, RESTART)[number % 2] for number in range(MONTHS)]
    assert set(town.sink.post.met) == {*WEIGHTS, STALL}


def test_without_the_commit_before_sending_people_are_told_twice(town_without):
    found, _ = live(town_without("commit"), places=2, months=1)
    assert any("e-mails for" in words for words in found)


def test_two_who_ask_for_the_same_packs_at_the_same_moment_make_them_once(town_without):
    found, _ = live(town_without(meeting=True), places=2, months=1)
    assert found == []


def test_without_the_unique_keys_they_are_made_twice(town_without):
    found, _ = live(town_without("keys", meeting=True), places=2, months=1)
    assert any("2 packs of" in words for words in found)
