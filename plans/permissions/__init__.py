"""Who may see and do what in the plan: rows, fields and acts.

Rows are reached only through ``visible_to``; what a row shows is decided by ``visible_fields``,
which pages, API, history, CSV, search and conflict messages share. The tables are in ``fields``.
"""

import datetime as dt
from typing import Any, TypeVar

from django.db import models

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from plans.models import Action, Milestone, Plan, RecurringCommitment, UpdateDraft, Workstream
from plans.permissions.fields import (
    EXCEPTION_RECORDS,
    INTERNAL_FIELDS,
    OFFICER_FIELDS,
    PATH_TO_PARTNERSHIP,
    PEOPLE_FIELDS,
    PLAIN_FIELDS,
    SHARED_WITH_FAMILIES,
)

Row = TypeVar("Row", bound=models.Model)


def visible_to(user: Any, model: type[Row]) -> models.QuerySet[Row]:
    """The rows of ``model`` that the person may read: those of their partnerships, no others.

    Drafts reach no further than the workstream and the programme office.
    """
    held = access.of(user)
    path = PATH_TO_PARTNERSHIP[model]
    if model is UpdateDraft:
        return model._default_manager.filter(_where_drafts_are_read(held, path))
    rows = model._default_manager.filter(
        **{f"{path}__in": held.partnerships_where(Permission.READ_PLAN)}
    )
    if model not in SHARED_WITH_FAMILIES:
        return rows
    reads_all = models.Q(**{f"{path}__in": held.partnerships_where(Permission.READ_OFFICERS_WORDS)})
    return rows.filter(reads_all | SHARED_WITH_FAMILIES[model])


def _where_drafts_are_read(held: access.Access, path: str) -> models.Q:
    """The whole partnership for some roles, one workstream of it for others, else nothing."""
    readable = models.Q(pk__in=())
    for grant in held.grants_of(Permission.READ_DRAFTS):
        here = models.Q(**{path: grant.partnership_id})
        if grant.scope_key:
            here &= models.Q(milestone__action__workstream__key=grant.scope_key)
        readable |= here
    return readable


def visible_fields(user: Any, model: type[models.Model], *, partnership_id: int) -> frozenset[str]:
    """The names of the fields of a record that the person may see in that partnership.

    ``"people"`` and ``"contacts"`` are in the answer where names and addresses may be shown.
    """
    held = access.of(user)
    shown: set[str] = set()
    for permission, fields in (
        (Permission.READ_PLAIN_ENGLISH, PLAIN_FIELDS.get(model, frozenset())),
        (Permission.READ_OFFICERS_WORDS, OFFICER_FIELDS.get(model, frozenset())),
        (Permission.READ_PEOPLE, PEOPLE_FIELDS.get(model, frozenset()) | {"people"}),
        (Permission.READ_INTERNAL_NOTES, INTERNAL_FIELDS.get(model, frozenset())),
        (Permission.READ_CONTACT_DETAILS, frozenset({"contacts"})),
    ):
        if held.may(permission, partnership_id=partnership_id):
            shown |= fields
    return frozenset(shown)


def scope_of(milestone: Milestone) -> dict[str, Any]:
    """Where a milestone stands, in the words that ``access`` asks for."""
    action = milestone.action
    return {
        "partnership_id": milestone.plan.partnership_id,
        "workstream_key": action.workstream.key,
        "area_keys": [area.key for area in action.areas.all()],
    }


def scope_of_action(action: Action) -> dict[str, Any]:
    """Where an action stands, in the words that ``access`` asks for."""
    return {
        "partnership_id": action.plan.partnership_id,
        "workstream_key": action.workstream.key,
        "area_keys": [area.key for area in action.areas.all()],
    }


def scope_of_commitment(commitment: RecurringCommitment) -> dict[str, Any]:
    """Where a commitment stands; one of no action is the whole partnership's."""
    if commitment.action is None:
        return {"partnership_id": commitment.plan.partnership_id}
    return scope_of_action(commitment.action)


def may_propose_impact(user: Any, action: Action) -> bool:
    """Whether the person's role lets them rate the impact of this action."""
    return access.of(user).may(Permission.UPDATE_MILESTONE, **scope_of_action(action))


def may_confirm_impact(user: Any, action: Action) -> bool:
    """Whether the person is a joint chair accountable for one of the action's areas."""
    return access.of(user).may(Permission.CONFIRM_IMPACT, **scope_of_action(action))


