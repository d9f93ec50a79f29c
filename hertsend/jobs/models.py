"""The rows behind all background work: the truth, where broker and worker only wake it up."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hertsend.jobs.enums import (
    CLAIMABLE_JOB_STATES,
    HANDED_OVER_MESSAGE_STATES,
    JobState,
    MessageState,
)
from hertsend.jobs.policies import LONGEST_ERROR


class Job(models.Model):
    """One piece of work for one thing and period; operational, so without an audit trail.

    ``attempts`` counts claims, including those whose worker died. ``woken_at`` is when the broker
    was last asked to start it, so that the sweeper does not ask again too soon.
    """

    kind = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=LONGEST_ERROR, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="job_once_per_kind_and_key",
                violation_error_message="There is already a job of this kind for this key.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(key=""),
                name="job_kind_and_key_given",
                violation_error_message="A job needs a kind and a key.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values),
                name="job_state_known",
                violation_error_message="This is not a state of a job.",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.DONE, finished_at__isnull=False)
                | (~Q(state=JobState.DONE) & Q(finished_at__isnull=True)),
                name="job_done_iff_finished_at",
                violation_error_message="A job has a finishing time exactly when it is done.",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, claimed_at__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(claimed_at__isnull=True)),
                name="job_running_iff_claimed_at",
                violation_error_message="A job has a claiming time exactly while it runs.",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["woken_at"],
                condition=Q(state__in=CLAIMABLE_JOB_STATES),
                name="job_waiting",
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(state=JobState.RUNNING), name="job_running"
            ),
            models.Index(fields=["kind", "finished_at"], name="job_last_success"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Message(models.Model):
    """One e-mail to one person, planned once and sent at most once; its words are never stored.

    ``header_message_id`` is the Message-ID header, fixed at planning, so that a copy sent on a
    person's decision is recognised as the same e-mail by the recipient's mail program.
    """

    kind = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.PLANNED)
    header_message_id = models.CharField(max_length=320, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=LONGEST_ERROR, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="message_once_per_kind_and_key",
                violation_error_message="There is already a message of this kind for this key.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(key=""),
                name="message_kind_and_key_given",
                violation_error_message="A message needs a kind and a key.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values),
                name="message_state_known",
                violation_error_message="This is not a state of a message.",
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_iff_sent_at",
                violation_error_message="A message has a time of sending exactly when it is sent.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HANDED_OVER_MESSAGE_STATES, sending_at__isnull=False)
                | (~Q(state__in=HANDED_OVER_MESSAGE_STATES) & Q(sending_at__isnull=True)),
                name="message_handed_over_iff_sending_at",
                violation_error_message=(
                    "A message has a time of handing over exactly when it may have left."
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["woken_at"],
                condition=Q(state=MessageState.PLANNED),
                name="message_waiting",
            ),
            models.Index(
                fields=["sending_at"],
                condition=Q(state=MessageState.SENDING),
                name="message_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
