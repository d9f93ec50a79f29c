"""Chromium, a served site, and people who are signed in to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import People
from tests.browser.served import Served

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, which asks nobody on the internet for anything."""
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Served]:
    """The site; each process of a run has its own, copied from one that was prepared."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    with Served(shared / "site", own / "served").running() as site:
        yield site


@pytest.fixture
def site(served: Served) -> Iterator[Served]:
    """The site for a test that writes: everything is put back afterwards."""
    yield served
    served.restore()


@pytest.fixture
def people(browser: Browser, served: Served) -> Iterator[People]:
    """Opens windows for people who are signed in, and complains for them at the end."""
    found = People(browser, served)
    yield found
    found.close()
    assert found.complaints == []
