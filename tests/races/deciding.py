"""Five people at one request for a new date, each in a process: ``python -m tests.races.deciding``.

``ask N`` makes N milestones, each with an open request. ``act NAME [unchecked]`` waits for a word
before each milestone, does what NAME does, and answers in a line whether it was done. ``stored``
tells what is stored of each. ``unchecked`` looks at nothing: the control, which must be noticed.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import IntegrityError  # noqa: E402 - after the set-up that models need

from hertsend.accounts.models import RoleAssignment, User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.errors import Conflict, RuleBroken  # noqa: E402
from plans import policies  # noqa: E402
from plans.models import Action, DateChangeRequest, Milestone  # noqa: E402
from plans.policies import RequestWords  # noqa: E402
from plans.services import date_requests  # noqa: E402
from tests.factories import models as make  # noqa: E402
from tests.factories.world import TODAY, at  # noqa: E402

FIRST, SECOND = dt.date(2024, 12, 20), dt.date(2025, 3, 28)
KEY = "ASK"


def person(plan: str, role: Role, *, last: bool = False) -> User:
    """One of the world's people with a role; with several the first or the last."""
    held = RoleAssignment.objects.filter(
        partnership__plans__slug=plan, role=role, scope_key__in=("PA1", "")
    ).order_by("pk")
    found = held.last() if last else held.first()
    assert found is not None
    return found.user


def words(day: dt.date) -> RequestWords:
    """A request for a day."""
    return RequestWords(asked_for_on=day, reason="Late.", effect_on_others="None.")


def ask(plan: str, number: str) -> dict[str, Any]:
    """Milestones whose lead has asked for a new date."""
    lead = person(plan, Role.WORKSTREAM_LEAD)
    action = Action.objects.get(plan__slug=plan, key="PA1.1")
    with at(TODAY):
        for place in range(int(number)):
            row = make.MilestoneFactory(
                action=action, key=f"{KEY}-{place:03}", position=100 + place
            )
            date_requests.request_date(milestone=row, words=words(FIRST), base_version=0, by=lead)
    return {"asked": int(number)}


def grant(plan: str, request: DateChangeRequest) -> None:
    """One joint chair grants it."""
    _decide(request, "granted", by=person(plan, Role.JOINT_CHAIR))


def refuse(plan: str, request: DateChangeRequest) -> None:
    """The other joint chair refuses it."""
    _decide(request, "refused", by=person(plan, Role.JOINT_CHAIR, last=True))


def _decide(request: DateChangeRequest, becomes: str, *, by: User) -> None:
    date_requests.decide_request(
        request=request, becomes=becomes, decision="So be it.", base_version=1, by=by
    )


def withdraw(plan: str, request: DateChangeRequest) -> None:
    """The lead takes it back."""
    date_requests.withdraw_request(
        request=request, base_version=1, by=person(plan, Role.WORKSTREAM_LEAD)
    )


def change(plan: str, request: DateChangeRequest) -> None:
    """The lead, in another window, asks for another day instead."""
    date_requests.change_request(
        request=request,
        words=words(SECOND),
        base_version=1,
        by=person(plan, Role.WORKSTREAM_LEAD),
    )


def again(plan: str, request: DateChangeRequest) -> None:
    """The programme office asks once more, having seen the first request."""
    date_requests.request_date(
        milestone=request.milestone,
        words=words(SECOND),
        base_version=1,
        by=person(plan, Role.PROGRAMME_OFFICE),
    )


ACTS: dict[str, Callable[[str, DateChangeRequest], None]] = {
    "grant": grant,
    "refuse": refuse,
    "withdraw": withdraw,
    "change": change,
    "again": again,
}


def act(plan: str, name: str, unchecked: str = "") -> None:
    """Do one act at each milestone, each at a word."""
    if unchecked:
        policies.check_version = lambda *, current, base: True  # type: ignore[assignment]
        policies.check_request_open = lambda state: None  # type: ignore[assignment]
    for row in Milestone.objects.filter(plan__slug=plan, key__startswith=KEY).order_by("key"):
        request = row.date_requests.get(number=1)
        _tell("ready")
        sys.stdin.readline()
        with at(TODAY):
            _tell(_outcome(plan, name, request))


def _outcome(plan: str, name: str, request: DateChangeRequest) -> str:
    try:
        ACTS[name](plan, request)
    except Conflict:
        return "conflict"
    except RuleBroken:
        return "refused"
    except IntegrityError:
        return "stopped by the database"
    return "done"


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stored(plan: str) -> dict[str, Any]:
    """The requests of each milestone by number, and the dates agreed for it."""
    rows = Milestone.objects.filter(plan__slug=plan, key__startswith=KEY).order_by("key")
    return {
        row.key: {
            "states": list(row.date_requests.order_by("number").values_list("state", flat=True)),
            "versions": list(
                row.date_requests.order_by("number").values_list("version", flat=True)
            ),
            "agreed": [str(day) for day in row.date_changes.values_list("agreed_on", flat=True)],
        }
        for row in rows
    }


COMMANDS = {"ask": ask, "stored": stored}

if __name__ == "__main__":
    if sys.argv[1] == "act":
        act(*sys.argv[2:])
    else:
        sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")
