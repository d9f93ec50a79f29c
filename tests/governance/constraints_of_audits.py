"""Illegal states of audits and findings."""

from typing import Any

from governance import models
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, World, noon
from tests.governance.constraints_of_groups import YESTERDAY, body, document
from tests.refusals import Refusal


def audit(world: World, number: int) -> dict[str, Any]:
    """An audit that is done, with its report as a file, by its number."""
    return {
        "plan": world.plan,
        "key": f"A{number}",
        "title": "Plans of spring",
        "kind": "audit",
        "focus": "Outcomes.",
        "auditor": "Quality team",
        "planned_on": TODAY,
        "state": "done",
        "done_on": TODAY,
        "summary": "A quarter is good.",
        "report_file": document(world, 90 + number),
        "reported_to": body(world),
        "reported_on": TODAY,
    }


def finding(world: World, number: int) -> dict[str, Any]:
    """A finding by its number."""
    row = models.Audit.objects.filter(plan=world.plan, key="A9").first()
    if row is None:
        row = models.Audit(**audit(world, 9))
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return {
        "audit": row,
        "number": number,
        "kind": "works",
        "text": "Children are heard.",
        "by": world.people[Role.PROGRAMME_OFFICE],
        "at": noon(TODAY),
    }


VALID = {models.Audit: audit, models.AuditFinding: finding}

_NOTHING = {
    "done_on": None,
    "summary": "",
    "report_file": None,
    "reported_to": None,
    "reported_on": None,
}

REFUSALS = [
    Refusal("audit_key_once", models.Audit, same=("plan", "key")),
    Refusal("governance.audit.report_file", models.Audit, same=("report_file",)),
    Refusal("audit_known_kind_and_state", models.Audit, {"kind": "party"}),
    Refusal("audit_has_words", models.Audit, {"title": ""}),
    Refusal("audit_has_words", models.Audit, {"focus": ""}),
    Refusal("audit_has_words", models.Audit, {"auditor": ""}),
    Refusal("audit_done_when_and_what", models.Audit, {"summary": ""}),
    Refusal(
        "audit_done_when_and_what", models.Audit, _NOTHING | {"state": "planned", "summary": "So."}
    ),
    Refusal("audit_link_or_file", models.Audit, {"report_link": "https://example.org/"}),
    Refusal("audit_cancelled_with_reason", models.Audit, {"cancelled_reason": "So."}),
    Refusal("audit_cancelled_with_reason", models.Audit, _NOTHING | {"state": "cancelled"}),
    Refusal("audit_reported_once_done", models.Audit, {"reported_to": None}),
    Refusal("audit_reported_once_done", models.Audit, {"reported_on": YESTERDAY}),
    Refusal("finding_number_once", models.AuditFinding, same=("audit", "number")),
    Refusal("finding_has_words", models.AuditFinding, {"number": 0}),
    Refusal("finding_has_words", models.AuditFinding, {"text": ""}),
    Refusal("finding_known_kind", models.AuditFinding, {"kind": "rumour"}),
]
