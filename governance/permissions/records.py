"""Who may see and do what with decisions, requests for them and log actions: rows, fields, acts.

Members of a group read its records while they sit in it; the programme office and the Executive read
those of all groups; whoever asked for a decision or owns a log action reads that one. Taking a
decision is the one act that hangs on sitting in a group: its chairs take them, nobody else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from governance.enums import PromptKind
from governance.models import (
    Decision,
    DecisionRequest,
    Group,
    LogAction,
    LogActionNote,
    Membership,
    Prompt,
)
from governance.models.prompts import TARGETS
from governance.permissions.audits import visible_findings
from governance.permissions.families import heard_by
from governance.permissions.meetings import CHAIRS, rights_now
from governance.permissions.risks import visible_risks
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed
from kpis import permissions as measures
from kpis.models import Indicator
from plans import permissions
from plans.models import DateChangeRequest, ExceptionReport, Milestone, Plan

Row = TypeVar("Row", bound=models.Model)
Seen = Mapping[type[models.Model], frozenset[str]]

OWNED_BY: dict[type[models.Model], tuple[str, str]] = {
    DecisionRequest: ("group", "asked_by"),
    Decision: ("group", "request__asked_by"),
    LogAction: ("group", "owner"),
}
"""Of which group a record is, and who reads it without sitting in that group."""


def sits_in(user: Any) -> models.QuerySet[Group]:
    """The groups in which the person sits today."""
    seats = Membership.objects.current(dates.today()).filter(person=user.pk)
    return Group.objects.filter(pk__in=seats.values("group"))


def chairs(user: Any) -> models.QuerySet[Group]:
    """The groups that the person chairs today, alone or jointly."""
    seats = Membership.objects.current(dates.today()).filter(person=user.pk, capacity__in=CHAIRS)
    return Group.objects.filter(pk__in=seats.values("group"))


def visible_records(user: Any, model: type[Row]) -> models.QuerySet[Row]:
    """The decisions, requests or log actions that the person may read."""
    held, (group, person) = access.of(user), OWNED_BY[model]
    partnership = f"{group}__plan__partnership__in"
    everywhere = Q(**{partnership: held.partnerships_where(Permission.READ_GROUP_RECORDS)})
    here = Q(**{partnership: held.partnerships_where(Permission.READ_PLAN)})
    own = Q(**{f"{group}__in": sits_in(user)}) | Q(**{person: user.pk})
    return model._default_manager.filter(everywhere | (here & own))


def groups_read(user: Any, plan: Plan) -> models.QuerySet[Group]:
    """The groups of a plan whose records the person reads as a whole: all of them, or those sat in."""
    held = access.of(user)
    reads_all = held.may(Permission.READ_GROUP_RECORDS, partnership_id=plan.partnership_id)
    return (Group.objects.all() if reads_all else sits_in(user)).filter(plan=plan)


def reads_records(user: Any, plan: Plan) -> bool:
    """Whether the pages of decisions and of the log are in the person's menu.

    All officers have them; of those who read plain English, who sits in a group.
    """
    held = access.of(user)
    is_officer = held.may(Permission.READ_OFFICERS_WORDS, partnership_id=plan.partnership_id)
    return is_officer or sits_in(user).filter(plan=plan).exists()


def reads_all_records(user: Any, plan: Plan) -> bool:
    """Whether the person reads the records of all groups of a plan, whether they sit in them or not."""
    held = access.of(user)
    return held.may(Permission.READ_GROUP_RECORDS, partnership_id=plan.partnership_id)


VISIBLE_TARGETS: dict[PromptKind, Callable[[Any], models.QuerySet[Any]]] = {
    PromptKind.INDICATOR: lambda user: measures.visible_to(user, Indicator),
    PromptKind.MILESTONE: lambda user: permissions.visible_to(user, Milestone),
    PromptKind.EXCEPTION: lambda user: permissions.visible_to(user, ExceptionReport),
    PromptKind.DATE_REQUEST: lambda user: permissions.visible_to(user, DateChangeRequest),
    PromptKind.FINDING: visible_findings,
    PromptKind.RISK: visible_risks,
    PromptKind.FEEDBACK: heard_by,
}
"""What of each kind the person may see; what prompted something is shown only where they may."""


def visible_prompts(user: Any) -> models.QuerySet[Prompt]:
    """The prompts whose target the person may see."""
    targets = Q(pk__in=())
    for kind, column in TARGETS.items():
        targets |= Q(kind=kind, **{f"{column}__in": VISIBLE_TARGETS[kind](user)})
    return Prompt.objects.filter(targets)


# --- fields ---------------------------------------------------------------------------------------

PLAIN_FIELDS: dict[type[models.Model], frozenset[str]] = {
    DecisionRequest: frozenset(
        {"number", "question", "wanted_by", "asked_at", "state", "ended_at"}
    ),
    Decision: frozenset(
        {
            *("number", "request", "supersedes", "reason_for_change", "meeting"),
            *("title", "decided", "reasons", "taken_on", "effective_on", "at"),
        }
    ),
    LogAction: frozenset(
        {
            *("number", "decision", "meeting", "task", "due_on"),
            *("raised_at", "closed_at", "version"),
        }
    ),
    LogActionNote: frozenset(),
    Prompt: frozenset({"kind", "request", "decision", "log_action", *TARGETS.values()}),
}
"""What every reader of a record may see of it, parent carer representatives included."""

OFFICER_FIELDS: dict[type[models.Model], frozenset[str]] = {
    DecisionRequest: frozenset({"background", "withdrawn_reason"}),
    Decision: frozenset(),
    LogAction: frozenset({"closing_note"}),
    LogActionNote: frozenset({"number", "words", "at"}),
    Prompt: frozenset({"what_it_showed"}),
}
"""What officers write; parent carer representatives see of it what they wrote themselves."""

PEOPLE_FIELDS: dict[type[models.Model], frozenset[str]] = {
    DecisionRequest: frozenset({"asked_by", "ended_by"}),
    Decision: frozenset({"taken_by"}),
    LogAction: frozenset({"owner", "raised_by", "closed_by"}),
    LogActionNote: frozenset({"by"}),
    Prompt: frozenset(),
}

INTERNAL_FIELDS: dict[type[models.Model], frozenset[str]] = {
    DecisionRequest: frozenset(),
    Decision: frozenset({"internal_note"}),
    LogAction: frozenset(),
    LogActionNote: frozenset(),
    Prompt: frozenset(),
}


def seen_of(user: Any, plan: Plan) -> dict[type[models.Model], frozenset[str]]:
    """The fields of each kind of record that the person may see in a plan."""
    held = access.of(user)
    tables = (
        (Permission.READ_PLAIN_ENGLISH, PLAIN_FIELDS),
        (Permission.READ_OFFICERS_WORDS, OFFICER_FIELDS),
        (Permission.READ_PEOPLE, PEOPLE_FIELDS),
        (Permission.READ_INTERNAL_NOTES, INTERNAL_FIELDS),
    )
    return {
        model: frozenset().union(
            *(
                fields[model]
                for permission, fields in tables
                if held.may(permission, partnership_id=plan.partnership_id)
            )
        )
        for model in PLAIN_FIELDS
    }


@dataclass(frozen=True)
class Reader:
    """Who reads records: the fields, prompts, decisions and log actions that they see.

    ``person_id`` is who they are, as everybody sees what they wrote themselves.
    """

    seen: Seen
    prompts: models.QuerySet[Prompt]
    requests: models.QuerySet[DecisionRequest]
    decisions: models.QuerySet[Decision]
    log_actions: models.QuerySet[LogAction]
    person_id: int

    @classmethod
    def of(cls, user: Any, plan: Plan) -> "Reader":
        """The person as a reader of a plan's records."""
        return cls(
            seen=seen_of(user, plan),
            prompts=visible_prompts(user),
            requests=visible_records(user, DecisionRequest).filter(group__plan=plan),
            decisions=visible_records(user, Decision).filter(group__plan=plan),
            log_actions=visible_records(user, LogAction).filter(group__plan=plan),
            person_id=user.pk,
        )

    def word(self, row: Any, name: str, *, author_id: int | None = None) -> Any:
        """A field of a row; "" where the reader neither may see it nor wrote it."""
        if name in self.seen[type(row)] or (author_id is not None and author_id == self.person_id):
            return getattr(row, name)
        return ""

    def name(self, row: Any, name: str) -> str:
        """The name of a person of a row; "" where there is none or it may not be seen."""
        person = getattr(row, name) if name in self.seen[type(row)] else None
        return person.name if person else ""


