"""A prepared database for each kind, copied for each race."""

import pytest

from tests.races.databases import Database
from tests.races.site import Site


@pytest.fixture(scope="session")
def prepared(request, tmp_path_factory):
    """Tables, a world and its writers, made once for each kind of database."""
    made: dict[str, tuple[Database, dict]] = {}

    def of_kind(kind: str) -> tuple[Database, dict]:
        if kind not in made:
            folder = tmp_path_factory.mktemp("races")
            database = Database(kind, folder).create()
            request.addfinalizer(database.drop)
            made[kind] = database, Site(database, folder).command("prepare")
        return made[kind]

    return of_kind


@pytest.fixture
def site_of(prepared, request, tmp_path):
    """Answer a site on a copy of the prepared database, and who is who in it."""

    def on(kind: str) -> tuple[Site, dict]:
        database, world = prepared(kind)
        copy = database.copy()
        request.addfinalizer(copy.drop)
        return Site(copy, tmp_path), world

    return on