def may_confirm_commitment(user: Any, *, partnership_id: int) -> bool:
    """Whether the person says how recurring commitments come again, and when they end."""
    return access.of(user).may(Permission.CONFIRM_COMMITMENT, partnership_id=partnership_id)


def may_record_occurrence(user: Any, commitment: RecurringCommitment) -> bool:
    """Whether the person's role lets them say what was done of this commitment."""
    return access.of(user).may(Permission.UPDATE_MILESTONE, **scope_of_commitment(commitment))


def may_update(user: Any, milestone: Milestone) -> bool:
    """Whether the person's role lets them update this milestone (not whether the month is open)."""
    return access.of(user).may(Permission.UPDATE_MILESTONE, **scope_of(milestone))


def may_read_drafts(user: Any, workstream: Workstream) -> bool:
    """Whether the person sees what is typed for a workstream's return and not yet sent."""
    return access.of(user).may(Permission.READ_DRAFTS, **scope_of_workstream(workstream))


def scope_of_workstream(workstream: Workstream) -> dict[str, Any]:
    """Where a workstream stands, in the words that ``access`` asks for."""
    return {
        "partnership_id": workstream.plan.partnership_id,
        "workstream_key": workstream.key,
    }


def may_sign_off(user: Any, milestone: Milestone) -> bool:
    """Whether the person is a joint chair accountable for one of the milestone's areas."""
    return access.of(user).may(Permission.SIGN_OFF_MILESTONE, **scope_of(milestone))


def may_sign_off_action(user: Any, action: Action) -> bool:
    """Whether the person is a joint chair accountable for one of the action's areas."""
    return access.of(user).may(Permission.SIGN_OFF_MILESTONE, **scope_of_action(action))


def may_update_action(user: Any, action: Action) -> bool:
    """Whether the person's role lets them add evidence to this action."""
    return access.of(user).may(Permission.UPDATE_MILESTONE, **scope_of_action(action))


def may_withdraw(user: Any, milestone: Milestone) -> bool:
    """Whether the person may withdraw this milestone by a decision of the board."""
    return access.of(user).may(Permission.WITHDRAW_MILESTONE, **scope_of(milestone))


def may_challenge(user: Any, milestone: Milestone) -> bool:
    """Whether the person sits on the board or the Executive, and so may challenge an exception."""
    return access.of(user).may(Permission.CHALLENGE_EXCEPTION, **scope_of(milestone))


def may_record_deep_dive(user: Any, milestone: Milestone) -> bool:
    """Whether the person's role lets them say what became of a deep dive."""
    return access.of(user).may(Permission.RECORD_DEEP_DIVE, **scope_of(milestone))


def may_answer_escalation(user: Any, milestone: Milestone) -> bool:
    """Whether the person answers for the Executive."""
    return access.of(user).may(Permission.ANSWER_ESCALATION, **scope_of(milestone))


def may_decide_date(user: Any, milestone: Milestone) -> bool:
    """Whether the person is a joint chair accountable for one of the milestone's areas."""
    return access.of(user).may(Permission.DECIDE_DATE_CHANGE, **scope_of(milestone))


def reads_officers_words(user: Any, plan: Plan) -> bool:
    """Whether the person reads what leads write, and so what is said of exceptions and dates."""
    return access.of(user).may(Permission.READ_OFFICERS_WORDS, partnership_id=plan.partnership_id)


def require_officers_words(user: Any, plan: Plan) -> None:
    """Refuse whoever reads the plan in plain English only. Raises ``NotAllowed``."""
    access.require(user, Permission.READ_OFFICERS_WORDS, partnership_id=plan.partnership_id)


def visible_exception_fields(user: Any, plan: Plan) -> frozenset[str]:
    """The fields of reports, questions, deep dives, escalations and date requests that they may see."""
    return frozenset().union(
        *(
            visible_fields(user, model, partnership_id=plan.partnership_id)
            for model in EXCEPTION_RECORDS
        )
    )


def reads_only_plain_english(user: Any, *, partnership_id: int) -> bool:
    """Whether the person sees the families' view: no officers' words anywhere."""
    return not access.of(user).may(Permission.READ_OFFICERS_WORDS, partnership_id=partnership_id)


def people_who_update(milestone: Milestone, *, on: dt.date) -> list[User]:
    """Everyone whose role lets them update this milestone on a day."""
    return access.people_with(Permission.UPDATE_MILESTONE, on=on, **scope_of(milestone))
