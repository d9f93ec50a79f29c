"""A worker or a beat of the fault test: ``python -m tests.faults.worker worker|beat NAME``.

The application as it is in production, with the test's clock, a timetable that runs as fast as that,
and the points at which it dies.
"""

import datetime as dt
import os
import sys
from pathlib import Path

import django

django.setup()

from hertsend.celery import SCHEDULE, app  # noqa: E402 - after the set-up that models need
from tests.faults import points, unguarded  # noqa: E402
from tests.faults.clock import Clock  # noqa: E402

MINUTE, HOUR = dt.timedelta(seconds=3), dt.timedelta(seconds=6)
"""A minute of the test's clock; and for an hour, as nobody would wait that long, two of them."""

TOLD = {
    "hertsend.jobs.tasks.sweep": MINUTE,
    "plans.tasks.advance_periods": HOUR,
    "governance.tasks.make_returns": HOUR,
    "governance.tasks.assemble_packs": HOUR,
}
"""What the timetable asks for here and how often: all on which a pack depends."""

VISIBILITY = 5
"""Seconds after which Redis hands out again what nobody has confirmed."""


def main(what: str, name: str) -> None:
    """Become one of the two."""
    folder = Path(os.environ["FAULTS"])
    Clock(folder).rule()
    app.conf.beat_schedule = {
        key: entry | {"schedule": TOLD[entry["task"]]}
        for key, entry in SCHEDULE.items()
        if entry["task"] in TOLD
    }
    options = app.conf.broker_transport_options
    app.conf.broker_transport_options = options | {"visibility_timeout": VISIBILITY}
    quiet = ["--loglevel", "ERROR"]
    if what == "beat":
        app.start(["beat", "--schedule", str(folder / name), "--pidfile", "", *quiet])
        return
    if os.environ.get("WITHOUT") == "commit":
        unguarded.send_before_commit()
    points.arm(points.Graves(folder))
    if os.environ.get("MEETING"):
        points.meet(folder)
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    app.start(
        [
            "worker",
            "--hostname",
            f"{name}@here",
            "--concurrency",
            os.environ["HANDS"],
            *alone,
            *quiet,
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
