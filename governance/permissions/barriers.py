"""Who raises, sees to and answers what hinders a workstream."""

from typing import Any

from django.db import models

from governance.models import Barrier
from governance.permissions.risks import scope_of_risk
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.roles import Permission
from plans.models import Plan, Workstream


def visible_barriers(user: Any) -> models.QuerySet[Barrier]:
    """The barriers that the person may read, with the register of risks."""
    readers = access.of(user).partnerships_where(Permission.READ_RISKS)
    return Barrier.objects.filter(plan__partnership__in=readers)


def raises_barriers(held: Access, plan: Plan, workstream: Workstream) -> bool:
    """Whether somebody raises and closes the barriers of a workstream."""
    return held.may(Permission.RAISE_BARRIER, **scope_of_risk(plan, workstream))


def streams_of_barriers(user: Any, plan: Plan) -> list[Workstream]:
    """The workstreams for which the person raises barriers."""
    held = access.of(user)
    return [stream for stream in plan.workstreams.all() if raises_barriers(held, plan, stream)]


def assigns_barriers(held: Access, plan: Plan) -> bool:
    """Whether somebody says who sees to a barrier, and may answer any."""
    return held.may(Permission.ANSWER_BARRIER, partnership_id=plan.partnership_id)


def may_own_barrier(held: Access, plan: Plan) -> bool:
    """Whether somebody may be named as owner of a barrier."""
    return held.may(Permission.OWN_RISK, partnership_id=plan.partnership_id)


def answers_barrier(held: Access, barrier: Barrier, *, person_id: int | None) -> bool:
    """Whether somebody answers this barrier: its owner, or who answers all; never who raised it."""
    if person_id == barrier.raised_by_id:
        return False
    owns = person_id == barrier.owner_id and may_own_barrier(held, barrier.plan)
    return owns or assigns_barriers(held, barrier.plan)