# --- acts -----------------------------------------------------------------------------------------


def may_take(by: Any, group: Group) -> bool:
    """Whether the person takes the decisions of a group: who chairs it, by what is stored now."""
    return rights_now(by, group).chairs


def require_chair(by: Any, group: Group) -> None:
    """Refuse whoever does not chair the group. Raises ``NotAllowed``."""
    if not may_take(by, group):
        raise NotAllowed(f"Only a chair of {group.name} takes its decisions.")


def may_ask(user: Any, plan: Plan) -> bool:
    """Whether the person's role lets them ask groups for decisions."""
    return access.of(user).may(Permission.ASK_FOR_DECISION, partnership_id=plan.partnership_id)


def may_withdraw(by: Any, request: DecisionRequest) -> bool:
    """Whether the person takes a request back: who asked, and the programme office."""
    held, place = access.read(by, on=dates.today()), request.group.plan.partnership_id
    asked = request.asked_by_id == by.pk and held.may(Permission.READ_PLAN, partnership_id=place)
    return asked or held.may(Permission.KEEP_LOG, partnership_id=place)


def require_withdrawer(by: Any, request: DecisionRequest) -> None:
    """Refuse whoever neither asked nor keeps the groups' records. Raises ``NotAllowed``."""
    if not may_withdraw(by, request):
        raise NotAllowed("Only who asked for it and the programme office withdraw this request.")


