"""One row of everything that has to do with evidence and signatures, stored past the services."""

import datetime as dt
from typing import Any

from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import (
    ActionSignOff,
    Evidence,
    SheetReading,
    SignatureRequest,
    SignatureSheet,
    StageChange,
    StoredFile,
)
from tests.factories.world import TODAY, World, noon

NOON = noon(TODAY)


def stored_file(world: World, number: int, **values: Any) -> StoredFile:
    """A file whose bytes are nowhere."""
    given = {
        "plan": world.plan,
        "name": f"{number}.pdf",
        "media_type": "application/pdf",
        "size": 9,
        "sha256": f"{number:064}",
        "by": world.people[Role.WORKSTREAM_LEAD],
        "at": NOON,
    }
    return StoredFile.add(**(given | values))


def evidence(world: World, **values: Any) -> Evidence:
    """A link for PA1.1-1, unless said otherwise."""
    lead = world.people[Role.WORKSTREAM_LEAD]
    link = {} if values.get("file") else {"link": "https://example.org/evidence"}
    given = {
        "action": world.actions["PA1.1"],
        "milestone": world.milestones["PA1.1-1"],
        "kind": "data",
        "title": "Waiting times",
        "dated_on": TODAY - dt.timedelta(days=30),
        "what_it_shows": "Shorter waits.",
        "added_by": lead,
        "added_at": NOON,
    }
    row = Evidence(**(given | link | values))
    save_audited(row, by=lead, reason="Set up for a test")
    return row


def all_of_them(world: World) -> None:
    """A proposal of PA1.1-1 is there already; these are the rows around it."""
    chair = world.people[Role.JOINT_CHAIR]
    signed = {"by": chair, "at": NOON}
    evidence(world, file=stored_file(world, 1))
    sheet = SignatureSheet.add(
        plan=world.plan,
        milestone=world.milestones["PA1.1-1"],
        fingerprint=f"{1:064}",
        content={"key": "PA1.1-1"},
        at=NOON,
    )
    SheetReading.add(sheet=sheet, **signed)
    proposal = StageChange.objects.filter(milestone=world.milestones["PA1.1-1"]).latest("version")
    SignatureRequest.add(proposal=proposal, **signed)
    ActionSignOff.add(
        action=world.actions["PA1.1"],
        number=1,
        act="reopened",
        role=Role.JOINT_CHAIR,
        words="One came back.",
        **signed,
    )
