"""Who may see and do what in the plan: rows, fields and acts.

Rows are reached only through ``visible_to``; what a row shows is decided by ``visible_fields``,
which pages, API, history, CSV, search and conflict messages share.
"""

import datetime as dt
from typing import Any, TypeVar

from django.db import models

from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission
from plans.models import (
    Action,
    Ambition,
    Area,
    DateChange,
    GlossaryTerm,
    Judgement,
    Milestone,
    MilestoneException,
    MilestoneUpdate,
    Plan,
    PlanSection,
    ReportingPeriod,
    StageChange,
    Workstream,
)

Row = TypeVar("Row", bound=models.Model)

PATH_TO_PARTNERSHIP: dict[type[models.Model], str] = {
    Plan: "partnership",
    PlanSection: "plan__partnership",
    Area: "plan__partnership",
    Ambition: "plan__partnership",
    Workstream: "plan__partnership",
    Action: "plan__partnership",
    GlossaryTerm: "plan__partnership",
    Judgement: "plan__partnership",
    ReportingPeriod: "plan__partnership",
    Milestone: "plan__partnership",
    MilestoneUpdate: "milestone__plan__partnership",
    StageChange: "milestone__plan__partnership",
    DateChange: "milestone__plan__partnership",
    MilestoneException: "milestone__plan__partnership",
    Post: "partnership",
}

PLAIN_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset(
        {"period", "stage", "rating", "forecast_on", "sentence_for_families", "at", "version"}
    ),
    StageChange: frozenset({"act", "from_stage", "to_stage", "at", "version"}),
    DateChange: frozenset({"number", "agreed_on", "at"}),
    MilestoneException: frozenset({"overdue_since", "opened_at", "closed_at", "closure"}),
}
"""What everyone who reads the plan may see of a record, parent carer representatives included."""

OFFICER_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset(
        {"what_happened", "what_is_next", "reason_for_rating", "best_rating", "base_version"}
    ),
    StageChange: frozenset({"words", "evidence_link", "evidence_shareable", "fingerprint"}),
    DateChange: frozenset({"reason", "decision"}),
    MilestoneException: frozenset(),
}
"""A lead's raw words and what else is for those who run and watch the plan."""

PEOPLE_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset({"by", "on_behalf_of"}),
    StageChange: frozenset({"by"}),
    DateChange: frozenset({"requested_by", "decided_by"}),
    MilestoneException: frozenset(),
}

INTERNAL_FIELDS: dict[type[models.Model], frozenset[str]] = {
    MilestoneUpdate: frozenset({"internal_note"}),
    StageChange: frozenset(),
    DateChange: frozenset(),
    MilestoneException: frozenset(),
}


def visible_to(user: Any, model: type[Row]) -> models.QuerySet[Row]:
    """The rows of ``model`` that the person may read: those of their partnerships, no others."""
    partnerships = access.of(user).partnerships_where(Permission.READ_PLAN)
    path = PATH_TO_PARTNERSHIP[model]
    return model._default_manager.filter(**{f"{path}__in": partnerships})


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


def may_update(user: Any, milestone: Milestone) -> bool:
    """Whether the person's role lets them update this milestone (not whether the month is open)."""
    return access.of(user).may(Permission.UPDATE_MILESTONE, **scope_of(milestone))


def may_sign_off(user: Any, milestone: Milestone) -> bool:
    """Whether the person is a joint chair accountable for one of the milestone's areas."""
    return access.of(user).may(Permission.SIGN_OFF_MILESTONE, **scope_of(milestone))


def may_withdraw(user: Any, milestone: Milestone) -> bool:
    """Whether the person may withdraw this milestone by a decision of the board."""
    return access.of(user).may(Permission.WITHDRAW_MILESTONE, **scope_of(milestone))


def reads_only_plain_english(user: Any, *, partnership_id: int) -> bool:
    """Whether the person sees the families' view: no officers' words anywhere."""
    return not access.of(user).may(Permission.READ_OFFICERS_WORDS, partnership_id=partnership_id)


def people_who_update(milestone: Milestone, *, on: dt.date) -> list[User]:
    """Everyone whose role lets them update this milestone on a day."""
    return access.people_with(Permission.UPDATE_MILESTONE, on=on, **scope_of(milestone))
