"""Keeps the site's processes running: starts them in order, restarts one that died, stops all of them.

For one machine. A container platform starts each of them by itself (docker-compose.yml).
"""

import ctypes
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from types import FrameType

Report = Callable[[str], None]

SECONDS_TO_STOP = 20
# A process that dies this often within the span is broken, and starting it again only hides that.
DEATHS_ALLOWED = 5
SPAN_OF_DEATHS = 60.0
PAUSE = 0.05
DIE_WITH_PARENT = 1
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

# A fork shares what was imported: the site answers in half the time that separate programs need.
FORK = multiprocessing.get_context("fork")


class BrokenProcessError(Exception):
    """A process died again and again, or before the site answered; the message names it."""


@dataclass
class Program:
    """One process to keep: its name in messages, what it runs, and when it died.

    `main` returns or raises SystemExit when the process is over. It starts from a copy of this process, so
    no database or network connection may be open here when it does.
    """

    name: str
    main: Callable[[], None]
    process: ForkProcess | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process; one that ended before is forgotten."""
        self.process = FORK.Process(target=run_alone, args=(self.main,), name=self.name)
        # Held back until the copy has its own handling; otherwise a stop at this moment would be lost on it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        self.process.start()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def died(self) -> bool:
        """Whether it was started and is no longer there."""
        return self.process is not None and not self.process.is_alive()

    def dies_too_often(self, at: float) -> bool:
        """Count a death at this moment (seconds); whether there are now too many."""
        self.deaths = [death for death in self.deaths if at - death < SPAN_OF_DEATHS] + [at]
        return len(self.deaths) >= DEATHS_ALLOWED


def run_alone(main: Callable[[], None]) -> None:
    """Run a program in its own process, without the supervisor's handling of signals."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    if sys.platform == "linux":
        # When the supervisor is killed outright, no server keeps the port.
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
    main()


class Supervisor:
    """Runs programs until it is told to stop by SIGTERM or SIGINT."""

    def __init__(self, programs: list[Program], report: Report):
        self.programs = programs
        self.report = report
        self.stopping = False

    def run(
        self, *, ready: Callable[[], bool], when_ready: Callable[[], None], patience: float
    ) -> None:
        """Start the first program, then the others once `ready` says so, and watch over all of them.

        `ready` is asked for at most `patience` seconds; `when_ready` is called once, with everything started.
        Raises BrokenProcessError after stopping the rest.
        """
        for number in STOP_SIGNALS:
            signal.signal(number, self.stop)
        try:
            self.start_first(ready, patience)
            if not self.stopping:
                for program in self.programs[1:]:
                    program.start()
                when_ready()
            while not self.stopping:
                self.watch(time.monotonic())
                time.sleep(PAUSE)
        finally:
            self.end()

    def start_first(self, ready: Callable[[], bool], patience: float) -> None:
        first = self.programs[0]
        first.start()
        deadline = time.monotonic() + patience
        while not self.stopping and not ready():
            if first.died():
                raise BrokenProcessError(
                    f"The {first.name} process ended before it answered; its own words are above."
                )
            if time.monotonic() > deadline:
                raise BrokenProcessError(
                    f"The {first.name} process did not answer within {patience:.0f} seconds."
                )
            time.sleep(PAUSE)

    def watch(self, at: float) -> None:
        """Start again what has died; `at` is the moment in seconds."""
        for program in self.programs:
            if self.stopping or not program.died():
                continue
            if program.dies_too_often(at):
                raise BrokenProcessError(
                    f"The {program.name} process dies again and again; its own words are above."
                )
            self.report(f"The {program.name} process ended and is started again.")
            program.start()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Leave the loop; `run` then ends the processes."""
        self.stopping = True

    def end(self) -> None:
        """Ask all processes to finish what they do, the web server last; kill what does not in time."""
        running = [program.process for program in reversed(self.programs) if program.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            process.join(timeout=max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
