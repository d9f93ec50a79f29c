"""A word of its own in every text of every row, so that whatever is shown betrays where it is from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from governance.models import (
    AgendaItem,
    AreaSummary,
    AssuranceRating,
    Attendance,
    Audit,
    AuditFinding,
    Barrier,
    BoardPack,
    CalendarFeed,
    Decision,
    DecisionRequest,
    DeclaredInterest,
    Delivery,
    FeedbackItem,
    FeedbackPublication,
    Group,
    LogAction,
    LogActionNote,
    Meeting,
    MeetingPaper,
    Membership,
    Mitigation,
    PackRun,
    Prompt,
    PublicSetting,
    Return,
    ReturnReminder,
    ReturnStep,
    RhythmDecision,
    Risk,
    RiskBands,
    RiskMove,
    RiskReview,
    SummaryPublication,
    TermsOfReference,
)
from governance.models.prompts import RECORDS
from hertsend.accounts.models import (
    Deputyship,
    Partnership,
    Post,
    PostHolding,
    RoleAssignment,
    User,
)
from hertsend.accounts.roles import Role
from hertsend.jobs.models import Job, Message
from hertsend.records.models import Submission
from kpis import permissions as measures
from kpis.models import FigureTable
from plans.models import StoredFile
from plans.permissions import PATH_TO_PARTNERSHIP
from tests.architecture.source import APPS

OFFICERS = frozenset(Role) - {Role.PARENT_CARER_REPRESENTATIVE}
AT_THE_EXECUTIVE = frozenset(
    {
        *(Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR, Role.ADVISER),
        *(Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER),
    }
)
READERS_OF = {"board": OFFICERS, "executive": AT_THE_EXECUTIVE, "families": frozenset(Role)}
"""Who may read each edition of a pack, from the design."""

TOKEN = re.compile(r"zq\d{5}z", re.IGNORECASE)
TIED = {
    "governance.AgendaItem.withdrawn_reason",
    "governance.Attendance.name",
    "governance.Attendance.stand_in",
    "governance.Audit.cancelled_reason",
    "governance.Audit.report_link",
    "governance.Audit.summary",
    "governance.Barrier.answer",
    "governance.Barrier.outcome",
    "governance.BoardPack.reason",
    "governance.FeedbackItem.withdrawn_reason",
    "governance.DeclaredInterest.withdrawn_reason",
    "governance.Meeting.cancelled_reason",
    "governance.Meeting.moved_reason",
    "governance.Meeting.reopened_reason",
    "governance.MeetingPaper.withdrawn_reason",
    "governance.Decision.reason_for_change",
    "governance.DecisionRequest.withdrawn_reason",
    "governance.LogAction.closing_note",
    "governance.Membership.name",
    "governance.Mitigation.ended_words",
    "governance.PackRun.foreword",
    "governance.PackRun.foreword_by_name",
    "governance.PackRun.reason",
    "governance.PackRun.returned_reason",
    "governance.Risk.closed_reason",
    "governance.RiskBands.fourth_name",
    "governance.SummaryPublication.correction",
    "governance.TermsOfReference.link",
    "plans.DateChangeRequest.decision",
    "plans.DeepDive.outcome",
    "plans.Escalation.response",
    "plans.Escalation.who_acts",
    "plans.Evidence.link",
    "plans.Evidence.withdrawn_reason",
    "plans.ExceptionReport.asked_of_board",
}
"""Left empty where they are: another column must be empty or not as they are."""
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
REASON = "history_change_reason"


@dataclass(frozen=True)
class Canary:
    """Where a token stands: a model's label and field, whose row it is, and of which person.

    ``only`` are the roles that a restricted risk names; None for all other rows.
    """

    field: str
    is_foreign: bool
    person: int | None = None
    is_shareable: bool = False
    only: frozenset[str] | None = None


def text_fields(model: type[models.Model]) -> set[str]:
    """The names of the fields that hold words: no choices, which hold one of a few."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices
    }


def our_models() -> list[type[models.Model]]:
    """Our models with their histories."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]


def label_of(model: type[models.Model]) -> str:
    """The model's label; a history has that of what it is the history of."""
    return (model.instance_type if hasattr(model, "instance_type") else model)._meta.label


def all_texts() -> set[str]:
    """Every text of every model of ours: "plans.Milestone.text"."""
    return {f"{label_of(model)}.{name}" for model in our_models() for name in text_fields(model)}


class Planted:
    """Puts tokens into the rows of a partnership and remembers what each stands for."""

    def __init__(self) -> None:
        self.canaries: dict[str, Canary] = {}

    def plant(self, partnership: Partnership, *, skip: set[str], is_foreign: bool) -> None:
        """Give every text that is not skipped a token of its own, past all guards of the models."""
        for model in our_models():
            for row in _rows_of(model, partnership):
                for name in sorted(text_fields(model)):
                    field = f"{label_of(model)}.{name}"
                    if field in skip or (field in TIED and not getattr(row, name)):
                        continue
                    token = self._new(row, field, is_foreign=is_foreign)
                    value = _value(model._meta.get_field(name), token)
                    model._base_manager.filter(pk=row.pk).update(**{name: value})

    def _new(self, row: models.Model, field: str, *, is_foreign: bool) -> str:
        token = f"zq{len(self.canaries):05}z"
        is_person = isinstance(row, User) or label_of(type(row)) == "accounts.User"
        self.canaries[token] = Canary(
            field,
            is_foreign,
            getattr(row, "id", None) if is_person else None,
            _is_shareable(row),
            _only(row),
        )
        return token

    def found_in(self, text: str) -> set[str]:
        """The tokens in a text."""
        return {token.lower() for token in TOKEN.findall(text)}


