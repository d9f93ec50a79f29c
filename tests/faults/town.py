"""Two beats, three workers, a Redis and a mail server, and what is done to them."""

import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hertsend import dates
from tests.faults.clock import Clock
from tests.faults.points import CHILD, POINTS, WORKER, Graves
from tests.faults.sink import Sink
from tests.hertsend.site_process import ROOT, environment, free_port
from tests.races.databases import Database

PEOPLE = "tests.faults.people"
WORKERS, BEATS, PLAYERS = ("w1", "w2", "w3"), ("b1", "b2"), ("p1", "p2")
PATIENCE = 600
PATIENCE_WITHOUT = 60
"""Seconds in which a month is over; where something was taken away, it may never be."""

PAUSE = 0.25
KILL, RESTART = "killed", "restarted"
"""What is done to Redis."""

QUIET_TURNS = 6
"""So many looks in a row without any movement, and the clock is set ahead a minute."""


class Redis:
    """A broker that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        told = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            ["redis-server", *told, "--dir", str(self.folder)], stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        ping = ["redis-cli", "-p", str(self.port), "ping"]
        while subprocess.run(ping, capture_output=True, check=False).stdout != b"PONG\n":
            assert time.monotonic() < deadline, "Redis did not answer."

    def end(self, number: signal.Signals) -> None:
        """Stop it, gently or not; whatever was queued is gone."""
        self.process.send_signal(number)
        self.process.wait()


class Town:
    """The processes of the test and their faults; ``without`` names what a control takes away.

    Where people are ``meeting``, workers have four hands each, and two that do the same do it at the
    same moment.
    """

    def __init__(
        self, database: Database, folder: Path, *, without: str = "", meeting: bool = False
    ) -> None:
        self.without = without
        self.folder = folder
        self.clock, self.graves = Clock(folder), Graves(folder)
        self.redis, self.sink = Redis(folder), Sink()
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.deaths = 0
        self.redis_faults: list[str] = []
        self.pending: list[str] = []
        self.unheard = 0
        self.environment = environment(
            folder,
            DATABASE_URL=database.url,
            DJANGO_SETTINGS_MODULE="hertsend.settings",
            HERTSEND_ENVIRONMENT="test",
            HERTSEND_LOG_LEVEL="ERROR",
            SECRET_KEY="a key that is worth nothing, for a town that lives for one test",
            CELERY_BROKER_URL=f"redis://127.0.0.1:{self.redis.port}/0",
            EMAIL_URL=f"smtp://127.0.0.1:{self.sink.port}",
            FAULTS=str(folder),
            WITHOUT=without,
            MEETING="yes" if meeting else "",
            HANDS="4" if meeting else "1",
        )

    # --- its processes ---

    def ask(self, *command: str) -> Any:
        """Let the people do something, to its end; what they answered."""
        process = self._start("ask", PEOPLE, *command)
        answer, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, (self.folder / "ask.log").read_text()[-4000:]
        return json.loads(answer.splitlines()[-1])

    @contextlib.contextmanager
    def living(self) -> Iterator["Town"]:
        """Everything runs until the block ends."""
        self.redis.start()
        self._keep()
        self.follower = self._start("follow", PEOPLE, "follow")
        try:
            with self.sink:
                yield self
        finally:
            (self.folder / "stop").touch()
            for process in [self.follower, *self.processes.values()]:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
            self.redis.end(signal.SIGKILL)

    def progress(self) -> dict[str, int]:
        """How far everything is."""
        self.follower.stdin.write("\n")
        self.follower.stdin.flush()
        line = self.follower.stdout.readline()
        assert line, (self.folder / "follow.log").read_text()[-4000:]
        return json.loads(line)

    def _keep(self) -> None:
        """Start what is not running, as a container platform does."""
        for name in (*WORKERS, *BEATS, *PLAYERS):
            process = self.processes.get(name)
            if process is not None and process.poll() is None:
                continue
            if process is not None:
                self.deaths += 1
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
            if name in PLAYERS:
                self.processes[name] = self._start(name, PEOPLE, "act")
            else:
                what = "beat" if name in BEATS else "worker"
                self.processes[name] = self._start(name, "tests.faults.worker", what, name)

    def _start(self, name: str, *module: str) -> subprocess.Popen[str]:
        with (self.folder / f"{name}.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    # --- a month ---

    def live_through(self, month: dt.date, *, frozen: int, packs: int) -> dict[str, Any]:
        """A month's freeze, packs and e-mails under every fault, until nothing is left to do.

        ``frozen`` months and ``packs`` packs there are in the end, of all partnerships together.
        Answers what the office's page said a quarter of an hour after the last pack was issued; for a
        control, whose pages may not be there, that it said nothing.
        """
        self.clock.set(_freeze_of(month))
        self._lay_faults(month)
        self._until_quiet(frozen=frozen, packs=packs)
        if self.without:
            return {"silent": [], "unsent": 0, "again": 0}
        self.clock.set(self.clock.now() + dt.timedelta(minutes=15))
        told = self.ask("page", f"{month:%Y-%m}")
        self._until_quiet(frozen=frozen, packs=packs)
        return told

    def _lay_faults(self, month: dt.date) -> None:
        """Each point kills once, every third time the whole worker; one stall, in turn a Redis fault."""
        for number, point in enumerate(POINTS):
            self.graves.lay(point, WORKER if (number + month.month) % 3 == 0 else CHILD)
        self.sink.post.stalls += 1
        self.pending = ["beat", KILL if month.month % 2 else RESTART]

    def _until_quiet(self, *, frozen: int, packs: int) -> None:
        deadline = time.monotonic() + (PATIENCE_WITHOUT if self.without else PATIENCE)
        still, last = 0, self.progress()
        half = (last["packs"] + packs) // 2
        while True:
            self._keep()
            now = self.progress()
            self.unheard = max(self.unheard, now["unheard"])
            if self.pending and now["packs"] >= (half if len(self.pending) == 1 else 1):
                self._fault(self.pending.pop(0))
            is_done = now["frozen"] == frozen and now["issued"] == packs
            if is_done and not self.pending and not now["jobs"] and not now["mails"]:
                return
            if time.monotonic() > deadline:
                assert self.without, (now, self.graves.waiting())
                return
            still = still + 1 if now == last else 0
            last = now
            if still >= QUIET_TURNS:
                self.clock.set(self.clock.now() + dt.timedelta(minutes=1))
                still = 0
            time.sleep(PAUSE)

    def _fault(self, what: str) -> None:
        if what == "beat":
            beat = self.processes[BEATS[0]]
            os.killpg(beat.pid, signal.SIGKILL)
            return
        self.redis.end(signal.SIGKILL if what == KILL else signal.SIGTERM)
        self.redis_faults.append(what)
        self.redis.start()


def _freeze_of(month: dt.date) -> dt.datetime:
    """A quarter past midnight on the day on which a month is frozen."""
    day = dates.working_day_of_month(dates.next_month(month), 7)
    return dt.datetime.combine(day, dt.time(0, 15), tzinfo=dates.LONDON)
