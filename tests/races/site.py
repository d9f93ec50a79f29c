"""The site as it is served: gunicorn with four worker processes, on a port and database of its own."""

import http.client
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.hertsend.site_process import ROOT, environment, free_port
from tests.races.databases import Database

WORKERS = 4
SECRET_KEY = "a key that is worth nothing, for sites that live for one race"
PATIENCE = 240
OVERDUE = 20


class Site:
    """A database and the processes that work on it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.port = free_port()
        self.environment = environment(
            folder,
            DATABASE_URL=database.url,
            DJANGO_SETTINGS_MODULE="hertsend.settings",
            HERTSEND_ENVIRONMENT="test",
            HERTSEND_DEMONSTRATION="1",
            HERTSEND_CLOCK="2024-09-03",
            HERTSEND_LOG_LEVEL="ERROR",
            # One for the site that is prepared and its copies, so that a session opens both.
            SECRET_KEY=SECRET_KEY,
            PORT=str(self.port),
        )

    def start(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a module of this checkout, to be spoken to."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, module: str, *arguments: str, said: str = "", patience: int = PATIENCE) -> Any:
        """Run a module to its end and answer the JSON of its last line."""
        process = self.start(module, *arguments)
        try:
            answer, complaint = process.communicate(said, timeout=patience)
        finally:
            process.kill()
        assert process.returncode == 0, complaint
        return json.loads(answer.splitlines()[-1])

    def command(self, *arguments: str) -> Any:
        """Ask ``tests.races.commands``."""
        return self.ask("tests.races.commands", *arguments)

    @contextmanager
    def served(self, application: str = "hertsend.wsgi"):
        """Serve it with as many worker processes as the race needs, until the block ends."""
        server = self.start(
            "gunicorn",
            f"{application}:application",
            f"--bind=127.0.0.1:{self.port}",
            "--preload",
            "--no-control-socket",
            f"--workers={WORKERS}",
            "--worker-class=gthread",
            "--threads=4",
            "--log-level=error",
        )
        try:
            self._wait(server)
            yield self
        finally:
            server.terminate()
            _, complaint = server.communicate(timeout=PATIENCE)
        assert "Traceback" not in complaint, complaint

    def _wait(self, server: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert server.poll() is None, server.communicate()[1]
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
