"""The action log of a group: who does what by when, what was said of it, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.models.decisions import LONGEST_WORDS, Decision
from governance.models.groups import Group
from governance.models.meetings import Meeting
from hertsend.records.bases import AppendOnlyModel, AuditedModel

LONGEST_TASK = 500

PERSON = settings.AUTH_USER_MODEL


class LogAction(AuditedModel):
    """Something that a person does for a group by a day; open until it is closed with a note.

    ``number`` counts the log actions of the group, ``version`` what was written to the row. Whether
    it is overdue is derived. Without a ``meeting`` it was raised elsewhere.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="log_actions")
    number = models.PositiveIntegerField()
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="log_actions"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="log_actions"
    )
    task = models.CharField(max_length=LONGEST_TASK)
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="log_actions")
    due_on = models.DateField()
    raised_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    closing_note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    closed_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["group", "closed_at"], name="log_action_by_group"),
            models.Index(fields=["owner", "closed_at"], name="log_action_by_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="log_action_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="log_action_counted_from_one"),
            models.CheckConstraint(condition=Q(version__gte=1), name="log_action_version_from_one"),
            models.CheckConstraint(condition=Q(task__gt=""), name="log_action_has_task"),
            models.CheckConstraint(
                condition=Q(closing_note="", closed_by=None, closed_at=None)
                | Q(closing_note__gt="", closed_by__isnull=False, closed_at__isnull=False),
                name="log_action_closed_with_note",
            ),
        ]

    def __str__(self) -> str:
        return self.task

    def get_absolute_url(self) -> str:
        return reverse(
            "governance:log-detail", args=[self.group.plan.slug, self.group.key, self.number]
        )


class LogActionNote(AppendOnlyModel):
    """An update of a log action, by its owner, a chair or the programme office; for officers."""

    log_action = models.ForeignKey(LogAction, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    words = models.TextField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["log_action", "number"], name="log_note_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="log_note_counted_from_one"),
            models.CheckConstraint(condition=Q(words__gt=""), name="log_note_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.log_action}, update {self.number}"
