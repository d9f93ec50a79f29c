"""Who may see and keep the assurance programme."""

from typing import Any

from django.db import models

from governance.models import Audit, AuditFinding
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from plans.models import Plan


def visible_audits(user: Any) -> models.QuerySet[Audit]:
    """The audits that the person may read."""
    readers = access.of(user).partnerships_where(Permission.READ_AUDITS)
    return Audit.objects.filter(plan__partnership__in=readers)


def visible_findings(user: Any) -> models.QuerySet[AuditFinding]:
    """What the audits that the person may read have found."""
    return AuditFinding.objects.filter(audit__in=visible_audits(user))


def require_audits(user: Any, plan: Plan) -> None:
    """Refuse whoever may read the plan but not its audits. Raises ``NotAllowed``."""
    access.require(user, Permission.READ_AUDITS, partnership_id=plan.partnership_id)


def manages_audits(user: Any, plan: Plan) -> bool:
    """Whether the person keeps the assurance programme."""
    return access.of(user).may(Permission.MANAGE_AUDITS, partnership_id=plan.partnership_id)


def require_audit_manager(user: Any, plan: Plan) -> None:
    """Refuse whoever does not keep the assurance programme. Raises ``NotAllowed``."""
    access.require(user, Permission.MANAGE_AUDITS, partnership_id=plan.partnership_id)
