"""A database of a race's own, on the machinery of ``DATABASE_URL``: a SQLite file or PostgreSQL."""

import os
import shutil
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def configured() -> str:
    """Which of the two ``DATABASE_URL`` names."""
    address = os.environ.get("DATABASE_URL", "")
    return POSTGRESQL if address.startswith("postgres") else SQLITE


@dataclass
class Database:
    """One database, copied for each race and thrown away after it."""

    kind: str
    folder: Path
    name: str = field(default_factory=lambda: f"races_{uuid.uuid4().hex[:12]}")

    @property
    def url(self) -> str:
        """Its ``DATABASE_URL``."""
        if self.kind == SQLITE:
            return f"sqlite:///{self.file}"
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.name}"))

    @property
    def file(self) -> Path:
        """The file of a SQLite database."""
        return self.folder / f"{self.name}.sqlite3"

    def create(self) -> "Database":
        """Make it, empty."""
        if self.kind == POSTGRESQL:
            self._command(f'CREATE DATABASE "{self.name}"')
        return self

    def copy(self) -> "Database":
        """Another one with the same rows. Nobody may be connected to this one."""
        other = Database(self.kind, self.folder)
        if self.kind == POSTGRESQL:
            self._command(f'CREATE DATABASE "{other.name}" TEMPLATE "{self.name}"')
        else:
            shutil.copyfile(self.file, other.file)
        return other

    def drop(self) -> None:
        """Throw it away, whoever is still connected."""
        if self.kind == POSTGRESQL:
            self._command(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        else:
            self.file.unlink(missing_ok=True)

    def _command(self, statement: str) -> None:
        parts = urlsplit(os.environ["DATABASE_URL"])
        connection = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()
