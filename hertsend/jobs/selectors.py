"""What the people who look after the service need to know of its background work."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min, QuerySet

from hertsend.jobs.enums import CLAIMABLE_JOB_STATES, JobState, MessageState
from hertsend.jobs.models import Job, Message

LONGEST_LIST = 100


@dataclass(frozen=True)
class TroubledJob:
    """A job that failed or was given up."""

    id: int
    kind: str
    key: str
    state: JobState
    attempts: int
    error: str
    next_attempt_at: dt.datetime | None


@dataclass(frozen=True)
class TroubledMessage:
    """A message that a person has to decide upon.

    The recipient is given by primary key alone: the page names only people its reader may see.
    """

    id: int
    kind: str
    key: str
    day: dt.date
    recipient_id: int
    state: MessageState
    sending_at: dt.datetime | None
    error: str


@dataclass(frozen=True)
class LastSuccess:
    """When a kind of job was last done."""

    kind: str
    finished_at: dt.datetime


@dataclass(frozen=True)
class JobsOverview:
    """Background work at a glance; every state is counted, also with 0."""

    job_counts: dict[JobState, int]
    message_counts: dict[MessageState, int]
    oldest_waiting_job_at: dt.datetime | None
    troubled_jobs: tuple[TroubledJob, ...]
    troubled_messages: tuple[TroubledMessage, ...]
    last_successes: tuple[LastSuccess, ...]

    @property
    def needs_a_person(self) -> bool:
        """Whether anything waits for a decision."""
        return bool(
            self.job_counts[JobState.PARKED]
            or self.message_counts[MessageState.PARKED]
            or self.message_counts[MessageState.UNKNOWN]
        )


def jobs_overview(
    *, jobs: QuerySet[Job] | None = None, messages: QuerySet[Message] | None = None
) -> JobsOverview:
    """Counts by state, what is in trouble (oldest first, at most 100 each), last successes by kind.

    Of the given rows; without any, of all partnerships together, for the people who look after the
    whole service.
    """
    jobs = Job.objects.all() if jobs is None else jobs
    messages = Message.objects.all() if messages is None else messages
    jobs_by_state = dict(jobs.order_by().values_list("state").annotate(Count("pk")))
    messages_by_state = dict(messages.order_by().values_list("state").annotate(Count("pk")))
    waiting = jobs.filter(state__in=CLAIMABLE_JOB_STATES)
    return JobsOverview(
        job_counts={state: jobs_by_state.get(state, 0) for state in JobState},
        message_counts={state: messages_by_state.get(state, 0) for state in MessageState},
        oldest_waiting_job_at=waiting.aggregate(oldest=Min("created_at"))["oldest"],
        troubled_jobs=_troubled_jobs(jobs),
        troubled_messages=_troubled_messages(messages),
        last_successes=_last_successes(jobs),
    )


def _troubled_jobs(jobs: QuerySet[Job]) -> tuple[TroubledJob, ...]:
    rows = jobs.filter(state__in=[JobState.FAILED, JobState.PARKED]).order_by("pk")
    return tuple(
        TroubledJob(
            id=row.pk,
            kind=row.kind,
            key=row.key,
            state=JobState(row.state),
            attempts=row.attempts,
            error=row.error,
            next_attempt_at=row.not_before if row.state == JobState.FAILED else None,
        )
        for row in rows[:LONGEST_LIST]
    )


def _troubled_messages(messages: QuerySet[Message]) -> tuple[TroubledMessage, ...]:
    rows = messages.filter(state__in=[MessageState.UNKNOWN, MessageState.PARKED]).order_by("pk")
    return tuple(
        TroubledMessage(
            id=row.pk,
            kind=row.kind,
            key=row.key,
            day=row.day,
            recipient_id=row.recipient_id,
            state=MessageState(row.state),
            sending_at=row.sending_at,
            error=row.error,
        )
        for row in rows[:LONGEST_LIST]
    )


def _last_successes(jobs: QuerySet[Job]) -> tuple[LastSuccess, ...]:
    rows = (
        jobs.filter(state=JobState.DONE)
        .values_list("kind")
        .annotate(last=Max("finished_at"))
        .order_by("kind")
    )
    return tuple(LastSuccess(kind=kind, finished_at=last) for kind, last in rows)
