"""Reads the variables of the environment and explains itself when one is missing or makes no sense.

Used by hertsend.settings alone. Every name asked for is remembered, so that a test can hold
`.env.example` and docs/configuration.md to the same list.
"""

import datetime as dt
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off", ""})


UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NOTIFY = re.compile(
    rf"notify://:[\w-]*(?P<service>{UUID})-(?P<secret>{UUID})@(?P<host>[a-z0-9.-]+)/(?P<template>{UUID})/?"
)


class Environment:
    """The variables of one process. `root` is the folder that relative file names start from."""

    def __init__(self, values: Mapping[str, str], root: Path):
        self.values = values
        self.root = root
        self.asked: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding space; an empty one counts as not set."""
        self.asked.add(name)
        return self.values.get(name, "").strip() or default

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of a few words. Raises ImproperlyConfigured, naming them, for any other."""
        value = self.text(name, default)
        if value not in choices:
            raise self.wrong(name, f"one of {', '.join(choices)}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Yes or no, in the usual spellings. Raises ImproperlyConfigured for anything else."""
        value = self.text(name).lower()
        if not value:
            return default
        if value not in YES | NO:
            raise self.wrong(name, "1 or 0")
        return value in YES

    def listed(self, name: str) -> list[str]:
        """Words separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def number(self, name: str, default: int) -> int:
        """A whole number, zero or more. Raises ImproperlyConfigured for anything else."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()):
            raise self.wrong(name, "a whole number")
        return int(value)

    def day(self, name: str) -> dt.date | None:
        """A date such as 2024-10-15, or none. Raises ImproperlyConfigured for a day that does not exist."""
        value = self.text(name)
        if not value:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise self.wrong(name, "a date such as 2024-10-15") from None

    def database(self, name: str, default: Path, *, statement_seconds: int = 30) -> dict[str, Any]:
        """Django's form of a database address; relative SQLite files lie under `root`."""
        address = self.text(name, f"sqlite:///{default}")
        try:
            database = environ.Env.db_url_config(address)
        except (ImproperlyConfigured, ValueError, KeyError):
            raise self.wrong(
                name, "an address such as postgres://user:password@host:5432/name"
            ) from None
        if database.get("ENGINE") not in {
            "django.db.backends.sqlite3",
            "django.db.backends.postgresql",
        }:
            raise self.wrong(name, "an address that begins with sqlite:// or postgres://")
        if is_sqlite(database) and database["NAME"] != ":memory:":
            database["NAME"] = str(self.root / database["NAME"])
        return dict(database) | connection_options(database, statement_seconds=statement_seconds)

    def mail(self, name: str, folder: Path) -> dict[str, Any]:
        """Django's e-mail settings from an address; without one, messages become files in `folder`."""
        address = self.text(name)
        if not address:
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": str(folder),
            }
        if address.startswith("notify://"):
            return self._notify(name, address)
        try:
            return {
                key: value
                for key, value in environ.Env.email_url_config(address).items()
                if value is not None
            }
        except (ImproperlyConfigured, ValueError, KeyError):
            raise self.wrong(name, "an address such as smtp+tls://user:password@host:587") from None

    def _notify(self, name: str, address: str) -> dict[str, Any]:
        """Of GOV.UK Notify: a key ends with the ids of service and secret, a template has one itself."""
        found = NOTIFY.fullmatch(address)
        if found is None:
            raise self.wrong(name, "an address such as notify://:key@host/template")
        return {
            "EMAIL_BACKEND": "hertsend.jobs.notify.NotifyBackend",
            "NOTIFY_ADDRESS": f"https://{found['host']}",
            "NOTIFY_SERVICE": found["service"],
            "NOTIFY_SECRET": found["secret"],
            "NOTIFY_TEMPLATE": found["template"],
        }

    def cache(self, name: str, folder: Path) -> dict[str, Any]:
        """Django's form of a cache address; without one, files in `folder`, so that processes share it."""
        address = self.text(name, f"filecache://{folder}")
        try:
            return dict(environ.Env.cache_url_config(address))
        except (ImproperlyConfigured, ValueError, KeyError):
            raise self.wrong(name, "an address such as redis://host:6379/1") from None

    def wrong(self, name: str, wanted: str) -> ImproperlyConfigured:
        """The error for a value that makes no sense. The value is not repeated: it may be a secret."""
        return ImproperlyConfigured(
            f"{name} is set to something that is not {wanted}. On your own machine: `unset {name}` or set it in the"
            " command. With docker compose: correct it in the file .env. In production: correct it where the service"
            " gets its environment. All variables are explained in docs/configuration.md."
        )


def is_sqlite(database: Mapping[str, Any]) -> bool:
    return str(database["ENGINE"]) == "django.db.backends.sqlite3"


def connection_options(database: Mapping[str, Any], *, statement_seconds: int) -> dict[str, Any]:
    """How a connection behaves: who writes first, and how long anything may wait or take."""
    options = dict(database.get("OPTIONS", {}))
    if is_sqlite(database):
        # All three belong together: with the write-ahead log alone, two writers still fail at once.
        pragmas = (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;"
        )
        mode = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"OPTIONS": mode}
    options["options"] = (
        f"-c statement_timeout={statement_seconds}s -c lock_timeout=10s"
        " -c idle_in_transaction_session_timeout=60s"
    )
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def kept_secret(path: Path) -> str:
    """A random key for one machine: made once, kept in a file that only its owner can read.

    Several processes may ask at once for a key that is not there yet; all of them get the same one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
