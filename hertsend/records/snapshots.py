"""Reading many rows as they stood at one moment, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def consistent_read() -> Iterator[None]:
    """One read-only transaction in which every query sees the same state of the database.

    PostgreSQL: REPEATABLE READ, set by the transaction's first statement, which also fixes the
    state. SQLite: a deferred transaction, whose first read fixes the state and keeps nobody from
    writing (the settings' IMMEDIATE would). Raises ``RuntimeError`` inside another transaction,
    where the state was fixed earlier by somebody else; writing inside is refused by the database.
    """
    if connection.in_atomic_block:
        raise RuntimeError("A consistent read is a transaction of its own: take it outside others.")
    read = _sqlite_read if connection.vendor == "sqlite" else _postgresql_read
    with read():
        yield


@contextmanager
def _postgresql_read() -> Iterator[None]:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The state is that of the first query, not of the statement above.
            cursor.execute("SELECT 1")
        yield


@contextmanager
def _sqlite_read() -> Iterator[None]:
    connection.ensure_connection()
    usual = connection.transaction_mode
    connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(durable=True):
            connection.transaction_mode = usual
            with connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM sqlite_master")
                cursor.execute("PRAGMA query_only = ON")
            yield
    finally:
        connection.transaction_mode = usual
        # Not through Django, which after a fault inside would refuse this statement too.
        if connection.connection is not None:
            connection.connection.execute("PRAGMA query_only = OFF")
