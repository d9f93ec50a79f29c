"""Background work as far as one reader looks after it: jobs of their plans, e-mails to their people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.permissions import people_of
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.selectors import JobsOverview, TroubledMessage, jobs_overview
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod

FOR_CARETAKERS = (
    "Only administrators and the programme office see what runs by itself. Ask one of them."
)

KIND_WORDS: dict[str, str] = {
    "plans.calendar": "Months opened, due and frozen, every day",
    "plans.nightly": "Overdue milestones flagged and reminders planned, every day",
    "matters.digest": "Daily digest of what waits for a person",
    "governance.return_reminder": "Reminder of a return, sent by hand",
    "governance.make_returns": "Returns of the months that opened",
    "governance.assemble_pack": "Pack of a closed month",
    "governance.pack_issued": "Link to a pack that was issued",
    "accounts.deputy_named": "Message to a deputy",
    "accounts.invitation": "Invitation",
    "accounts.password_reset": "Link to set a new password",
}
"""What a kind of work is, for people; a kind that is missing here shows its own name."""


@dataclass(frozen=True)
class Scope:
    """The rows that a reader looks after."""

    plans: QuerySet[Plan]
    jobs: QuerySet[Job]
    messages: QuerySet[Message]


@dataclass(frozen=True)
class Count:
    """How many rows are in a state, in words."""

    label: str
    value: int


@dataclass(frozen=True)
class Trouble:
    """A row that failed or that a person has to decide upon."""

    pk: int
    what: str
    about: str
    state: str
    error: str
    may_retry: bool


@dataclass(frozen=True)
class Background:
    """What the page shows."""

    needs_a_person: bool
    overview: JobsOverview
    job_counts: tuple[Count, ...]
    message_counts: tuple[Count, ...]
    successes: tuple[tuple[str, Any], ...]
    jobs: tuple[Trouble, ...]
    messages: tuple[Trouble, ...]
    periods: tuple[ReportingPeriod, ...]


def scope_of(user: Any) -> Scope:
    """What the reader looks after. Raises ``NotAllowed`` for all but administrators and programme office.

    A job belongs to a plan by its key, which begins with the plan's slug and a colon or a space, as
    neither can be part of a slug; an e-mail belongs to the partnerships of its recipient.
    """
    held = access.of(user)
    partnerships = held.partnerships_where(Permission.MANAGE_PEOPLE) | held.partnerships_where(
        Permission.MANAGE_PERIODS
    )
    if not partnerships:
        raise NotAllowed(FOR_CARETAKERS)
    plans = Plan.objects.filter(partnership__in=partnerships)
    own_keys = Q(pk__in=[])
    for slug in plans.values_list("slug", flat=True):
        own_keys |= Q(key__startswith=f"{slug}:") | Q(key__startswith=f"{slug} ")
    return Scope(
        plans=plans,
        jobs=Job.objects.filter(own_keys),
        messages=Message.objects.filter(recipient__in=people_of(partnerships)),
    )


def background_of(scope: Scope) -> Background:
    """The state of the work in that scope."""
    overview = jobs_overview(jobs=scope.jobs, messages=scope.messages)
    periods = ReportingPeriod.objects.filter(
        plan__in=scope.plans, state__in=[PeriodState.OPEN, PeriodState.DUE]
    )
    return Background(
        needs_a_person=overview.needs_a_person,
        overview=overview,
        job_counts=_counts(overview.job_counts),
        message_counts=_counts(overview.message_counts),
        successes=tuple((_kind(each.kind), each.finished_at) for each in overview.last_successes),
        jobs=tuple(
            Trouble(
                pk=each.id,
                what=_kind(each.kind),
                about=each.key,
                state=each.state.label,
                error=each.error,
                may_retry=each.state == JobState.PARKED,
            )
            for each in overview.troubled_jobs
        ),
        messages=_troubled_messages(overview.troubled_messages),
        periods=tuple(periods.select_related("plan").order_by("plan__slug", "month")),
    )


def _counts(by_state: dict[JobState, int] | dict[MessageState, int]) -> tuple[Count, ...]:
    return tuple(Count(label=str(state.label), value=number) for state, number in by_state.items())


def _kind(kind: str) -> str:
    return KIND_WORDS.get(kind, kind)


def _troubled_messages(rows: Iterable[TroubledMessage]) -> tuple[Trouble, ...]:
    rows = list(rows)
    names = dict(
        User.objects.filter(pk__in={row.recipient_id for row in rows}).values_list("pk", "name")
    )
    return tuple(
        Trouble(
            pk=row.id,
            what=_kind(row.kind),
            about=names[row.recipient_id],
            state=row.state.label,
            error=row.error,
            may_retry=True,
        )
        for row in rows
    )