def _is_shareable(row: models.Model) -> bool:
    """Whether the author let families see it, and nobody took that back."""
    if isinstance(row, StoredFile) and hasattr(row, "terms"):
        return True  # everybody who sees a group reads what it was set up to do
    if isinstance(row, StoredFile) and hasattr(row, "paper"):
        return not (row.paper.item.is_officers_only or row.paper.withdrawn_reason)
    row = getattr(row, "evidence", row) if isinstance(row, StoredFile) else row
    shared = getattr(row, "evidence_shareable", False) or getattr(row, "is_shareable", False)
    return bool(shared) and getattr(row, "withdrawn_at", None) is None


def _only(row: models.Model) -> frozenset[str] | None:
    """The roles that a restricted risk, or what belongs to it, or an edition of a pack is shown to."""
    if hasattr(row, "edition"):
        return READERS_OF[row.edition]
    risk = row if hasattr(row, "seen_by") else getattr(row, "risk", None)
    return frozenset(risk.seen_by.split("|")) if risk is not None and risk.seen_by else None


def _value(field: models.Field, token: str) -> object:
    if isinstance(field, models.JSONField):
        return [token]
    if isinstance(field, models.EmailField):
        return f"{token}@example.org"
    return f"https://{token}.example.org/" if isinstance(field, models.URLField) else token


def _rows_of(model: type[models.Model], partnership: Partnership) -> Iterator[models.Model]:
    """The rows of a model, or of its history, that belong to a partnership."""
    if hasattr(model, "instance_type"):
        own = [row.pk for row in _rows_of(model.instance_type, partnership)]
        return iter(model._base_manager.filter(id__in=own))
    return iter(model._base_manager.filter(**_belongs(model, partnership)).distinct())


OF_MEETINGS_AND_PACKS: dict[type[models.Model], str] = {
    PackRun: "partnership",
    Delivery: "run__partnership",
    Meeting: "group__plan__partnership",
    AgendaItem: "meeting__group__plan__partnership",
    MeetingPaper: "item__meeting__group__plan__partnership",
    Attendance: "meeting__group__plan__partnership",
    DeclaredInterest: "meeting__group__plan__partnership",
    CalendarFeed: "plan__partnership",
}


def _belongs(model: type[models.Model], partnership: Partnership) -> dict[str, object]:
    people = User.objects.filter(role_assignments__partnership=partnership)
    paths = PATH_TO_PARTNERSHIP | {
        Partnership: "pk",
        Post: "partnership",
        PostHolding: "post__partnership",
        Deputyship: "partnership",
        RoleAssignment: "partnership",
        AssuranceRating: "area__plan__partnership",
        BoardPack: "partnership",
        RhythmDecision: "plan__partnership",
        Return: "period__plan__partnership",
        ReturnReminder: "period__plan__partnership",
        ReturnStep: "of_return__period__plan__partnership",
        FeedbackItem: "plan__partnership",
        FeedbackPublication: "item__plan__partnership",
        AreaSummary: "area__plan__partnership",
        PublicSetting: "plan__partnership",
        SummaryPublication: "period__plan__partnership",
        Group: "plan__partnership",
        Membership: "group__plan__partnership",
        Decision: "group__plan__partnership",
        DecisionRequest: "group__plan__partnership",
        LogAction: "group__plan__partnership",
        LogActionNote: "log_action__group__plan__partnership",
        TermsOfReference: "group__plan__partnership",
        Risk: "plan__partnership",
        RiskBands: "partnership",
        Barrier: "plan__partnership",
        Audit: "plan__partnership",
        AuditFinding: "audit__plan__partnership",
        **dict.fromkeys((RiskMove, RiskReview, Mitigation), "risk__plan__partnership"),
        **OF_MEETINGS_AND_PACKS,
        FigureTable: "file__source__plan__partnership",
        **measures.PATH_TO_PARTNERSHIP,
    }
    if model in paths:
        return {paths[model]: partnership.pk}
    if model is User:
        return {"pk__in": people}
    if model is Prompt:
        return {"pk__in": _prompts_of(partnership)}
    if model is Job:
        return {"key__startswith": partnership.plans.order_by("pk").first().slug + ":"}
    owner = {Message: "recipient__in", Submission: "person__in"}.get(model)
    if owner:
        return {owner: people}
    through = {"MilestoneLead": "milestone__plan", "AreaAccountability": "area__plan"}
    return {f"{through[model.__name__]}__partnership": partnership.pk}


def _prompts_of(partnership: Partnership) -> models.QuerySet[Prompt]:
    """What prompted the records of a partnership: a prompt hangs on one of three kinds."""
    of_one = models.Q(pk__in=())
    for record in RECORDS:
        of_one |= models.Q(**{f"{record}__group__plan__partnership": partnership.pk})
    return Prompt.objects.filter(of_one)
