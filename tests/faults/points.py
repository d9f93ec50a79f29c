"""The points at which a worker is killed: around each commit, and in the midst of each piece of work.

A file in a folder stands for one kill. Whoever comes by first takes it away and dies, so that each
point is met exactly as often as the test laid files there.
"""

import os
import signal
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from governance.boardpack import content, renderings
from governance.enums import PackState
from governance.services import pack_runs, packs
from hertsend.jobs import mail
from hertsend.jobs.services import jobs, sweeping

CLAIMED = "a job is claimed"
ASKING = "packs are being asked for"
PLANNED = "a pack is planned"
READING = "its content is being read"
STORING = "its content is stored and not committed"
STORED = "its content is committed"
LAYING_OUT = "it is being laid out"
LAID_OUT = "it is laid out"
NOTING = "that it is laid out is not committed"
NOTED = "that it is laid out is committed"
SENDING = "an e-mail is about to be sent"
HALF_SENT = "half of an e-mail is sent"
ACCEPTED = "an e-mail was accepted and that is not noted"
WAKING = "the sweeper wakes workers"

POINTS = (
    *(CLAIMED, ASKING, PLANNED, READING, STORING, STORED, LAYING_OUT, LAID_OUT, NOTING, NOTED),
    *(SENDING, HALF_SENT, ACCEPTED, WAKING),
)

LONGEST_WAIT = 4
"""Seconds that one waits for another."""

CHILD, WORKER = "child", "worker"
"""Who dies: the process that does the work, or with it the one that fetches the work."""


class Graves:
    """The kills that are still to happen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "kills"
        self.folder.mkdir(exist_ok=True)

    def lay(self, point: str, who: str) -> None:
        """Let the next who comes by at this point die."""
        (self.folder / point).write_text(who)

    def waiting(self) -> list[str]:
        """The points at which nobody has died yet."""
        return sorted(each.name for each in self.folder.iterdir() if each.name in POINTS)

    def take(self, point: str) -> Path | None:
        """Take the kill of this point, for this process alone; None where there is none."""
        taken = self.folder / f"{point} {os.getpid()} {time.monotonic_ns()}"
        try:
            (self.folder / point).rename(taken)
        except FileNotFoundError:
            return None
        return taken

    def die(self, taken: Path | None) -> None:
        """Die of what was taken, if anything was."""
        if taken is None:
            return
        if taken.read_text() == WORKER:
            os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    def died(self) -> int:
        """How many died."""
        return sum(each.name not in POINTS for each in self.folder.iterdir())


def arm(graves: Graves) -> None:
    """Let this process die at the points."""
    for place, name, point, is_before, is_here in _places():
        setattr(place, name, _dying(getattr(place, name), graves, point, is_before, is_here))
    made = renderings.RENDERINGS
    made["pdf"] = _dying(made["pdf"], graves, LAYING_OUT, is_before=True)
    smtplib.SMTP.data = _half(graves, smtplib.SMTP.data)


def meet(folder: Path) -> None:
    """Let two who ask for the same packs, or plan the same pack, be at it at the same moment."""
    asked, planned = pack_runs.ask_for, pack_runs._planned

    def ask_for(**named: Any) -> Any:
        answer = asked(**named)
        _wait_for_another(folder, "asking")
        return answer

    def plan(period: Any, edition: str, **named: Any) -> Any:
        _wait_for_another(folder, f"planning {period.pk} {edition}")
        return planned(period, edition, **named)

    pack_runs.ask_for, pack_runs._planned = ask_for, plan


def _wait_for_another(folder: Path, what: str) -> None:
    """Until a second process is here; or not, as when it waits for what this one has locked."""
    (folder / f"{what}.{os.getpid()}").touch()
    deadline = time.monotonic() + LONGEST_WAIT
    while len(list(folder.glob(f"{what}.*"))) == 1 and time.monotonic() < deadline:
        threading.Event().wait(0.02)


def _places() -> Iterator[tuple[Any, str, str, bool, Callable[..., bool]]]:
    """Module, function, point, whether before it, and whether this call of it is meant."""
    before, after = True, False
    yield jobs, "claim", CLAIMED, after, _is_of_pack
    yield pack_runs, "ask_for", ASKING, after, _always
    yield pack_runs, "plan_run", PLANNED, after, _always
    yield content, "to_json", READING, before, _always
    yield pack_runs, "mark_read", STORING, after, _always
    yield packs, "store", STORED, after, _always
    yield packs, "render_all", LAID_OUT, after, _always
    yield pack_runs, "save_changed", NOTING, after, _is_laid_out
    yield pack_runs, "mark_rendered", NOTED, after, _always
    yield mail, "connection", SENDING, before, _always
    yield mail, "hand_over", ACCEPTED, after, _always
    yield sweeping, "wake", WAKING, after, _always


def _always(_answer: Any, **_given: Any) -> bool:
    return True


def _is_of_pack(job: Any, **_given: Any) -> bool:
    return job is not None and job.kind == packs.ASSEMBLE_PACK


def _is_laid_out(_answer: Any, **given: Any) -> bool:
    return given.get("state") == PackState.RENDERED


def _dying(
    function: Callable[..., Any],
    graves: Graves,
    point: str,
    is_before: bool,
    is_here: Callable[..., bool] = _always,
) -> Callable[..., Any]:
    def act(*given: Any, **named: Any) -> Any:
        if is_before:
            graves.die(graves.take(point))
        answer = function(*given, **named)
        if not is_before and is_here(answer, **named):
            graves.die(graves.take(point))
        return answer

    return act


def _half(graves: Graves, data: Callable[..., Any]) -> Callable[..., Any]:
    """Send the first half of an e-mail's text and die."""

    def act(self: smtplib.SMTP, message: bytes) -> Any:
        if (taken := graves.take(HALF_SENT)) is not None:
            self.docmd("data")
            self.sock.sendall(message[: len(message) // 2])
            graves.die(taken)
        return data(self, message)

    return act
