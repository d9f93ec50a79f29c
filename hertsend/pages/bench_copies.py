"""Databases of the bench's own, and processes of its own: what it makes is thrown away, what it measures stands apart."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

IN_A_PROCESS = """
import importlib, json, sys
import django
django.setup()
module, name = sys.argv[1].rsplit(".", 1)
print(json.dumps(getattr(importlib.import_module(module), name)(*sys.argv[2:])))
"""

Environment = Mapping[str, str]

QUIET: Environment = {"CELERY_BROKER_URL": "memory://", "EMAIL_URL": "memorymail://"}
"""No worker of the site is woken, and no e-mail leaves, for rows that are in no database of the site."""


@contextmanager
def copied() -> Iterator[Environment]:
    """A copy of the database that is configured; yields the environment in which a process uses it."""
    if connection.vendor == "sqlite":
        with TemporaryDirectory() as folder:
            file = Path(folder) / "bench.sqlite3"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(file)])
            yield {**QUIET, "DATABASE_URL": f"sqlite:///{file}"}
        return
    own = connection.settings_dict["NAME"]
    name = f"{own}_bench"
    connection.close()
    _of_server(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{own}"')
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    try:
        yield {**QUIET, "DATABASE_URL": address.geturl()}
    finally:
        _of_server(f'DROP DATABASE IF EXISTS "{name}"')


def _of_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def begin(function: str, *arguments: object, environment: Environment) -> subprocess.Popen[str]:
    """Start a function of ours, by its dotted name, in a process of its own."""
    return subprocess.Popen(  # noqa: S603 - our own words, nothing of a user's
        [sys.executable, "-c", IN_A_PROCESS, function, *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def answer_of(process: subprocess.Popen[str]) -> Any:
    """What the function answered. Raises ``RuntimeError`` where it failed; it has said why by itself."""
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"A process of the bench ended with {process.returncode}.")
    return json.loads(said.splitlines()[-1])


def ask(function: str, *arguments: object, environment: Environment) -> Any:
    """The answer of a function that runs in a process of its own."""
    return answer_of(begin(function, *arguments, environment=environment))
