"""A worker of its own for tests of races and kills: does what it is told, one JSON line at a time.

Started as ``python -m tests.hertsend.jobs.process``. A command may ask it to look first and to act
when told so, which puts two processes into the same gap between looking and acting. ``bypass``
replaces the conditional claim by one that trusts the look: the control of each race.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - after the set-up that models need
from django.db import IntegrityError, transaction  # noqa: E402

from hertsend import dates  # noqa: E402
from hertsend.jobs import registry, services  # noqa: E402
from hertsend.jobs.enums import CLAIMABLE_JOB_STATES, JobState  # noqa: E402
from hertsend.jobs.models import Job, Message  # noqa: E402

looked_at: dict[int, Job] = {}


def say(**answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def hear() -> dict[str, Any]:
    line = sys.stdin.readline()
    if not line:
        sys.exit()
    return json.loads(line)


@registry.handler("tests.write_line")
def write_line(*, path: str, hold_first: bool = False) -> None:
    """Leave an effect that another process can count; the first run may stop half way."""
    file = Path(path)
    is_first = not file.exists()
    with file.open("a", encoding="ascii") as lines:
        lines.write("begun\n")
    if hold_first and is_first:
        say(holding=True)
        hear()
    with file.open("a", encoding="ascii") as lines:
        lines.write("finished\n")


@registry.renderer("tests.digest")
def digest(**_: Any) -> registry.Mail:
    return registry.Mail(subject="Due this week", text="Three milestones.")


def claim_without_condition(*, job_id: int) -> Job | None:
    """Trust what was seen, and store it: the mistake that the conditional claim prevents."""
    job = looked_at[job_id]
    if job.state not in CLAIMABLE_JOB_STATES:
        return None
    job.state, job.claimed_at, job.attempts = JobState.RUNNING, dates.now(), job.attempts + 1
    job.save()
    return job


def look(command: dict[str, Any]) -> None:
    if "job" in command:
        job = Job.objects.get(pk=command["job"])
        looked_at[job.pk] = job
        say(saw=job.state)
    else:
        say(saw=Message.objects.filter(key=command["key"]).count())
    hear()


def run(command: dict[str, Any]) -> dict[str, Any]:
    bypassed = {True: claim_without_condition, False: services.claim}
    services.jobs.claim = bypassed[command.get("bypass", False)]
    return {"ran": services.run(job_id=command["job"]) is not None}


def plan(command: dict[str, Any]) -> dict[str, Any]:
    """Plan a message in a transaction that does something else before and after."""
    recipient = get_user_model().objects.get(pk=command["recipient"])
    values = {"kind": "tests.digest", "key": command["key"], "recipient": recipient}
    own = f"{command['key']} {os.getpid()}"
    day = dates.today()
    try:
        with transaction.atomic():
            services.enqueue_on_commit(kind="tests.write_line", key=f"{own} before")
            if command.get("bypass"):
                header = f"<{own}@example.com>"
                message = Message.objects.create(
                    day=day, planned_at=dates.now(), header_message_id=header, **values
                )
            else:
                message = services.plan_message(day=day, **values)
            services.enqueue_on_commit(kind="tests.write_line", key=f"{own} after")
    except IntegrityError:
        return {"planned": None}
    return {"planned": message is not None}


def enqueue(command: dict[str, Any]) -> dict[str, Any]:
    with transaction.atomic():
        job = services.enqueue_on_commit(
            kind="tests.write_line", key=command["key"], arguments={"path": command["path"]}
        )
    return {"job": job.pk}


def send(command: dict[str, Any]) -> dict[str, Any]:
    return {"sent": services.send_message(message_id=command["message"]) is not None}


ACTS = {"run": run, "plan": plan, "enqueue": enqueue, "send": send}


def main() -> None:
    say(ready=True)
    while True:
        command = hear()
        if command.get("look"):
            look(command)
        say(**ACTS[command["act"]](command))


if __name__ == "__main__":
    main()