def may_keep_log(by: Any, group: Group) -> bool:
    """Whether the person keeps the log of a group: the programme office, and its chairs."""
    held = access.read(by, on=dates.today())
    keeps = held.may(Permission.KEEP_LOG, partnership_id=group.plan.partnership_id)
    return keeps or rights_now(by, group).chairs


def kept_logs(user: Any, plan: Plan) -> models.QuerySet[Group]:
    """The groups of a plan whose log the person keeps."""
    held = access.of(user)
    keeps = held.may(Permission.KEEP_LOG, partnership_id=plan.partnership_id)
    return (Group.objects.all() if keeps else chairs(user)).filter(plan=plan)


def require_log_keeper(by: Any, group: Group) -> None:
    """Refuse whoever does not keep the log of the group. Raises ``NotAllowed``."""
    if not may_keep_log(by, group):
        raise NotAllowed(
            f"Only the programme office and the chairs of {group.name} keep its action log."
        )


def may_work_on(by: Any, log_action: LogAction) -> bool:
    """Whether the person updates and closes a log action: its owner, and who keeps the log."""
    held, place = access.read(by, on=dates.today()), log_action.group.plan.partnership_id
    owns = log_action.owner_id == by.pk and held.may(Permission.READ_PLAN, partnership_id=place)
    return owns or may_keep_log(by, log_action.group)


def require_worker(by: Any, log_action: LogAction) -> None:
    """Refuse whoever neither owns the log action nor keeps the log. Raises ``NotAllowed``."""
    if not may_work_on(by, log_action):
        raise NotAllowed(
            "Only its owner, the programme office and the chairs of the group update this action."
        )
