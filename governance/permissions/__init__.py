"""Who may see which returns and packs, and which words a dashboard or a pack may show."""

from typing import Any

from django.db import models
from django.db.models import Q

from governance.enums import Edition
from governance.models import (
    Group,
    Membership,
    Return,
    ReturnReminder,
    RhythmDecision,
    TermsOfReference,
)
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed
from plans import permissions
from plans.models import (
    ActionSignOff,
    DateChangeRequest,
    Escalation,
    Evidence,
    ExceptionReport,
    ImpactDecision,
    ImpactRating,
    MilestoneException,
    MilestoneUpdate,
    OccurrenceRecord,
    PeriodUnfreezing,
    Plan,
    StageChange,
    Workstream,
)
from plans.permissions.fields import (
    EXCEPTION_RECORDS,
    INTERNAL_FIELDS,
    OFFICER_FIELDS,
    PEOPLE_FIELDS,
    PLAIN_FIELDS,
)

JUDGEMENTS: tuple[type[models.Model], ...] = (ImpactRating, ImpactDecision, OccurrenceRecord)
WORDED: tuple[type[models.Model], ...] = (
    MilestoneUpdate,
    StageChange,
    PeriodUnfreezing,
    *EXCEPTION_RECORDS,
    *JUDGEMENTS,
)
"""The records whose words a dashboard shows; the names of their fields do not clash in meaning."""


TOLD_BY_STOCKTAKES: tuple[type[models.Model], ...] = (
    *WORDED,
    ActionSignOff,
    DateChangeRequest,
    Escalation,
    Evidence,
    ExceptionReport,
    ImpactDecision,
    ImpactRating,
    MilestoneException,
)
"""The records of which a stocktake tells."""


def fields_of_stocktake(user: Any, plan: Plan) -> dict[type[models.Model], frozenset[str]]:
    """The fields of each record that the person may see in a stocktake.

    It is handed on as a document, so internal notes never go in, whoever asks.
    """
    return {
        model: permissions.visible_fields(user, model, partnership_id=plan.partnership_id)
        - INTERNAL_FIELDS.get(model, frozenset())
        for model in TOLD_BY_STOCKTAKES
    }


def visible_returns(user: Any) -> models.QuerySet[Return]:
    """The returns whose state the person may see: a partnership's, or their own workstream's."""
    held = access.of(user)
    partnership = "period__plan__partnership"
    readable = Q(**{f"{partnership}__in": held.partnerships_where(Permission.READ_RETURNS)})
    for grant in held.grants_of(Permission.READ_DRAFTS):
        readable |= Q(**{partnership: grant.partnership_id, "workstream__key": grant.scope_key})
    return Return.objects.filter(readable)


def visible_rhythm_decisions(user: Any) -> models.QuerySet[RhythmDecision]:
    """The decisions on the rhythm that the person may read, with the board's papers."""
    partnerships = access.of(user).partnerships_where(Permission.READ_BOARD_PACK)
    return RhythmDecision.objects.filter(plan__partnership__in=partnerships)


def fields_of_rhythm(user: Any, plan: Plan) -> frozenset[str]:
    """The fields of decisions on the rhythm that the person may see beside the rhythm itself."""
    held, place = access.of(user), plan.partnership_id
    shown = {
        "reason": held.may(Permission.READ_BOARD_PACK, partnership_id=place),
        "by": held.may(Permission.READ_PEOPLE, partnership_id=place),
    }
    return frozenset(name for name, is_shown in shown.items() if is_shown)


def may_decide_rhythm(user: Any, plan: Plan) -> bool:
    """Whether the person chairs the executive, who decides how often it meets."""
    return access.of(user).may(Permission.DECIDE_RHYTHM, partnership_id=plan.partnership_id)


def require_drafts(user: Any, workstream: Workstream) -> None:
    """Refuse whoever may read the plan but not what a workstream is typing. Raises ``NotAllowed``."""
    if not permissions.may_read_drafts(user, workstream):
        raise NotAllowed(
            "Only the leads of this workstream and the programme office open its return."
        )


def may_decide(user: Any, plan: Plan) -> bool:
    """Whether the person's role lets them accept returns or send them back."""
    return access.of(user).may(Permission.DECIDE_RETURN, partnership_id=plan.partnership_id)


def may_chase(user: Any, plan: Plan) -> bool:
    """Whether the person's role lets them send reminders of returns."""
    return access.of(user).may(Permission.CHASE_RETURN, partnership_id=plan.partnership_id)


def require_chasing(user: Any, plan: Plan) -> None:
    """Refuse whoever sends no reminders. Raises ``NotAllowed``."""
    access.require(user, Permission.CHASE_RETURN, partnership_id=plan.partnership_id)


