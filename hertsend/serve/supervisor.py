"""Keeps the site's processes running: starts them in order, restarts one that died, stops all of them.

For one machine. A container platform starts each of them by itself (docker-compose.yml).
"""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

Report = Callable[[str], None]

SECONDS_TO_STOP = 20
# A process that dies this often within the span is broken, and starting it again only hides that.
DEATHS_ALLOWED = 5
SPAN_OF_DEATHS = 60.0
PAUSE = 0.1
DIE_WITH_PARENT = 1


class BrokenProcess(Exception):
    """A process died again and again, or before the site answered; the message names it."""


@dataclass
class Program:
    """One process to keep: its name in messages, its command, and when it died."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)

    def start(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            self.command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            preexec_fn=stop_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads here
        )

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def dies_too_often(self, at: float) -> bool:
        """Count a death at this moment (seconds); whether there are now too many."""
        self.deaths = [death for death in self.deaths if at - death < SPAN_OF_DEATHS] + [at]
        return len(self.deaths) >= DEATHS_ALLOWED


def stop_with_parent() -> None:
    """Ask Linux to end the child when its parent is killed, so that no server keeps the port."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


class Supervisor:
    """Runs programs until it is told to stop by SIGTERM or SIGINT."""

    def __init__(self, programs: list[Program], environment: Mapping[str, str], report: Report):
        self.programs = programs
        self.environment = environment
        self.report = report
        self.stopping = False

    def run(
        self, *, ready: Callable[[], bool], when_ready: Callable[[], None], patience: float
    ) -> None:
        """Start the first program, then the others once `ready` says so, and watch over all of them.

        `ready` is asked for at most `patience` seconds; `when_ready` is called once, with everything started.
        Raises BrokenProcess after stopping the rest.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        try:
            self.start_first(ready, patience)
            if not self.stopping:
                for program in self.programs[1:]:
                    program.start(self.environment)
                when_ready()
            while not self.stopping:
                self.watch(time.monotonic())
                time.sleep(PAUSE)
        finally:
            self.end()

    def start_first(self, ready: Callable[[], bool], patience: float) -> None:
        first = self.programs[0]
        first.start(self.environment)
        deadline = time.monotonic() + patience
        while not self.stopping and not ready():
            if first.died():
                raise BrokenProcess(
                    f"The {first.name} process ended before it answered; its own words are above."
                )
            if time.monotonic() > deadline:
                raise BrokenProcess(
                    f"The {first.name} process did not answer within {patience:.0f} seconds."
                )
            time.sleep(PAUSE)

    def watch(self, at: float) -> None:
        """Start again what has died; `at` is the moment in seconds."""
        for program in self.programs:
            if self.stopping or not program.died():
                continue
            if program.dies_too_often(at):
                raise BrokenProcess(
                    f"The {program.name} process dies again and again; its own words are above."
                )
            self.report(f"The {program.name} process ended and is started again.")
            program.start(self.environment)

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Leave the loop; `run` then ends the processes."""
        self.stopping = True

    def end(self) -> None:
        """Ask all processes to finish what they do, the web server last; kill what does not in time."""
        running = [program.process for program in reversed(self.programs) if program.process]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
