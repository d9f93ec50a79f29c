"""Eight people save the same milestone at the same moment, by form and by API."""

import json

import pytest

from tests.races import judging
from tests.races.databases import POSTGRESQL, SQLITE, configured
from tests.races.site import Site

HERE = configured()
BOTH = [SQLITE, POSTGRESQL] if HERE == POSTGRESQL else [SQLITE]
WRITERS = 8
PATIENCE = 900

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def race(site: Site, world: dict, *, rounds: int, application: str = "hertsend.wsgi") -> tuple:
    """The outcomes of a race and what is stored after it."""
    with site.served(application):
        outcomes = site.ask(
            "tests.races.writers",
            said=as_read(site, world, rounds),
            patience=PATIENCE,
        )
    return outcomes, site.command("stored", world["plan"], world["milestone"])


def as_read(site: Site, world: dict, rounds: int) -> str:
    """The race, as the writers read it."""
    return json.dumps(world | {"port": site.port, "rounds": rounds, "patience": PATIENCE})


def check_sound(outcomes: list, stored: dict, *, rounds: int) -> None:
    """One winner in each round, seven who were told, and nothing lost."""
    assert judging.faults(outcomes, stored) == {}
    assert judging.lost(outcomes) == 0
    assert len(outcomes) == rounds * WRITERS
    assert stored["version"] == rounds
    assert {outcome["door"] for outcome in outcomes} == {"form", "api"}


def test_nothing_that_was_accepted_is_lost(site_of):
    site, world = site_of(HERE)
    outcomes, stored = race(site, world, rounds=20)
    check_sound(outcomes, stored, rounds=20)
    assert sum("again" in outcome for outcome in outcomes) == 5


def test_without_the_version_check_the_same_race_reports_losses(site_of):
    site, world = site_of(HERE)
    assert site.command("unguard") == {"removed": "update_base_version_once"}
    outcomes, stored = race(site, world, rounds=5, application="tests.races.unchecked")
    assert judging.lost(outcomes) > 0
    assert set(judging.faults(outcomes, stored)) == {"bases"}


@pytest.mark.races
@pytest.mark.parametrize("kind", BOTH)
def test_nothing_is_lost_in_two_hundred_rounds(site_of, kind):
    site, world = site_of(kind)
    outcomes, stored = race(site, world, rounds=200)
    check_sound(outcomes, stored, rounds=200)


@pytest.mark.races
@pytest.mark.parametrize("kind", BOTH)
def test_losses_are_noticed_on_every_database(site_of, kind):
    site, world = site_of(kind)
    site.command("unguard")
    outcomes, stored = race(site, world, rounds=20, application="tests.races.unchecked")
    assert judging.lost(outcomes) > 0
    assert set(judging.faults(outcomes, stored)) == {"bases"}