def visible_reminders(user: Any) -> models.QuerySet[ReturnReminder]:
    """The reminders of returns that the person may see: those of partnerships whose returns they chase."""
    chased = access.of(user).partnerships_where(Permission.CHASE_RETURN)
    return ReturnReminder.objects.filter(period__plan__partnership__in=chased)


def reads_all_drafts(user: Any, plan: Plan) -> bool:
    """Whether the person sees the drafts of every workstream of the plan."""
    grants = access.of(user).grants_of(Permission.READ_DRAFTS)
    return any(
        grant.partnership_id == plan.partnership_id and not grant.scope_key for grant in grants
    )


def require_returns(user: Any, plan: Plan) -> None:
    """Refuse whoever may read the plan but not who has reported. Raises ``NotAllowed``."""
    access.require(user, Permission.READ_RETURNS, partnership_id=plan.partnership_id)


def require_deciding(user: Any, plan: Plan) -> None:
    """Refuse whoever decides on no returns. Raises ``NotAllowed``."""
    access.require(user, Permission.DECIDE_RETURN, partnership_id=plan.partnership_id)


def may_read_returns(user: Any, plan: Plan) -> bool:
    """Whether the person sees who has reported and who has not."""
    return access.of(user).may(Permission.READ_RETURNS, partnership_id=plan.partnership_id)


def visible_groups(user: Any) -> models.QuerySet[Group]:
    """The groups of the plans that the person may read."""
    partnerships = access.of(user).partnerships_where(Permission.READ_PLAN)
    return Group.objects.filter(plan__partnership__in=partnerships)


def visible_memberships(user: Any) -> models.QuerySet[Membership]:
    """Who sits in the groups that the person may see; names are for readers of people alone."""
    return Membership.objects.filter(group__in=visible_groups(user))


def visible_terms(user: Any) -> models.QuerySet[TermsOfReference]:
    """The terms of reference, those of the past among them, of the groups that the person may see."""
    return TermsOfReference.objects.filter(group__in=visible_groups(user))


def may_manage_groups(user: Any, plan: Plan) -> bool:
    """Whether the person keeps the groups, their members and terms of reference."""
    return access.of(user).may(Permission.MANAGE_GROUPS, partnership_id=plan.partnership_id)


def reads_people(user: Any, plan: Plan) -> bool:
    """Whether names of people may be shown."""
    return access.of(user).may(Permission.READ_PEOPLE, partnership_id=plan.partnership_id)


def require_board_papers(user: Any, plan: Plan) -> None:
    """Refuse whoever may read the plan but not the board's papers. Raises ``NotAllowed``."""
    access.require(user, Permission.READ_BOARD_PACK, partnership_id=plan.partnership_id)


def may_set_assurance(user: Any, plan: Plan) -> bool:
    """Whether the person chairs the executive, who rates how sure one may be of each area."""
    return access.of(user).may(Permission.SET_ASSURANCE, partnership_id=plan.partnership_id)


ASSURANCE_FIELDS: tuple[tuple[Permission, frozenset[str]], ...] = (
    (Permission.READ_PLAIN_ENGLISH, frozenset({"area", "number", "level", "at"})),
    (Permission.READ_OFFICERS_WORDS, frozenset({"reasons"})),
    (Permission.READ_PEOPLE, frozenset({"by"})),
)
"""Who may see which fields of an assurance rating: the word is for everyone who reads the plan."""


_FOR_EVERYONE = Permission.READ_PLAIN_ENGLISH


def visible_of_assurance(user: Any, plan: Plan) -> frozenset[str]:
    """The fields of assurance ratings that the person may see."""
    held = access.of(user)
    return frozenset().union(
        *(
            fields
            for permission, fields in ASSURANCE_FIELDS
            if held.may(permission, partnership_id=plan.partnership_id)
        )
    )


def visible_words(user: Any, plan: Plan) -> frozenset[str]:
    """The fields of updates, acts, exceptions, dates, reopenings and judgements that a person sees."""
    return visible_of_assurance(user, plan).union(
        *(
            permissions.visible_fields(user, model, partnership_id=plan.partnership_id)
            for model in WORDED
        )
    )


def words_of_packs(edition: Edition = Edition.BOARD) -> frozenset[str]:
    """The fields that go into a pack of an edition: what all of its readers see.

    Board and Executive: what a board member sees, without internal notes; a pack is handed on to
    advisers, for whom these are closed. Families: what everyone who reads the plan sees.
    """
    if edition == Edition.FAMILIES:
        plain = (fields for needs, fields in ASSURANCE_FIELDS if needs == _FOR_EVERYONE)
        return frozenset().union(*(PLAIN_FIELDS[model] for model in WORDED), *plain)
    kinds = (PLAIN_FIELDS, OFFICER_FIELDS, PEOPLE_FIELDS)
    of_assurance = (fields for _, fields in ASSURANCE_FIELDS)
    return frozenset().union(
        *(fields[model] for fields in kinds for model in WORDED), *of_assurance
    )
