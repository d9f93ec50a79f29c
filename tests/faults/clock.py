"""A clock that all processes of a fault test share: faster than the real one, and set ahead by the test.

It lies in a file, so that a year passes in minutes and a process that was killed comes back into it.
"""

import datetime as dt
import json
import time
from pathlib import Path

from hertsend import dates

SPEED = 20
"""So many seconds pass in one."""


class Clock:
    """The moment that is written in a file, and what has passed since."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"

    def set(self, moment: dt.datetime) -> None:
        """Let it be ``moment`` for everybody."""
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps({"moment": moment.isoformat(), "set_at": time.time()}))
        new.replace(self.file)

    def now(self) -> dt.datetime:
        """This moment, in Europe/London."""
        read = json.loads(self.file.read_text())
        passed = dt.timedelta(seconds=(time.time() - read["set_at"]) * SPEED)
        moment = dt.datetime.fromisoformat(read["moment"]).astimezone(dt.UTC)
        return (moment + passed).astimezone(dates.LONDON)

    def rule(self) -> None:
        """Let the application in this process read it."""
        dates.now = self.now
