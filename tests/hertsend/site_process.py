"""Runs a Python of this checkout as a person would: in a process of its own, with an environment of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A complete production environment, made up; each test takes something away or spoils it.
PRODUCTION = {
    "HERTSEND_ENVIRONMENT": "production",
    "SECRET_KEY": "k3yQ8-pZr_W1nVx0TgUaB7cLs5MdEoHj2FiY9KwRzXqNvPtG6S4u",
    "SITE_ORIGIN": "https://send.example.org",
    "ALLOWED_HOSTS": "send.example.org",
    "DATABASE_URL": "postgres://hertsend:word@db.example.org:5432/hertsend",
    "CELERY_BROKER_URL": "redis://redis.example.org:6379/0",
    "CACHE_URL": "redis://redis.example.org:6379/1",
    "EMAIL_URL": "smtp+tls://hertsend:word@mail.example.org:587",
    "HERTSEND_FILES": "data/files",
}


def environment(data: Path, **variables: str) -> dict[str, str]:
    """Only what a bare process needs, a data folder of the test's own, and these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"HERTSEND_DATA": str(data)} | variables


def run(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run this checkout's Python with these arguments and variables and wait for its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(data, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
