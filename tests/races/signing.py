"""One person of a race for a signature, in a process of their own: ``python -m tests.races.signing``.

Arguments: the plan, the act, and ``checked`` or ``unchecked``. Each line on standard input is a
milestone as it was read (key, version, fingerprint); the process answers "ready", waits for a word,
acts, and answers what came of it as a line of JSON.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - after the set-up that models need

from hertsend.accounts.models import User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.errors import Conflict, RuleBroken  # noqa: E402
from plans import policies  # noqa: E402
from plans.models import Milestone, ReportingPeriod  # noqa: E402
from plans.policies import UpdateWords  # noqa: E402
from plans.services import milestones  # noqa: E402
from plans.services.milestones import signing  # noqa: E402
from tests.factories.world import TODAY, at  # noqa: E402

Read = dict[str, Any]


def person(role: Role, number: int = 0) -> User:
    """The person of the world with a role, by the order in which they were made."""
    held = {"role_assignments__role": role, "role_assignments__scope_key__in": ["", "PA1"]}
    return User.objects.filter(**held).order_by("pk")[number]


def sign(milestone: Milestone, read: Read) -> Any:
    """A joint chair signs what they were shown."""
    return milestones.sign_off(
        milestone=milestone, fingerprint=read["fingerprint"], by=person(Role.JOINT_CHAIR)
    )


def give_back(milestone: Milestone, read: Read) -> Any:
    """Another joint chair returns it."""
    return milestones.return_proposal(
        milestone=milestone,
        words="Not yet.",
        base_version=read["version"],
        by=person(Role.JOINT_CHAIR, 1),
    )


def edit(milestone: Milestone, read: Read) -> Any:
    """The lead reports on it while it waits."""
    return milestones.record_update(
        milestone=milestone,
        period=ReportingPeriod.objects.get(plan=milestone.plan, month="2024-08-01"),
        words=UpdateWords(
            stage="proposed_complete", rating="green", what_happened="One thing more."
        ),
        base_version=read["version"],
        by=person(Role.WORKSTREAM_LEAD),
    )


def take_back(milestone: Milestone, read: Read) -> Any:
    """The programme office takes the proposal back."""
    return milestones.take_back(
        milestone=milestone,
        words="A part is missing.",
        base_version=read["version"],
        by=person(Role.PROGRAMME_OFFICE),
    )


def withdraw(milestone: Milestone, read: Read) -> Any:
    """The board withdraws it."""
    return milestones.withdraw(
        milestone=milestone,
        words="Decided.",
        base_version=read["version"],
        by=person(Role.JOINT_CHAIR, 1),
    )


def reopen(milestone: Milestone, read: Read) -> Any:
    """A joint chair who reckons with a signature takes it back at once."""
    return milestones.reopen(
        milestone=milestone,
        words="Not all of it.",
        base_version=read["version"] + 1,
        by=person(Role.JOINT_CHAIR, 1),
    )


ACTS: dict[str, Callable[[Milestone, Read], Any]] = {
    "sign": sign,
    "return": give_back,
    "edit": edit,
    "take back": take_back,
    "withdraw": withdraw,
    "reopen": reopen,
}


def never_look(*_: Any, **__: Any) -> bool:
    """The control: whatever was shown, it is what stands now."""
    return True


def look_away() -> None:
    """Switch off every check that what was read is what stands."""
    policies.check_version = never_look
    signing.refuse_if_changed = signing.refuse_unless_shown = never_look


def outcome(act: str, milestone: Milestone, read: Read) -> Read:
    """What came of an act: the version that it made, or the kind of its refusal."""
    try:
        row = ACTS[act](milestone, read)
    except (Conflict, RuleBroken) as refusal:
        return {"act": act, "key": read["key"], "accepted": False, "told": type(refusal).__name__}
    return {"act": act, "key": read["key"], "accepted": True, "version": row.version}


def main(plan: str, act: str, checks: str) -> None:
    """Act on each line until there is none."""
    if checks == "unchecked":
        look_away()
    with at(TODAY):
        for line in sys.stdin:
            read = json.loads(line)
            milestone = Milestone.objects.get(plan__slug=plan, key=read["key"])
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.readline()
            answer = outcome(act, milestone, read)
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
