"""One world for a module of tests: built once, and rolled back to after each test.

Import ``built_world`` and ``world`` in the ``conftest.py`` of a folder whose tests all stand in the
world and none of which commits. Each test gets its own copy of the objects, so that nothing that
one of them changes is seen by the next.
"""

import copy

import pytest
from django.db import transaction

from tests.factories.world import World


@pytest.fixture(scope="module")
def built_world(django_db_setup, django_db_blocker):
    """The world's rows, inside a transaction that ends with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world, db) -> World:
    """The world as it was built, whatever the tests before did to it."""
    return copy.deepcopy(built_world)
