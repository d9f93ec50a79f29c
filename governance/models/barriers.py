"""What stands in a workstream's way and for which it asks help; apart from risks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.enums import BarrierState
from hertsend.records.bases import AuditedModel
from plans.models import Plan, Workstream

LONGEST_TITLE = 200
LONGEST_TEXT = 2000


class Barrier(AuditedModel):
    """An issue or barrier of a workstream: what help it asks, of whom, and what was answered.

    ``needed_by`` is the day by which help is wanted, ``owner`` who sees to it. It is open until it
    is answered, and closed by the workstream or the programme office with what came of it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="barriers")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="barriers")
    key = models.SlugField(max_length=20)
    title = models.CharField(max_length=LONGEST_TITLE)
    effect = models.TextField(max_length=LONGEST_TEXT)
    help_wanted = models.TextField(max_length=LONGEST_TEXT)
    needed_by = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="barriers_owned"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=BarrierState.choices, default=BarrierState.OPEN)
    answer = models.TextField(blank=True, max_length=LONGEST_TEXT)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True, max_length=LONGEST_TEXT)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["needed_by", "pk"]
        indexes = [models.Index(fields=["plan", "state"], name="barrier_by_plan_and_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="barrier_key_once",
                violation_error_message="The plan has a barrier of that number already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BarrierState.values), name="barrier_known_state"
            ),
            models.CheckConstraint(
                condition=Q(key__gt="", title__gt="", effect__gt="", help_wanted__gt=""),
                name="barrier_has_words",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | Q(answer__gt="", answered_by__isnull=False, answered_at__isnull=False),
                name="barrier_answered_by_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=BarrierState.OPEN, answered_at__isnull=False)
                & ~Q(state=BarrierState.ANSWERED, answered_at=None),
                name="barrier_state_fits_answer",
            ),
            models.CheckConstraint(
                condition=Q(state=BarrierState.CLOSED, outcome__gt="", closed_at__isnull=False)
                | (~Q(state=BarrierState.CLOSED) & Q(outcome="", closed_at=None)),
                name="barrier_closed_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:barrier-detail", args=[self.plan.slug, self.key])
