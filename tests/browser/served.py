"""The site as people use it: a web server in a process of its own, on a database file of its own.

The file is filled once for all processes of a run (``tests.browser.prepare``) and copied for each;
after a test that wrote something, the copy is put back under the running server in milliseconds.
"""

import fcntl
import http.client
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.hertsend.site_process import ROOT, environment, free_port

PATIENCE, PATIENCE_TO_PREPARE = 180, 900
CLOCK = "2024-10-15"


class Served:
    """A prepared database, a copy of it, and the server that works on the copy."""

    def __init__(self, shared: Path, own: Path) -> None:
        self.shared, self.own = shared, own
        self.own.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.known: dict[str, Any] = {}
        self._heard = 0

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator["Served"]:
        """Prepare the database unless another process did, and serve a copy until the block ends."""
        self.known = self._prepared()
        self.restore()
        log = self._log.open("w")
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "hertsend.wsgi:application",
                f"--bind=127.0.0.1:{self.port}",
                "--no-control-socket",
                "--worker-class=gthread",
                "--threads=8",
                "--log-level=warning",
            ],
            cwd=ROOT,
            env=self._environment(self.own, self.database),
            stderr=log,
        )
        try:
            self._wait(server)
            yield self
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)
            log.close()
        assert "Traceback" not in self._new_complaints(), self._new_complaints()

    @contextmanager
    def complaining(self, words: str) -> Iterator[None]:
        """Inside the block the server is expected to complain, with these words in what it says."""
        assert "Traceback" not in self._new_complaints(), self._new_complaints()
        yield
        complaints = self._new_complaints()
        assert words in complaints, complaints
        self._heard += len(complaints)

    def _new_complaints(self) -> str:
        return self._log.read_text()[self._heard :]

    def restore(self) -> None:
        """Put everything back as it was prepared; the server need not be stopped for it."""
        with (
            closing(sqlite3.connect(self._original)) as original,
            closing(sqlite3.connect(self.database)) as copy,
        ):
            original.backup(copy)
        # What was counted against one reader: wrong passwords above all.
        shutil.rmtree(self.own / "cache", ignore_errors=True)

    @property
    def _log(self) -> Path:
        return self.own / "server.log"

    @property
    def _original(self) -> Path:
        return self.shared / "prepared.sqlite3"

    @property
    def database(self) -> Path:
        """The file that the server works on."""
        return self.own / "served.sqlite3"

    def _environment(self, data: Path, database: Path) -> dict[str, str]:
        return environment(
            data,
            DATABASE_URL=f"sqlite:///{database}",
            DJANGO_SETTINGS_MODULE="hertsend.settings",
            HERTSEND_ENVIRONMENT="development",
            HERTSEND_DEMONSTRATION="1",
            HERTSEND_CLOCK=CLOCK,
            HERTSEND_LOG_LEVEL="ERROR",
            # One for all, so that the sessions that were prepared open every copy.
            SECRET_KEY="a key that is worth nothing, for a site that lives for one run",
            PORT=str(self.port),
        )

    def _prepared(self) -> dict[str, Any]:
        """What the preparation answered; the first process of a run does it while the rest wait."""
        self.shared.mkdir(parents=True, exist_ok=True)
        answer = self.shared / "prepared.json"
        with (self.shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not answer.exists():
                answer.write_text(self._prepare())
        return json.loads(answer.read_text())

    def _prepare(self) -> str:
        data = self.shared / "data"
        data.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.prepare"],
            cwd=ROOT,
            env=self._environment(data, self._original),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_TO_PREPARE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1]

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert server.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, "The site did not answer in time."
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()
