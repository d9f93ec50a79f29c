"""One stage for a module of tests; every request is rolled back."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.access.stage import Stage
from tests.factories.shared import built_world

__all__ = ["built_stage", "built_world", "stage"]


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> Iterator[None]:
    """Thousands of refusals need no line each in a log that nobody reads."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def built_stage(built_world, django_db_blocker) -> Stage:
    """The stage's rows, inside the transaction of the world."""
    with django_db_blocker.unblock():
        return Stage.build(built_world)


@pytest.fixture
def stage(built_stage, db) -> Stage:
    """The stage with a database that each test leaves as it was."""
    with transaction.atomic():
        yield built_stage
        transaction.set_rollback(True)
