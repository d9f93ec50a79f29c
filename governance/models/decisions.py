"""Decisions of groups: asked for, and taken; what was taken is never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.enums import DecisionRequestState
from governance.models.groups import LONGEST_NAME, Group
from governance.models.meetings import Meeting
from hertsend.records.bases import AppendOnlyModel, AuditedModel

LONGEST_WORDS = 4000

PERSON = settings.AUTH_USER_MODEL


class DecisionRequest(AuditedModel):
    """A decision that a group is asked for: open until a chair of it decides, or it is withdrawn.

    ``number`` counts the requests to the group. What was asked never changes: another question is
    another request. ``background`` is for officers.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decision_requests")
    number = models.PositiveIntegerField()
    question = models.CharField(max_length=LONGEST_NAME)
    background = models.TextField(max_length=LONGEST_WORDS)
    wanted_by = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=DecisionRequestState.choices, default=DecisionRequestState.OPEN
    )
    ended_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, max_length=LONGEST_WORDS)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["group", "state"], name="decision_request_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "number"], name="decision_request_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="decision_request_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(question__gt="", background__gt=""), name="decision_request_has_words"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_by=None, ended_at=None, withdrawn_reason="")
                | Q(
                    state="decided",
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                    withdrawn_reason="",
                )
                | Q(
                    state="withdrawn",
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                    withdrawn_reason__gt="",
                ),
                name="decision_request_ended_by_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(ended_by=F("asked_by")),
                name="decision_request_not_decided_by_asker",
                violation_error_message="Nobody decides what they asked for.",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return _address("decision-request-detail", self)


class Decision(AppendOnlyModel):
    """What a group decided; a further one supersedes it, with the reason for the change.

    ``number`` counts the decisions of the group. Without a ``meeting`` it was taken between
    meetings. ``taken_by`` is the chair who took it for the group. ``internal_note`` is for officers.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    request = models.OneToOneField(
        DecisionRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="decision"
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason_for_change = models.TextField(blank=True, max_length=LONGEST_WORDS)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    title = models.CharField(max_length=LONGEST_NAME)
    decided = models.TextField(max_length=LONGEST_WORDS)
    reasons = models.TextField(max_length=LONGEST_WORDS)
    internal_note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    taken_on = models.DateField()
    effective_on = models.DateField()
    taken_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_on", "-at", "-pk"]
        indexes = [models.Index(fields=["group", "taken_on"], name="decision_by_group")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="decision_counted_from_one"),
            models.CheckConstraint(
                condition=Q(title__gt="", decided__gt="", reasons__gt=""), name="decision_has_words"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("taken_on")),
                name="decision_effective_once_taken",
                violation_error_message="It cannot take effect before it was taken.",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, reason_for_change="")
                | Q(supersedes__isnull=False, reason_for_change__gt=""),
                name="decision_supersedes_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return _address("decision-detail", self)


def _address(name: str, row: DecisionRequest | Decision) -> str:
    return reverse(f"governance:{name}", args=[row.group.plan.slug, row.group.key, row.number])
