"""What every change of a milestone or a month does first: lock it.

In one order, so that no two wait for each other for ever: the plan, an action, milestones by their
primary key, a month. Without the key (``no_key``), so that a row which merely points at a locked one,
such as a request that names another milestone, need not wait.
"""

import functools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import IntegrityError
from django.db.models import QuerySet

from hertsend.errors import Conflict
from plans.models import Action, Milestone, Plan, ReportingPeriod

Result = TypeVar("Result")

FIRST_COME = "Someone else saved this milestone a moment before you."


def lock(milestone: Milestone) -> Milestone:
    """The row as it is stored now, locked until the transaction ends, with what rights ask for."""
    return _locked_milestones().get(pk=milestone.pk)


def lock_all(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Several rows, each locked once and in one order. Two queries, however many."""
    wanted = {each.pk for each in milestones}
    return list(_locked_milestones().filter(pk__in=wanted).order_by("pk"))


def _locked_milestones() -> QuerySet[Milestone]:
    return (
        Milestone.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan", "action__workstream")
        .prefetch_related("action__areas")
    )


def lock_action(action: Action) -> Action:
    """The action as it is stored now, locked until the transaction ends, with what rights ask for."""
    return (
        Action.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan", "workstream")
        .prefetch_related("areas")
        .get(pk=action.pk)
    )


def lock_plan(plan: Plan) -> Plan:
    """The plan's row, locked: the gate through which every change of its calendar goes."""
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def lock_period(period: ReportingPeriod) -> ReportingPeriod:
    """The month as it is stored now, locked until the transaction ends."""
    return (
        ReportingPeriod.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan")
        .get(pk=period.pk)
    )


def unique_means_conflict(service: Callable[..., Result]) -> Callable[..., Result]:
    """Turn the refusal of a unique key into a ``Conflict``: the backstop behind the lock.

    Stands outside the transaction of the service, so that the transaction is rolled back whole.
    """

    @functools.wraps(service)
    def guarded(*args: Any, **kwargs: Any) -> Result:
        try:
            return service(*args, **kwargs)
        except IntegrityError as error:
            if "unique" not in str(error).lower():
                raise
            raise Conflict(FIRST_COME) from error

    return guarded
