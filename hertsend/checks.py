"""What production must have before it starts. Each refusal is a sentence that says what to set."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
FEWEST_DIFFERENT_CHARACTERS = 10
# Beginnings of keys that stand in generated projects, examples and tutorials.
DEFAULT_KEYS = ("django-insecure-", "change", "secret", "default", "example", "insecure", "test")
MAIL_THAT_NOBODY_GETS = ("console", "filebased", "locmem", "dummy")


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Stop the process when production settings are unsafe; raises ImproperlyConfigured with every reason."""
    problems = production_problems(settings)
    if problems:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        raise ImproperlyConfigured(f"hertsend does not start in production like this:\n{listed}")


def production_problems(settings: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing that is unsafe in production; `settings` holds Django's names."""
    return [
        *key_problems(settings["SECRET_KEY"]),
        *address_problems(settings["SITE_ORIGIN"], settings["ALLOWED_HOSTS"]),
        *mode_problems(settings),
        *service_problems(settings),
        *file_problems(settings),
    ]


def key_problems(key: str) -> list[str]:
    if not key:
        return [
            "SECRET_KEY is not set: set it to 50 or more random characters, the same for every process."
        ]
    if key.lower().startswith(DEFAULT_KEYS):
        return ["SECRET_KEY is a default or example key: set it to 50 or more random characters."]
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DIFFERENT_CHARACTERS:
        return ["SECRET_KEY is too short or too simple: set it to 50 or more random characters."]
    return []


def address_problems(origin: str, hosts: list[str]) -> list[str]:
    problems = []
    if not hosts:
        problems.append(
            "ALLOWED_HOSTS is not set: set it to the host names of the site, separated by commas."
        )
    elif any("*" in host for host in hosts):
        problems.append(
            "ALLOWED_HOSTS contains *: name the hosts of the site instead, separated by commas."
        )
    parts = urlsplit(origin)
    if not origin:
        problems.append(
            "SITE_ORIGIN is not set: set it to the address of the site, such as https://send.example.org."
        )
    elif parts.scheme != "https" or not parts.hostname or parts.path or parts.query:
        problems.append(
            "SITE_ORIGIN is not an https address without a path: set it to one like https://send.example.org."
        )
    elif hosts and "*" not in hosts and not allowed(parts.hostname, hosts):
        problems.append(
            "ALLOWED_HOSTS does not contain the host of SITE_ORIGIN: add it, or correct SITE_ORIGIN."
        )
    return problems


def allowed(hostname: str, hosts: list[str]) -> bool:
    return any(
        hostname == host or (host.startswith(".") and hostname.endswith(host)) for host in hosts
    )


def mode_problems(settings: Mapping[str, Any]) -> list[str]:
    problems = []
    if settings["DEBUG"]:
        problems.append("DEBUG is on, which shows secrets to readers: unset DEBUG or set DEBUG=0.")
    if settings["HERTSEND_DEMONSTRATION"]:
        problems.append(
            "HERTSEND_DEMONSTRATION is on, which fills the site with invented progress: unset it."
        )
    if settings["HERTSEND_CLOCK"]:
        problems.append("HERTSEND_CLOCK sets the date, which is for demonstrations: unset it.")
    if settings["CELERY_TASK_ALWAYS_EAGER"]:
        problems.append(
            "HERTSEND_EAGER is on, which runs jobs inside a reader's request: unset it."
        )
    return problems


def service_problems(settings: Mapping[str, Any]) -> list[str]:
    problems = []
    sqlite = settings["DATABASES"]["default"]["ENGINE"].endswith("sqlite3")
    if sqlite and not settings["HERTSEND_ALLOW_SQLITE"]:
        problems.append(
            "DATABASE_URL is unset or names a SQLite file: set it to postgres://user:password@host:5432/name,"
            " or set HERTSEND_ALLOW_SQLITE=1 if one machine with one file is what you want."
        )
    if any(f".{backend}." in settings["EMAIL_BACKEND"] for backend in MAIL_THAT_NOBODY_GETS):
        problems.append(
            "EMAIL_URL is unset or sends nothing: set it to smtp+tls://user:password@host:587."
        )
    return problems


def file_problems(settings: Mapping[str, Any]) -> list[str]:
    """Files must outlive a new version and must not be served past the checks of who may read them."""
    if not settings["HERTSEND_FILES_STATED"]:
        return [
            "HERTSEND_FILES is not set: set it to a folder that is kept and backed up, the same for web and worker."
        ]
    files = settings["HERTSEND_FILES"].resolve()
    served = [settings["STATIC_ROOT"], *settings["STATICFILES_DIRS"]]
    if any(files.is_relative_to(folder) or folder.is_relative_to(files) for folder in served):
        return ["HERTSEND_FILES lies among the static files, which everybody can read: move it."]
    return []
