"""One state of the database for many queries, on both kinds of database."""

from contextlib import closing

import pytest
from django.db import DatabaseError, connection, transaction

from hertsend.accounts.models import User
from hertsend.records.snapshots import consistent_read
from tests.factories.models import UserFactory
from tests.hertsend.jobs.test_races import shared_database

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db(transaction=True)


def rename_everyone_elsewhere(name):
    """What another process commits, by a connection of its own."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = %s", [name])


def names():
    return set(User.objects.values_list("name", flat=True))


def test_what_is_written_meanwhile_is_not_seen_until_afterwards(shared_database):
    UserFactory(name="Before")
    with consistent_read():
        rename_everyone_elsewhere("After")
        assert names() == {"Before"}
    assert names() == {"After"}


def test_without_it_what_is_written_meanwhile_is_seen(shared_database):
    UserFactory(name="Before")
    assert names() == {"Before"}
    rename_everyone_elsewhere("After")
    assert names() == {"After"}


def test_nothing_can_be_written_inside():
    with pytest.raises(DatabaseError), consistent_read():
        UserFactory()
    assert User.objects.count() == 0


def test_afterwards_the_connection_writes_as_before():
    with consistent_read():
        User.objects.count()
    UserFactory()
    with transaction.atomic():
        UserFactory()
    assert User.objects.count() == 2


def test_a_fault_inside_leaves_the_connection_as_it_was():
    with pytest.raises(ZeroDivisionError), consistent_read():
        raise ZeroDivisionError
    UserFactory()
    assert User.objects.count() == 1


def test_it_is_refused_inside_another_transaction():
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="transaction of its own"),
        consistent_read(),
    ):
        pytest.fail("It was begun inside another transaction.")


def test_sqlite_takes_no_lock_that_keeps_writers_waiting():
    if connection.vendor != "sqlite":
        pytest.skip("The mode of transactions is SQLite's.")
    usual = connection.transaction_mode
    began = []

    def note(execute, sql, params, many, context):
        began.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), consistent_read():
        assert connection.transaction_mode == usual == "IMMEDIATE"
    assert began[0] == "BEGIN DEFERRED"
