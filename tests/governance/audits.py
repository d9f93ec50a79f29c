"""Audits in a small world, kept through the services."""

import datetime as dt
from typing import Any

from governance.models import Audit, AuditFinding, Group
from governance.policies.audits import AuditWords, ReportWords
from governance.services import audits, groups
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World, at

WORDS = {
    "title": "Plans issued in spring",
    "kind": "audit",
    "focus": "Whether outcomes can be measured.",
    "auditor": "Quality assurance team",
    "planned_on": dt.date(2024, 9, 2),
    "is_multi_agency": True,
}


def words(**changed: Any) -> AuditWords:
    """What is said of an audit."""
    return AuditWords(**(WORDS | changed))


def office(world: World) -> User:
    """Who keeps the programme."""
    return world.people[Role.PROGRAMME_OFFICE]


def planned(world: World, *, by: User | None = None, key: str = "", **said: Any) -> Audit:
    """An audit in the programme."""
    with at(TODAY):
        return audits.plan_audit(
            plan=world.plan,
            words=words(**said),
            workstream=None,
            by=by or office(world),
            submission_key=key,
        )


def reported(audit: Audit, *, by: User, **changed: Any) -> Audit:
    """The audit is done."""
    given = {"done_on": TODAY, "summary": "A quarter is good.", "link": "https://example.org/a"}
    now = Audit.objects.get(pk=audit.pk)
    version = changed.pop("base_version", now.version)
    with at(TODAY):
        return audits.report_audit(
            audit=now, words=ReportWords(**(given | changed)), base_version=version, by=by
        )


def found(audit: Audit, *, by: User, **changed: Any) -> AuditFinding:
    """Something that it found."""
    given = {"kind": "to_improve", "text": "Outcomes name no change."} | changed
    with at(TODAY):
        return audits.add_finding(audit=audit, by=by, **given)


def board(world: World) -> Group:
    """The group that has its reports."""
    known = Group.objects.filter(plan=world.plan, tier="board").first()
    if known is not None:
        return known
    with at(TODAY):
        return groups.add_group(plan=world.plan, name="Board", tier="board", by=office(world))


def told(audit: Audit, group: Group, *, by: User, on: dt.date = TODAY) -> Audit:
    """A group had its report."""
    now = Audit.objects.get(pk=audit.pk)
    with at(TODAY):
        return audits.tell_group(
            audit=now, group=group, reported_on=on, base_version=now.version, by=by
        )
