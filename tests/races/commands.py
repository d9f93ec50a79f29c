"""What a race asks of the application, each in a process of its own: ``python -m tests.races.commands``.

``prepare`` makes the tables and a world with eight writers; ``unguard`` removes the constraint that
stands behind the version check; ``stored`` tells what is stored of a milestone; ``act`` waits for a
word, then flags what is overdue or proposes milestones complete. Answers are one line of JSON.
"""

import datetime as dt
import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the set-up that models need
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from hertsend.accounts.models import User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.accounts.services import tokens  # noqa: E402
from plans import selectors  # noqa: E402
from plans.models import Milestone, MilestoneException, MilestoneUpdate, Plan  # noqa: E402
from plans.policies import Sheet  # noqa: E402
from plans.services import exceptions, milestones  # noqa: E402
from tests.factories import models as make  # noqa: E402
from tests.factories.evidence import link  # noqa: E402
from tests.factories.world import TODAY, World, at  # noqa: E402
from tests.races.site import OVERDUE  # noqa: E402

WRITERS = 8

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def prepare() -> dict[str, Any]:
    """Tables, a world, its writers (half by form, half by API), and milestones past their date."""
    call_command("migrate", verbosity=0)
    world = World.build()
    with at(TODAY):
        writers = [writer(world, number) for number in range(WRITERS)]
        for number in range(OVERDUE):
            make.MilestoneFactory(
                action=world.actions["PA1.1"], key=f"LATE-{number}", due_on=dt.date(2024, 8, 30)
            )
    return {"plan": world.plan.slug, "milestone": "PA1.1-1", "writers": writers}


def writer(world: World, number: int) -> dict[str, str]:
    """A person who may update PA1.1-1, and how they knock."""
    office = number >= WRITERS - 2
    role, scope = (Role.PROGRAMME_OFFICE, "") if office else (Role.WORKSTREAM_LEAD, "PA1")
    person = world.person(role, scope)
    if number % 2:
        return {"door": "api", "key": tokens.create(by=person)}
    browser = Client()
    browser.force_login(person, backend=BACKEND)
    return {"door": "form", "key": browser.cookies[settings.SESSION_COOKIE_NAME].value}


def unguard() -> dict[str, Any]:
    """Let two updates share a base version, as if the database had no say."""
    constraints = MilestoneUpdate._meta.constraints
    (constraint,) = [each for each in constraints if each.name == "update_base_version_once"]
    # SQLite makes the table anew from what the model says.
    MilestoneUpdate._meta.constraints = [each for each in constraints if each is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(MilestoneUpdate, constraint)
    return {"removed": constraint.name}


def stored(plan: str, key: str) -> dict[str, Any]:
    """What is stored of a milestone."""
    milestone = Milestone.objects.get(plan__slug=plan, key=key)
    return {
        "version": milestone.version,
        "history": milestone.history.filter(history_type="~").count(),
        "updates": list(
            milestone.updates.order_by("version").values("version", "base_version", "what_happened")
        ),
    }


def act(plan: str, what: str) -> dict[str, Any]:
    """Wait for a word on standard input; then flag, or propose every late milestone complete."""
    row = Plan.objects.get(slug=plan)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with at(TODAY):
        return {"flag": flag, "propose": propose}[what](row)


def flag(plan: Plan) -> dict[str, Any]:
    """What the night does, over and over; how many spells were opened."""
    system = User.objects.system()
    opened = [
        exception.milestone.key
        for _ in range(5)
        for exception in exceptions.flag_overdue(plan=plan, on=TODAY, by=system)
    ]
    return {"opened": opened}


def propose(plan: Plan) -> dict[str, Any]:
    """A lead proposes each late milestone complete, one after the other, backwards."""
    lead = User.objects.filter(role_assignments__role=Role.WORKSTREAM_LEAD).earliest("pk")
    late = Milestone.objects.filter(plan=plan, key__startswith="LATE").order_by("-pk")
    for milestone in late:
        milestones.propose_complete(
            milestone=milestone, words="Minutes", evidence=[link()], base_version=0, by=lead
        )
    return {"proposed": len(late)}


def spells(plan: str) -> dict[str, Any]:
    """The overdue spells of late milestones: how many in all, and how many are open."""
    rows = MilestoneException.objects.filter(
        milestone__plan__slug=plan, milestone__key__startswith="LATE"
    )
    return {"all": rows.count(), "open": rows.filter(closed_at=None).count()}


def proposals(plan: str, rounds: str) -> list[dict[str, Any]]:
    """As many milestones as there are rounds, each proposed complete; and what signers read of them."""
    row = Plan.objects.get(slug=plan)
    action = row.actions.get(key="PA1.1")
    lead = User.objects.filter(
        role_assignments__role=Role.WORKSTREAM_LEAD, role_assignments__scope_key="PA1"
    ).earliest("pk")
    found = []
    with at(TODAY):
        for number in range(int(rounds)):
            milestone = make.MilestoneFactory(
                action=action, key=f"SIGN-{number}", position=100 + number
            )
            milestones.propose_complete(
                milestone=milestone, words="Done.", evidence=[link()], base_version=0, by=lead
            )
            found.append(
                {
                    "key": milestone.key,
                    "version": 1,
                    "fingerprint": selectors.fingerprint_of(milestone),
                }
            )
    return found


def signatures(plan: str) -> dict[str, Any]:
    """What is stored of each milestone of the race, beyond its proposal."""
    rows = Milestone.objects.filter(plan__slug=plan, key__startswith="SIGN-")
    return {row.key: _signed(row) for row in rows.select_related("plan")}


def _signed(row: Milestone) -> dict[str, Any]:
    acts = row.stage_changes.filter(version__gt=1)
    sheets = {
        sheet.fingerprint: Sheet.of_content(sheet.content).fingerprint
        for sheet in row.signature_sheets.all()
    }
    return {
        "version": row.version,
        "stage": row.stage,
        "history": row.history.filter(history_type="~").count() - 1,
        "rows": [
            {
                "version": each.version,
                "act": each.act,
                "from": each.from_stage,
                "to": each.to_stage,
                "fingerprint": each.fingerprint,
                "sheet": sheets.get(each.fingerprint, ""),
            }
            for each in acts
        ]
        + [
            {"version": each.version, "act": "", "to": each.stage, "fingerprint": ""}
            for each in row.updates.all()
        ],
    }


COMMANDS = {
    "proposals": proposals,
    "signatures": signatures,
    "prepare": prepare,
    "unguard": unguard,
    "stored": stored,
    "act": act,
    "spells": spells,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")
