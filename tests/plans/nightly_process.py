"""A worker of its own for tests of races and kills: does what it is told, one JSON line at a time.

Started as ``python -m tests.plans.nightly_process``. ``hold_at`` is a pattern of SQL: before the
first statement that matches, the process says so and waits, which puts two processes into the same
gap, or one process where it is then killed. Nothing of the application is replaced.
"""

import datetime as dt
import json
import re
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - after the set-up that models need

from hertsend import dates  # noqa: E402
from hertsend.jobs import services  # noqa: E402
from hertsend.jobs.models import Job  # noqa: E402
from plans import tasks  # noqa: E402


def say(**answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def hear() -> dict[str, Any]:
    line = sys.stdin.readline()
    if not line:
        sys.exit()
    return json.loads(line)


class Hold:
    """Waits once, before the first statement that matches."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.is_over = False

    def __call__(self, execute: Callable, sql: str, params: Any, many: Any, context: Any) -> Any:
        if not self.is_over and self.pattern.search(sql):
            self.is_over = True
            say(holding=True)
            hear()
        return execute(sql, params, many, context)


def tick(command: dict[str, Any]) -> dict[str, Any]:
    before = set(Job.objects.values_list("pk", flat=True))
    tasks.run_nightly()
    return {"jobs": Job.objects.exclude(pk__in=before).count()}


def advance(command: dict[str, Any]) -> dict[str, Any]:
    tasks.advance_periods()
    return {"advanced": True}


def calendar(command: dict[str, Any]) -> dict[str, Any]:
    """The calendar's job without its claim."""
    tasks.advance_calendar(plan_id=command["plan"], day=command["day"])
    return {"advanced": True}


def run(command: dict[str, Any]) -> dict[str, Any]:
    return {"ran": services.run(job_id=command["job"]) is not None}


def work(command: dict[str, Any]) -> dict[str, Any]:
    """The job's work without its claim, as when a slow worker and its successor meet."""
    tasks.do_nightly_work(plan_id=command["plan"], day=command["day"])
    return {"worked": True}


ACTS = {"tick": tick, "advance": advance, "calendar": calendar, "run": run, "work": work}


def _moment(command: dict[str, Any]) -> dt.datetime:
    """Noon of the day that is told, or the moment."""
    if "moment" in command:
        return dt.datetime.fromisoformat(command["moment"])
    return dt.datetime.combine(
        dt.date.fromisoformat(command["day"]), dt.time(12), tzinfo=dates.LONDON
    )


def main() -> None:
    say(ready=True)
    while True:
        command = hear()
        with ExitStack() as stack:
            stack.enter_context(dates.at(_moment(command)))
            if "hold_at" in command:
                stack.enter_context(connection.execute_wrapper(Hold(command["hold_at"])))
            answer = ACTS[command["act"]](command)
        say(**answer)


if __name__ == "__main__":
    main()
